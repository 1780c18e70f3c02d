"""Real studies from a registry export for the demo: all are imported, some get openings."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.demo.playing.study_rows import key_of
from app.demo.world.build import LEARNERS
from app.demo.world.records import RegistryStudy
from app.models.operations.registry_files import RegistryKind
from app.models.organisations import Specialty
from app.models.studies import Study
from app.models.values.specialties import SPECIALTIES
from app.models.values.study_status import StudyStatus
from app.rules.reference import add_missing_reference
from app.studies.imports.service import RegistryFile, import_file, within

STUDIES = 70  # that get openings, for the usual number of learners


def import_for_demo(session: Session, file: Path, learners: int) -> list[tuple[RegistryStudy, Study]]:
    """Import every study of the file, and choose open ones of each specialty in turn. Raises UnreadableFile."""
    add_missing_reference(session)
    import_file(within(session), RegistryFile(RegistryKind.STUDIES, file), None, lambda: datetime.now(UTC))
    wanted = max(STUDIES, STUDIES * learners // LEARNERS)
    chosen: dict[int, Study] = {}
    for name in SPECIALTIES:
        for study in open_studies_of(session, name, -(-wanted // len(SPECIALTIES))):
            chosen.setdefault(study.id, study)
    return [(as_demo_study(study), study) for study in chosen.values()]


def open_studies_of(session: Session, specialty: str, most: int) -> list[Study]:
    """Open studies of a specialty that say most about themselves, the longest first."""
    statement = (
        select(Study)
        .where(Study.status == StudyStatus.OPEN, Study.specialties.any(Specialty.name == specialty))
        .order_by(func.length(Study.summary).desc(), func.length(Study.title).desc(), Study.id)
        .limit(most)
        .options(selectinload(Study.identifiers), selectinload(Study.specialties))
    )
    return list(session.scalars(statement))


def as_demo_study(study: Study) -> RegistryStudy:
    return RegistryStudy(
        key=key_of(study),
        title=study.title,
        summary=study.summary,
        phase=study.phase,
        specialties=tuple(specialty.name for specialty in study.specialties),
    )
