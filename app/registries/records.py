"""What a registry's export says, as plain records that know nothing of the file they came from nor of a database."""

import enum
from dataclasses import dataclass
from datetime import date

from app.models.values.identifiers import Scheme
from app.models.values.study_status import StudyStatus


class UnreadableFile(ValueError):
    """The file as a whole cannot be used; the message is one sentence that says what is wrong and what to do."""


class DatePrecision(enum.Enum):
    """How much of a date the registry gives."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class RegistryDate:
    """A date as far as it is known; the first of the month stands for a month."""

    day: date
    precision: DatePrecision


@dataclass(frozen=True, slots=True)
class Identifier:
    """The number of a study in one registry, in the form of `identifiers.normalise`."""

    scheme: Scheme
    value: str


@dataclass(frozen=True, slots=True)
class Site:
    """A place where a study runs, as the registry words it; what is not given is empty."""

    name: str
    city: str = ""
    postcode: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class StudyRecord:
    """One study of an export; texts are trimmed and empty where the export has no such column.

    `source` names the registry, `line` is where the row begins in the file (1 is the column names), `specialties` are
    names of `specialties.SPECIALTIES`, which some readers guess from the words of the record, and `status` and
    `is_commercial` are None where the export does not say. `updated_on` is when the registry last changed its record.
    """

    source: str
    line: int
    title: str
    status: StudyStatus | None
    identifiers: tuple[Identifier, ...]
    short_title: str = ""
    summary: str = ""
    phase: str = ""
    study_type: str = ""
    is_commercial: bool | None = None
    specialties: tuple[str, ...] = ()
    specialties_are_guessed: bool = False
    conditions: tuple[str, ...] = ()
    sites: tuple[Site, ...] = ()
    sponsor: str = ""
    funders: tuple[str, ...] = ()
    lead_country: str = ""
    lead_network: str = ""
    open_to_new_sites: str = ""
    starts_on: RegistryDate | None = None
    completes_on: RegistryDate | None = None
    updated_on: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """One organisation of an ODS file, its name in title case."""

    line: int
    ods_code: str
    name: str
    postcode: str
    opened_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be taken: the line where it begins, why, as a sentence fit to show, and whom it names."""

    line: int
    reason: str
    name: str = ""


class BadRow(ValueError):
    """A row cannot be taken; a reader turns this into a RefusedRow."""
