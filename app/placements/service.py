"""Deeds with offers: a learner accepts, which makes a placement, or declines."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.people import Person
from app.models.placements import Offer, OfferState, Placement, PlacementState, Terms
from app.placements import mails
from app.placements.offered_place import check_can_be_accepted, check_terms, lock_what_limits
from app.placements.queries import placement_of_offer
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.live_offers import coordinators_to_tell, obstacles_of
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.eligibility import first_day_together


def accept_offer(
    session: Session,
    learner: Person,
    offer: Offer,
    agreed: str,
    page_of: Callable[[Placement], str],
    now: datetime,
    today: date,
) -> Placement:
    """Turn an offer into a placement and tell learner and mentor; `page_of` gives the placement's web address.

    `agreed` is what her form carried of the terms that she read, empty for those that were published. Everything that
    the run had to obey is asked again. Raises Refused when the offer is no longer open, Overtaken when it cannot be
    accepted, TermsChanged when it says something else by now. Two who accept the same last place at once wait for each
    other here, because both lock the same rows in the same order. Accepting twice is the same as accepting once.
    """
    lock_what_limits(session, offer)
    known = placement_of_offer(session, offer)
    if known:
        return known
    offer.answer(OfferState.ACCEPTED, now, today)
    check_can_be_accepted(session, offer, today)
    check_terms(offer, agreed, today)
    placement = placement_from(offer, now, today)
    session.add(placement)
    session.flush()
    record(session, learner, "accepted an offer", offer, now=now)
    record(session, learner, "began a placement", placement, now=now, offer=offer.id)
    tell_of_placement(session, placement, page_of(placement), now)
    return placement


def placement_from(offer: Offer, now: datetime, today: date) -> Placement:
    """The placement that an offer becomes: from the day when both can begin, until the opening ends."""
    opening, request, terms = offer.opening, offer.request, Terms.of(offer.opening)
    if request.module_id is None:
        raise Refused("Your request names no module. Choose one in your request, then accept the offer.")
    if offer.has_changed_terms:
        offer.say(terms, now)
    return Placement(
        learner=request.learner,
        mentor=opening.mentor,
        opening=opening,
        module_id=request.module_id,
        offer=offer,
        state=PlacementState.ACTIVE,
        starts_on=first_day_together(request, opening, today),
        ends_on=terms.ends_on,
        agreed_at=now,
    )


def tell_of_placement(session: Session, placement: Placement, address: str, now: datetime) -> None:
    """Mail learner and mentor that they are paired, and how to reach each other."""
    learner, mentor = placement.learner, placement.opening.mentor
    queue_message(session, learner.email, mails.accepted_to_learner(placement, address), now)
    queue_message(session, mentor.email, mails.accepted_to_mentor(placement, address), now)


def decline_offer(
    session: Session, learner: Person, offer: Offer, reason: str, *, is_sure: bool, now: datetime, today: date
) -> None:
    """Give the place back, with the reason.

    Raises Refused when the offer is no longer open, and to ask about what looks like a patient's details (H13).
    """
    ask_about(doubts_about_text((reason,), today), is_sure)
    lock_what_limits(session, offer)
    offer.answer(OfferState.DECLINED, now, today)
    offer.decline_reason = reason
    record(session, learner, "declined an offer", offer, now=now)


def tell_of_lost_place(session: Session, offer: Offer, occasion: Occasion) -> None:
    """Tell the coordinators of the round, once, that a learner could not have the place that was offered to her."""
    if offer.found_taken_at:
        return
    offer.found_taken_at = occasion.now
    learner, found = offer.request.learner, obstacles_of(session, offer, occasion.today)
    record(session, learner, "found an offered place taken", offer, now=occasion.now, opening=offer.opening_id)
    for coordinator in coordinators_to_tell(session, offer, found):
        mail = mails.lost_place(coordinator, offer, found, occasion.home)
        queue_message(session, coordinator.email, mail, occasion.now)
