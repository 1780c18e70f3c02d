"""Self-nominated supervisors: whom a learner proposes, what became of it, and what its coordinator checked."""

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.organisations import Network, Organisation
from app.models.people import Person
from app.models.programmes import Module
from app.models.studies import Study
from app.models.values.identifiers import Scheme


class NominationState(enum.Enum):
    """Where a nomination stands: who has to say something next, or how it ended."""

    PROPOSED = "waiting for the supervisor"
    CONFIRMED = "confirmed by the supervisor"
    DECLINED = "declined by the supervisor"
    VERIFIED = "verified"
    NOT_VERIFIED = "not verified"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        return self in OPEN


OPEN = frozenset({NominationState.PROPOSED, NominationState.CONFIRMED})
IS_OPEN = "state IN ('waiting for the supervisor', 'confirmed by the supervisor')"


class Nomination(Base):
    """A supervisor whom a learner proposes for one module, with study, place and days.

    A study that is not listed here has `study_title` with `scheme` and `number` instead of `study`. `asked_at` is when
    the latest mail went to the supervisor, `asked_times` how many did; `told_at` is when the learner heard that nobody
    had answered.
    """

    __tablename__ = "nominations"
    __table_args__ = (
        Index(
            "uq_nominations_open",
            "learner_id",
            "module_id",
            unique=True,
            sqlite_where=text(IS_OPEN),
            postgresql_where=text(IS_OPEN),
        ),
        Index("ix_nominations_network_id_state", "network_id", "state"),
        Index("ix_nominations_email", "email"),
        Index("ix_nominations_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"))
    name: Mapped[str]
    email: Mapped[str]
    job_title: Mapped[str]
    study_id: Mapped[int | None] = mapped_column(ForeignKey("studies.id"))
    study_title: Mapped[str] = mapped_column(default="")
    scheme: Mapped[Scheme | None]
    number: Mapped[str] = mapped_column(default="")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    state: Mapped[NominationState]
    created_at: Mapped[datetime]
    asked_at: Mapped[datetime]
    asked_times: Mapped[int] = mapped_column(default=1)
    told_at: Mapped[datetime | None]

    learner: Mapped[Person] = relationship()
    module: Mapped[Module] = relationship()
    study: Mapped[Study | None] = relationship()
    organisation: Mapped[Organisation] = relationship()
    network: Mapped[Network] = relationship()
    checks: Mapped[list["NominationCheck"]] = relationship(
        cascade="all, delete-orphan", order_by="NominationCheck.position"
    )

    def concerns(self, person: Person) -> bool:
        """True of the two whom it would pair, of whom neither decides on it."""
        return person.id == self.learner_id or person.email == self.email

    @property
    def study_name(self) -> str:
        return self.study.name if self.study else self.study_title

    @property
    def study_numbers(self) -> str:
        """The number that the learner typed, in words; empty for a study that is listed here."""
        return f"{self.scheme.value} {self.number}" if self.scheme else ""


class CheckQuestion(enum.Enum):
    """What a coordinator answers about a nomination before it counts."""

    IDENTITY = "identity"
    GCP = "GCP"
    STUDY = "study"
    CAPACITY = "capacity"
    INDEPENDENT = "independent"
    WEEKS = "weeks"


class NominationCheck(Base):
    """One answer of the coordinator, kept as it was given."""

    __tablename__ = "nomination_checks"

    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"), primary_key=True)
    question: Mapped[CheckQuestion] = mapped_column(primary_key=True)
    position: Mapped[int]
    is_yes: Mapped[bool]
    note: Mapped[str] = mapped_column(default="")
