"""Compares studies of a registry export with those that we have: what is new, what changes, what is kept back.

A record finds its study by any of its identifiers. What a file does not say stays as it is, so that two exports of one
registry with different columns complete each other; what it says replaces what we had, unless it is less recent.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, selectinload

from app.language.dates_and_times import day_in_words
from app.language.folding import as_searched
from app.models.registry_files import RowOutcome
from app.models.studies import Study, StudyIdentifier
from app.models.values.identifiers import Scheme
from app.models.values.study_status import StudyStatus
from app.phrasebook.import_changes import in_words, lists_in_words
from app.registries.records import RefusedRow, StudyRecord
from app.studies.imports.report import RowReport, refused
from app.studies.imports.touched import openings_on_studies

Key = tuple[Scheme, str]
LISTS = ("identifiers", "specialties", "sites")
# What says when and where a record is from; nobody's opening is another one for it.
ABOUT_THE_RECORD = frozenset({"source", "registry_updated_on", "identifiers"})


@dataclass(frozen=True)
class Change:
    """What a record says otherwise than its study: what is taken, and what is kept back because it is less recent."""

    study: Study
    record: StudyRecord
    taken: dict[str, Any]
    kept_back: dict[str, Any]

    @property
    def is_new(self) -> bool:
        return self.study.id is None


@dataclass
class StudyBatch:
    """What some rows of a file come to; nothing of it is written."""

    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    told: list[RowReport] = field(default_factory=list)
    registry: str = ""

    def count(self, kind: str) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + 1


class StudyIntake:
    """Compares the records of one file batch by batch; of the rows before it keeps only their numbers.

    The session lets go of each batch, so that memory does not grow with the studies.
    """

    def __init__(self) -> None:
        self.line_of: dict[Key, int] = {}

    def note(self, rows: Iterable[StudyRecord | RefusedRow]) -> None:
        """Remember the numbers of rows that were taken before an import was interrupted."""
        for row in rows:
            if isinstance(row, StudyRecord):
                self.first_line(row)

    def first_line(self, record: StudyRecord) -> int:
        return min(self.line_of.setdefault(key, record.line) for key in keys_of(record))

    def compare(self, session: Session, rows: Sequence[StudyRecord | RefusedRow]) -> StudyBatch:
        """What some rows would do as things stand; the same rows may be compared again."""
        batch = StudyBatch()
        known = studies_by_identifier(session, [row for row in rows if isinstance(row, StudyRecord)])
        for row in rows:
            refusal = self.refusal_of(row, known)
            if refusal:
                batch.count("refused")
                batch.told.append(refused(refusal))
            elif isinstance(row, StudyRecord):
                batch.registry = row.source
                add_change(batch, row, next((known[key] for key in keys_of(row) if key in known), None))
        tell_of_changes(session, batch)
        for study in set(known.values()):
            session.expunge(study)
        return batch

    def refusal_of(self, row: StudyRecord | RefusedRow, known: Mapping[Key, Study]) -> RefusedRow | None:
        """Why a row cannot be taken, if it cannot."""
        if isinstance(row, RefusedRow):
            return row
        first_line = self.first_line(row)
        if first_line != row.line:
            return RefusedRow(row.line, f"It shares a number with the study in line {first_line}.", row.title)
        reason = objection(row, {study.id: study for key, study in known.items() if key in keys_of(row)})
        return RefusedRow(row.line, reason, row.title) if reason else None


def add_change(batch: StudyBatch, record: StudyRecord, study: Study | None) -> None:
    """Put a record where it belongs: new, changed, less recent or the same."""
    change = change_of(study or Study(status=StudyStatus.UNKNOWN, source="", conditions=""), record)
    if study is None:
        batch.new.append(change)
        batch.count("new")
    elif change.taken:
        batch.changed.append(change)
        batch.count("changed")
    else:
        batch.count("older" if change.kept_back else "same")
    if change.kept_back:
        batch.told.append(
            RowReport(
                RowOutcome.OLDER,
                record.line,
                change.study.name,
                less_recent(change.study, record),
                fields_in_words(change.study, change.kept_back),
                subject_id=change.study.id,
            )
        )


def tell_of_changes(session: Session, batch: StudyBatch) -> None:
    """Add each study that changes, part by part, with the live openings that this touches."""
    touching = {change.study.id for change in batch.changed if set(change.taken) - ABOUT_THE_RECORD}
    openings = openings_on_studies(session, touching)
    for change in batch.changed:
        batch.told.append(
            RowReport(
                RowOutcome.CHANGED,
                change.record.line,
                change.study.name,
                fields=fields_in_words(change.study, change.taken),
                openings=tuple(openings.get(change.study.id, ())),
                subject_id=change.study.id,
            )
        )


def keys_of(record: StudyRecord) -> list[Key]:
    return [(identifier.scheme, identifier.value) for identifier in record.identifiers]


def studies_by_identifier(session: Session, records: Sequence[StudyRecord]) -> dict[Key, Study]:
    """The studies that we hold under any identifier of the records, in a constant number of queries."""
    keys = [key for record in records for key in keys_of(record)]
    owners = select(StudyIdentifier.study_id).where(tuple_(StudyIdentifier.scheme, StudyIdentifier.value).in_(keys))
    found = session.scalars(
        select(Study)
        .where(Study.id.in_(owners))
        .options(selectinload(Study.identifiers), selectinload(Study.specialties), selectinload(Study.sites))
        .execution_options(populate_existing=True)
    )
    return {(identifier.scheme, identifier.value): study for study in found for identifier in study.identifiers}


def objection(record: StudyRecord, owners: Mapping[int, Study]) -> str:
    """Why a record cannot be one of the studies that hold its numbers; empty when nothing is against it."""
    if len(owners) > 1:
        return "Its numbers belong to several studies that we hold apart."
    for study in owners.values():
        own = record.identifiers[0]
        numbers = [identifier.value for identifier in study.identifiers if identifier.scheme is own.scheme]
        if numbers and own.value not in numbers:
            return f"It shares a number with another study that we hold: {number_in_words(own.scheme, numbers[0])}."
    return ""


def number_in_words(scheme: Scheme, value: str) -> str:
    """NCT01234567, CPMS 12345"""
    return value if value.startswith(scheme.value) else f"{scheme.value} {value}"


def is_less_recent(study: Study, record: StudyRecord) -> bool:
    """True when the registry had changed its record after what this file says, or the file does not say when it did.

    A record of the same day may replace: it is the same version, or one of which we cannot know that it is older.
    """
    known = study.registry_updated_on
    return known is not None and (record.updated_on is None or record.updated_on < known)


def less_recent(study: Study, record: StudyRecord) -> str:
    """Why something of a record is kept back."""
    assert study.registry_updated_on is not None
    ours = day_in_words(study.registry_updated_on)
    if record.updated_on is None:
        return f"The file does not say when {record.source} updated this study; what we have is of {ours}."
    return f"The file knows the study as of {day_in_words(record.updated_on)}; what we have is of {ours}."


def change_of(study: Study, record: StudyRecord) -> Change:
    """What the record says otherwise than the study; where it is less recent, it only fills in what we lack."""
    said = said_by(record)
    if record.source not in study.source:
        said["source"] = ", ".join(filter(None, (study.source, record.source)))
    different = {
        name: value for name, value in said.items() if value not in ("", None) and value != getattr(study, name)
    }
    different |= {
        name: value for name, value in lists_of(study, record).items() if value and value != have(study, name)
    }
    if not is_less_recent(study, record):
        if record.updated_on and record.updated_on != study.registry_updated_on:
            different["registry_updated_on"] = record.updated_on
        return Change(study, record, different, {})
    taken = {name: value for name, value in different.items() if only_adds(study, name, value)}
    return Change(study, record, taken, {name: value for name, value in different.items() if name not in taken})


def have(study: Study, name: str) -> Any:
    """A part of a study as plain values."""
    if name == "identifiers":
        return [(one.scheme, one.value) for one in study.identifiers]
    if name == "specialties":
        return [specialty.name for specialty in study.specialties]
    if name == "sites":
        return [(site.name, site.city, site.postcode, site.country) for site in study.sites]
    return getattr(study, name)


def only_adds(study: Study, name: str, value: Any) -> bool:
    """True when nothing that we have is lost by taking a value."""
    if name == "source":
        return True
    known = have(study, name)
    if isinstance(known, list):
        return not known or (name != "sites" and set(known) <= set(value))
    return known in ("", None, StudyStatus.UNKNOWN)


def lists_of(study: Study, record: StudyRecord) -> dict[str, list[Any]]:
    """Numbers, specialties and sites that the study has once the record is taken; empty where they stay."""
    numbers = [key for key in keys_of(record) if key not in have(study, "identifiers")]
    specialties = specialties_wanted(study, record)
    return {
        "identifiers": [*have(study, "identifiers"), *numbers] if numbers else [],
        "specialties": specialties if set(specialties) != set(have(study, "specialties")) else [],
        "sites": [(site.name, site.city, site.postcode, site.country) for site in record.sites],
    }


def specialties_wanted(study: Study, record: StudyRecord) -> list[str]:
    """A guess only adds to those that we have, and so does a record that is less recent."""
    known, is_old = have(study, "specialties"), is_less_recent(study, record)
    if is_old and known and record.specialties_are_guessed:
        return known
    if is_old or record.specialties_are_guessed:
        return [*known, *(name for name in record.specialties if name not in known)]
    return list(record.specialties)


def said_by(record: StudyRecord) -> dict[str, Any]:
    """The parts of a record by their names in the study; what the file does not say is empty or None."""
    return {
        "title": record.title,
        "short_title": record.short_title,
        "summary": record.summary,
        "conditions": "; ".join(record.conditions),
        "status": record.status,
        "phase": record.phase,
        "study_type": record.study_type,
        "is_commercial": record.is_commercial,
        "lead": ", ".join(part for part in (record.lead_network, record.sponsor) if part),
        "funder": "; ".join(record.funders),
        "starts_on": record.starts_on.day if record.starts_on else None,
        "completes_on": record.completes_on.day if record.completes_on else None,
    }


def fields_in_words(study: Study, values: Mapping[str, Any]) -> tuple[list[str], ...]:
    """Each part with what stands there and what the record says."""
    return tuple(
        lists_in_words(name, items(name, have(study, name)), items(name, value))
        if name in LISTS
        else in_words(name, getattr(study, name), value)
        for name, value in values.items()
    )


def items(name: str, values: Iterable[Any]) -> list[str]:
    """The members of a list as they are told."""
    if name == "identifiers":
        return [number_in_words(*value) for value in values]
    if name == "sites":
        return [", ".join(filter(None, value)) for value in values]
    return list(values)


def search_text_of(study: Study) -> str:
    """Everything that a search by words looks in, as a search compares it."""
    return search_text({}, study)


def search_text(taken: Mapping[str, Any], study: Study) -> str:
    """The same, once what was taken stands in the study."""
    short_title, title, conditions = (
        taken.get(name) or getattr(study, name) or "" for name in ("short_title", "title", "conditions")
    )
    numbers = (f"{scheme.value} {value}" for scheme, value in taken.get("identifiers") or have(study, "identifiers"))
    names = sorted(taken.get("specialties") or have(study, "specialties"))
    return as_searched(" ".join((short_title, title, *numbers, *names, conditions)))
