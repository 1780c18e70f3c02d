"""Which uploaded file waits for whom."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.people import Person
from app.models.studies import UploadedFile


def upload_of(session: Session, person: Person, upload_id: int) -> UploadedFile | None:
    """The uploaded file, if the person uploaded it."""
    return session.scalar(
        select(UploadedFile).where(UploadedFile.id == upload_id, UploadedFile.uploaded_by_id == person.id)
    )


def latest_upload(session: Session, person: Person) -> UploadedFile | None:
    """The file that waits for the person's import."""
    return session.scalar(
        select(UploadedFile).where(UploadedFile.uploaded_by_id == person.id, UploadedFile.imported_at.is_(None))
    )
