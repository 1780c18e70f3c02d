"""The hours of a placement day by day, and the weeks of which its learner has said that they had none."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.hours import HoursEntry, HoursSubmission
from app.models.placements import Placement
from app.rules.hours.plan import DayOfHours
from app.rules.record_totals import part_ids_of


def days_of_hours(session: Session, placement: Placement) -> list[DayOfHours]:
    """What stands on the record by day, kind and state, of the parts that the placement continues as well."""
    rows = session.execute(
        select(HoursEntry.worked_on, HoursEntry.category, HoursEntry.state, func.sum(HoursEntry.minutes))
        .where(HoursEntry.placement_id.in_(part_ids_of(session, placement)), HoursEntry.withdrawn_at.is_(None))
        .group_by(HoursEntry.worked_on, HoursEntry.category, HoursEntry.state)
    )
    return [DayOfHours(*row) for row in rows]


def weeks_without(session: Session, placement: Placement) -> set[date]:
    """The Mondays of the weeks of which the learner has said that they had no hours."""
    said = HoursSubmission.placement_id.in_(part_ids_of(session, placement)), HoursSubmission.says_none
    return set(session.scalars(select(HoursSubmission.first_day).where(*said)))
