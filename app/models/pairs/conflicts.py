"""Conflicts: a learner and a mentor who may not be paired, and the exception that lifts one."""

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person


class ConflictKind(enum.Enum):
    """Why a coordinator rules a pair out (rules P10 and P11)."""

    LINE_MANAGER = "line manager"
    ASSESSOR = "academic supervisor or assessor"
    FAMILY = "family or close relationship"
    OTHER = "another conflict"


class Conflict(Base):
    """A pair that no round may form, as a coordinator recorded it; an exception lifts it, and it stays as history.

    `excepted_on` is the day on which the exception was agreed.
    """

    __tablename__ = "conflicts"
    __table_args__ = (
        Index(
            "uq_conflicts_standing",
            "learner_id",
            "mentor_id",
            unique=True,
            sqlite_where=text("excepted_at IS NULL"),
            postgresql_where=text("excepted_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[ConflictKind]
    reason: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    excepted_at: Mapped[datetime | None]
    excepted_on: Mapped[date | None]
    excepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    exception_reason: Mapped[str] = mapped_column(default="")

    learner: Mapped[Person] = relationship(foreign_keys=[learner_id])
    mentor: Mapped[Person] = relationship(foreign_keys=[mentor_id])
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    excepted_by: Mapped[Person | None] = relationship(foreign_keys=[excepted_by_id])

    def except_pair(self, actor: Person, agreed_on: date, reason: str, now: datetime) -> None:
        """Let the pair be formed again, with the day on which that was agreed and why."""
        self.excepted_at, self.excepted_on = now, agreed_on
        self.excepted_by, self.exception_reason = actor, reason
