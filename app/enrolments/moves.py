"""What can become of an enrolment, of what a learner asks about it, and of an award from elsewhere; and who does it."""

from app.models.academic.enrolment_steps import StepKind
from app.models.academic.prior_awards import PriorAwardState
from app.models.academic.way_asked import WayAskedState
from app.platform.lifecycle import Lifecycle, Move, Party
from app.rules.enrolments.standing import Standing

LEAD, LEARNER = frozenset({Party.PROGRAMME_LEAD}), frozenset({Party.LEARNER})
# Whoever stays away longer than she meant steps out anew, with another day of return.
RUNS, OUT = frozenset({Standing.ENROLLED}), frozenset({Standing.STEPPED_OUT})
LEFT = frozenset({Standing.WITHDRAWN, Standing.TRANSFERRED})

STEP_OUT, RETURN, READMIT = "stepped out of a programme", "returned to a programme", "was taken back on a programme"
TRANSFER, COMPLETE, WITHDRAW = "transferred elsewhere", "completed a programme", "withdrew from a programme"

# The states are not kept: they follow of the steps (rules/enrolments/standing), and only the moves are asked here.
ENROLMENTS = Lifecycle(
    "enrolment",
    (
        Move(STEP_OUT, RUNS | OUT, Standing.STEPPED_OUT, LEAD, needs_reason=True),
        Move(RETURN, OUT, Standing.ENROLLED, LEAD),
        Move(READMIT, LEFT, Standing.ENROLLED, LEAD),
        Move(TRANSFER, RUNS | OUT, Standing.TRANSFERRED, LEAD, needs_reason=True),
        Move(COMPLETE, RUNS, Standing.COMPLETED, LEAD),
        Move(WITHDRAW, RUNS | OUT, Standing.WITHDRAWN, LEAD, needs_reason=True),
    ),
)
KINDS = {
    STEP_OUT: StepKind.STEPPED_OUT,
    RETURN: StepKind.RETURNED,
    READMIT: StepKind.RETURNED,
    TRANSFER: StepKind.TRANSFERRED,
    COMPLETE: StepKind.COMPLETED,
    WITHDRAW: StepKind.WITHDREW,
}

AGREED, NOT_AGREED, TOOK_BACK = (
    "agreed to what a learner asked",
    "did not agree to what a learner asked",
    "took back what she asked of a university",
)
WAITS = frozenset({WayAskedState.WAITING})
ASKED = Lifecycle(
    "wish",
    (
        Move(AGREED, WAITS, WayAskedState.DONE, LEAD),
        Move(NOT_AGREED, WAITS, WayAskedState.NOT_AGREED, LEAD, needs_reason=True),
        Move(TOOK_BACK, WAITS, WayAskedState.WITHDRAWN, LEARNER),
    ),
)

CONFIRM, NOT_CONFIRM, REMOVE = (
    "confirmed an award from elsewhere",
    "did not confirm an award from elsewhere",
    "took back an award from elsewhere",
)
NAMED, CONFIRMED = frozenset({PriorAwardState.WAITING}), frozenset({PriorAwardState.CONFIRMED})
PRIOR_AWARDS = Lifecycle(
    "award",
    (
        Move(CONFIRM, NAMED, PriorAwardState.CONFIRMED, LEAD),
        Move(NOT_CONFIRM, NAMED | CONFIRMED, PriorAwardState.NOT_CONFIRMED, LEAD, needs_reason=True),
        Move(REMOVE, NAMED, PriorAwardState.WITHDRAWN, LEARNER),
    ),
)
