"""A session that learner and mentor plan; it is no record of anything, and counts nowhere."""

import enum
from datetime import date, datetime, timedelta

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.language.dates_and_times import day_of
from app.models.base import Base
from app.models.people import Person
from app.models.placements import Placement
from app.models.supervision import SessionForm, SupervisionSession


class PlanState(enum.Enum):
    """What became of a planned session, as a word for its tag."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    RECORDED = "recorded"


class PlannedSession(Base):
    """When and how the two mean to meet, and what about; either of them can change all of it.

    Once they have met it is recorded as a session of its own, which is what counts: `recorded_as` is the first version
    of that record.
    """

    __tablename__ = "planned_sessions"
    __table_args__ = (Index("ix_planned_sessions_placement_id_state", "placement_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    form: Mapped[SessionForm]
    place: Mapped[str] = mapped_column(default="")
    agenda: Mapped[str] = mapped_column(default="")
    planned_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    planned_at: Mapped[datetime]
    state: Mapped[PlanState]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group_meetings.id"), index=True)
    recorded_as_id: Mapped[int | None] = mapped_column(ForeignKey("supervision_sessions.id"), index=True, unique=True)

    placement: Mapped[Placement] = relationship()
    planned_by: Mapped[Person] = relationship()
    recorded_as: Mapped[SupervisionSession | None] = relationship()

    @property
    def day(self) -> date:
        """The day on which it begins here."""
        return day_of(self.starts_at)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    def other_than(self, person: Person) -> Person:
        placement = self.placement
        return placement.mentor if person.id == placement.learner_id else placement.learner

    def waits_to_be_recorded(self, now: datetime) -> bool:
        """True when its time has come, and nobody has said what became of it."""
        return self.state is PlanState.PLANNED and self.starts_at <= now
