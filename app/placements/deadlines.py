"""What time does to offers: a reminder before the last day to answer, and the end after it."""

from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from app.models.placements import Offer, OfferState
from app.models.studies import Opening
from app.placements import mails
from app.placements.offered_place import lock_what_limits
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.offer_moves import LAPSE, move_offer
from app.promises.reminding.in_time import is_to_be_reminded, last_day_near
from app.promises.small_groups import tell_of_small_groups

AT_ONCE = 200  # offers in one transaction; the next look takes the next ones


def remind_in_time(session: Session, occasion: Occasion, address_of: Callable[[int], str]) -> int:
    """Mail each learner whose last day to answer comes near, once for each offer; return how many."""
    near = Offer.answer_by.between(occasion.today, last_day_near(occasion.today))
    due = offers_that_wait(session, near, is_to_be_reminded(Offer.reminded_at, Offer.offered_at, occasion.now))
    for offer in due:
        offer.reminded_at = occasion.now
        record(session, None, "reminded of an offer", offer, now=occasion.now)
        mail = mails.reminder(offer, address_of(offer.id))
        queue_message(session, offer.request.learner.email, mail, occasion.now)
    return len(due)


def lapse_overdue(session: Session, occasion: Occasion) -> int:
    """End the offers whose time to answer is over, and tell learner and mentor; return how many.

    Who did not answer is in no further turn before she has said that she still wants a place.
    """
    overdue = offers_that_wait(session, Offer.answer_until <= occasion.now)
    lapsed = []
    for offer in overdue:
        lock_what_limits(session, offer)
        if offer.state is OfferState.WAITING:
            lapse(session, occasion, offer)
            lapsed.append(offer)
    tell_of_small_groups(session, occasion, lapsed)
    return len(overdue)


def lapse(session: Session, occasion: Occasion, offer: Offer) -> None:
    move_offer(session, occasion, offer, LAPSE)
    offer.request.stop_waiting(occasion.now)
    learner, mentor = offer.request.learner, offer.opening.mentor
    queue_message(session, learner.email, mails.lapsed_to_learner(offer, occasion.home), occasion.now)
    queue_message(session, mentor.email, mails.lapsed_to_mentor(offer, occasion.home), occasion.now)


def offers_that_wait(session: Session, *conditions: ColumnElement[bool]) -> Sequence[Offer]:
    """Some of those that nobody has answered, in the order in which everybody locks them."""
    statement = (
        select(Offer)
        .where(Offer.state == OfferState.WAITING, *conditions)
        .order_by(Offer.id)
        .limit(AT_ONCE)
        .options(
            joinedload(Offer.request),
            joinedload(Offer.opening).options(joinedload(Opening.mentor), joinedload(Opening.study)),
        )
    )
    return session.scalars(statement).all()
