"""When programmes ask for reviews, read for many placements at once; and which reviews both have signed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.models.course.progress_reviews import ProgressReview, ReviewKind, ReviewPlan
from app.models.placements import Placement
from app.rules.progress_reviews.conditions import is_signed_by_both
from app.rules.progress_reviews.dates import ReviewDates, dates_of


def plans_of(session: Session, programme_ids: Iterable[int]) -> Mapping[int, Sequence[ReviewPlan]]:
    """All plans of each programme, by its id; one query."""
    found: defaultdict[int, list[ReviewPlan]] = defaultdict(list)
    statement = select(ReviewPlan).where(ReviewPlan.programme_id.in_(set(programme_ids))).order_by(ReviewPlan.id)
    for plan in session.scalars(statement):
        found[plan.programme_id].append(plan)
    return found


def review_dates(session: Session, placements: Sequence[Placement]) -> dict[int, ReviewDates]:
    """The dates of each placement whose programme asks for reviews, by its id: for pages and calendars.

    Modules and pauses must be loaded; `due_on` of each of the `kinds` is a day on which a review is due.
    """
    plans = plans_of(session, (one.module.programme_id for one in placements))
    found = {one.id: dates_of(one, plans.get(one.module.programme_id, ())) for one in placements}
    return {id_: dates for id_, dates in found.items() if dates}


def signed_kinds(session: Session, placement_ids: Select[int]) -> dict[int, list[ReviewKind]]:
    """Which reviews both have signed, by placement; as the conditions of the database have it."""
    found: defaultdict[int, list[ReviewKind]] = defaultdict(list)
    rows = session.execute(
        select(ProgressReview.placement_id, ProgressReview.kind)
        .where(ProgressReview.placement_id.in_(placement_ids), is_signed_by_both())
        .order_by(ProgressReview.id)
    )
    for placement_id, kind in rows.all():
        found[placement_id].append(kind)
    return dict(found)
