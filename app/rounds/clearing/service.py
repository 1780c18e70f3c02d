"""Deeds after a publication: offering a free place to who comes next, opening a clearing turn, and ending it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.language.local_times import end_of_day
from app.language.refusal import Overtaken, Refused
from app.models.placements import Offer
from app.models.rounds import MatchRound, RoundTurn
from app.models.runs import Proposal, Run
from app.models.studies import Opening
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message, queue_messages
from app.rounds.clearing import mails
from app.rounds.clearing.next_in_line import keep_as_run, next_in_line
from app.rounds.clearing.places import waiting_in
from app.rounds.publishing import mails as mails_of_round
from app.rounds.publishing.offers import make_offers
from app.rounds.publishing.told import placed_by
from app.rules.capacity import lock_limits
from app.rules.eligibility import first_day_together
from app.rules.standing_still import lock_people


@dataclass(frozen=True)
class Wanted:
    """Whom a coordinator wants to offer which place, and until when it is to be answered."""

    request_id: int
    learner_id: int
    opening: Opening
    answer_by: date


def offer_place(
    session: Session, occasion: Occasion, round_: MatchRound, wanted: Wanted, page_of: Callable[[int], str]
) -> Offer:
    """Offer a free place to the learner who comes next for it, and tell her and the mentor.

    Who comes next is worked out again with everything locked that it rests on; the caller has locked the round. Raises
    Refused while that is not for one coordinator to do, Overtaken when somebody else comes next by now.
    """
    refuse_offering(round_)
    check_answer_by(wanted.answer_by, occasion.today, "answer_by")
    lock_people(session, [wanted.learner_id])
    lock_limits(session, [wanted.opening])
    in_line = next_in_line(session, round_, occasion.today)
    if in_line.pair(wanted.request_id, wanted.opening.id) is None:
        raise Overtaken("Something has changed, and somebody else comes next for this place by now. Look again.")
    assert occasion.actor is not None
    run = keep_as_run(session, occasion.actor, round_, in_line, occasion.today, occasion.now)
    offer = offer_of(session, run, wanted, occasion)
    record(session, occasion.actor, "offered a free place", offer, now=occasion.now, name=round_.name, run=run.id)
    tell_of_offer(session, occasion, round_, offer, page_of(offer.id))
    return offer


def offer_of(session: Session, run: Run, wanted: Wanted, occasion: Occasion) -> Offer:
    """The offer of the one proposal that is wanted; the others of the run stay what they are, a calculation."""
    assert occasion.actor is not None
    its_own = Proposal.request_id == wanted.request_id
    make_offers(session, occasion.actor, run, end_of_day(wanted.answer_by), occasion.now, its_own)
    made = select(Offer).join(Proposal, Offer.proposal_id == Proposal.id).where(Proposal.run_id == run.id, its_own)
    return session.scalars(made).one()


def run_behind(session: Session, offer: Offer) -> int:
    """The id of the run that proposed what was offered."""
    return session.get_one(Proposal, offer.proposal_id).run_id


def tell_of_offer(session: Session, occasion: Occasion, round_: MatchRound, offer: Offer, page: str) -> None:
    """The same mails as when a round is published."""
    [placed] = placed_by(session, Offer.id == offer.id)
    begins = first_day_together(offer.request, offer.opening, occasion.today)
    to_learner = mails_of_round.offer(placed, round_, offer.answer_until, begins, page)
    queue_message(session, offer.request.learner.email, to_learner, occasion.now)
    queue_message(session, offer.opening.mentor.email, mails.place_offered(offer, occasion.home), occasion.now)


def refuse_offering(round_: MatchRound) -> None:
    """Raise Refused unless the round is between two turns."""
    if round_.published_at is None:
        raise Refused(f"“{round_.name}” is not published yet: its runs decide who is offered what.")
    if round_.open_turn:
        raise Refused("A clearing turn of this round is open: its runs decide who is offered what.")


def check_answer_by(answer_by: date, after: date, field: str) -> None:
    """Raise Refused unless there is a day at least to answer."""
    if answer_by <= after:
        raise Refused(f"The last day to answer must be after {day_in_words(after)}", field)


def open_turn(session: Session, occasion: Occasion, round_: MatchRound, hears_by: date, answer_by: date) -> RoundTurn:
    """Open a clearing turn over all that is left, and tell everybody who waits that she is in it, and when she hears.

    Runs, pins and publishing work in it as in the round itself. The caller has locked the round. Raises Refused when
    the round is not published, when a turn is open already or nobody waits, and for days out of order.
    """
    refuse_offering(round_)
    if hears_by < occasion.today:
        raise Refused("The day by which learners hear must be today or later", "hears_by")
    check_answer_by(answer_by, hears_by, "answer_by")
    waiting = waiting_in(session, round_, occasion.today)
    if not waiting:
        raise Refused("Nobody waits for a place of this round, so there is nothing to clear.")
    assert occasion.actor is not None
    turn = RoundTurn(
        number=round_.turn_number + 1,
        opened_at=occasion.now,
        opened_by_id=occasion.actor.id,
        hears_by=hears_by,
        answer_by=answer_by,
    )
    round_.turns.append(turn)
    record(
        session, occasion.actor, "opened a clearing turn", turn, now=occasion.now, name=round_.name, turn=turn.number
    )
    told = ((one.learner.email, mails.in_turn(one.learner, round_, turn, occasion.home)) for one in waiting)
    queue_messages(session, told, occasion.now)
    return turn


def end_turn(session: Session, occasion: Occasion, round_: MatchRound) -> None:
    """End the open turn without a publication, and tell everybody who waits; raises Refused when none is open."""
    turn = round_.open_turn
    if turn is None:
        raise Overtaken(f"No clearing turn of “{round_.name}” is open.")
    turn.ended_at = occasion.now
    record(session, occasion.actor, "ended a clearing turn", turn, now=occasion.now, name=round_.name)
    waiting = waiting_in(session, round_, occasion.today)
    told = ((one.learner.email, mails.turn_ended(one.learner, round_, occasion.home)) for one in waiting)
    queue_messages(session, told, occasion.now)


def set_more_time(session: Session, occasion: Occasion, round_: MatchRound, days: int) -> None:
    """Say how many working days more learners can have to answer; raises Refused once offers are out."""
    if round_.published_at is not None:
        raise Refused(f"“{round_.name}” is published, and learners were told how much more time they can have.")
    before, round_.more_time_days = round_.more_time_days, days
    record(
        session, occasion.actor, "changed the time to answer", round_, now=occasion.now, name=round_.name, before=before
    )
