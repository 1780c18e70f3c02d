"""What a placement needs before work in the study starts, what covers each need on which days, and what sites ask."""

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.organisations import Organisation
from app.models.people import Person
from app.models.placements import Placement
from app.models.values.access_papers import Employment, Paper, paper_for
from app.models.values.spans import Span


class NeedKind(enum.Enum):
    """What has to be in place, in the order in which it takes longest."""

    ACCESS = "access paper"
    RELEASE = "employer’s release"
    GCP = "GCP training"
    DELEGATION = "delegation log"


class NeedState(enum.Enum):
    """Whether this placement needs it at all."""

    NEEDED = "needed"
    NOT_NEEDED = "not needed"


class CoverState(enum.Enum):
    """Whether somebody other than the learner has seen what was entered."""

    TO_CHECK = "to be checked"
    GOOD = "in place"
    SENT_BACK = "sent back"
    REPLACED = "replaced"
    ENDED = "ended"


COUNTS = frozenset({CoverState.GOOD, CoverState.ENDED})


class Need(Base):
    """One thing that a placement needs before it starts; `due_on` is its lead time before the first day.

    `employment` and `bears_on_care` decide which access paper it is, and are empty for the others. `reminded_at` is
    when its owner was reminded, `missing_told_at` when all were told that the first day comes without it.
    """

    __tablename__ = "readiness_needs"
    __table_args__ = (
        UniqueConstraint("placement_id", "kind"),
        Index("ix_readiness_needs_state_due_on", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), index=True)
    kind: Mapped[NeedKind]
    state: Mapped[NeedState]
    due_on: Mapped[date]
    employment: Mapped[Employment | None]
    bears_on_care: Mapped[bool | None]
    reminded_at: Mapped[datetime | None]
    missing_told_at: Mapped[datetime | None]

    placement: Mapped[Placement] = relationship()
    covers: Mapped[list["Cover"]] = relationship(back_populates="need", order_by="Cover.id")

    @property
    def paper(self) -> Paper | None:
        """Which access paper it is; None for other needs, and while that cannot be said."""
        return paper_for(self.employment, self.bears_on_care) if self.kind is NeedKind.ACCESS else None

    @property
    def is_needed(self) -> bool:
        return self.state is NeedState.NEEDED

    @property
    def is_undecided(self) -> bool:
        """True while nobody can say which access paper is needed."""
        return self.kind is NeedKind.ACCESS and self.is_needed and self.paper is None

    @property
    def spans(self) -> list[Span]:
        """The days on which it is covered."""
        return [cover.span for cover in self.covers if cover.counts]

    @property
    def waiting(self) -> "Cover | None":
        """What was entered and nobody has checked yet."""
        return next((cover for cover in self.covers if cover.state is CoverState.TO_CHECK), None)

    def holds_on(self, day: date) -> bool:
        return not self.is_needed or any(span.has(day) for span in self.spans)

    def exception_on(self, day: date) -> "Cover | None":
        """The exception that lets the placement go without it on a day."""
        granted = (one for one in self.covers if one.is_exception and one.counts)
        return next((one for one in granted if one.span.has(day)), None)


class Cover(Base):
    """What covers a need from a day until a day, both included: evidence that somebody has seen, or an exception.

    `paper` is the access paper that it is; `reference` says where it is kept or which number it has. `told_at` is when
    people heard that it runs out.
    """

    __tablename__ = "readiness_covers"
    __table_args__ = (Index("ix_readiness_covers_state_until_on", "state", "until_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("readiness_needs.id"), index=True)
    is_exception: Mapped[bool] = mapped_column(default=False)
    paper: Mapped[Paper | None]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    reference: Mapped[str] = mapped_column(default="")
    state: Mapped[CoverState]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    entered_at: Mapped[datetime]
    told_at: Mapped[datetime | None]

    need: Mapped[Need] = relationship(back_populates="covers")
    entered_by: Mapped[Person | None] = relationship()

    @property
    def span(self) -> Span:
        return Span(self.from_on, self.until_on or date.max)

    @property
    def counts(self) -> bool:
        """True of what was found good; what was ended since counts up to its last day."""
        return self.state in COUNTS


class ReadinessRule(Base):
    """How long training counts and how early each need is due, at one organisation or, without one, everywhere.

    The newest row counts; earlier ones stay as history. Lead times are in working days.
    """

    __tablename__ = "readiness_rules"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    gcp_months: Mapped[int]
    access_days: Mapped[int]
    release_days: Mapped[int]
    gcp_days: Mapped[int]
    delegation_days: Mapped[int]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    set_at: Mapped[datetime]

    organisation: Mapped[Organisation | None] = relationship()
    set_by: Mapped[Person] = relationship()
