"""Deeds around a registry file that an administrator uploads: a dry run, then the import or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import islice

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.language.refusal import Overtaken, Refused
from app.models.operations.registry_files import ColumnNames, RegistryKind, UploadedFile, UploadedRow
from app.models.people import Person
from app.platform.audit import record
from app.registries.columns import Column, digest_of, guessed_columns
from app.registries.csv_rows import opened, rows_of
from app.registries.layouts import UnknownColumns
from app.registries.records import UnreadableFile
from app.registries.studies import LAYOUTS
from app.rules.standing_still import lock_people
from app.studies.imports.report import ImportReport, RowReport
from app.studies.imports.service import RegistryFile, begin_or_resume, trial_of

NAME_LENGTH_MAX = 120
ROWS_MAX = 50_000
ROWS_AT_HAND = 2_000  # compared while somebody waits for the answer; a job compares more


@dataclass(frozen=True)
class ForAJob:
    """A file of so many rows, which a job compares."""

    rows: int


Trial = ImportReport | ForAJob


def try_file(session: Session, file: RegistryFile, field: str = "file") -> Trial | None:
    """What the file would do, or that a job has to find out; only reads. None when somebody must say which column is
    which.

    Raises Refused with one sentence when the file as a whole cannot be used.
    """
    try:
        number = number_of_rows(file)
        if number <= ROWS_AT_HAND:
            return trial_of(session, file)
        next(file.read(), None)  # whether its columns are known shows at the first row
        return ForAJob(number)
    except UnknownColumns:
        return None
    except UnreadableFile as complaint:
        raise Refused(str(complaint), field) from complaint


def number_of_rows(file: RegistryFile) -> int:
    """Raises UnreadableFile where there are too many, before anything is compared."""
    with opened(BytesIO(file.source) if isinstance(file.source, bytes) else file.source) as stream:
        number = sum(1 for _ in islice(rows_of(stream), ROWS_MAX + 2)) - 1
    if number > ROWS_MAX:
        raise UnreadableFile(
            f"The file has more than {ROWS_MAX:,} rows: split it, or let the operator of this service import it with "
            "the command rpe import."
        )
    return number


def keep_upload(
    session: Session, actor: Person, file: RegistryFile, trial: Trial | None, now: datetime
) -> UploadedFile:
    """Keep a file with what it would do, for the import, instead of any that she uploaded before.

    Raises Refused while an import of hers is under way, or interrupted: without its file nobody could go on with it.
    """
    assert isinstance(file.source, bytes)
    lock_people(session, [actor.id])
    refuse_while_under_way(session, actor)
    own = select(UploadedFile.id).where(UploadedFile.uploaded_by_id == actor.id)
    session.execute(delete(UploadedRow).where(UploadedRow.upload_id.in_(own)))
    session.execute(delete(UploadedFile).where(UploadedFile.uploaded_by_id == actor.id))
    upload = UploadedFile(
        kind=file.kind,
        name=file.name[-NAME_LENGTH_MAX:],
        content=file.source,
        columns=dict(file.mapped),
        uploaded_by_id=actor.id,
        uploaded_at=now,
    )
    session.add(upload)
    session.flush()
    if trial is not None:
        keep_trial(session, actor, upload, trial, now)
    return upload


def refuse_while_under_way(session: Session, actor: Person) -> None:
    begun = select(UploadedFile.name).where(
        UploadedFile.uploaded_by_id == actor.id, UploadedFile.import_id.is_not(None), UploadedFile.imported_at.is_(None)
    )
    name = session.scalar(begun)
    if name is not None:
        raise Refused(
            f"A part of {name} is imported already. Go on with that import first, then choose this file.", "file"
        )


def keep_trial(session: Session, actor: Person, upload: UploadedFile, trial: Trial, now: datetime) -> None:
    """Keep what a file would do, row by row, or that a job finds out."""
    session.execute(delete(UploadedRow).where(UploadedRow.upload_id == upload.id))
    if isinstance(trial, ForAJob):
        upload.report = {"to_compare": trial.rows}
        return
    upload.report = trial.as_json()
    keep_rows(session, upload.id, trial.told)
    numbers = trial.numbers()
    record(session, actor, f"tried a file of {upload.kind.value}", upload, now=now, name=upload.name, **numbers)


def keep_rows(session: Session, upload_id: int, told: Sequence[RowReport]) -> None:
    if told:
        session.execute(insert(UploadedRow), [{"upload_id": upload_id, **row.as_row()} for row in told])


def note_compared(session: Session, upload_id: int, file: RegistryFile, rows: int) -> None:
    """Note how far a job is. Raises Overtaken when nobody waits for it any more."""
    upload = waiting_upload(session, upload_id, file)
    upload.report = {"to_compare": upload.rows_to_compare, "compared": rows}


def end_comparing(session: Session, upload_id: int, file: RegistryFile, trial: ImportReport, now: datetime) -> None:
    """Keep what a job has found out. Raises Overtaken when nobody waits for it any more."""
    upload = waiting_upload(session, upload_id, file)
    keep_trial(session, session.get_one(Person, upload.uploaded_by_id), upload, trial, now)


def complain(session: Session, upload_id: int, complaint: str) -> None:
    """Keep why a job cannot compare a file, where somebody still waits for it."""
    upload = session.get(UploadedFile, upload_id, with_for_update=True, populate_existing=True)
    if upload is not None and upload.rows_to_compare:
        upload.report = {"complaint": complaint}


def waiting_upload(session: Session, upload_id: int, file: RegistryFile) -> UploadedFile:
    upload = session.get(UploadedFile, upload_id, with_for_update=True, populate_existing=True)
    if upload is None or not upload.rows_to_compare or upload.columns != file.mapped:
        raise Overtaken("This file is dropped, or its columns are read otherwise.")
    return upload


def file_of(upload: UploadedFile) -> RegistryFile:
    return RegistryFile(upload.kind, upload.content, upload.name, upload.columns, f"upload {upload.id}")


def columns_of(upload: UploadedFile) -> list[Column]:
    """The columns of a file of studies, each with a guess. Raises Refused when the file has none to ask about."""
    refuse_known_columns(upload)
    try:
        return guessed_columns(BytesIO(upload.content), LAYOUTS)
    except UnreadableFile as complaint:
        raise Refused(str(complaint)) from complaint


def refuse_known_columns(upload: UploadedFile) -> None:
    if upload.kind is not RegistryKind.STUDIES or upload.import_id is not None:
        raise Refused("The columns of this file are known. Go back to see what it changes.")


def try_columns(session: Session, upload: UploadedFile, columns: Mapping[str, str]) -> Trial:
    """What the file would do with its columns read so; only reads. Raises Refused when something is missing."""
    if not columns:
        raise Refused("Say at least which column is the title and which the number of the study.")
    trial = try_file(session, RegistryFile(upload.kind, upload.content, upload.name, dict(columns)), field="")
    assert trial is not None
    return trial


def say_columns(
    session: Session,
    actor: Person,
    upload: UploadedFile,
    columns: Mapping[str, str],
    trial: Trial,
    now: datetime,
) -> None:
    """Keep which column is which, for this file and for the next with the same names.

    Raises Refused when the file is imported meanwhile.
    """
    refuse_known_columns(upload)
    upload.columns = dict(columns)
    remember_columns(session, actor, upload.content, columns, now)
    keep_trial(session, actor, upload, trial, now)


def remember_columns(
    session: Session, actor: Person | None, content: bytes, columns: Mapping[str, str], now: datetime
) -> None:
    header = next(rows_of(BytesIO(content)))
    digest = digest_of(header.cells)
    kept = session.scalar(select(ColumnNames).where(ColumnNames.digest == digest))
    if kept is None:
        kept = ColumnNames(digest=digest)
        session.add(kept)
    kept.columns, kept.by_id, kept.said_at = dict(columns), actor.id if actor else None, now
    record(session, actor, "said which column is which", kept, now=now, columns=dict(columns))


def begin_import(session: Session, actor: Person, upload: UploadedFile, now: datetime) -> bool:
    """Begin to import the file, or go on after an interruption; the caller hands the work to a job.

    False where it is imported already. Raises Refused while it is not known what the file would do.
    """
    if not upload.report:
        raise Refused("Say first which column is which.")
    if not upload.is_compared:
        raise Refused(upload.complaint or "Wait until the file is compared: then you see what it would change.")
    if upload.imported_at is not None:
        return False
    if upload.import_id is None:
        session.execute(delete(UploadedRow).where(UploadedRow.upload_id == upload.id))
    upload.import_id, _ = begin_or_resume(session, file_of(upload), actor.id, now)
    return True


def discard_upload(session: Session, actor: Person, upload: UploadedFile, now: datetime) -> None:
    """Drop the file without importing it; raises Refused when it is imported or an import of it has begun."""
    if upload.imported_at is not None:
        raise Refused("This file is imported already. What it brought can be changed by importing a newer one.")
    if upload.import_id is not None:
        raise Refused("A part of this file is imported already. Go on with the import.")
    record(session, actor, f"dropped a file of {upload.kind.value}", upload, now=now, name=upload.name)
    session.execute(delete(UploadedRow).where(UploadedRow.upload_id == upload.id))
    session.delete(upload)
