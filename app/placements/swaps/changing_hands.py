"""A place of a round becomes another one: what rested on it ends, and the offer becomes one of the other, accepted."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from app.models.placements import Offer, Outcome, Placement, Terms
from app.models.studies import Opening
from app.placements.service import placement_from
from app.placements.swaps.queries import good_code, hold_by
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.promises.course.going_on import settle
from app.promises.course.lifecycles import LEFT, PLACEMENT, SWAPPED
from app.promises.course.needs import begin_needs, carry_needs
from app.promises.offer_moves import MOVE_UP, OFFERS, SWAP
from app.promises.resting_on_a_place import end_what_rests_on

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Change:
    """Who moves the place, by which deeds, and what the placement of before is said to have become."""

    party: Party
    of_placement: str
    of_offer: str
    outcome: Outcome


BY_SWAP = Change(Party.COORDINATOR, SWAPPED, SWAP, Outcome.SWAPPED)
BY_MOVING_UP = Change(Party.LEARNER, LEFT, MOVE_UP, Outcome.MOVED_UP)


def leave_place(session: Session, occasion: Occasion, offer: Offer, change: Change) -> Placement | None:
    """End what rests on the place: swaps, its code, and the placement that it became, which has not begun."""
    end_what_rests_on(session, occasion, [offer.id])
    code = good_code(session, offer)
    if code:
        code.ended_at = occasion.now
    placement = hold_by(session, offer).placement
    if placement:
        placement.outcome, placement.ends_on = change.outcome, placement.starts_on - A_DAY
        settle(session, occasion, placement)
        PLACEMENT.move(session, placement, change.of_placement, change.party, occasion.actor, occasion.now)
        placement.offer = None
    return placement


def take_place(
    session: Session,
    occasion: Occasion,
    offer: Offer,
    opening: Opening,
    before: Placement | None,
    change: Change,
) -> Placement:
    """Let an offer be of the other place, accepted; what it was of stands in its terms and in what moved it.

    What is in place already for the placement of `before`, and counts at the other one too, is carried over.
    """
    OFFERS.move(session, offer, change.of_offer, change.party, occasion.actor, occasion.now, opening=opening.id)
    offer.opening, offer.found_taken_at = opening, None
    offer.answered_at = offer.answered_at or occasion.now
    offer.say(Terms.of(opening), occasion.now)
    placement = placement_from(offer, occasion.now, occasion.today)
    session.add(placement)
    session.flush()
    if before:
        carry_needs(session, before, placement, occasion)
    else:
        begin_needs(session, placement, occasion)
    return placement
