"""What the demo says about one of its fictitious studies."""

from dataclasses import dataclass

from app.models.values.study_status import StudyStatus

INTERVENTIONAL = "Interventional"
OBSERVATIONAL = "Observational"
NO_PHASE = "Not applicable"


@dataclass(frozen=True)
class DemoStudy:
    """A fictitious study; `learner_does` is how a mentor would describe a learner's days on it.

    The number has the form of a CPMS number and begins with 900, a range that the demo keeps for itself.
    `learner_limit` caps the learners over all openings; None leaves it to the mentors.
    """

    cpms_id: str
    short_title: str
    title: str
    summary: str
    specialties: tuple[str, ...]
    study_type: str
    learner_does: str
    phase: str = NO_PHASE
    status: StudyStatus = StudyStatus.OPEN
    learner_limit: int | None = 4

    @property
    def key(self) -> str:
        return f"CPMS {self.cpms_id}"
