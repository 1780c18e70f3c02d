"""Compares organisations of an ODS file with those that we have, and writes what is new or changed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.organisations import Organisation
from app.registries.records import OrganisationRecord, RefusedRow
from app.studies.imports.report import ImportReport


def take_organisations(
    session: Session, batch: Sequence[OrganisationRecord | RefusedRow], report: ImportReport, write: bool
) -> None:
    """Count some records in the report, and write them where `write` is true; an organisation keeps its network."""
    codes = [record.ods_code for record in batch if isinstance(record, OrganisationRecord)]
    found = session.scalars(select(Organisation).where(Organisation.ods_code.in_(codes)))
    known = {organisation.ods_code: organisation for organisation in found}
    for record in batch:
        if isinstance(record, RefusedRow):
            report.refuse(record)
        else:
            take_organisation(session, record, known.get(record.ods_code), report, write)
    if write:
        session.flush()


def take_organisation(
    session: Session, record: OrganisationRecord, known: Organisation | None, report: ImportReport, write: bool
) -> None:
    said = said_by(record)
    if known is None:
        report.new += 1
        if write:
            session.add(Organisation(ods_code=record.ods_code, **said))
        return
    changes = {name: value for name, value in said.items() if value != getattr(known, name)}
    report.changed, report.same = report.changed + bool(changes), report.same + (not changes)
    if write:
        for name, value in changes.items():
            setattr(known, name, value)


def said_by(record: OrganisationRecord) -> dict[str, Any]:
    """What the file says about an organisation; unlike an export of studies it always has every column."""
    return {
        "name": record.name,
        "postcode": record.postcode,
        "opened_on": record.opened_on,
        "closed_on": record.closed_on,
    }
