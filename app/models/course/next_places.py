"""Where a placement can go on: a place on another opening, offered to its learner."""

import enum
from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, String, and_, text
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.placements import Cause, Placement
from app.models.studies import Opening


class NextPlaceState(enum.Enum):
    """What became of a place that was offered to go on with."""

    WAITING = "waiting for an answer"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    TAKEN_BACK = "taken back"


class NextPlace(Base):
    """A place on another opening, held for the learner of a placement until she answers; both days are included.

    `broken_by` is what made it impossible, where it was taken back for that: the value of an obstacle.
    """

    __tablename__ = "next_places"
    __table_args__ = (
        Index(
            "uq_next_places_waiting",
            "placement_id",
            unique=True,
            sqlite_where=text("state = 'waiting for an answer'"),
            postgresql_where=text("state = 'waiting for an answer'"),
        ),
        Index("ix_next_places_state_answer_by", "state", "answer_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), index=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id"), index=True)
    cause: Mapped[Cause]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    answer_by: Mapped[date]
    offered_at: Mapped[datetime]
    state: Mapped[NextPlaceState]
    broken_by: Mapped[str] = mapped_column(String(40), default="")

    placement: Mapped[Placement] = relationship()
    opening: Mapped[Opening] = relationship()

    @hybrid_method
    def is_open_on(self, day: date) -> bool:
        """True while its learner can answer, and the place is held for her."""
        return self.state is NextPlaceState.WAITING and day <= self.answer_by

    @is_open_on.inplace.expression  # type: ignore[attr-defined]
    @classmethod
    def _is_open_on(cls, day: date) -> ColumnElement[bool]:
        return and_(cls.state == NextPlaceState.WAITING, cls.answer_by >= day)

    def state_on(self, day: date) -> NextPlaceState:
        """What it is on a day: one that waited too long has lapsed, whether or not anybody wrote it down."""
        is_overdue = self.state is NextPlaceState.WAITING and not self.is_open_on(day)
        return NextPlaceState.LAPSED if is_overdue else self.state
