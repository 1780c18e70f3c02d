"""What learners say of a mentor when a placement has ended: answers and words of which nobody can tell whose they are.

An answer has no author, no moment and no number of a placement, and its id is random. Answers and words are kept apart.
Each is released with four others, all at once, and shown from then on: before, it is shown to nobody.
"""

import enum
import secrets

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base

RELEASED_TOGETHER = 5


class Answer(enum.Enum):
    """How far something was so."""

    YES = "yes"
    MOSTLY = "mostly"
    PARTLY = "partly"
    NO = "no"


def random_id() -> str:
    return secrets.token_hex(16)


class MentorAsked(Base):
    """A learner who was asked about a mentor and is not asked again, whether she answered or would rather not."""

    __tablename__ = "mentors_asked_about"

    learner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)


class MentorAnswers(Base):
    """What one learner answered about a mentor; `batch` counts from 1 those that were released together."""

    __tablename__ = "mentor_answers"
    # Without numbers of rows of its own, a table is kept in the order of its random ids.
    __table_args__ = (Index("ix_mentor_answers_mentor_id_batch", "mentor_id", "batch"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(primary_key=True, default=random_id)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    batch: Mapped[int | None]
    met_enough: Mapped[Answer]
    could_ask: Mapped[Answer]
    helped: Mapped[Answer]
    belonged: Mapped[Answer]


class MentorWords(Base):
    """What one learner wrote about a mentor, in the same way, and beside no answer."""

    __tablename__ = "mentor_words"
    __table_args__ = (Index("ix_mentor_words_mentor_id_batch", "mentor_id", "batch"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(primary_key=True, default=random_id)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    batch: Mapped[int | None]
    words: Mapped[str]
