"""What a deed does to offers that wait: they are taken back, or say something new, and everybody concerned is told."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from app.language.local_times import until_in_words
from app.language.numbers import listed
from app.language.refusal import Refused
from app.models.people import Role
from app.models.placements import Offer
from app.phrasebook.obstacles import to_learner
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises import mails
from app.promises.course.broken_places import take_back_broken_places
from app.promises.live_offers import are_held, broken, coordinators_to_tell, live_offers, obstacles_by_offer
from app.promises.moving_up.broken import better_places_that_wait, take_back_broken_better_places
from app.promises.offer_moves import TAKE_BACK, move_offer
from app.promises.small_groups import tell_of_small_groups
from app.rules.capacity import Held
from app.rules.doubts import ask_about
from app.rules.eligibility import Obstacle, first_day_together


def take_back_broken(session: Session, occasion: Occasion, *conditions: ColumnElement[bool]) -> list[Offer]:
    """Take back the live offers that can never be accepted any more, and tell everybody concerned.

    To be asked after each deed that may break one: `conditions` say which offers the deed concerns. What is kept for
    placements to go on, and for learners to move up, is asked too.
    """
    session.flush()
    take_back_broken_places(session, occasion)
    found = broken(session, live_offers(session, occasion.today, *conditions, to_change=True), occasion.today)
    for offer, obstacle in found:
        take_back(session, occasion, offer, obstacle)
    take_back_broken_better_places(session, occasion)
    ended = [offer for offer, _ in found]
    tell_of_small_groups(session, occasion, ended)
    return ended


def take_back(session: Session, occasion: Occasion, offer: Offer, obstacle: Obstacle) -> None:
    """End one offer, and tell its learner, its mentor and the coordinators of its round."""
    because = to_learner(obstacle)
    move_offer(session, occasion, offer, TAKE_BACK, because, because=obstacle.value)
    offer.taken_back_because = because
    learner, mentor = offer.request.learner, offer.opening.mentor
    queue_message(session, learner.email, mails.taken_back(offer, occasion.home), occasion.now)
    if mentor.takes_part_as(Role.MENTOR):
        queue_message(session, mentor.email, mails.taken_back_to_mentor(offer, occasion.home), occasion.now)
    for coordinator in coordinators_to_tell(session, offer, [obstacle]):
        mail = mails.taken_back_to_coordinator(coordinator, offer, obstacle, occasion.home)
        queue_message(session, coordinator.email, mail, occasion.now)


def tell_of_changed_terms(session: Session, occasion: Occasion, *conditions: ColumnElement[bool]) -> None:
    """Tell each learner whose offer now says something else that it needs her yes again."""
    session.flush()
    for offer in live_offers(session, occasion.today, *conditions):
        record(session, occasion.actor, "changed what an offer says", offer, now=occasion.now)
        queue_message(session, offer.request.learner.email, mails.changed_terms(offer, occasion.home), occasion.now)


def first_days(session: Session, today: date, *conditions: ColumnElement[bool]) -> dict[int, date]:
    """On which day each live offer can begin, by its id: to be read before a deed that may move it."""
    offers = live_offers(session, today, *conditions)
    return {offer.id: first_day_together(offer.request, offer.opening, today) for offer in offers}


def move_first_days(
    session: Session, occasion: Occasion, before: Mapping[int, date], is_sure: bool, *conditions: ColumnElement[bool]
) -> None:
    """Ask about offers that now begin on another day than `before`, and tell their learners, who must say yes again."""
    session.flush()
    moved = [
        (offer, day)
        for offer in live_offers(session, occasion.today, *conditions)
        for day in [first_day_together(offer.request, offer.opening, occasion.today)]
        if before.get(offer.id, day) != day
    ]
    if moved:
        ask_about([f"This moves the first day of {offers_to([offer for offer, _ in moved])}."], is_sure)
    for offer, day in moved:
        record(session, occasion.actor, "moved the first day of an offer", offer, now=occasion.now)
        mail = mails.moved_first_day(offer, day, occasion.home)
        queue_message(session, offer.request.learner.email, mail, occasion.now)


def tell_of_pause(session: Session, occasion: Occasion, *conditions: ColumnElement[bool]) -> None:
    """Tell learners whose opening was paused that their offers stand."""
    session.flush()
    for offer in live_offers(session, occasion.today, *conditions):
        queue_message(session, offer.request.learner.email, mails.paused(offer, occasion.home), occasion.now)


def ask_about_offers(
    session: Session, today: date, is_sure: bool, *conditions: ColumnElement[bool], told_of_change: bool = False
) -> None:
    """Raise Refused, unless she is sure, where what was just changed breaks or changes offers that wait.

    To be asked with the change already made: a refusal undoes it with everything else in the transaction.
    """
    session.flush()
    offers = live_offers(session, today, *conditions)
    gone = [offer for offer, _ in broken(session, offers, today)]
    changed = [offer for offer in offers if told_of_change and offer not in gone and offer.has_changed_terms]
    doubts = []
    if gone:
        doubts.append(f"This takes back {offers_to(gone)}.")
    if changed:
        doubts.append(f"This changes {offers_to(changed)}, who must say yes again.")
    ask_about(doubts, is_sure)


def tell_of_names_to_check(session: Session, occasion: Occasion, *conditions: ColumnElement[bool]) -> None:
    """Tell the coordinators where an offer waits with a mentor who may be somebody whom its learner excluded."""
    offers = live_offers(session, occasion.today, *conditions)
    found = obstacles_by_offer(session, offers, occasion.today)
    for offer in offers:
        if Obstacle.PERHAPS_EXCLUDED in found[offer.id]:
            for coordinator in coordinators_to_tell(session, offer, found[offer.id]):
                mail = mails.name_to_check(coordinator, offer, occasion.home)
                queue_message(session, coordinator.email, mail, occasion.now)


def refuse_to_crowd_out(session: Session, today: date, field: str, *conditions: ColumnElement[bool]) -> None:
    """Raise Refused where limits, as they were just changed, leave no room for all that is offered and waits.

    Each offer, and each better place, says that it is held. To be asked with the change already made, as above.
    """
    session.flush()
    offers = live_offers(session, today, *conditions)
    if not are_held(session, offers, today):
        raise Refused(
            f"With this there is no room for {offers_to(offers)}. Wait for the answers, or withdraw the opening, which "
            "takes its offers back.",
            field,
        )
    better = better_places_that_wait(session, today, *conditions)
    held = Held.around(session, today, [place.opening for place in better])
    if not all(held.is_within_limits(place.opening) for place in better):
        names = listed(sorted({place.offer.request.learner.name for place in better}))
        raise Refused(
            f"With this there is no room for {names}, who can move up to a place here. Wait for the answers, or "
            "withdraw the opening, which ends that.",
            field,
        )


def offers_to(offers: Sequence[Offer]) -> str:
    """The offers to A. Example and B. Example, who could answer until 3 March 2026."""
    names = listed(sorted({offer.request.learner.name for offer in offers}))
    until = until_in_words(max(offer.answer_until for offer in offers))
    return f"{'the offer' if len(offers) == 1 else 'the offers'} to {names}, to be answered by {until}"
