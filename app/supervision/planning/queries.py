"""What learner and mentor may see of planned sessions."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.models.meetings.planned import PlannedSession, PlanState
from app.models.people import Person
from app.models.placements import Placement
from app.models.supervision import SupervisionSession
from app.supervision.queries import is_between, placement_with_people


def plan_seen_by(session: Session, person: Person, plan_id: int, today: date) -> PlannedSession | None:
    """The planned session, if the person is its learner or its mentor, or stands in for the mentor today."""
    return session.scalar(
        select(PlannedSession)
        .join(PlannedSession.placement)
        .where(PlannedSession.id == plan_id, is_between(person, today))
        .options(
            joinedload(PlannedSession.placement).options(*placement_with_people()),
            joinedload(PlannedSession.recorded_as).joinedload(SupervisionSession.placement),
        )
    )


def plans_of(session: Session, person: Person, today: date) -> Sequence[PlannedSession]:
    """What she has planned with anybody and nobody has recorded or cancelled, in order of time."""
    return session.scalars(
        select(PlannedSession)
        .join(PlannedSession.placement)
        .where(PlannedSession.state == PlanState.PLANNED, is_between(person, today))
        .options(joinedload(PlannedSession.placement).options(*placement_with_people()))
        .order_by(PlannedSession.starts_at, PlannedSession.id)
    ).all()


def next_plans(session: Session, mentor: Person, today: date) -> dict[int, PlannedSession]:
    """The next session that is planned for today or later, by placement."""
    found: dict[int, PlannedSession] = {}
    for plan in plans_of(session, mentor, today):
        if plan.day >= today:
            found.setdefault(plan.placement_id, plan)
    return found


def others_invited(session: Session, plan: PlannedSession) -> list[str]:
    """The names of the other learners of a session with several; what was cancelled or never was has none."""
    if plan.group_id is None:
        return []
    theirs = (PlannedSession.group_id == plan.group_id, PlannedSession.state != PlanState.CANCELLED)
    statement = select(Person.name).join(Placement, Placement.learner_id == Person.id)
    statement = statement.join(PlannedSession, PlannedSession.placement_id == Placement.id)
    return list(session.scalars(statement.where(*theirs, PlannedSession.id != plan.id).order_by(Person.name)))
