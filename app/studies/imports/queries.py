"""Which uploaded file waits for whom, what it does row by row, and what was said of its columns before."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.models.operations.registry_files import ColumnNames, RegistryKind, RowOutcome, UploadedFile, UploadedRow
from app.models.people import Person
from app.registries.columns import digest_of
from app.registries.csv_rows import rows_of

ROWS_SHOWN = 20
ROWS_AT_ONCE = 500  # of a file


def upload_of(session: Session, person: Person, upload_id: int, to_change: bool = False) -> UploadedFile | None:
    """The uploaded file, if the person uploaded it; `to_change` makes others wait, and reads it afresh."""
    statement = select(UploadedFile).where(UploadedFile.id == upload_id, UploadedFile.uploaded_by_id == person.id)
    if to_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return session.scalar(statement)


def latest_upload(session: Session, person: Person) -> UploadedFile | None:
    """The file that waits for the person's import."""
    return session.scalar(
        select(UploadedFile).where(UploadedFile.uploaded_by_id == person.id, UploadedFile.imported_at.is_(None))
    )


def rows_in(upload: UploadedFile, outcome: RowOutcome) -> Select[UploadedRow]:
    """The rows of one kind, those that touch most live openings first."""
    return (
        select(UploadedRow)
        .where(UploadedRow.upload_id == upload.id, UploadedRow.outcome == outcome)
        .order_by(UploadedRow.openings_count.desc(), UploadedRow.line)
    )


def first_rows(session: Session, upload: UploadedFile) -> dict[RowOutcome, Sequence[UploadedRow]]:
    """The first rows of each kind; a constant number of queries."""
    return {one: session.scalars(rows_in(upload, one).limit(ROWS_SHOWN)).all() for one in RowOutcome}


def all_rows(session: Session, upload: UploadedFile) -> Iterator[UploadedRow]:
    """Every row to tell of, kind by kind."""
    for outcome in RowOutcome:
        yield from session.scalars(rows_in(upload, outcome).execution_options(yield_per=ROWS_AT_ONCE))


def columns_said(session: Session, kind: RegistryKind, content: bytes) -> dict[str, str]:
    """What a person said of the columns of a file with this set of names; empty when nobody has.

    Raises UnreadableFile.
    """
    header = next(rows_of(BytesIO(content)), None)
    if kind is not RegistryKind.STUDIES or header is None:
        return {}
    kept = session.scalar(select(ColumnNames.columns).where(ColumnNames.digest == digest_of(header.cells)))
    return dict(kept or {})
