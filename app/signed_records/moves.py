"""What can become of a record that was given out."""

from app.models.course.signed_records import RecordState
from app.platform.lifecycle import Lifecycle, Move, Party

SUPERSEDED = "replaced a signed record"
ISSUED_RECORD = Lifecycle(
    "signed record",
    [Move(SUPERSEDED, frozenset({RecordState.VALID}), RecordState.SUPERSEDED, frozenset({Party.LEARNER}))],
)
