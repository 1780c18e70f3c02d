"""That somebody knows of a learner without a placement for a practical module, and until which day it can wait."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person
from app.models.programmes import Enrolment, Module


class UnplacedAcknowledgement(Base):
    """A practical module of an enrolment, put aside until a day, that day included; the newest about it counts.

    `starts_by` is the day by which the module was to start then: where that comes nearer, it is back. `ended_at` is
    when somebody had it back before its time.
    """

    __tablename__ = "unplaced_acknowledgements"
    __table_args__ = (
        Index("ix_unplaced_acknowledgements_enrolment_id_until_on", "enrolment_id", "module_id", "until_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"))
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), index=True)
    starts_by: Mapped[date]
    until_on: Mapped[date]
    words: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)

    enrolment: Mapped[Enrolment] = relationship()
    module: Mapped[Module] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
