"""Private notes about sessions: each is read, written and emptied by its author alone."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.meetings.private_notes import PrivateNote
from app.models.people import Person
from app.models.supervision import SupervisionSession
from app.platform.audit import record


def note_of(session: Session, author: Person, meeting: SupervisionSession) -> PrivateNote | None:
    """What this person has noted about the session for herself."""
    hers = PrivateNote.session_id == meeting.id, PrivateNote.author_id == author.id
    return session.scalar(select(PrivateNote).where(*hers))


def words_of_note(session: Session, author: Person, meeting: SupervisionSession) -> str:
    note = note_of(session, author, meeting)
    return note.words if note else ""


def write_note(session: Session, author: Person, meeting: SupervisionSession, words: str | None, now: datetime) -> None:
    """Keep what she notes; without words there is no note any more, and None leaves it as it is.

    The audit trail knows that she noted something, and not what.
    """
    note = note_of(session, author, meeting)
    if words is None or words == (note.words if note else ""):
        return
    if note is None:
        note = PrivateNote(session_id=meeting.id, author_id=author.id, words=words, written_at=now)
        session.add(note)
    elif words:
        note.words, note.written_at = words, now
    record(session, author, "changed a private note", note, now=now)
    if not words:
        session.delete(note)


def carry_notes(session: Session, old: SupervisionSession, new: SupervisionSession) -> None:
    """Let what each has noted about a session go on with its correction."""
    session.execute(update(PrivateNote).where(PrivateNote.session_id == old.id).values(session_id=new.id))
