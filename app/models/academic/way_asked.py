"""What a learner asks of a university about her way: a place on a programme, a transfer, to step out, return, leave."""

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.academic.enrolment_steps import WayReason
from app.models.base import Base
from app.models.people import Person
from app.models.programmes import Cohort, Enrolment, Programme


class WayAskedKind(enum.Enum):
    """What is asked for."""

    INTEREST = "a place on the programme"
    TRANSFER = "a transfer to the programme"
    STEP_OUT = "to step out"
    RETURN = "to return"
    LEAVE = "to leave the programme"

    @property
    def is_to_begin(self) -> bool:
        return self in (WayAskedKind.INTEREST, WayAskedKind.TRANSFER)


class WayAskedState(enum.Enum):
    """What became of it."""

    WAITING = "waiting for an answer"
    DONE = "agreed"
    NOT_AGREED = "not agreed"
    WITHDRAWN = "withdrawn"


class WayAsked(Base):
    """One wish, read and answered by the programme leads of the programme's university; one waits for each programme.

    `enrolment_id` is the enrolment that it is about: for a transfer the one that would end. `day` is from when;
    `answer` is why a lead says no, which the learner reads.
    """

    __tablename__ = "ways_asked"
    __table_args__ = (
        Index(
            "uq_ways_asked_waiting",
            "learner_id",
            "programme_id",
            unique=True,
            sqlite_where=text("state = 'waiting for an answer'"),
            postgresql_where=text("state = 'waiting for an answer'"),
        ),
        Index("ix_ways_asked_programme_id_state", "programme_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    kind: Mapped[WayAskedKind]
    state: Mapped[WayAskedState]
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolments.id"), index=True)
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohorts.id"), index=True)
    day: Mapped[date | None]
    returns_on: Mapped[date | None]
    reason: Mapped[WayReason | None]
    words: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    answer: Mapped[str] = mapped_column(default="", server_default="")

    learner: Mapped[Person] = relationship(foreign_keys=[learner_id])
    programme: Mapped[Programme] = relationship()
    enrolment: Mapped[Enrolment | None] = relationship()
    cohort: Mapped[Cohort | None] = relationship()
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])
