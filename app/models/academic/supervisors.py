"""Which academic supervisor a learner of a programme has, from which day until which."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person
from app.models.programmes import Enrolment


class SupervisorAssignment(Base):
    """That somebody supervises the learner of an enrolment from a day on; ended, never deleted.

    `ended_on` is the last day, and `reason` says why it was handed over or ended; both are empty while it stands. One
    enrolment has one that stands.
    """

    __tablename__ = "supervisor_assignments"
    __table_args__ = (
        Index(
            "uq_supervisor_assignments_standing",
            "enrolment_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"), index=True)
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    starts_on: Mapped[date]
    assigned_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    assigned_at: Mapped[datetime]
    ended_on: Mapped[date | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    reason: Mapped[str] = mapped_column(default="", server_default="")

    enrolment: Mapped[Enrolment] = relationship()
    supervisor: Mapped[Person] = relationship(foreign_keys=[supervisor_id])
