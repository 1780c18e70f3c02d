"""The CSV download of ClinicalTrials.gov: one row a study, with whichever columns the user chose."""

import re
from datetime import UTC, date, datetime
from functools import lru_cache

from app.models.values.identifiers import BadIdentifier, Scheme, normalise, registry_link, warnings
from app.models.values.study_status import StudyStatus
from app.registries.conditions import CHILDREN, specialties_from
from app.registries.layouts import Cells, Layout, one_line, paragraphs
from app.registries.locations import sites_in
from app.registries.records import BadRow, DatePrecision, Identifier, RegistryDate, StudyRecord

# The last four are of expanded access, which is treatment outside a trial; the study type says so beside them.
_STATUSES = {
    "UNKNOWN": StudyStatus.UNKNOWN,
    "NOTYETRECRUITING": StudyStatus.IN_SETUP,
    "RECRUITING": StudyStatus.OPEN,
    "ENROLLINGBYINVITATION": StudyStatus.OPEN,
    "ACTIVENOTRECRUITING": StudyStatus.CLOSED_TO_RECRUITMENT,
    "SUSPENDED": StudyStatus.SUSPENDED,
    "COMPLETED": StudyStatus.COMPLETED,
    "TERMINATED": StudyStatus.STOPPED,
    "WITHDRAWN": StudyStatus.WITHDRAWN,
    "AVAILABLE": StudyStatus.OPEN,
    "TEMPORARILYNOTAVAILABLE": StudyStatus.SUSPENDED,
    "NOLONGERAVAILABLE": StudyStatus.CLOSED_TO_RECRUITMENT,
    "APPROVEDFORMARKETING": StudyStatus.COMPLETED,
}
_PHASES = {
    "NA": "Not applicable",
    "NOTAPPLICABLE": "Not applicable",
    "EARLYPHASE1": "Early phase 1",
    "PHASE1": "Phase 1",
    "PHASE1PHASE2": "Phase 1 and 2",
    "PHASE2": "Phase 2",
    "PHASE2PHASE3": "Phase 2 and 3",
    "PHASE3": "Phase 3",
    "PHASE4": "Phase 4",
}
_STUDY_TYPES = {
    "INTERVENTIONAL": "Interventional",
    "OBSERVATIONAL": "Observational",
    "EXPANDEDACCESS": "Expanded access",
}
_DATE_FORMS = (
    ("%Y-%m-%d", DatePrecision.DAY),
    ("%Y-%m", DatePrecision.MONTH),
    ("%B %d, %Y", DatePrecision.DAY),
    ("%B %Y", DatePrecision.MONTH),
)
_LABELLED_ID = re.compile(r"(ISRCTN|EUDRACT|IRAS|CPMS)", re.IGNORECASE)
_EUDRACT_ID = re.compile("[0-9]{4}-[0-9]{6}-[0-9]{2}")


def _study(line: int, cells: Cells) -> StudyRecord:
    nct = _nct_number(cells)
    conditions = _listed(cells, "Conditions")
    title = one_line(cells.get("Study Title", ""))
    if not title:
        raise BadRow("The study has no title in “Study Title”.")
    return StudyRecord(
        source=CLINICALTRIALS_GOV.name,
        line=line,
        title=title,
        short_title=one_line(cells.get("Acronym", "")),
        summary=paragraphs(cells.get("Brief Summary", "")),
        status=_status(cells),
        phase=_worded(cells, "Phases", _PHASES),
        study_type=_worded(cells, "Study Type", _STUDY_TYPES),
        is_commercial=_is_commercial(cells),
        specialties=_specialties(conditions, title, cells),
        specialties_are_guessed=True,
        conditions=conditions,
        identifiers=(Identifier(Scheme.NCT, nct), *_other_identifiers(cells)),
        sites=sites_in(cells.get("Locations", "")),
        sponsor=one_line(cells.get("Sponsor", "")),
        starts_on=_date(cells, "Start Date"),
        completes_on=_date(cells, "Completion Date"),
        updated_on=_updated_on(cells),
        url=registry_link(Scheme.NCT, nct) or "",
    )


