"""What can become of an update that is written: it is sent once, or discarded."""

from app.models.public.updates import UpdateStanding
from app.platform.lifecycle import Lifecycle, Move, Party

SENT = "sent an update"
DISCARDED = "discarded an update"

DRAFTS = frozenset({UpdateStanding.DRAFT})
BY_EDITORS = frozenset({Party.ADMINISTRATOR})

UPDATES = Lifecycle(
    "update",
    (
        Move(SENT, DRAFTS, UpdateStanding.SENT, BY_EDITORS),
        Move(DISCARDED, DRAFTS, UpdateStanding.DISCARDED, BY_EDITORS),
    ),
)
