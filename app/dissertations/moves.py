"""What can become of a dissertation, and who decides it."""

from app.models.academic.dissertations import DissertationState as State
from app.platform.lifecycle import Lifecycle, Move, Party

SENT = "sent a proposal"
TAKEN_BACK = "took a proposal back"
RETURNED = "returned a proposal"
AGREED = "agreed to a proposal"
REOPENED = "opened a proposal again"
SUBMITTED = "noted that a dissertation was submitted"
SUBMITTED_AGAIN = "noted that a dissertation was submitted again"
NOT_SUBMITTED = "took back that a dissertation was submitted"

BY_LEARNER = frozenset({Party.LEARNER})
BY_SUPERVISOR = frozenset({Party.ACADEMIC_SUPERVISOR})

DISSERTATIONS = Lifecycle(
    "dissertation",
    (
        Move(SENT, frozenset({State.DRAFT, State.RETURNED}), State.PROPOSED, BY_LEARNER),
        Move(TAKEN_BACK, frozenset({State.PROPOSED}), State.DRAFT, BY_LEARNER),
        Move(RETURNED, frozenset({State.PROPOSED}), State.RETURNED, BY_SUPERVISOR, needs_reason=True),
        Move(AGREED, frozenset({State.PROPOSED}), State.AGREED, BY_SUPERVISOR),
        Move(REOPENED, frozenset({State.AGREED}), State.RETURNED, BY_SUPERVISOR, needs_reason=True),
        Move(SUBMITTED, frozenset({State.AGREED}), State.SUBMITTED, BY_LEARNER | BY_SUPERVISOR),
        Move(SUBMITTED_AGAIN, frozenset({State.SUBMITTED}), State.SUBMITTED, BY_LEARNER | BY_SUPERVISOR),
        Move(NOT_SUBMITTED, frozenset({State.SUBMITTED}), State.AGREED, BY_SUPERVISOR, needs_reason=True),
    ),
)
WRITABLE = frozenset({State.DRAFT, State.RETURNED})
OF_PROPOSALS = frozenset({SENT, RETURNED, AGREED, REOPENED})  # nobody does them once the learner has left
