"""Takes registry files into the database: counted in a dry run or written, always within one transaction."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.people import Person
from app.platform.audit import record as audit
from app.registries.csv_rows import Source
from app.registries.organisations import read_organisations
from app.registries.studies import read_studies
from app.studies.imports.organisations import take_organisations
from app.studies.imports.report import ImportReport
from app.studies.imports.studies import StudyIntake, search_text_of

RECORDS_AT_ONCE = 400
ORGANISATION_REGISTRY = "Organisation Data Service"
IMPORT_LOCK = 7_465_001  # any number that no other lock of the database has

Row = TypeVar("Row")


def import_studies(
    session: Session, actor: Person | None, source: Source, now: datetime, write: bool, file_name: str = ""
) -> ImportReport:
    """Read studies from an export; write them where `write` is true, else only count.

    Raises UnreadableFile when the file as a whole cannot be used; the caller's transaction must then be rolled back.
    Of the rows already taken only their numbers stay in memory.
    """
    wait_for_other_imports(session, write)
    intake = StudyIntake(session, ImportReport(), write)
    for batch in batches(read_studies(source), RECORDS_AT_ONCE):
        intake.take(batch)
    if write:
        audit(session, actor, "imported studies", now=now, name=file_name, **details_of(intake.report))
    return intake.report


def import_organisations(
    session: Session, actor: Person | None, source: Source, now: datetime, write: bool, file_name: str = ""
) -> ImportReport:
    """Read organisations from an ODS file; write them where `write` is true, else only count. Raises UnreadableFile."""
    wait_for_other_imports(session, write)
    report = ImportReport(registry=ORGANISATION_REGISTRY)
    for batch in batches(read_organisations(source), RECORDS_AT_ONCE):
        take_organisations(session, batch, report, write)
    if write:
        audit(session, actor, "imported organisations", now=now, name=file_name, **details_of(report))
    return report


def wait_for_other_imports(session: Session, write: bool) -> None:
    """Let one import write at a time, or two would both add what neither has seen; SQLite has one writer anyway."""
    if write and session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(IMPORT_LOCK)))


def details_of(report: ImportReport) -> dict[str, Any]:
    return {**report.counts(), "registry": report.registry}


def batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """The rows in lists of at most `size`."""
    remaining = iter(rows)
    while batch := list(islice(remaining, size)):
        yield batch


__all__ = ["ImportReport", "import_organisations", "import_studies", "search_text_of"]
