"""Questions that anybody may ask, and the answers that everybody may read."""

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person


class QuestionStanding(enum.Enum):
    """How far a question has come."""

    WAITING = "waiting for an answer"
    PUBLISHED = "published"
    ANSWERED = "answered by email"
    SET_ASIDE = "set aside"
    TAKEN_BACK = "taken back"


class Topic(enum.Enum):
    """What a question is about: its group on the page of answers."""

    JOINING = "Who can take part"
    MATCHING = "Asking for a place, and match rounds"
    PLACEMENT = "The placement, sessions and hours"
    UNIVERSITY = "Universities, credit and fees"
    MENTORING = "Being a mentor"
    OTHER = "Anything else"


class PublicQuestion(Base):
    """One question; `words` are the asker's, `shown` and `answer` what everybody reads once it is published.

    `words` are empty where an editor wrote an answer that nobody had asked for, and where the asker took them back.
    `email` is kept only until she has an answer. The same words wait once, however often they are sent. `folded` is
    what searches look in.
    """

    __tablename__ = "public_questions"
    __table_args__ = (
        Index("ix_public_questions_state_topic", "state", "topic"),
        Index(
            "uq_public_questions_waiting",
            "words_digest",
            unique=True,
            sqlite_where=text("state = 'waiting for an answer'"),
            postgresql_where=text("state = 'waiting for an answer'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[QuestionStanding]
    topic: Mapped[Topic]
    words: Mapped[str]
    words_digest: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    shown: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    folded: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)

    answered_by: Mapped[Person | None] = relationship()
