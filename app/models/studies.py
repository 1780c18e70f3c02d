"""Clinical studies and the registry files they come from, and the openings that mentors publish on them."""

import enum
from datetime import date, datetime

from sqlalchemy import Column, ColumnElement, ForeignKey, Index, Table, UniqueConstraint, and_, func, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.language.refusal import Refused
from app.models.base import Base
from app.models.organisations import Network, Organisation, Specialty
from app.models.people import Person
from app.models.programmes import Level
from app.models.values.folded_names import HasFoldedName
from app.models.values.identifiers import Scheme
from app.models.values.registration import Profession
from app.models.values.study_status import StudyStatus

study_specialties = Table(
    "study_specialties",
    Base.metadata,
    Column("study_id", ForeignKey("studies.id"), primary_key=True),
    Column("specialty_id", ForeignKey("specialties.id"), primary_key=True, index=True),
)


class Study(HasFoldedName, Base):
    """A clinical study; `learner_limit` caps its learners over all openings, searches look in `search_text`, folded.

    A round must give it `learner_minimum` learners, those who are there counted in; it takes nobody, or at least
    `minimum_if_used`, for instance where it trains groups of three. 0 is no minimum.

    `registry_updated_on` is when the registry last changed the record that we have taken; None where it did not say.
    """

    __tablename__ = "studies"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    short_title: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    conditions: Mapped[str] = mapped_column(default="")
    status: Mapped[StudyStatus] = mapped_column(index=True)
    phase: Mapped[str] = mapped_column(default="")
    study_type: Mapped[str] = mapped_column(default="")
    is_commercial: Mapped[bool | None]
    lead: Mapped[str] = mapped_column(default="")
    funder: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date | None]
    completes_on: Mapped[date | None]
    learner_limit: Mapped[int | None]
    learner_minimum: Mapped[int] = mapped_column(default=0)
    minimum_if_used: Mapped[int] = mapped_column(default=0)
    source: Mapped[str] = mapped_column(default="")
    registry_updated_on: Mapped[date | None]
    search_text: Mapped[str] = mapped_column(default="")

    identifiers: Mapped[list["StudyIdentifier"]] = relationship(
        back_populates="study", cascade="all, delete-orphan", order_by="StudyIdentifier.id"
    )
    specialties: Mapped[list[Specialty]] = relationship(secondary=study_specialties, order_by=Specialty.name)
    sites: Mapped[list["StudySite"]] = relationship(
        back_populates="study", cascade="all, delete-orphan", order_by="StudySite.id"
    )

    @property
    def name(self) -> str:
        """What people call it."""
        return self.short_title or self.title


class StudyIdentifier(Base):
    """The number of a study in one registry; no two studies share one."""

    __tablename__ = "study_identifiers"
    __table_args__ = (UniqueConstraint("scheme", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("studies.id"), index=True)
    scheme: Mapped[Scheme]
    value: Mapped[str]

    study: Mapped[Study] = relationship(back_populates="identifiers")


class StudySite(Base):
    """A place where a study runs, as the registry words it."""

    __tablename__ = "study_sites"

    id: Mapped[int] = mapped_column(primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("studies.id"), index=True)
    name: Mapped[str]
    city: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")

    study: Mapped[Study] = relationship(back_populates="sites")


class OpeningState(enum.Enum):
    """Whether learners can ask for an opening."""

    PUBLISHED = "published"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"


class OpeningLevel(Base):
    """A level that an opening is meant for."""

    __tablename__ = "opening_levels"

    opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id"), primary_key=True)
    level: Mapped[Level] = mapped_column(primary_key=True)


class OpeningProfession(Base):
    """A profession that an opening accepts; an opening that names none accepts every profession."""

    __tablename__ = "opening_professions"

    opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id"), primary_key=True)
    profession: Mapped[Profession] = mapped_column(primary_key=True)


class Opening(Base):
    """One mentor on one study at one organisation, with a number of places; a mentor opens a study once.

    Before a round closes, mentors are asked whether it is still right; who publishes or changes one says so too.
    """

    __tablename__ = "openings"
    __table_args__ = (
        Index(
            "uq_openings_live",
            "mentor_id",
            "study_id",
            unique=True,
            sqlite_where=text("state != 'withdrawn'"),
            postgresql_where=text("state != 'withdrawn'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("studies.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id"), index=True)
    state: Mapped[OpeningState]
    places: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    learner_does: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    asked_to_confirm_at: Mapped[datetime | None]

    mentor: Mapped[Person] = relationship()
    study: Mapped[Study] = relationship()
    organisation: Mapped[Organisation] = relationship()
    network: Mapped[Network] = relationship()
    level_rows: Mapped[list[OpeningLevel]] = relationship(cascade="all, delete-orphan")
    profession_rows: Mapped[list[OpeningProfession]] = relationship(cascade="all, delete-orphan")

    @property
    def levels(self) -> frozenset[Level]:
        return frozenset(row.level for row in self.level_rows)

    @property
    def professions(self) -> frozenset[Profession]:
        return frozenset(row.profession for row in self.profession_rows)

    @property
    def last_confirmed_at(self) -> datetime:
        """When its mentor last said that it is right."""
        return self.confirmed_at or self.created_at

    @hybrid_property
    def is_unconfirmed(self) -> bool:
        """True when its mentor was asked whether it is still right, and has not said so since."""
        asked = self.asked_to_confirm_at
        return asked is not None and self.last_confirmed_at < asked

    @is_unconfirmed.inplace.expression
    @classmethod
    def _is_unconfirmed(cls) -> ColumnElement[bool]:
        return and_(
            cls.asked_to_confirm_at.is_not(None),
            func.coalesce(cls.confirmed_at, cls.created_at) < cls.asked_to_confirm_at,
        )

    @property
    def is_live(self) -> bool:
        return self.state is not OpeningState.WITHDRAWN

    def pause(self) -> None:
        """Keep it out of sight for a while; raises Refused when it is not published."""
        self._move(OpeningState.PAUSED, OpeningState.PUBLISHED)

    def resume(self) -> None:
        """Show it to learners again; raises Refused when it is not paused."""
        self._move(OpeningState.PUBLISHED, OpeningState.PAUSED)

    def withdraw(self) -> None:
        """Take it back for good; raises Refused when that was done already."""
        self._move(OpeningState.WITHDRAWN, OpeningState.PUBLISHED, OpeningState.PAUSED)

    def _move(self, to: OpeningState, *allowed_from: OpeningState) -> None:
        if self.state not in allowed_from:
            raise Refused(f"This opening is {self.state.value}. Go back to see what you can do with it now.")
        self.state = to
