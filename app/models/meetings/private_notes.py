"""What learner or mentor notes about a session for herself alone."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class PrivateNote(Base):
    """Words that nobody but their author is shown, wherever they are shown.

    No relationship leads here from a session, so that whoever loads sessions cannot load notes with them: they are
    asked for by author (`app/supervision/notes.py`), and nowhere else.
    """

    __tablename__ = "private_notes"
    __table_args__ = (UniqueConstraint("session_id", "author_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("supervision_sessions.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    words: Mapped[str]
    written_at: Mapped[datetime]
