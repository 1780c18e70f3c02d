"""The portfolio export of the NIHR networks: one row a study, known by its CPMS number, without a summary."""

import re

from app.models.values.identifiers import Scheme, normalise
from app.models.values.specialties import specialties_in
from app.models.values.study_status import StudyStatus
from app.registries.layouts import Cells, Layout, one_line
from app.registries.records import BadRow, Identifier, StudyRecord

# "Closed" does not say whether the participants are still followed up, so it is not called completed.
_STATUSES = {
    "in setup": StudyStatus.IN_SETUP,
    "open": StudyStatus.OPEN,
    "suspended": StudyStatus.SUSPENDED,
    "closed": StudyStatus.CLOSED_TO_RECRUITMENT,
    "withdrawn": StudyStatus.WITHDRAWN,
}


def _study(line: int, cells: Cells) -> StudyRecord:
    title = _given(cells, "Short Name")
    if not title:
        raise BadRow("The study has no name in “Short Name”.")
    return StudyRecord(
        source=PORTFOLIO.name,
        line=line,
        title=title,
        status=_status(_given(cells, "Study Status")),
        identifiers=(Identifier(Scheme.CPMS, normalise(Scheme.CPMS, _given(cells, "Link"))),),
        specialties=_specialties(cells),
        funders=tuple(dict.fromkeys(filter(None, re.split(r"\s*;\s*", _given(cells, "Funder(s)"))))),
        lead_country=_given(cells, "Lead Country"),
        lead_network=_given(cells, "Lead LCRN"),
        open_to_new_sites=_given(cells, "Open to New Sites"),
    )


def _given(cells: Cells, column: str) -> str:
    """The text of a cell; the portfolio writes a hyphen for nothing."""
    text = one_line(cells.get(column, ""))
    return "" if text == "-" else text


def _status(text: str) -> StudyStatus | None:
    if not text:
        return None
    status = _STATUSES.get(text.lower().replace("set-up", "setup").replace("set up", "setup"))
    if status is None:
        raise BadRow(f"“{text}” is not a status that we know.")
    return status


def _specialties(cells: Cells) -> tuple[str, ...]:
    """The managing specialty first, then the others, each once."""
    managing, every = _given(cells, "Managing Specialty"), _given(cells, "All Specialties")
    return tuple(dict.fromkeys((*specialties_in(managing), *specialties_in(every))))


PORTFOLIO = Layout(
    name="NIHR portfolio",
    columns=(
        "Short Name",
        "Managing Specialty",
        "All Specialties",
        "Lead Country",
        "Lead LCRN",
        "Funder(s)",
        "Open to New Sites",
        "Link",
        "Study Status",
    ),
    telling=(
        "Short Name",
        "Managing Specialty",
        "All Specialties",
        "Lead Country",
        "Lead LCRN",
        "Open to New Sites",
    ),
    required=(("Short Name",), ("All Specialties",), ("Study Status",), ("Link",)),
    read=_study,
)
