"""Universities, their programmes in versions, who is enrolled on which, and which credit was decided."""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Connection, ForeignKey, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from app.models.base import Base
from app.models.organisations import Organisation

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


class Choose(enum.Enum):
    """What a part of a programme asks for of its modules."""

    ALL = "all of them"
    NUMBER = "a number of them"
    CREDITS = "credits of them"


class PriorLearning(enum.Enum):
    """What a university says of credit for what somebody has learnt before."""

    NOT_STATED = "not stated"
    POSSIBLE = "possible"
    SUBJECT_TO_APPROVAL = "subject to approval"
    NOT_POSSIBLE = "not possible"


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
    versions: Mapped[list["ProgrammeVersion"]] = relationship(
        back_populates="programme", order_by="ProgrammeVersion.number"
    )


class Module(Base):
    """What can be learnt on a programme, in whichever of its versions; one credit is ten hours of learning.

    With other credits or of another kind it is another module, whose title says so: records of before keep theirs.
    """

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


class ProgrammeVersion(Base):
    """A programme as it stands in an academic year, known by the year in which that begins.

    What is left empty was not stated by the university. Learners enrol on it once it is published.
    """

    __tablename__ = "programme_versions"
    __table_args__ = (UniqueConstraint("programme_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    number: Mapped[int]
    academic_year: Mapped[int]
    is_title_to_confirm: Mapped[bool] = mapped_column(default=False)
    entry_rules: Mapped[str] = mapped_column(default="")
    fees_address: Mapped[str] = mapped_column(default="")
    bursaries: Mapped[str] = mapped_column(default="")
    prior_learning: Mapped[PriorLearning] = mapped_column(default=PriorLearning.NOT_STATED)
    prior_learning_words: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    programme: Mapped[Programme] = relationship(back_populates="versions")
    parts: Mapped[list["VersionPart"]] = relationship(
        back_populates="version", order_by="VersionPart.position", cascade="all, delete-orphan"
    )
    cohorts: Mapped[list["Cohort"]] = relationship(
        back_populates="version", order_by="(Cohort.starts_on, Cohort.id)", cascade="all, delete-orphan"
    )

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def modules(self) -> list[Module]:
        """Every module of every part, in their order."""
        return [line.module for part in self.parts for line in part.lines]


class VersionPart(Base):
    """Modules of one version that are asked for together: all of them, so many, or so many credits (`amount`)."""

    __tablename__ = "version_parts"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("programme_versions.id"), index=True)
    position: Mapped[int]
    title: Mapped[str]
    choose: Mapped[Choose]
    amount: Mapped[int] = mapped_column(default=0)

    version: Mapped[ProgrammeVersion] = relationship(back_populates="parts")
    lines: Mapped[list["PartModule"]] = relationship(
        back_populates="part", order_by="PartModule.position", cascade="all, delete-orphan"
    )


class PartModule(Base):
    """A module in a part of a version, under the title that the version gives it, and what of it is to confirm."""

    __tablename__ = "part_modules"
    __table_args__ = (UniqueConstraint("part_id", "module_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("version_parts.id"))
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), index=True)
    position: Mapped[int]
    title: Mapped[str]
    is_title_to_confirm: Mapped[bool] = mapped_column(default=False)
    are_credits_to_confirm: Mapped[bool] = mapped_column(default=False)

    part: Mapped[VersionPart] = relationship(back_populates="lines")
    module: Mapped[Module] = relationship()


class Cohort(Base):
    """Learners who begin a version together; both days are included."""

    __tablename__ = "cohorts"
    __table_args__ = (UniqueConstraint("version_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("programme_versions.id"))
    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    are_dates_to_confirm: Mapped[bool] = mapped_column(default=False)

    version: Mapped[ProgrammeVersion] = relationship(back_populates="cohorts")

    def runs_on(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


class Enrolment(Base):
    """A learner on a programme, in the version that it had when she began; one for each learner and programme.

    Without a version she is on all modules: nobody had described the programme by then. `cohort` is the name of a
    cohort that nobody has described, as it was noted before there were cohorts; `in_cohort` is the cohort itself.
    `workplace` is where she works while she studies, `funder` who pays in a few words, and `equivalence` what she has
    in place of the level before. What became of it stands in its steps (`academic.enrolment_steps`), of which
    `ended_on`, her last day, follows.
    """

    __tablename__ = "enrolments"
    __table_args__ = (UniqueConstraint("learner_id", "programme_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("programme_versions.id"), index=True)
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohorts.id"), index=True)
    cohort: Mapped[str] = mapped_column(default="")
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    workplace_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    funder: Mapped[str] = mapped_column(default="", server_default="")
    equivalence: Mapped[str] = mapped_column(default="", server_default="")

    programme: Mapped[Programme] = relationship()
    version: Mapped[ProgrammeVersion | None] = relationship()
    in_cohort: Mapped[Cohort | None] = relationship()
    workplace: Mapped[Organisation | None] = relationship()
    decisions: Mapped[list["CreditDecision"]] = relationship(back_populates="enrolment", order_by="CreditDecision.id")

    @property
    def cohort_name(self) -> str:
        """With whom she began; empty where nobody said."""
        return self.in_cohort.name if self.in_cohort else self.cohort

    @property
    def modules(self) -> list[Module]:
        """What she can take."""
        return self.version.modules if self.version else self.programme.modules


class CreditOutcome(enum.Enum):
    """What a university decides about a module; only what is earned gives its credits."""

    EARNED = "earned"
    RESUBMISSION = "to be submitted again"
    DEFERRED = "deferred"
    FAILED = "failed"
    NOT_EARNED = "not earned"  # of decisions before the others could be recorded; nobody decides it any more

    @property
    def has_day(self) -> bool:
        """Whether it holds until a day: that of the next submission, or until which the decision waits."""
        return self in (CreditOutcome.RESUBMISSION, CreditOutcome.DEFERRED)


class CreditDecision(Base):
    """The university's decision about the credits of a module; never derived from hours, and never changed.

    The newest decision about a module that is not void counts; the others stay as history. `until_on` is the day of the
    next submission, or until which it is deferred. `words` are for the learner. `evidence` is what was considered as
    plain JSON, `considered` the same in words; `thin` is what was missing from the record then, as plain JSON, and
    `reason` says why the credits are earned all the same.
    """

    __tablename__ = "credit_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"), index=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), index=True)
    outcome: Mapped[CreditOutcome] = mapped_column(default=CreditOutcome.EARNED, server_default="earned")
    credits: Mapped[int]
    until_on: Mapped[date | None]
    decided_on: Mapped[date]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="", server_default="")
    words: Mapped[str] = mapped_column(default="", server_default="")
    considered: Mapped[str] = mapped_column(default="", server_default="")
    board_reference: Mapped[str] = mapped_column(default="", server_default="")
    evidence: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    thin: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")

    enrolment: Mapped[Enrolment] = relationship(back_populates="decisions")
    module: Mapped[Module] = relationship()
    void: Mapped["CreditVoid | None"] = relationship(lazy="joined", viewonly=True)

    @property
    def stands(self) -> bool:
        return self.void is None


class CreditVoid(Base):
    """That a decision does not count: who said so, when, and why. It is final; what is right is decided anew."""

    __tablename__ = "credit_voids"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("credit_decisions.id"), unique=True)
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]


@event.listens_for(CreditDecision, "before_update")
@event.listens_for(CreditDecision, "before_delete")
@event.listens_for(CreditVoid, "before_update")
@event.listens_for(CreditVoid, "before_delete")
def refuse_to_change_a_decision(mapper: Mapper[Base], connection: Connection, row: Base) -> None:
    raise ValueError("what was decided about credit is never changed and never removed")
