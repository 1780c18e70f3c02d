"""Progress reviews of a placement: what each prepares, what is agreed and signed, and when programmes ask for them."""

import enum
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.course.capabilities import CapabilityWording
from app.models.operations.parties import Party
from app.models.people import Person
from app.models.placements import Placement
from app.models.programmes import Programme


class ReviewKind(enum.Enum):
    """Which review it is, in the order of a placement; a closing one takes the place of those that are left when a
    placement goes on elsewhere or breaks off."""

    INITIAL = "initial"
    MIDDLE = "middle"
    FINAL = "final"
    CLOSING = "closing"

    @property
    def name_in_words(self) -> str:
        return f"{self.value} review"

    @property
    def is_last(self) -> bool:
        """True of those in which the mentor says whether she saw the capabilities; it is she who writes them down."""
        return self in (ReviewKind.FINAL, ReviewKind.CLOSING)

    @property
    def is_prepared(self) -> bool:
        """False of a closing review: whoever breaks off does not meet for it."""
        return self is not ReviewKind.CLOSING


class ProgressReviewState(enum.Enum):
    """Who has it in hand; that both have signed it is told by their signatures, and is no state."""

    PREPARING = "being prepared"
    WRITING = "being written"
    TO_SIGN = "to be signed"


seen_capabilities = Table(
    "progress_review_capabilities",
    Base.metadata,
    Column("review_id", ForeignKey("progress_reviews.id"), primary_key=True),
    Column("wording_id", ForeignKey("capability_wordings.id"), primary_key=True, index=True),
)


class ProgressReview(Base):
    """One review of one placement, which begins when the first of the two prepares it, or when they meet.

    `agreed`, `statement` (the mentor's, of a last review), the capabilities that she saw and `numbers` (plain JSON, as
    they stood on that day) are written down at once, and are what is signed. `read_by` has read it as it is signed.
    """

    __tablename__ = "progress_reviews"
    __table_args__ = (
        UniqueConstraint("placement_id", "kind"),
        Index("ix_progress_reviews_state_read_at", "state", "read_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"))
    kind: Mapped[ReviewKind]
    state: Mapped[ProgressReviewState]
    revision: Mapped[int] = mapped_column(default=1)
    begun_at: Mapped[datetime]
    met_on: Mapped[date | None]
    agreed: Mapped[str] = mapped_column(default="")
    statement: Mapped[str] = mapped_column(default="")
    numbers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    read_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    read_at: Mapped[datetime | None]

    placement: Mapped[Placement] = relationship()
    read_by: Mapped[Person | None] = relationship()
    preparations: Mapped[list["ReviewPreparation"]] = relationship(
        back_populates="review", order_by="ReviewPreparation.id"
    )
    seen: Mapped[list[CapabilityWording]] = relationship(secondary=seen_capabilities, order_by="CapabilityWording.id")

    def handed_in_by(self, party: Party) -> "ReviewPreparation | None":
        """What somebody handed in last."""
        return next((one for one in reversed(self.preparations) if one.party == party.value), None)

    @property
    def is_open(self) -> bool:
        """True once each can read what the other has prepared: both have handed in, or they meet."""
        both = self.handed_in_by(Party.LEARNER) and self.handed_in_by(Party.MENTOR)
        return bool(both) or self.state is not ProgressReviewState.PREPARING


class ReviewPreparation(Base):
    """What learner or mentor has handed in before they meet; each time it is another row, and the newest counts."""

    __tablename__ = "review_preparations"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("progress_reviews.id"), index=True)
    party: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    goes_well: Mapped[str]
    is_hard: Mapped[str] = mapped_column(default="")
    comes_next: Mapped[str] = mapped_column(default="")
    handed_in_at: Mapped[datetime]

    review: Mapped[ProgressReview] = relationship(back_populates="preparations")
    author: Mapped[Person] = relationship()


class ReviewPlan(Base):
    """When a programme asks for reviews, of placements that begin on `from_on` or later; the newest counts.

    The initial one within `initial_weeks` of the start, the middle one at half, the final one within the last
    `final_weeks`. A placement of fewer than `short_weeks` has no middle one. With `is_asked` false none is asked for.
    """

    __tablename__ = "review_plans"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    from_on: Mapped[date]
    is_asked: Mapped[bool]
    initial_weeks: Mapped[int]
    final_weeks: Mapped[int]
    short_weeks: Mapped[int]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    set_at: Mapped[datetime]

    programme: Mapped[Programme] = relationship()
    set_by: Mapped[Person] = relationship()


def plan_for(plans: Iterable[ReviewPlan], starts_on: date) -> ReviewPlan | None:
    """The newest of a programme's plans that covers placements beginning on a day, if that asks for reviews."""
    covering = [one for one in plans if one.from_on <= starts_on]
    newest = max(covering, key=lambda one: one.id, default=None)
    return newest if newest and newest.is_asked else None
