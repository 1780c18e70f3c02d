"""Hours of learning in the Framework's five categories."""

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.language.refusal import Refused
from app.models.base import Base
from app.models.placements import Placement


class HoursCategory(enum.Enum):
    """The five kinds of learner activity that the Framework counts."""

    TEACHING = "teaching"
    SUPERVISION = "supervision"
    SELF_DIRECTED = "self-directed study"
    WORKPLACE = "workplace learning"
    ASSIGNMENTS = "assignments"


class HoursEntry(Base):
    """Time that a learner spent on one day in one category; `form_key` makes a double send count once.

    An entry is never changed: a correction withdraws it and is a new version that points back to it. Only its learner
    logs, corrects and withdraws it, so she is the author of every version.
    """

    __tablename__ = "hours_entries"
    __table_args__ = (
        Index("ix_hours_entries_placement_id_worked_on", "placement_id", "worked_on"),
        # Has all that totals and pictures ask, so that the entries themselves are not read for them.
        Index(
            "ix_hours_entries_counting",
            "placement_id",
            "category",
            "worked_on",
            "minutes",
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"))
    worked_on: Mapped[date]
    category: Mapped[HoursCategory]
    minutes: Mapped[int]
    did: Mapped[str]
    reflection: Mapped[str] = mapped_column(default="")
    logged_at: Mapped[datetime]
    form_key: Mapped[str] = mapped_column(unique=True)
    withdrawn_at: Mapped[datetime | None]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("hours_entries.id"), index=True, unique=True)

    placement: Mapped[Placement] = relationship()

    def withdraw(self, now: datetime) -> None:
        """Take the entry back; it stays as history and no longer counts. Raises Refused when that was done already."""
        if self.withdrawn_at:
            raise Refused("You have withdrawn this entry already. It does not count.")
        self.withdrawn_at = now
