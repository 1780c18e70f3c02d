"""What a learner or mentor asks a coordinator to change in a placement."""

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person
from app.models.placements import Placement


class AskedKind(enum.Enum):
    """What is asked for."""

    PAUSE = "pause"
    END = "end"
    MENTOR_LEAVES = "mentor leaves"


class AskedState(enum.Enum):
    """What became of it."""

    WAITING = "waiting for an answer"
    DONE = "done"
    NOT_AGREED = "not agreed"
    TAKEN_BACK = "taken back"


class ChangeAsked(Base):
    """A wish about one placement, and what the coordinator said; `from_on` is the first day on which it is otherwise.

    `why` and `answer` are read by learner, mentor and coordinators.
    """

    __tablename__ = "changes_asked"
    __table_args__ = (
        Index(
            "uq_changes_asked_waiting",
            "placement_id",
            "asked_by_id",
            unique=True,
            sqlite_where=text("state = 'waiting for an answer'"),
            postgresql_where=text("state = 'waiting for an answer'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), index=True)
    kind: Mapped[AskedKind]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    why: Mapped[str]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    asked_at: Mapped[datetime]
    state: Mapped[AskedState]
    answer: Mapped[str] = mapped_column(default="")

    placement: Mapped[Placement] = relationship()
    asked_by: Mapped[Person] = relationship()
