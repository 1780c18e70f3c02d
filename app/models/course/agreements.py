"""Learning agreements: what a learner means to learn in a placement, with how many hours, and how the two work."""

import enum
from datetime import datetime

from sqlalchemy import JSON, Column, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.course.capabilities import CapabilityWording
from app.models.people import Person
from app.models.placements import Placement
from app.models.programmes import Programme


class AgreementState(enum.Enum):
    """Who has it in hand; that all have signed it is told by their signatures, and is no state."""

    DRAFT = "being written"
    TO_SIGN = "to be signed"


class Cadence(enum.Enum):
    """How often learner and mentor mean to meet."""

    WEEK = "every week"
    TWO_WEEKS = "every two weeks"
    MONTH = "every month"
    TWO_MONTHS = "every two months"


objective_capabilities = Table(
    "objective_capabilities",
    Base.metadata,
    Column("objective_id", ForeignKey("agreement_objectives.id"), primary_key=True),
    Column("wording_id", ForeignKey("capability_wordings.id"), primary_key=True, index=True),
)


class LearningAgreement(Base):
    """What learner, mentor and academic supervisor agree for one placement.

    Planned minutes stand by category (the value of an HoursCategory) and by month (2026-03), in which no month or
    category without minutes is named. `adjustments` are a private matter: only those who sign read them.
    """

    __tablename__ = "learning_agreements"
    __table_args__ = (Index("ix_learning_agreements_state", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), unique=True)
    state: Mapped[AgreementState]
    revision: Mapped[int] = mapped_column(default=1)
    minutes_by_category: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    minutes_by_month: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    sessions: Mapped[Cadence | None]
    working_pattern: Mapped[str] = mapped_column(default="")
    adjustments: Mapped[str] = mapped_column(default="")
    begun_at: Mapped[datetime]

    placement: Mapped[Placement] = relationship()
    objectives: Mapped[list["Objective"]] = relationship(
        back_populates="agreement", cascade="all, delete-orphan", order_by="Objective.id"
    )

    @property
    def planned_minutes(self) -> int:
        return sum(self.minutes_by_category.values())


class Objective(Base):
    """One thing that the learner means to learn, in her words, and the capabilities that it is about."""

    __tablename__ = "agreement_objectives"

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("learning_agreements.id"), index=True)
    words: Mapped[str]

    agreement: Mapped[LearningAgreement] = relationship(back_populates="objectives")
    capabilities: Mapped[list[CapabilityWording]] = relationship(
        secondary=objective_capabilities, order_by=CapabilityWording.id
    )


class AgreementTemplate(Base):
    """What a programme suggests to begin an agreement with; the newest counts, earlier ones stay as history."""

    __tablename__ = "agreement_templates"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    objectives: Mapped[list[str]] = mapped_column(JSON, default=list)
    minutes_by_category: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    sessions: Mapped[Cadence | None]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    set_at: Mapped[datetime]

    programme: Mapped[Programme] = relationship()
    set_by: Mapped[Person] = relationship()
