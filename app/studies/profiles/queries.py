"""What a mentor has said of when she is away."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.people import MentorAbsence, Person


def absence_of_mentor(session: Session, mentor: Person, absence_id: int) -> MentorAbsence | None:
    """The absence, if it is the mentor's own."""
    return session.scalar(
        select(MentorAbsence).where(MentorAbsence.id == absence_id, MentorAbsence.mentor_id == mentor.id)
    )
