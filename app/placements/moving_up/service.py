"""Deeds with a better place: its learner moves up, or keeps what she has; and what time does to it."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.language.local_times import end_of_day
from app.language.refusal import Overtaken
from app.models.course.better_places import BetterPlace, BetterPlaceState
from app.models.people import Role
from app.models.placements import Placement, Terms
from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.phrasebook.obstacles import to_learner
from app.placements.moving_up import mails
from app.placements.swaps.changing_hands import BY_MOVING_UP, leave_place, take_place
from app.placements.swaps.queries import hold_by
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.live_offers import without_kept
from app.promises.moving_up.ending import tell_that_it_is_free
from app.promises.moving_up.lifecycle import BETTER_PLACES, ENDED, KEPT, LAPSED, MOVED_UP
from app.promises.small_groups import tell_of_groups_at
from app.rules.capacity import Held, lock_limits
from app.rules.coordinators import coordinators_of_round
from app.rules.course.swapping import Hold, lock_offers
from app.rules.eligibility import Obstacles, first_day_together
from app.rules.standing_still import lock_people

NO_LONGER = (
    "You can no longer move up: the time to answer is over, or what you have has begun or changed. You keep what you "
    "have."
)
CHANGED = "The place has changed since you read it. Please read it again, then answer."


def move_up(
    session: Session, occasion: Occasion, place: BetterPlace, agreed: str, page_of: Callable[[Placement], str]
) -> Placement:
    """Let a learner have the better place, free the one that she had, and tell everybody whom it concerns.

    `agreed` is what her form carried of what she read. Raises Overtaken where it can no longer be, or is not as she
    read it; then she keeps what she has.
    """
    hold_still(session, place)
    BETTER_PLACES.check(MOVED_UP, place.state, Party.LEARNER)
    offer, opening, left = place.offer, place.opening, place.offer.opening
    complaint = why_not(session, place, occasion)
    if complaint:
        raise Overtaken(complaint)
    check_agreed(offer.request, opening, agreed or place.terms, occasion.today)
    BETTER_PLACES.move(session, place, MOVED_UP, Party.LEARNER, occasion.actor, occasion.now)
    place.ended_at, place.from_opening = occasion.now, left
    before = leave_place(session, occasion, offer, BY_MOVING_UP)
    session.flush()
    placement = take_place(session, occasion, offer, opening, before, BY_MOVING_UP)
    record(session, occasion.actor, "began a placement", placement, now=occasion.now, better_place=place.id)
    tell_of_move(session, occasion, place, placement, page_of(placement))
    tell_of_groups_at(session, occasion, [left])
    return placement


def keep(session: Session, occasion: Occasion, place: BetterPlace) -> None:
    """Keep what she has; the better place is free again, and she is not asked about it a second time."""
    hold_still(session, place)
    BETTER_PLACES.move(session, place, KEPT, Party.LEARNER, occasion.actor, occasion.now)
    place.ended_at = occasion.now
    tell_that_it_is_free(session, occasion, place)


def end_if_over(session: Session, occasion: Occasion, place: BetterPlace) -> bool:
    """End one that waits and can no longer be answered, and tell everybody; she keeps what she has."""
    hold_still(session, place)
    if place.state is not BetterPlaceState.WAITING or occasion.now < until(hold_by(session, place.offer), place):
        return False
    deed = ENDED if place.is_open_on(occasion.today) else LAPSED
    BETTER_PLACES.move(session, place, deed, Party.SERVICE, occasion.actor, occasion.now)
    place.ended_at = occasion.now
    learner = place.offer.request.learner
    if learner.takes_part_as(Role.LEARNER):
        queue_message(session, learner.email, mails.lapsed(place, occasion.home), occasion.now)
    tell_that_it_is_free(session, occasion, place)
    return True


def remind(session: Session, occasion: Occasion, place: BetterPlace) -> None:
    """Tell its learner once that the time to answer will soon be over."""
    place.reminded_at = occasion.now
    record(session, None, "reminded of a better place", place, now=occasion.now)
    by = until(hold_by(session, place.offer), place)
    queue_message(session, place.offer.request.learner.email, mails.reminder(place, by, occasion.home), occasion.now)


def hold_still(session: Session, place: BetterPlace) -> None:
    """Keep everything still that a move rests on, and read it afresh, in the order in which everybody locks it."""
    offer = place.offer
    lock_people(session, [offer.request.learner_id])
    lock_limits(session, [offer.opening, place.opening])
    lock_offers(session, [offer])
    session.refresh(place, ["state", "answer_by"], with_for_update=True)


def until(hold: Hold, place: BetterPlace) -> datetime:
    """Until when it can be answered, as things stand: what she has must not have begun, and must still be hers."""
    return min(end_of_day(place.answer_by), hold.until)


def why_not(session: Session, place: BetterPlace, occasion: Occasion) -> str:
    """What keeps the learner from moving up, as a sentence to her; empty where she can."""
    hold = hold_by(session, place.offer)
    if occasion.now >= until(hold, place) or not hold.can_be_swapped_at(occasion.now):
        return NO_LONGER
    held = Held.without(session, occasion.today, place.offer)
    found = without_kept(Obstacles(occasion.today, held).of(place.offer.request, place.opening))
    return f"You cannot have this place, because {to_learner(found[0])}. You keep what you have." if found else ""


def agreement(request: PlacementRequest, opening: Opening, today: date) -> str:
    """What the form carries: the terms of the better place, by their digest, and its first day."""
    return f"{Terms.of(opening).digest} {first_day_together(request, opening, today)}"


def check_agreed(request: PlacementRequest, opening: Opening, agreed: str, today: date) -> None:
    """Raise Overtaken when what she read is not so today; that a day has passed is no change."""
    digest, _, first_day = agreed.partition(" ")
    begins = str(first_day_together(request, opening, today))
    if digest != Terms.of(opening).digest or (first_day and begins != max(first_day, str(today))):
        raise Overtaken(CHANGED)


def tell_of_move(session: Session, occasion: Occasion, place: BetterPlace, placement: Placement, page: str) -> None:
    """Mail the learner, the mentor to whom she comes, the one to whom she does not, and the coordinators."""
    learner, now = placement.learner, occasion.now
    queue_message(session, learner.email, mails.moved_up(place, placement, page), now)
    queue_message(session, placement.mentor.email, mails.comes_to_you(placement, page), now)
    left = place.from_opening.mentor
    if left.id != placement.mentor_id and left.takes_part_as(Role.MENTOR):
        queue_message(session, left.email, mails.goes_elsewhere(place, occasion.home), now)
    for coordinator in coordinators_of_round(session, place.round_id):
        queue_message(session, coordinator.email, mails.place_free(coordinator, place, occasion.home), now)
