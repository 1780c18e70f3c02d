"""Hours of learning in the Framework's five categories, and what of them was sent to be verified."""

import enum
import hashlib
import json
from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ColumnElement, Connection, ForeignKey, Index, and_, event, inspect, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship, validates

from app.models.base import Base
from app.models.people import Person
from app.models.placements import Placement


class HoursCategory(enum.Enum):
    """The five kinds of learner activity that the Framework counts."""

    TEACHING = "teaching"
    SUPERVISION = "supervision"
    SELF_DIRECTED = "self-directed study"
    WORKPLACE = "workplace learning"
    ASSIGNMENTS = "assignments"


class HoursState(enum.Enum):
    """Where an entry stands, as a word for its tag."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    VERIFIED = "verified"
    WITHDRAWN = "withdrawn"


COUNTING = frozenset({HoursState.SUBMITTED, HoursState.VERIFIED})


class HoursSubmission(Base):
    """What a learner sent to be verified in one deed, by its first and last day; or that a week had nothing.

    Each entry that was sent names it; where it stands is told by them. `says_none` has no entries, and holds as long
    as nothing is logged of its days.
    """

    __tablename__ = "hours_submissions"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    submitted_at: Mapped[datetime]
    says_none: Mapped[bool] = mapped_column(default=False)

    placement: Mapped[Placement] = relationship()


class HoursEntry(Base):
    """Time that a learner spent on one day in one category; `form_key` makes a double send count once.

    What it says is never changed: a correction withdraws it and is a new version that points back to it. Only its
    learner logs, corrects and withdraws it, so she is the author of every version. `started` and `ended` are what the
    clocks showed, where she said so; `minutes` is what counts, and `worked_on` the day on which it began.

    `verified_digest` covers what its mentor verified: while it equals `digest`, that is what stands here.
    """

    __tablename__ = "hours_entries"
    __table_args__ = (
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn_at_its_moment"),
        Index("ix_hours_entries_placement_id_worked_on", "placement_id", "worked_on"),
        # Has all that totals and pictures ask, so that the entries themselves are not read for them.
        Index(
            "ix_hours_entries_counting",
            "placement_id",
            "category",
            "worked_on",
            "minutes",
            "state",
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        # What waits for somebody is little beside what is verified.
        Index(
            "ix_hours_entries_waiting",
            "placement_id",
            "state",
            "submission_id",
            sqlite_where=text("state IN ('draft', 'submitted', 'returned')"),
            postgresql_where=text("state IN ('draft', 'submitted', 'returned')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"))
    worked_on: Mapped[date]
    category: Mapped[HoursCategory]
    minutes: Mapped[int]
    started: Mapped[time | None]
    ended: Mapped[time | None]
    is_observed: Mapped[bool] = mapped_column(default=False)
    did: Mapped[str]
    reflection: Mapped[str] = mapped_column(default="")
    logged_at: Mapped[datetime]
    form_key: Mapped[str] = mapped_column(unique=True)
    state: Mapped[HoursState] = mapped_column(default=HoursState.DRAFT)
    withdrawn_at: Mapped[datetime | None]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("hours_entries.id"), index=True, unique=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("hours_submissions.id"), index=True)
    verified_at: Mapped[datetime | None]
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    verified_digest: Mapped[str] = mapped_column(default="")

    placement: Mapped[Placement] = relationship()
    submission: Mapped[HoursSubmission | None] = relationship()
    verified_by: Mapped[Person | None] = relationship()

    @validates("withdrawn_at")
    def note_that_it_is_withdrawn(self, _name: str, moment: datetime | None) -> datetime | None:
        if moment is not None:
            self.state = HoursState.WITHDRAWN
        return moment

    @hybrid_property
    def counts(self) -> bool:
        """True of what its mentor has verified, or can: nobody has said yet that it is not right."""
        return self.state in COUNTING

    @counts.inplace.expression
    @classmethod
    def _counts(cls) -> ColumnElement[bool]:
        return and_(cls.withdrawn_at.is_(None), cls.state.in_(COUNTING))

    @property
    def digest(self) -> str:
        """Covers everything that it says, with its key, which nobody can guess from the words."""
        said = [str(self.category.value if name == "category" else getattr(self, name)) for name in SAID]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    @property
    def stands_as_verified(self) -> bool:
        """True while what stands here is what was verified, to the letter."""
        return self.state is HoursState.VERIFIED and self.verified_digest == self.digest

    def enter(self, state: HoursState, now: datetime) -> None:
        """Come into a state; what was verified before is no longer, unless it is again."""
        self.verified_at, self.verified_by_id, self.verified_digest = None, None, ""
        if state is HoursState.WITHDRAWN:
            self.withdrawn_at = now
        self.state = state

    def verify(self, mentor: Person, now: datetime) -> None:
        """Note who verified what stands here."""
        self.verified_at, self.verified_by_id, self.verified_digest = now, mentor.id, self.digest


SAID = (
    "form_key",
    "worked_on",
    "category",
    "minutes",
    "started",
    "ended",
    "is_observed",
    "did",
    "reflection",
)


@event.listens_for(HoursEntry, "before_update")
def refuse_to_change_what_it_says(mapper: Mapper[HoursEntry], connection: Connection, entry: HoursEntry) -> None:
    attributes = inspect(entry).attrs
    if any(attributes[name].history.has_changes() for name in ("placement_id", *SAID)):
        raise ValueError("what an entry says is never changed: a correction is a new version")
