"""Compares studies of a registry export with those that we have, and writes what is new or changed.

A record finds its study by any of its identifiers. What a file does not say stays as it is, so that two exports of one
registry with different columns complete each other; what it says replaces what we had.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, selectinload

from app.language.folding import as_searched
from app.models.organisations import Specialty
from app.models.studies import Study, StudyIdentifier, StudySite
from app.models.values.identifiers import Scheme
from app.models.values.study_status import StudyStatus
from app.registries.records import RefusedRow, StudyRecord
from app.studies.imports.report import ImportReport

Key = tuple[Scheme, str]


class StudyIntake:
    """Takes the records of one file, batch by batch, and counts them in its report; writes only where `write` is true.

    The session lets go of each batch once it is written, so that memory does not grow with the studies.
    """

    def __init__(self, session: Session, report: ImportReport, write: bool) -> None:
        self.session = session
        self.report = report
        self.write = write
        self.specialties = {specialty.name: specialty for specialty in session.scalars(select(Specialty))}
        self.line_of: dict[Key, int] = {}

    def take(self, batch: Sequence[StudyRecord | RefusedRow]) -> None:
        """Compare some rows with what we have."""
        records = [row for row in batch if isinstance(row, StudyRecord)]
        known = studies_by_identifier(self.session, records)
        touched = set(known.values())
        for row in batch:
            refused = self.refusal_of(row, known)
            if refused:
                self.report.refuse(refused)
            elif isinstance(row, StudyRecord):
                touched.add(self.take_record(row, next((known[key] for key in keys_of(row) if key in known), None)))
        if self.write:
            self.session.flush()
        for study in touched:
            if study in self.session:
                self.session.expunge(study)

    def refusal_of(self, row: StudyRecord | RefusedRow, known: Mapping[Key, Study]) -> RefusedRow | None:
        """Why a row cannot be taken, if it cannot."""
        if isinstance(row, RefusedRow):
            return row
        self.report.registry = row.source
        first_lines = {self.line_of.setdefault(key, row.line) for key in keys_of(row)}
        if min(first_lines) != row.line:
            return RefusedRow(row.line, f"It shares a number with the study in line {min(first_lines)}.")
        reason = objection(row, {study.id: study for key, study in known.items() if key in keys_of(row)})
        return RefusedRow(row.line, reason) if reason else None

    def take_record(self, record: StudyRecord, study: Study | None) -> Study:
        """Count a record as new, changed or the same, and write it."""
        is_new = study is None
        study = study or Study(status=StudyStatus.UNKNOWN, source="", conditions="")
        changes = changes_of(study, record)
        if is_new:
            self.report.new += 1
        else:
            self.report.changed, self.report.same = (
                self.report.changed + bool(changes),
                self.report.same + (not changes),
            )
        if self.write and changes:
            self.apply(study, changes)
            self.session.add(study)
        return study

    def apply(self, study: Study, changes: dict[str, Any]) -> None:
        """Make the study say what the record says."""
        for name, value in changes.items():
            if name == "identifiers":
                study.identifiers += [StudyIdentifier(scheme=scheme, value=number) for scheme, number in value]
            elif name == "specialties":
                study.specialties = [self.specialty(one) for one in value]
            elif name == "sites":
                study.sites = [
                    StudySite(name=place, city=city, postcode=code, country=land) for place, city, code, land in value
                ]
            else:
                setattr(study, name, value)
        study.search_text = search_text_of(study)

    def specialty(self, name: str) -> Specialty:
        """The specialty of that name; one that a registry names and we did not know is added."""
        if name not in self.specialties:
            self.specialties[name] = Specialty(name=name)
            self.session.add(self.specialties[name])
        return self.specialties[name]


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


def changes_of(study: Study, record: StudyRecord) -> dict[str, Any]:
    """What the record says otherwise than the study, by name of the part; empty when nothing would change."""
    said = said_by(record)
    if record.source not in study.source:
        said["source"] = ", ".join(filter(None, (study.source, record.source)))
    changes = {name: value for name, value in said.items() if value not in ("", None) and value != getattr(study, name)}
    have = {(identifier.scheme, identifier.value) for identifier in study.identifiers}
    parts = {
        "identifiers": [key for key in keys_of(record) if key not in have],
        "specialties": new_specialties(study, record),
        "sites": new_sites(study, record),
    }
    return {**changes, **{name: value for name, value in parts.items() if value}}


def said_by(record: StudyRecord) -> dict[str, Any]:
    """The plain parts of a record by their names in the study; what the file does not say is empty or None."""
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


def new_specialties(study: Study, record: StudyRecord) -> list[str]:
    """The specialties that the study should have from now on, or none where they stay: a guess only adds to them."""
    have = [specialty.name for specialty in study.specialties]
    wanted = list(record.specialties)
    if record.specialties_are_guessed:
        wanted = [*have, *(name for name in wanted if name not in have)]
    return wanted if wanted and set(wanted) != set(have) else []


def new_sites(study: Study, record: StudyRecord) -> list[tuple[str, str, str, str]]:
    """The sites that the study should have from now on, or none where they stay."""
    wanted = [(site.name, site.city, site.postcode, site.country) for site in record.sites]
    have = [(site.name, site.city, site.postcode, site.country) for site in study.sites]
    return wanted if wanted != have else []


def search_text_of(study: Study) -> str:
    """Everything that a search by words looks in, as a search compares it."""
    numbers = (f"{identifier.scheme.value} {identifier.value}" for identifier in study.identifiers)
    names = (specialty.name for specialty in study.specialties)
    return as_searched(" ".join((study.short_title or "", study.title, *numbers, *names, study.conditions or "")))
