"""People, their roles and where each reaches, what learners and mentors say of themselves, and a mentor's limits."""

import enum
import hashlib
import secrets
from datetime import date, datetime, timedelta

from sqlalchemy import Column, ColumnElement, ForeignKey, Index, Table, and_, exists, text
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from app.models.base import Base
from app.models.organisations import Network, Organisation, Specialty
from app.models.programmes import Provider
from app.models.values.backgrounds import EmployerKind, ResearchExperience
from app.models.values.folded_names import HasFoldedName
from app.models.values.registration import Profession, Regulator


class Role(enum.Enum):
    """What a person is here for; a person may be here for several things."""

    LEARNER = "learner"
    MENTOR = "mentor"
    COORDINATOR = "coordinator"
    ACADEMIC_SUPERVISOR = "academic supervisor"
    PROGRAMME_LEAD = "programme lead"
    ADMINISTRATOR = "administrator"

    @property
    def is_of_a_network(self) -> bool:
        return self is Role.COORDINATOR

    @property
    def is_of_a_university(self) -> bool:
        return self in (Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD)


class Person(HasFoldedName, Base):
    """Somebody who can sign in."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    password_hash: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="person", foreign_keys="RoleGrant.person_id", order_by="RoleGrant.id"
    )
    learner_profile: Mapped["LearnerProfile | None"] = relationship(back_populates="person")
    mentor_profile: Mapped["MentorProfile | None"] = relationship(back_populates="person")

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants if grant.ended_at is None)

    @hybrid_method
    def takes_part_as(self, role: Role) -> bool:
        """True while the account is open and holds the role: only then is anybody matched, offered or placed."""
        return self.is_active and role in self.roles

    @takes_part_as.inplace.expression  # type: ignore[attr-defined]
    @classmethod
    def _takes_part_as(cls, role: Role) -> ColumnElement[bool]:
        grant = aliased(RoleGrant)  # so that a query about roles can ask it too
        holds = exists().where(grant.person_id == cls.id, grant.role == role, grant.ended_at.is_(None))
        return and_(cls.is_active, holds)

    def network_ids(self) -> frozenset[int]:
        """The networks that this person coordinates."""
        return frozenset(
            grant.network_id for grant in self.grants if grant.ended_at is None and grant.network_id is not None
        )

    def provider_ids(self, *roles: Role) -> frozenset[int]:
        """The universities where this person holds one of the roles, or any role where none is named."""
        return frozenset(
            grant.provider_id
            for grant in self.grants
            if grant.ended_at is None and grant.provider_id is not None and (not roles or grant.role in roles)
        )


class RoleGrant(Base):
    """One role of one person, with its reach; ended, never deleted."""

    __tablename__ = "role_grants"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[Role]
    network_id: Mapped[int | None] = mapped_column(ForeignKey("networks.id"), index=True)
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("providers.id"), index=True)
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(back_populates="grants", foreign_keys=[person_id])
    network: Mapped[Network | None] = relationship()
    provider: Mapped[Provider | None] = relationship()


class LinkPurpose(enum.Enum):
    """What a one-time link lets its person do."""

    SET_PASSWORD = "set password"
    CHANGE_ADDRESS = "change address"


class OneTimeLink(Base):
    """A secret sent by email that one person may use once; only its digest is kept.

    `new_email` is the address to which it was sent, where opening it shows that she reads that address.
    """

    __tablename__ = "one_time_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    purpose: Mapped[LinkPurpose]
    new_email: Mapped[str] = mapped_column(default="")
    secret_digest: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()

    @classmethod
    def issue(cls, person: Person, now: datetime, life: timedelta, new_email: str = "") -> tuple["OneTimeLink", str]:
        """A new link to choose a password or to take a new address; its secret is kept nowhere but in the mail."""
        secret = secrets.token_urlsafe(32)
        link = cls(
            person=person,
            purpose=LinkPurpose.CHANGE_ADDRESS if new_email else LinkPurpose.SET_PASSWORD,
            new_email=new_email,
            secret_digest=digest_of_secret(secret),
            created_at=now,
            expires_at=now + life,
        )
        return link, secret

    def is_good(self, now: datetime) -> bool:
        return self.used_at is None and self.expires_at >= now and self.person.is_active


def digest_of_secret(secret: str) -> str:
    """What is kept of a link's secret; the secret is random and long, so a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


class LearnerProfile(Base):
    """What a learner is by profession and where she works; registration is optional.

    Her experience in research and the kind of her employer serve figures of fair shares alone.
    """

    __tablename__ = "learner_profiles"
    __table_args__ = (
        Index(
            "uq_learner_profiles_registration",
            "regulator",
            "registration_number",
            unique=True,
            sqlite_where=text("registration_number != ''"),
            postgresql_where=text("registration_number != ''"),
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    profession: Mapped[Profession | None]
    regulator: Mapped[Regulator | None]
    registration_number: Mapped[str] = mapped_column(default="")
    job_title: Mapped[str] = mapped_column(default="")
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    employer_name: Mapped[str] = mapped_column(default="")
    research_experience: Mapped[ResearchExperience | None]
    employer_kind: Mapped[EmployerKind | None]

    person: Mapped[Person] = relationship(back_populates="learner_profile")
    employer: Mapped[Organisation | None] = relationship()


mentor_specialties = Table(
    "mentor_specialties",
    Base.metadata,
    Column("mentor_id", ForeignKey("mentor_profiles.person_id"), primary_key=True),
    Column("specialty_id", ForeignKey("specialties.id"), primary_key=True, index=True),
)


class MentorProfile(Base):
    """What a mentor can teach and how much: learners at a time and hours a month, over all her openings.

    She takes nobody, or `minimum_if_used` learners at least. A round must give her `learner_minimum`, as the
    coordinators of her networks promised, those who are there counted in. 0 is no minimum.
    """

    __tablename__ = "mentor_profiles"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    profession: Mapped[Profession | None]
    job_title: Mapped[str] = mapped_column(default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    teaches: Mapped[str] = mapped_column(default="")
    learners_max: Mapped[int] = mapped_column(default=1)
    hours_a_month: Mapped[int] = mapped_column(default=4)
    minimum_if_used: Mapped[int] = mapped_column(default=0)
    learner_minimum: Mapped[int] = mapped_column(default=0)

    person: Mapped[Person] = relationship(back_populates="mentor_profile")
    organisation: Mapped[Organisation | None] = relationship()
    specialties: Mapped[list[Specialty]] = relationship(secondary=mentor_specialties, order_by=Specialty.name)
    absences: Mapped[list["MentorAbsence"]] = relationship(
        back_populates="mentor", order_by="MentorAbsence.starts_on", cascade="all, delete-orphan"
    )

    @property
    def promised(self) -> int:
        """How many learners a round must give her: never more than she takes, whatever was promised before."""
        return min(self.learner_minimum, self.learners_max)


class MentorAbsence(Base):
    """Days, both included, on which a mentor is away."""

    __tablename__ = "mentor_absences"

    id: Mapped[int] = mapped_column(primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor_profiles.person_id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]

    mentor: Mapped[MentorProfile] = relationship(back_populates="absences")
