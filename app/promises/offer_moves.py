"""What can become of an offer: who may move it from which state, as a table that deeds and pages ask."""

from typing import Any

from sqlalchemy.orm import Session

from app.models.placements import Offer, OfferState
from app.platform.lifecycle import Lifecycle, Move, Party
from app.platform.occasion import Occasion
from app.promises.resting_on_a_place import end_what_rests_on

ACCEPT, DECLINE, MORE_TIME = "accepted an offer", "declined an offer", "asked for more time"
LAPSE, TAKE_BACK, OFFER_AGAIN = "let an offer lapse", "took back an offer", "offered a place again"
SWAP, MOVE_UP = "swapped an offered place", "moved an offer to a better place"

WAITS = frozenset({OfferState.WAITING})
LEARNER, SERVICE = frozenset({Party.LEARNER}), frozenset({Party.SERVICE})

OFFERS = Lifecycle(
    "offer",
    (
        Move(ACCEPT, WAITS, OfferState.ACCEPTED, LEARNER),
        Move(MORE_TIME, WAITS, OfferState.WAITING, LEARNER, needs_reason=True),
        Move(DECLINE, WAITS, OfferState.DECLINED, LEARNER, needs_reason=True),
        Move(LAPSE, WAITS, OfferState.LAPSED, SERVICE),
        Move(TAKE_BACK, WAITS, OfferState.TAKEN_BACK, SERVICE, needs_reason=True),
        # Only with the whole run, which is published again after its publication was taken back.
        Move(OFFER_AGAIN, frozenset({OfferState.TAKEN_BACK}), OfferState.WAITING, frozenset({Party.COORDINATOR})),
        # With her yes to the swap its learner has accepted the other place.
        Move(SWAP, WAITS | {OfferState.ACCEPTED}, OfferState.ACCEPTED, frozenset({Party.COORDINATOR})),
        Move(MOVE_UP, WAITS | {OfferState.ACCEPTED}, OfferState.ACCEPTED, LEARNER),
    ),
)


def move_offer(session: Session, occasion: Occasion, offer: Offer, deed: str, reason: str = "", **details: Any) -> None:
    """Move an offer that is locked; raises Refused when it has been answered, or its time to answer is over.

    Whoever gives it back, or loses it, has nothing to swap any more, and nothing to move up from.
    """
    (party,) = OFFERS.moves[deed].by
    if deed not in (LAPSE, TAKE_BACK):
        offer.require_open(occasion.now)
    OFFERS.move(session, offer, deed, party, occasion.actor, occasion.now, reason=reason, **details)
    if offer.state is not OfferState.WAITING:
        offer.answered_at = occasion.now
    if offer.state not in (OfferState.WAITING, OfferState.ACCEPTED):
        end_what_rests_on(session, occasion, [offer.id])
