"""Who stands in for the mentor of a placement, from day to day."""

import enum
from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, and_
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person
from app.models.placements import Placement


class DeputyState(enum.Enum):
    """Whether somebody who was named stands in, as a word for its tag."""

    ASKED = "waiting for an answer"
    AGREED = "agreed"
    DECLINED = "declined"
    TAKEN_BACK = "taken back"
    ENDED = "ended early"


OPEN = (DeputyState.ASKED, DeputyState.AGREED)
STOOD_IN = (DeputyState.AGREED, DeputyState.ENDED)


class Deputy(Base):
    """Somebody whom a mentor named to do a mentor's part of a placement between two days, both included.

    She stands in once she has agreed; what she held and confirmed then stays hers. Where it ended before its time,
    `ends_on` is the last day on which she stood in.
    """

    __tablename__ = "deputies"
    __table_args__ = (
        Index("ix_deputies_placement_id_state", "placement_id", "state"),
        Index("ix_deputies_person_id_state", "person_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    named_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str]
    state: Mapped[DeputyState]
    named_at: Mapped[datetime]

    placement: Mapped[Placement] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    named_by: Mapped[Person] = relationship(foreign_keys=[named_by_id])

    @hybrid_method
    def stands_in_on(self, day: date) -> bool:
        """True on the days for which she has agreed."""
        return self.state is DeputyState.AGREED and self.starts_on <= day <= self.ends_on

    @stands_in_on.inplace.expression  # type: ignore[attr-defined]
    @classmethod
    def _stands_in_on(cls, day: date) -> ColumnElement[bool]:
        return and_(cls.state == DeputyState.AGREED, cls.starts_on <= day, cls.ends_on >= day)

    @hybrid_method
    def stood_in_on(self, day: date) -> bool:
        """True on the days on which she may have met the learner, whether or not she still stands in."""
        return self.state in STOOD_IN and self.starts_on <= day <= self.ends_on

    @stood_in_on.inplace.expression  # type: ignore[attr-defined]
    @classmethod
    def _stood_in_on(cls, day: date) -> ColumnElement[bool]:
        return and_(cls.state.in_(STOOD_IN), cls.starts_on <= day, cls.ends_on >= day)

    @hybrid_method
    def is_open_on(self, day: date) -> bool:
        """True while she is asked or has agreed, and the last day is not over."""
        return self.state in OPEN and day <= self.ends_on

    @is_open_on.inplace.expression  # type: ignore[attr-defined]
    @classmethod
    def _is_open_on(cls, day: date) -> ColumnElement[bool]:
        return and_(cls.state.in_(OPEN), cls.ends_on >= day)

    @property
    def last_day(self) -> date:
        """The last day, which is that of the placement where it ends before."""
        return min(self.ends_on, self.placement.ends_on)
