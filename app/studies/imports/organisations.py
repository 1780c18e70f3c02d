"""Compares organisations of an ODS file with those that we have; an organisation keeps its network."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.operations.registry_files import RowOutcome
from app.models.organisations import Organisation
from app.phrasebook.import_changes import in_words
from app.registries.records import OrganisationRecord, RefusedRow
from app.studies.imports.report import RowReport, refused
from app.studies.imports.touched import openings_at_organisations

ORGANISATION_REGISTRY = "Organisation Data Service"


@dataclass
class OrganisationBatch:
    """What some rows of a file come to: values of new organisations, and of changed ones by id; nothing is written."""

    new: list[dict[str, Any]] = field(default_factory=list)
    changed: dict[int, dict[str, Any]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    told: list[RowReport] = field(default_factory=list)
    registry: str = ORGANISATION_REGISTRY

    def count(self, kind: str) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + 1


class OrganisationIntake:
    """Compares the records of one file batch by batch."""

    def note(self, rows: Iterable[OrganisationRecord | RefusedRow]) -> None:
        """Rows that were taken before an import was interrupted mean nothing for those after them."""

    def compare(self, session: Session, rows: Sequence[OrganisationRecord | RefusedRow]) -> OrganisationBatch:
        """What some rows would do as things stand."""
        batch = OrganisationBatch()
        known = organisations_of(session, rows)
        changes = {
            row.line: changes_of(known[row.ods_code], row)
            for row in rows
            if isinstance(row, OrganisationRecord) and row.ods_code in known
        }
        touched = [known[row.ods_code].id for row in rows if changes.get(row.line)]  # type: ignore[union-attr]
        openings = openings_at_organisations(session, touched)
        for row in rows:
            if isinstance(row, RefusedRow):
                batch.count("refused")
                batch.told.append(refused(row))
            elif row.ods_code not in known:
                batch.count("new")
                batch.new.append({"ods_code": row.ods_code, **said_by(row)})
            elif changes[row.line]:
                add_change(batch, row, known[row.ods_code], changes[row.line], openings)
            else:
                batch.count("same")
        return batch


def add_change(
    batch: OrganisationBatch,
    row: OrganisationRecord,
    organisation: Organisation,
    changes: Mapping[str, Any],
    openings: Mapping[int, Sequence[str]],
) -> None:
    batch.count("changed")
    batch.changed[organisation.id] = dict(changes)
    batch.told.append(
        RowReport(
            RowOutcome.CHANGED,
            row.line,
            f"{organisation.name} ({organisation.ods_code})",
            fields=tuple(in_words(name, getattr(organisation, name), value) for name, value in changes.items()),
            openings=tuple(openings.get(organisation.id, ())),
            subject_id=organisation.id,
        )
    )


def organisations_of(session: Session, rows: Iterable[OrganisationRecord | RefusedRow]) -> dict[str, Organisation]:
    codes = [row.ods_code for row in rows if isinstance(row, OrganisationRecord)]
    found = session.scalars(
        select(Organisation).where(Organisation.ods_code.in_(codes)).execution_options(populate_existing=True)
    )
    return {organisation.ods_code: organisation for organisation in found}


def changes_of(organisation: Organisation, record: OrganisationRecord) -> dict[str, Any]:
    return {name: value for name, value in said_by(record).items() if value != getattr(organisation, name)}


def said_by(record: OrganisationRecord) -> dict[str, Any]:
    """What the file says about an organisation; unlike an export of studies it always has every column."""
    return {
        "name": record.name,
        "postcode": record.postcode,
        "opened_on": record.opened_on,
        "closed_on": record.closed_on,
    }
