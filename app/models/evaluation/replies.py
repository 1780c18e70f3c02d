"""What people answered, of which nobody can tell whose it is: no author, no moment, and a number drawn by lot."""

import enum
import secrets
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.evaluation.askings import Survey
from app.models.people import Person
from app.models.programmes import Level, Provider


def number_by_lot() -> int:
    """Rows stand in the order of their numbers, so that none tells which came first; two alike are drawn anew."""
    return 1 + secrets.randbelow(2**31 - 1)


class Agreement(enum.Enum):
    """How far somebody agrees, or whether something is so."""

    STRONGLY = "agree strongly"
    AGREE = "agree"
    NEITHER = "neither agree nor disagree"
    DISAGREE = "disagree"
    NOT_AT_ALL = "disagree strongly"
    YES = "yes"
    NO = "no"

    @property
    def is_positive(self) -> bool:
        return self in (Agreement.STRONGLY, Agreement.AGREE, Agreement.YES)


class Reply(Base):
    """What one person answered: for each question, under its key and version, the value of an `Agreement`."""

    __tablename__ = "survey_replies"
    __table_args__ = (Index("ix_survey_replies_survey_year", "survey", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=number_by_lot)
    survey: Mapped[Survey]
    level: Mapped[Level]
    provider_id: Mapped[int] = mapped_column(ForeignKey("providers.id"), index=True)
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohorts.id"), index=True)
    year: Mapped[int]
    answers: Mapped[dict[str, str]] = mapped_column(JSON)

    provider: Mapped[Provider] = relationship()


class WordsStanding(enum.Enum):
    """What an editor decided about somebody's words."""

    WAITING = "waiting for an editor"
    SHOWN = "shown"
    HELD_BACK = "held back"


class FreeWords(Base):
    """What one person wrote, apart from her answers, without her university; `shown` is what readers see of it.

    As long as it waits, only the editors read it.
    """

    __tablename__ = "survey_words"
    __table_args__ = (Index("ix_survey_words_survey_year_state", "survey", "year", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=number_by_lot)
    survey: Mapped[Survey]
    year: Mapped[int]
    question: Mapped[str]
    words: Mapped[str]
    state: Mapped[WordsStanding] = mapped_column(default=WordsStanding.WAITING)
    shown: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)

    decided_by: Mapped[Person | None] = relationship()


class Wording(Base):
    """A question in other words than before: another version, asked from an academic year on, never within one."""

    __tablename__ = "survey_wordings"
    __table_args__ = (UniqueConstraint("question", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str]
    version: Mapped[int]
    from_year: Mapped[int]
    words: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]

    by: Mapped[Person] = relationship()
