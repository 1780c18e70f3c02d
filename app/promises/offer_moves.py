"""What can become of an offer: who may move it from which state, as a table that deeds and pages ask."""

from typing import Any

from sqlalchemy.orm import Session

from app.models.placements import Offer, OfferState
from app.platform.lifecycle import Lifecycle, Move, Party
from app.platform.occasion import Occasion

ACCEPT, DECLINE, MORE_TIME = "accepted an offer", "declined an offer", "asked for more time"
LAPSE, TAKE_BACK = "let an offer lapse", "took back an offer"

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
    ),
)


def move_offer(session: Session, occasion: Occasion, offer: Offer, deed: str, reason: str = "", **details: Any) -> None:
    """Move an offer that is locked; raises Refused when it has been answered, or its last day to answer is over."""
    (party,) = OFFERS.moves[deed].by
    if deed != LAPSE:
        offer.require_open(occasion.today)
    OFFERS.move(session, offer, deed, party, occasion.actor, occasion.now, reason=reason, **details)
    if offer.state is not OfferState.WAITING:
        offer.answered_at = occasion.now
