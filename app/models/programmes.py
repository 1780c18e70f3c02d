"""Universities, their programmes and modules, who is enrolled and which credit was decided."""

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base

HOURS_A_CREDIT = 10
CREDITS_A_LEVEL = 60


class Level(enum.Enum):
    """A level of the Framework; each is worth 60 credits."""

    PGCERT = "PGCert"
    PGDIP = "PGDip"
    MSC = "MSc"

    @property
    def workplace_band_hours(self) -> tuple[int, int] | None:
        """The hours, from and to, that the Framework expects in the workplace within the RPE module."""
        return {Level.PGCERT: (50, 100), Level.PGDIP: (70, 150)}.get(self)


class ModuleKind(enum.Enum):
    """How a module is learnt."""

    RPE = "research practice experience"
    TAUGHT = "online"
    DISSERTATION = "dissertation"


class Provider(Base):
    """A university that offers programmes of the Framework."""

    __tablename__ = "providers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)

    programmes: Mapped[list["Programme"]] = relationship(back_populates="provider", order_by="Programme.id")


class Programme(Base):
    """One level as one university offers it."""

    __tablename__ = "programmes"
    __table_args__ = (UniqueConstraint("provider_id", "level", "title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("providers.id"))
    level: Mapped[Level]
    title: Mapped[str]

    provider: Mapped[Provider] = relationship(back_populates="programmes")
    modules: Mapped[list["Module"]] = relationship(back_populates="programme", order_by="Module.id")


class Module(Base):
    """A part of a programme; one credit is ten hours of learning."""

    __tablename__ = "modules"
    __table_args__ = (UniqueConstraint("programme_id", "title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    title: Mapped[str]
    credits: Mapped[int]
    kind: Mapped[ModuleKind]
    supervision_hours_a_month: Mapped[int] = mapped_column(default=2)

    programme: Mapped[Programme] = relationship(back_populates="modules")

    @property
    def hours(self) -> int:
        """The notional hours of learning."""
        return self.credits * HOURS_A_CREDIT


class Enrolment(Base):
    """A learner on a programme."""

    __tablename__ = "enrolments"
    __table_args__ = (UniqueConstraint("learner_id", "programme_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    cohort: Mapped[str] = mapped_column(default="")
    started_on: Mapped[date]
    ended_on: Mapped[date | None]

    programme: Mapped[Programme] = relationship()
    decisions: Mapped[list["CreditDecision"]] = relationship(back_populates="enrolment", order_by="CreditDecision.id")


class CreditDecision(Base):
    """The university's decision that a learner has earned a module's credits; never derived from hours.

    The newest decision about a module counts; an earlier one stays as history. `reason` says why the credits are earned
    although no placement for the module was signed off.
    """

    __tablename__ = "credit_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"), index=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), index=True)
    credits: Mapped[int]
    decided_on: Mapped[date]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="", server_default="")

    enrolment: Mapped[Enrolment] = relationship(back_populates="decisions")
    module: Mapped[Module] = relationship()
