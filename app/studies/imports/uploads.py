"""Deeds around a registry file that an administrator uploads: a dry run, then the import or nothing."""

from datetime import datetime
from io import BytesIO

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.people import Person
from app.models.studies import RegistryKind, UploadedFile
from app.platform.audit import record
from app.registries.records import UnreadableFile
from app.studies.imports.report import ImportReport
from app.studies.imports.service import import_organisations, import_studies

IMPORTERS = {RegistryKind.STUDIES: import_studies, RegistryKind.ORGANISATIONS: import_organisations}
NAME_LENGTH_MAX = 120


def try_upload(
    session: Session, actor: Person, kind: RegistryKind, name: str, content: bytes, now: datetime
) -> UploadedFile:
    """Count what the file would do and keep it for the import, instead of any that she uploaded before.

    Raises Refused with one sentence when the file as a whole cannot be used.
    """
    report = read_file(session, actor, kind, name, content, now, write=False)
    session.execute(delete(UploadedFile).where(UploadedFile.uploaded_by_id == actor.id))
    upload = UploadedFile(
        kind=kind,
        name=name[-NAME_LENGTH_MAX:],
        content=content,
        report=report.as_json(),
        uploaded_by_id=actor.id,
        uploaded_at=now,
    )
    session.add(upload)
    record(session, actor, f"tried a file of {kind.value}", upload, now=now, name=upload.name, **report.counts())
    return upload


def import_upload(session: Session, actor: Person, upload: UploadedFile, now: datetime) -> None:
    """Import the file, whatever the dry run said, as things stand now; then keep the report of it alone.

    Importing it a second time does nothing.
    """
    if upload.imported_at is None:
        report = read_file(session, actor, upload.kind, upload.name, upload.content, now, write=True)
        upload.report, upload.content, upload.imported_at = report.as_json(), b"", now


def discard_upload(session: Session, actor: Person, upload: UploadedFile, now: datetime) -> None:
    """Drop the file without importing it; raises Refused when it is imported."""
    if upload.imported_at is not None:
        raise Refused("This file is imported already. What it brought can be changed by importing a newer one.")
    record(session, actor, f"dropped a file of {upload.kind.value}", upload, now=now, name=upload.name)
    session.delete(upload)


def read_file(
    session: Session, actor: Person, kind: RegistryKind, name: str, content: bytes, now: datetime, write: bool
) -> ImportReport:
    try:
        return IMPORTERS[kind](session, actor, BytesIO(content), now, write, name)
    except UnreadableFile as complaint:
        raise Refused(str(complaint), "file") from complaint
