"""The fictitious studies over the thirty research specialties; no real trial is among them."""

from dataclasses import dataclass
from functools import cache

from app.demo.content.reading import read
from app.demo.content.references import check_specialties
from app.models.values.study_status import StudyStatus

FIELDS = ("acute_care", "body_senses", "cancer_blood", "gut_kidney", "heart_brain", "mind_family")
_TYPES = ("Interventional", "Observational")
_NUMBERS = "900"  # a range of CPMS numbers that the demo keeps for itself


@dataclass(frozen=True)
class DemoStudy:
    """A fictitious study; `learner_does` is how a mentor would describe a learner's days on it.

    The number has the form of a CPMS number. `learner_limit` caps the learners over all openings.
    """

    cpms_id: str
    short_title: str
    title: str
    summary: str
    specialties: tuple[str, ...]
    study_type: str
    learner_does: str
    phase: str = "Not applicable"
    status: StudyStatus = StudyStatus.OPEN
    learner_limit: int = 4

    def __post_init__(self) -> None:
        check_specialties(self.specialties)
        if not self.cpms_id.startswith(_NUMBERS):
            raise ValueError(f"The number of an invented study begins with {_NUMBERS}, not as {self.cpms_id} does.")
        if self.study_type not in _TYPES:
            raise ValueError(f"“{self.study_type}” is neither {' nor '.join(_TYPES)}.")

    @property
    def key(self) -> str:
        return f"CPMS {self.cpms_id}"


@dataclass(frozen=True)
class _File:
    study: tuple[DemoStudy, ...]


@cache
def studies() -> tuple[DemoStudy, ...]:
    """All of them, by number."""
    written = (study for field in FIELDS for study in read(f"studies/{field}.toml", _File).study)
    return tuple(sorted(written, key=lambda study: study.cpms_id))
