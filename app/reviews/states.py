"""Which moves a review can make, and who makes them."""

from app.models.reviews import ReviewState
from app.platform.lifecycle import Lifecycle, Move, Party

WITHDREW = "withdrew a review"
LET_STAND = "let a decision stand"
CORRECTED = "found that a decision is to be put right"
PUT_RIGHT = "put a decision right"

ANSWERS = frozenset({Party.COORDINATOR, Party.ADMINISTRATOR})  # an administrator where no coordinator may

REVIEWS = Lifecycle(
    "review",
    (
        Move(WITHDREW, frozenset({ReviewState.ASKED}), ReviewState.WITHDRAWN, frozenset({Party.LEARNER})),
        Move(LET_STAND, frozenset({ReviewState.ASKED}), ReviewState.STANDS, ANSWERS),
        Move(CORRECTED, frozenset({ReviewState.ASKED}), ReviewState.CORRECTED, ANSWERS),
        Move(PUT_RIGHT, frozenset({ReviewState.CORRECTED}), ReviewState.PUT_RIGHT, frozenset({Party.COORDINATOR})),
    ),
)
