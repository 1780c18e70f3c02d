"""The moves that a nomination can make, and who may make them."""

from app.models.pairs.nominations import OPEN, NominationState
from app.platform.lifecycle import Lifecycle, Move, Party

CONFIRM, DECLINE = "confirmed a nomination", "declined a nomination"
VERIFY, REFUSE = "verified a nomination", "did not verify a nomination"
WITHDRAW = "withdrew a nomination"
WAITS_FOR_MENTOR = frozenset({NominationState.PROPOSED})
WAITS_FOR_COORDINATOR = frozenset({NominationState.CONFIRMED})
BY_LEARNER, BY_MENTOR, BY_COORDINATOR = (
    frozenset({party}) for party in (Party.LEARNER, Party.MENTOR, Party.COORDINATOR)
)

MOVES = Lifecycle(
    "nomination",
    (
        Move(CONFIRM, WAITS_FOR_MENTOR, NominationState.CONFIRMED, BY_MENTOR),
        Move(DECLINE, WAITS_FOR_MENTOR, NominationState.DECLINED, BY_MENTOR, needs_reason=True),
        Move(VERIFY, WAITS_FOR_COORDINATOR, NominationState.VERIFIED, BY_COORDINATOR),
        Move(REFUSE, WAITS_FOR_COORDINATOR, NominationState.NOT_VERIFIED, BY_COORDINATOR, needs_reason=True),
        Move(WITHDRAW, OPEN, NominationState.WITHDRAWN, BY_LEARNER),
    ),
)
