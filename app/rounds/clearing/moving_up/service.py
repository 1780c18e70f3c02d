"""Deeds of a coordinator with moves up: whether there are any in a round, and offering a better place to a learner."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.language.local_times import end_of_day
from app.language.refusal import Overtaken, Refused
from app.models.course.better_places import BetterPlace, BetterPlaceState
from app.models.placements import Offer, OfferState, Terms
from app.models.rounds import MatchRound
from app.models.studies import Opening
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.rounds.clearing.moving_up import mails
from app.rounds.clearing.moving_up.candidates import MayMoveUp, last_day, who_may_move_up
from app.rounds.clearing.next_in_line import next_in_line
from app.rounds.clearing.places import waiting_in
from app.rounds.clearing.service import check_answer_by, refuse_offering
from app.rules.capacity import lock_limits
from app.rules.course.swapping import lock_offers
from app.rules.eligibility import first_day_together
from app.rules.standing_still import lock_people

NOT_ANY_MORE = "Something has changed, and this learner can no longer move up to this place. Look again."


@dataclass(frozen=True)
class Wanted:
    """To which learner, who has a place by an offer, which opening is to be offered, and until when she answers."""

    offer: Offer
    opening: Opening
    answer_by: date


def say_whether(session: Session, occasion: Occasion, round_: MatchRound, moves_up: bool) -> None:
    """Say whether learners who have a place can move up; raises Refused once offers are out."""
    if round_.published_at is not None:
        raise Refused(f"“{round_.name}” is published, and learners were told whether they can move up.")
    round_.moves_up = moves_up
    deed = "let learners move up" if moves_up else "let no learner move up"
    record(session, occasion.actor, deed, round_, now=occasion.now, name=round_.name)


def may_move_up(session: Session, occasion: Occasion, round_: MatchRound) -> list[MayMoveUp]:
    """Who could move up to what is free now; nobody while a clearing turn decides, or where it was not said before.

    Raises Refused where who comes next cannot be said.
    """
    if round_.published_at is None or round_.open_turn or not round_.moves_up:
        return []
    waits = bool(waiting_in(session, round_, occasion.today))
    in_line = next_in_line(session, round_, occasion.today) if waits else None
    return who_may_move_up(session, round_, in_line, occasion.now)


def offer_better_place(
    session: Session, occasion: Occasion, round_: MatchRound, wanted: Wanted, page_of: Callable[[int], str]
) -> BetterPlace:
    """Offer a free place to a learner who has another one, and tell her and its mentor; she keeps what she has.

    Who can move up is worked out again with everything locked that it rests on; the caller has locked the round.
    Raises Refused while that is not for one coordinator to do, Overtaken when it is otherwise by now.
    """
    refuse_offering(round_)
    offer, opening = wanted.offer, wanted.opening
    check_answer_by(wanted.answer_by, occasion.today, "answer_by")
    lock_people(session, [offer.request.learner_id])
    lock_limits(session, [offer.opening, opening])
    lock_offers(session, [offer])
    found = one_of(may_move_up(session, occasion, round_), offer, opening)
    if found is None:
        raise Overtaken(NOT_ANY_MORE)
    check_not_after(found, wanted.answer_by)
    place = BetterPlace(
        round_id=round_.id,
        round=round_,
        offer=offer,
        opening=opening,
        from_opening=offer.opening,
        terms=Terms.of(opening).digest,
        answer_by=wanted.answer_by,
        offered_at=occasion.now,
        state=BetterPlaceState.WAITING,
    )
    session.add(place)
    session.flush()
    record(session, occasion.actor, "offered a better place", place, now=occasion.now, name=round_.name)
    tell_of_offer(session, occasion, place, page_of(place.id))
    return place


def one_of(found: list[MayMoveUp], offer: Offer, opening: Opening) -> MayMoveUp | None:
    return next((one for one in found if (one.hold.offer.id, one.opening.id) == (offer.id, opening.id)), None)


def check_not_after(found: MayMoveUp, answer_by: date) -> None:
    """Raise Refused where what she has would begin, or would end unanswered, before she has to answer."""
    last = last_day(found.hold)
    if answer_by > last:
        name = found.learner.name
        why = (
            f"the placement of {name} begins the day after"
            if found.hold.placement
            else f"the offer of {name} ends then"
        )
        raise Refused(
            f"The last day to answer must be {day_in_words(last)} or earlier: {why}",
            "answer_by",
        )


def tell_of_offer(session: Session, occasion: Occasion, place: BetterPlace, page: str) -> None:
    offer, opening = place.offer, place.opening
    until, begins = until_of(place), first_day_together(offer.request, opening, occasion.today)
    to_learner = mails.place_for_you(place, until, begins, page)
    queue_message(session, offer.request.learner.email, to_learner, occasion.now)
    queue_message(session, opening.mentor.email, mails.kept_for(place, until, occasion.home), occasion.now)


def until_of(place: BetterPlace) -> datetime:
    """Until when it can be answered: an offer that waits ends at its own moment."""
    until = end_of_day(place.answer_by)
    return min(until, place.offer.answer_until) if place.offer.state is OfferState.WAITING else until
