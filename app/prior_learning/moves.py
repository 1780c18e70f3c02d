"""What can become of a claim of prior learning, and who decides it."""

from app.models.academic.prior_learning import GRANTING, TO_DECIDE, TO_WRITE, ClaimState
from app.platform.lifecycle import Lifecycle, Move, Party

SEND = "sent a claim of prior learning"
SEND_BACK = "sent a claim of prior learning back"
GRANT = "granted a claim of prior learning"
GRANT_PART = "granted a claim of prior learning in part"
REFUSE = "refused a claim of prior learning"
APPEAL = "appealed against a decision on prior learning"
LEAVE_REFUSED = "took an appeal back, so that a refusal stands"
LEAVE_PARTLY = "took an appeal back, so that a part stands"
WITHDRAW = "withdrew a claim of prior learning"
VOID = "made a decision on prior learning void"

LEARNER, LEAD = frozenset({Party.LEARNER}), frozenset({Party.PROGRAMME_LEAD})
SENT, APPEALED = frozenset({ClaimState.SENT}), frozenset({ClaimState.APPEALED})

CLAIMS = Lifecycle(
    "claim",
    (
        Move(SEND, TO_WRITE, ClaimState.SENT, LEARNER),
        Move(SEND_BACK, SENT, ClaimState.RETURNED, LEAD, needs_reason=True),
        Move(GRANT, TO_DECIDE, ClaimState.GRANTED, LEAD),
        Move(GRANT_PART, TO_DECIDE, ClaimState.PARTLY, LEAD, needs_reason=True),
        Move(REFUSE, TO_DECIDE, ClaimState.REFUSED, LEAD, needs_reason=True),
        Move(
            APPEAL,
            frozenset({ClaimState.PARTLY, ClaimState.REFUSED}),
            ClaimState.APPEALED,
            LEARNER,
            needs_reason=True,
        ),
        Move(LEAVE_REFUSED, APPEALED, ClaimState.REFUSED, LEARNER),
        Move(LEAVE_PARTLY, APPEALED, ClaimState.PARTLY, LEARNER),
        Move(WITHDRAW, TO_WRITE | SENT, ClaimState.WITHDRAWN, LEARNER),
        Move(VOID, GRANTING, ClaimState.VOID, LEAD, needs_reason=True),
    ),
)
