"""What became of an enrolment after it began, step by step, each from a day on."""

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person
from app.models.programmes import Enrolment


class StepKind(enum.Enum):
    """What happens on the day of a step."""

    STEPPED_OUT = "stepped out"
    RETURNED = "returned"
    TRANSFERRED = "transferred"
    COMPLETED = "completed"
    WITHDREW = "withdrew"

    @property
    def is_an_end(self) -> bool:
        return self in (StepKind.TRANSFERRED, StepKind.COMPLETED, StepKind.WITHDREW)


class WayReason(enum.Enum):
    """Why a learner steps out or leaves, in a word that can be counted; none of them tells of health or family."""

    CIRCUMSTANCES = "personal circumstances"
    WORK = "work, or time released from work"
    FUNDING = "funding"
    MOVING = "moving home or job"
    GOES_ON = "goes on at another university"
    DOES_NOT_SUIT = "the programme does not suit"
    OTHER = "another reason"


class EnrolmentStep(Base):
    """One step, never changed: `day` is the first day on which the learner stands otherwise than before.

    `returns_on` is when somebody who steps out means to return, `onward_id` the enrolment with which a transfer goes
    on. A step that was noted by mistake is taken back, stays readable, and counts no more.
    """

    __tablename__ = "enrolment_steps"
    __table_args__ = (Index("ix_enrolment_steps_enrolment_id_day", "enrolment_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"))
    kind: Mapped[StepKind]
    day: Mapped[date]
    reason: Mapped[WayReason | None]
    words: Mapped[str] = mapped_column(default="")
    returns_on: Mapped[date | None]
    onward_id: Mapped[int | None] = mapped_column(ForeignKey("enrolments.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    recorded_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
    taken_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)

    enrolment: Mapped[Enrolment] = relationship(foreign_keys=[enrolment_id])
    onward: Mapped[Enrolment | None] = relationship(foreign_keys=[onward_id])
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    taken_back_by: Mapped[Person | None] = relationship(foreign_keys=[taken_back_by_id])
