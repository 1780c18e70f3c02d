"""Studies as a file for a spreadsheet."""

from collections.abc import Iterable, Mapping

from app.models.studies import Study
from app.web.spreadsheet import csv_of

HEADINGS = ("Title", "Short name", "Status", "Specialties", "Registry numbers", "Openings")


def csv_of_studies(studies: Iterable[Study], openings: Mapping[int, int]) -> str:
    """One line for each study; `openings` has the number of published ones by study id."""
    return csv_of(HEADINGS, (cells(study, openings.get(study.id, 0)) for study in studies))


def cells(study: Study, openings: int) -> tuple[str | int, ...]:
    return (
        study.title,
        study.short_title,
        study.status.value,
        "; ".join(specialty.name for specialty in study.specialties),
        "; ".join(f"{one.scheme.value} {one.value}" for one in study.identifiers),
        openings,
    )
