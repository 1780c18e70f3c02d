"""Planned sessions as dates of a person's own calendar; those that were cancelled stay in it, as cancelled."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.local_times import start_of_day
from app.models.meetings.planned import PlannedSession, PlanState
from app.models.people import Person
from app.platform.lifecycle import last_moves
from app.rules.calendars.events import KEPT, Event
from app.supervision.queries import is_between


def planned_sessions_of(session: Session, person: Person, today: date) -> list[Event]:
    """Of learner or mentor, in order of time."""
    plans = session.scalars(
        select(PlannedSession)
        .join(PlannedSession.placement)
        .where(is_between(person, today), PlannedSession.starts_at >= start_of_day(today - KEPT))
        .order_by(PlannedSession.starts_at, PlannedSession.id)
    ).all()
    return events_of(session, plans)


def events_of(session: Session, plans: Sequence[PlannedSession]) -> list[Event]:
    """With whom, where and what about stays here: a calendar is often shared."""
    moves = last_moves(session, plans)
    return [event_of(plan, *moves.get(plan.id, (0, plan.planned_at))) for plan in plans]


def event_of(plan: PlannedSession, changes: int, changed_at: datetime) -> Event:
    return Event(
        mark=f"planned-session-{plan.id}",
        title="Supervision session",
        begins=plan.starts_at,
        length=timedelta(minutes=plan.minutes),
        sequence=changes,
        changed_at=changed_at,
        endpoint="supervision.planning.show",
        values={"plan_id": plan.id},
        is_cancelled=plan.state is PlanState.CANCELLED,
    )
