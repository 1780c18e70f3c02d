"""What becomes of a planned session when somebody writes down that it took place."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words, hours_and_minutes
from app.language.refusal import Overtaken, Refused
from app.models.meetings.planned import PlannedSession, PlanState
from app.models.people import Person
from app.models.placements import Placement
from app.models.supervision import SupervisionSession
from app.promises.course.plans import PLANS, RECORD, party_in, planned_in


def hold_plan(session: Session, plan: PlannedSession, now: datetime) -> None:
    """Let whoever changes the plan meanwhile wait; raises Overtaken when it was recorded or cancelled already.

    Raises Refused when its time has not come.
    """
    session.refresh(plan, ["state", "recorded_as_id", "starts_at"], with_for_update=True)
    if plan.state is PlanState.CANCELLED:
        raise Overtaken(
            "This planned session was cancelled. Nothing was saved now. If you have met all the same, log "
            "it as a session that was not planned."
        )
    if plan.recorded_as is not None:
        raise Overtaken(f"{told(plan.recorded_as)} Nothing was saved now. If you met twice, log the other session.")
    if not plan.waits_to_be_recorded(now):
        raise Refused(
            f"This session is planned for {day_in_words(plan.day)}. If you have met already, log it as a session that "
            "was not planned, and move or cancel this one."
        )


def told(meeting: SupervisionSession) -> str:
    length, day = hours_and_minutes(meeting.minutes), day_in_words(meeting.held_on)
    return f"{meeting.author.name} has recorded this session already: {length}, {meeting.form.value}, on {day}."


def planned_on(session: Session, placement: Placement, day: date, now: datetime) -> PlannedSession | None:
    """What was planned for a day, has come and waits to be recorded: a session of that day is the record of it."""
    due = [plan for plan in planned_in(session, placement) if plan.day == day and plan.waits_to_be_recorded(now)]
    return due[0] if due else None


def note_recorded(
    session: Session, actor: Person, plan: PlannedSession, meeting: SupervisionSession, now: datetime
) -> None:
    PLANS.move(session, plan, RECORD, party_in(plan.placement, actor), actor, now)
    plan.recorded_as = meeting
