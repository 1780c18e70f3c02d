"""Which moves a review can make, and who makes them."""

from app.models.reviews import ReviewState
from app.platform.lifecycle import Lifecycle, Move, Party

WITHDREW = "withdrew a review"
LET_STAND = "let a decision stand"
CORRECTED = "found that a decision is to be put right"
PUT_RIGHT = "put a decision right"

REVIEWS = Lifecycle(
    "review",
    (
        Move(WITHDREW, frozenset({ReviewState.ASKED}), ReviewState.WITHDRAWN, frozenset({Party.LEARNER})),
        Move(LET_STAND, frozenset({ReviewState.ASKED}), ReviewState.STANDS, frozenset({Party.COORDINATOR})),
        Move(CORRECTED, frozenset({ReviewState.ASKED}), ReviewState.CORRECTED, frozenset({Party.COORDINATOR})),
        Move(PUT_RIGHT, frozenset({ReviewState.CORRECTED}), ReviewState.PUT_RIGHT, frozenset({Party.COORDINATOR})),
    ),
)
