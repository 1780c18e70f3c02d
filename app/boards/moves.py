"""What can become of a board, and who decides it."""

from app.models.academic.boards import BoardState
from app.platform.lifecycle import Lifecycle, Move, Party

DECIDED = "recorded what a board decided"
CALLED_OFF = "called a board off"

BY_LEADS = frozenset({Party.PROGRAMME_LEAD})
PREPARING = frozenset({BoardState.PREPARING})

BOARDS = Lifecycle(
    "board",
    (
        Move(DECIDED, PREPARING, BoardState.DECIDED, BY_LEADS),
        Move(CALLED_OFF, PREPARING, BoardState.CALLED_OFF, BY_LEADS, needs_reason=True),
    ),
)