def _nct_number(cells: Cells) -> str:
    """From its own column or from the address of the record, whichever was chosen."""
    return normalise(Scheme.NCT, cells.get("NCT Number", "") or cells.get("Study URL", ""))


def _status(cells: Cells) -> StudyStatus | None:
    text = one_line(cells.get("Study Status", ""))
    if not text:
        return None
    if _key(text) == "WITHHELD":
        raise BadRow("ClinicalTrials.gov withholds the details of this study.")
    status = _STATUSES.get(_key(text))
    if status is None:
        raise BadRow(f"“{text}” is not a status that we know.")
    return status


def _worded(cells: Cells, column: str, words: dict[str, str]) -> str:
    """The registry's code in our words; a code that is new to us stays as it is."""
    text = one_line(cells.get(column, ""))
    return words.get(_key(text), text)


def _is_commercial(cells: Cells) -> bool | None:
    """Whether the sponsor is a company; the funder type is that of the sponsor."""
    funder = _key(cells.get("Funder Type", ""))
    return None if funder in ("", "UNKNOWN") else funder == "INDUSTRY"


def _specialties(conditions: tuple[str, ...], title: str, cells: Cells) -> tuple[str, ...]:
    """From the conditions or, where these point nowhere, the title; ages that are all a child's add Children."""
    found = specialties_from(conditions) or specialties_from([title])
    only_children = _key(cells.get("Age", "")) == "CHILD"
    return (*found, CHILDREN) if only_children and CHILDREN not in found else found


def _other_identifiers(cells: Cells) -> tuple[Identifier, ...]:
    """The numbers among "Other IDs" that surely are of a registry we know; sponsors' own codes are left out."""
    found = (_identifier(text) for text in _listed(cells, "Other IDs"))
    return tuple(dict.fromkeys(identifier for identifier in found if identifier))


def _identifier(text: str) -> Identifier | None:
    label = _LABELLED_ID.match(text)
    if not label and not _EUDRACT_ID.fullmatch(text):
        return None
    scheme = next(one for one in Scheme if one.value.upper() == (label[1].upper() if label else "EUDRACT"))
    try:
        value = normalise(scheme, text)
    except BadIdentifier:
        return None
    return None if warnings(scheme, value) else Identifier(scheme, value)


def _date(cells: Cells, column: str) -> RegistryDate | None:
    text = one_line(cells.get(column, ""))
    found = _date_in(text)
    if text and found is None:
        raise BadRow(f"“{text}” in “{column}” is not a date.")
    return found


@lru_cache(maxsize=10_000)
def _date_in(text: str) -> RegistryDate | None:
    """The same few thousand days stand in the rows of a registry again and again."""
    for form, precision in _DATE_FORMS:
        try:
            return RegistryDate(datetime.strptime(text, form).replace(tzinfo=UTC).date(), precision)
        except ValueError:
            continue
    return None


def _updated_on(cells: Cells) -> date | None:
    """When the registry last posted a change; a month alone would not tell two exports of that month apart."""
    found = _date(cells, "Last Update Posted")
    return found.day if found and found.precision is DatePrecision.DAY else None


def _listed(cells: Cells, column: str) -> tuple[str, ...]:
    parts = (one_line(part) for part in cells.get(column, "").split("|"))
    return tuple(dict.fromkeys(part for part in parts if part))


def _key(text: str) -> str:
    """Codes of the registry without what its editions write differently: "Phase 1", "PHASE1"."""
    return re.sub("[^A-Z0-9]", "", text.upper())


CLINICALTRIALS_GOV = Layout(
    name="ClinicalTrials.gov",
    columns=(
        "NCT Number",
        "Study Title",
        "Study URL",
        "Acronym",
        "Study Status",
        "Brief Summary",
        "Conditions",
        "Sponsor",
        "Age",
        "Phases",
        "Funder Type",
        "Study Type",
        "Other IDs",
        "Start Date",
        "Completion Date",
        "Last Update Posted",
        "Locations",
    ),
    telling=("NCT Number", "Study Title", "Study URL", "Brief Summary", "Funder Type", "Other IDs"),
    required=(("Study Title",), ("NCT Number", "Study URL")),
    read=_study,
)
