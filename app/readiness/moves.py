"""The moves of needs, and of what covers them."""

from app.models.course.readiness import CoverState, NeedState
from app.platform.lifecycle import Lifecycle, Move, Party

OF_THE_PLACE = frozenset({Party.MENTOR, Party.COORDINATOR})
COORDINATOR = frozenset({Party.COORDINATOR})
WAITS, GOOD = frozenset({CoverState.TO_CHECK}), frozenset({CoverState.GOOD})

CHECKED, GRANTED, SENT_BACK, REPLACED, ENDED = (
    "checked what is in place",
    "made an exception",
    "sent back what was entered",
    "entered it anew",
    "ended what was in place",
)
COVER = Lifecycle(
    "entry",
    [
        Move(CHECKED, WAITS, CoverState.GOOD, OF_THE_PLACE),
        Move(GRANTED, WAITS, CoverState.GOOD, COORDINATOR, needs_reason=True),
        Move(SENT_BACK, WAITS, CoverState.SENT_BACK, OF_THE_PLACE, needs_reason=True),
        Move(REPLACED, WAITS, CoverState.REPLACED, OF_THE_PLACE | {Party.LEARNER}),
        Move(ENDED, GOOD, CoverState.ENDED, OF_THE_PLACE, needs_reason=True),
    ],
)

NOT_NEEDED, NEEDED = "said that it is not needed", "said that it is needed"
NEED = Lifecycle(
    "item",
    [
        Move(NOT_NEEDED, frozenset({NeedState.NEEDED}), NeedState.NOT_NEEDED, OF_THE_PLACE, needs_reason=True),
        Move(NEEDED, frozenset({NeedState.NOT_NEEDED}), NeedState.NEEDED, OF_THE_PLACE),
    ],
)
