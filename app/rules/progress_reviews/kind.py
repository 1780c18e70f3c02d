"""The progress review as something that people sign: what a signature covers, and in which words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.models.course.progress_reviews import (
    ProgressReview,
    ReviewKind,
    ReviewPreparation,
)
from app.models.placements import Placement
from app.models.programmes import Module, Programme
from app.rules.progress_reviews.conditions import SIGNERS
from app.rules.progress_reviews.dates import ReviewDates, from_then_on, last_kind
from app.rules.progress_reviews.plans import review_dates
from app.rules.signing.kinds import SignedKind, Wording
from app.rules.signing.standing import Standing


def content_of(review: ProgressReview) -> dict[str, Any]:
    """What the two agreed, with the numbers as they stood; whose it is stands there by id, because names may change.

    The wording of a capability never does: another wording is another row.
    """
    placement = review.placement
    return {
        "placement": placement.id,
        "learner": placement.learner_id,
        "mentor": placement.mentor_id,
        "review": review.kind.value,
        "met_on": review.met_on.isoformat() if review.met_on else None,
        "agreed": review.agreed,
        "statement": review.statement,
        "seen": [{"id": one.id, "name": one.name} for one in review.seen],
        "numbers": review.numbers,
    }


PROGRESS_REVIEW = SignedKind(
    "progress review",
    SIGNERS,
    content_of,
    (Wording("review-1", "I have read this review. It says what we agreed."),),
)


@dataclass(frozen=True)
class PlacementReviews:
    """The reviews of one placement, with their signatures, and the dates on which they are due, where any are set."""

    placement: Placement
    dates: ReviewDates | None
    reviews: dict[ReviewKind, ProgressReview]
    standings: dict[ReviewKind, Standing]

    @property
    def kinds(self) -> list[ReviewKind]:
        """Those that there should be, and those that there are, in order; without dates, any can be held."""
        last = last_kind(self.placement.outcome)
        there_should_be = self.dates.kinds if self.dates else (ReviewKind.INITIAL, ReviewKind.MIDDLE, last)
        return [kind for kind in ReviewKind if kind in there_should_be or kind in self.reviews]

    def is_signed(self, kind: ReviewKind) -> bool:
        """Whether both have signed it as it is now."""
        return kind in self.standings and self.standings[kind].is_complete

    def asked_on(self, day: date) -> ReviewKind | None:
        """The one that both are asked for, unless it is signed, or one that follows."""
        kind = self.dates.asked_on(day) if self.dates else None
        return None if kind is None or any(map(self.is_signed, from_then_on(kind))) else kind

    def overdue_on(self, day: date) -> ReviewKind | None:
        """The one that is asked for and was not held in time; nothing happens while it is paused."""
        kind = self.asked_on(day)
        is_past = kind and self.dates and self.dates.is_past(kind, day) and not self.placement.pause_on(day)
        return kind if is_past else None

    def can_be_held_on(self, kind: ReviewKind, day: date) -> bool:
        """True where it can still be prepared and written down.

        On the way that is while the placement goes its way; a last one also afterwards.
        """
        placement = self.placement
        if not placement.has_begun_on(day) or placement.never_began:
            return False
        if kind.is_last:
            return kind is last_kind(placement.outcome)
        return placement.can_change_on(day)


def all_of_a_review() -> tuple[_AbstractLoad, ...]:
    """What has to be loaded so that nothing is asked again for its content and its people."""
    return (
        joinedload(ProgressReview.placement),
        joinedload(ProgressReview.read_by),
        selectinload(ProgressReview.preparations).joinedload(ReviewPreparation.author),
        selectinload(ProgressReview.seen),
    )


def all_of_their_placements() -> tuple[_AbstractLoad, ...]:
    """What has to be loaded of placements so that their reviews can be asked and named."""
    return (
        joinedload(Placement.learner),
        joinedload(Placement.mentor),
        joinedload(Placement.module).joinedload(Module.programme).joinedload(Programme.provider),
        selectinload(Placement.pauses),
    )


def reviews_of(session: Session, placements: Sequence[Placement]) -> dict[int, PlacementReviews]:
    """The reviews of each placement, by its id; some queries, however many there are."""
    if not placements:
        return {}
    statement = select(ProgressReview).where(ProgressReview.placement_id.in_([one.id for one in placements]))
    rows = session.scalars(statement.options(*all_of_a_review()).order_by(ProgressReview.id)).all()
    standings, dates = PROGRESS_REVIEW.standings(session, rows), review_dates(session, placements)
    found = {one.id: PlacementReviews(one, dates.get(one.id), {}, {}) for one in placements}
    for row in rows:
        found[row.placement_id].reviews[row.kind] = row
        found[row.placement_id].standings[row.kind] = standings[row.id]
    return found
