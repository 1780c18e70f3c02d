"""The moves of a swap, as a table that deeds and pages ask."""

from app.models.course.swaps import SwapState
from app.platform.lifecycle import Lifecycle, Move, Party

AGREED, DECLINED, TOOK_BACK = "agreed to a swap", "declined a swap", "took back a swap"
DID, NOT_AGREED, ENDED = "swapped two places", "did not agree to a swap", "ended a swap"

PROPOSED, WAITS = frozenset({SwapState.PROPOSED}), frozenset({SwapState.AGREED})
LEARNER, COORDINATOR, SERVICE = (
    frozenset({Party.LEARNER}),
    frozenset({Party.COORDINATOR}),
    frozenset({Party.SERVICE}),
)

SWAPS = Lifecycle(
    "swap",
    [
        Move(AGREED, PROPOSED, SwapState.AGREED, LEARNER),
        Move(DECLINED, PROPOSED, SwapState.DECLINED, LEARNER),
        Move(TOOK_BACK, PROPOSED | WAITS, SwapState.TAKEN_BACK, LEARNER),
        Move(DID, WAITS, SwapState.DONE, COORDINATOR),
        Move(NOT_AGREED, WAITS, SwapState.NOT_AGREED, COORDINATOR, needs_reason=True),
        Move(ENDED, PROPOSED | WAITS, SwapState.OVER, SERVICE),
    ],
)
