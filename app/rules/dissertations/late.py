"""Which dissertations are late: a milestone is overdue while the learner is on her way, and has not the credits."""

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session, selectinload

from app.models.academic.dissertations import Dissertation, DissertationState, Milestone
from app.rules.academic.supervisors import is_enrolled_on
from app.rules.credit.counting import is_credited
from app.rules.enrolments.standing import is_stepped_out_on


def first_overdue(dissertation: Dissertation, today: date) -> Milestone | None:
    """The overdue milestone that was due first; none once it is submitted."""
    if dissertation.state is DissertationState.SUBMITTED:
        return None
    overdue = [one for one in dissertation.milestones if one.is_overdue_on(today)]
    return min(overdue, key=lambda one: (one.due_on, one.id), default=None)


def is_late(today: date) -> ColumnElement[bool]:
    """True of a dissertation, beside its enrolment, of which a milestone is overdue, while that can be mended."""
    overdue = exists().where(
        Milestone.dissertation_id == Dissertation.id, Milestone.done_on.is_(None), Milestone.due_on < today
    )
    is_open = Dissertation.state != DissertationState.SUBMITTED
    return and_(overdue.correlate(Dissertation), is_open, is_under_way(today), ~is_credited(Dissertation.module_id))


def is_under_way(today: date) -> ColumnElement[bool]:
    """True of an enrolment whose learner is on the programme, and has not stepped out of it."""
    return and_(is_enrolled_on(today), ~is_stepped_out_on(today))


def overdue_by_enrolment(session: Session, today: date, *conditions: ColumnElement[bool]) -> dict[int, Milestone]:
    """The milestone for which each enrolment is late, by its id, where the conditions are true; two queries."""
    statement = select(Dissertation).join(Dissertation.enrolment).where(is_late(today), *conditions)
    late = session.scalars(statement.options(selectinload(Dissertation.milestones)))
    return {one.enrolment_id: found for one in late if (found := first_overdue(one, today))}
