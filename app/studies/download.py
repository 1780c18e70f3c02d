"""Studies as a file for a spreadsheet."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from app.models.studies import Study
from app.studies.queries import openings_by_study, studies_with_ids
from app.web.paging import in_parts
from app.web.spreadsheet import Cell

HEADINGS = ("Title", "Short name", "Status", "Specialties", "Registry numbers", "Openings")


def rows_of_studies(session: Session, ids: Sequence[int]) -> Iterator[Sequence[Cell]]:
    """One line for each study, some hundred loaded at a time."""
    for some in in_parts(ids):
        openings = openings_by_study(session, some)
        yield from (cells(study, openings.get(study.id, 0)) for study in studies_with_ids(session, some))
        session.expunge_all()


def cells(study: Study, openings: int) -> tuple[Cell, ...]:
    return (
        study.title,
        study.short_title,
        study.status.value,
        "; ".join(specialty.name for specialty in study.specialties),
        "; ".join(f"{one.scheme.value} {one.value}" for one in study.identifiers),
        openings,
    )
