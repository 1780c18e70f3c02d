"""Who assesses the applications of a call, what each gave, and who declared an interest."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.bursaries.applications import BursaryApplication
from app.models.bursaries.calls import BursaryCall
from app.models.people import Person

POINTS_MAX = 5


class Assessor(Base):
    """That somebody assesses for a call; ended, never deleted. What she scored before counts on."""

    __tablename__ = "bursary_assessors"
    __table_args__ = (
        Index(
            "uq_bursary_assessors_standing",
            "call_id",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("bursary_calls.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    named_at: Mapped[datetime]
    named_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)

    call: Mapped[BursaryCall] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class ScoreSheet(Base):
    """The points of one assessor for one application, by the id of the criterion; of several the newest counts."""

    __tablename__ = "bursary_scores"
    __table_args__ = (Index("ix_bursary_scores_application_id_person_id", "application_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("bursary_applications.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    points: Mapped[dict[str, int]] = mapped_column(JSON)
    words: Mapped[str]
    scored_at: Mapped[datetime]

    application: Mapped[BursaryApplication] = relationship()
    person: Mapped[Person] = relationship()


class Interest(Base):
    """A conflict of interest that an assessor declared in an application: what she scored of it does not count.

    One that was declared by mistake is taken back with a reason, and stays; she has one that stands at most.
    """

    __tablename__ = "bursary_interests"
    __table_args__ = (
        Index(
            "uq_bursary_interests_standing",
            "application_id",
            "person_id",
            unique=True,
            sqlite_where=text("taken_back_at IS NULL"),
            postgresql_where=text("taken_back_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("bursary_applications.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    reason: Mapped[str]
    declared_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
    taken_back_why: Mapped[str] = mapped_column(default="")

    application: Mapped[BursaryApplication] = relationship()
    person: Mapped[Person] = relationship()
