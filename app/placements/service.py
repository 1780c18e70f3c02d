"""Deeds with offers: a learner accepts, which makes a placement, declines, or asks for more time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.local_times import until_in_words
from app.language.refusal import Refused
from app.language.working_days import working_day_after
from app.models.placements import DeclineKind, Offer, Placement, PlacementState, Terms
from app.models.runs import Pin
from app.placements import mails
from app.placements.offered_place import check_can_be_accepted, check_terms, lock_what_limits
from app.placements.queries import placement_of_offer
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.course.needs import begin_needs
from app.promises.live_offers import coordinators_to_tell, obstacles_of
from app.promises.offer_moves import ACCEPT, DECLINE, MORE_TIME, move_offer
from app.promises.small_groups import tell_of_small_groups
from app.rules.coordinators import coordinators_of_round
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.eligibility import first_day_together


def accept_offer(
    session: Session,
    occasion: Occasion,
    offer: Offer,
    agreed: str,
    page_of: Callable[[Placement], str],
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
    offer.require_open(occasion.now)
    check_can_be_accepted(session, offer, occasion.today)
    check_terms(offer, agreed, occasion.today)
    move_offer(session, occasion, offer, ACCEPT)
    placement = placement_from(offer, occasion.now, occasion.today)
    session.add(placement)
    record(session, occasion.actor, "began a placement", placement, now=occasion.now, offer=offer.id)
    begin_needs(session, placement, occasion)
    tell_of_placement(session, placement, page_of(placement), occasion.now)
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


@dataclass(frozen=True)
class Decline:
    """Why a learner declines, and whether she still wants a place of the next turn of the round."""

    kind: DeclineKind
    text: str
    waits: bool

    @property
    def reason(self) -> str:
        return f"{self.kind.value}: {self.text}" if self.text else self.kind.value


def decline_offer(session: Session, occasion: Occasion, offer: Offer, decline: Decline, *, is_sure: bool) -> None:
    """Give the place back, with the reason; a pin to it is lifted, or the next turn would offer it to her again.

    Raises Refused when the offer is no longer open, and to ask about what looks like a patient's details (H13).
    """
    ask_about(doubts_about_text((decline.text,), occasion.today), is_sure)
    lock_what_limits(session, offer)
    move_offer(session, occasion, offer, DECLINE, decline.reason, why=decline.kind.name.lower())
    offer.decline_kind, offer.decline_reason = decline.kind, decline.text
    if not decline.waits:
        offer.request.stop_waiting(occasion.now)
    lift_pins(session, occasion, offer)
    queue_message(session, offer.opening.mentor.email, mails.declined_to_mentor(offer, occasion.home), occasion.now)
    tell_of_small_groups(session, occasion, [offer])


def lift_pins(session: Session, occasion: Occasion, offer: Offer) -> None:
    """Lift what fixes the pairing of an offer that its learner has declined."""
    pinned = select(Pin).where(Pin.request_id == offer.request_id, Pin.opening_id == offer.opening_id)
    for pin in session.scalars(pinned.where(Pin.lifted_at.is_(None))):
        pin.lifted_at = occasion.now
        record(session, occasion.actor, "lifted a pin", pin, now=occasion.now, request=pin.request_id)


def until_with_more_time(offer: Offer) -> date | None:
    """The last day to answer that she would have with more time; None where there is none, or no longer."""
    days = offer.round.more_time_days
    return None if offer.more_time_at or not days else working_day_after(offer.answer_by, days)


def ask_for_time(session: Session, occasion: Occasion, offer: Offer, reason: str, *, is_sure: bool) -> None:
    """Move the last day to answer, once, as far as the round allows; the place is held until then, and all are told.

    Raises Refused when the offer is no longer open, or there is no more time.
    """
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    lock_what_limits(session, offer)
    offer.require_open(occasion.now)
    until = until_with_more_time(offer)
    if until is None:
        raise Refused(f"There is no more time for this offer. Please answer by {until_in_words(offer.answer_until)}.")
    move_offer(session, occasion, offer, MORE_TIME, reason, until=until.isoformat())
    offer.answer_by, offer.more_time_at, offer.more_time_reason = until, occasion.now, reason
    tell_of_more_time(session, occasion, offer)


def tell_of_more_time(session: Session, occasion: Occasion, offer: Offer) -> None:
    """Mail the learner, her mentor and the coordinators of the round until when the place is held now."""
    learner, mentor = offer.request.learner, offer.opening.mentor
    queue_message(session, learner.email, mails.more_time_to_learner(offer, occasion.home), occasion.now)
    for reader in [mentor, *coordinators_of_round(session, offer.round_id)]:
        queue_message(session, reader.email, mails.more_time(reader, offer, occasion.home), occasion.now)


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
