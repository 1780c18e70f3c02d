"""Compares the studies of a registry export with those that we have, batch by batch.

A record finds its study by any of its identifiers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, selectinload

from app.models.operations.registry_files import RowOutcome
from app.models.studies import Study, StudyIdentifier
from app.models.values.study_status import StudyStatus
from app.registries.records import RefusedRow, StudyRecord
from app.studies.imports.report import RowReport, refused
from app.studies.imports.study_changes import (
    Change,
    Key,
    change_of,
    fields_in_words,
    keys_of,
    less_recent,
    number_in_words,
)
from app.studies.imports.touched import openings_on_studies

# What says when and where a record is from; nobody's opening is another one for it.
ABOUT_THE_RECORD = frozenset({"source", "registry_updated_on", "identifiers"})


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
        self.unknown = Study(status=StudyStatus.UNKNOWN, source="", conditions="")  # what a new one is compared with

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
                add_change(batch, row, next((known[key] for key in keys_of(row) if key in known), self.unknown))
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
        reason = objection(row, {known[key].id: known[key] for key in keys_of(row) if key in known})
        return RefusedRow(row.line, reason, row.title) if reason else None


def add_change(batch: StudyBatch, record: StudyRecord, study: Study) -> None:
    """Put a record where it belongs: new, changed, less recent or the same."""
    change = change_of(study, record)
    if change.is_new:
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
