"""The moves of a piece of evidence."""

from app.models.course.evidence import Evidence, EvidenceState
from app.platform.lifecycle import Lifecycle, Move, Party

WITHDRAW = "withdrew evidence"
EVIDENCE = Lifecycle(
    "piece of evidence",
    [
        Move(
            WITHDRAW,
            frozenset({EvidenceState.KEPT}),
            EvidenceState.WITHDRAWN,
            frozenset({Party.LEARNER}),
            needs_reason=True,
        )
    ],
    Evidence.enter,
)
