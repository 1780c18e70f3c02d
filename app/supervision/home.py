"""What the home pages of learners and mentors say about sessions."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from app.language.dates_and_times import day_in_words, hours_and_minutes
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.supervision import SupervisionSession
from app.rules.home_items import HomeItem, Standing, ToDo
from app.rules.record_totals import Summary, days_without_session, needs_session, summaries
from app.supervision.queries import placement_with_people, placements_of_mentor


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    """Sessions to confirm (learner), sessions that a learner questions and learners not met for long (mentor)."""
    return [
        *(items_for_learner(session, person) if Role.LEARNER in person.roles else ()),
        *(items_for_mentor(session, person, today) if Role.MENTOR in person.roles else ()),
    ]


def items_for_learner(session: Session, learner: Person) -> list[ToDo]:
    return [
        ToDo(
            f"Confirm the session of {day_in_words(meeting.held_on)}",
            f"{hours_and_minutes(meeting.minutes)} with {meeting.placement.mentor.name}. "
            f"Waiting since {day_in_words(meeting.logged_at)}.",
            "supervision.show",
            {"session_id": meeting.id},
        )
        for meeting in open_sessions(session, Placement.learner_id == learner.id)
        if meeting.state.waits_for_learner
    ]


def items_for_mentor(session: Session, mentor: Person, today: date) -> list[HomeItem]:
    placements = [p for p in placements_of_mentor(session, mentor) if p.is_current_on(today)]
    sums = summaries(session, [placement.id for placement in placements]) if placements else {}
    found: list[HomeItem] = [
        ToDo(
            f"Answer {meeting.placement.learner.name} about the session of {day_in_words(meeting.held_on)}",
            f"“{meeting.dispute}” Correct the session or withdraw it.",
            "supervision.show",
            {"session_id": meeting.id},
        )
        for meeting in open_sessions(session, Placement.mentor_id == mentor.id)
        if meeting.disputed_at
    ]
    for placement in placements:
        if needs_session(placement, sums[placement.id], today):
            found.append(item_to_meet(placement, sums[placement.id], today))
        elif placement.has_begun_on(today):
            found.append(standing_of(placement, sums[placement.id]))
    return found


def item_to_meet(placement: Placement, summary: Summary, today: date) -> ToDo:
    weeks = days_without_session(placement, summary, today).days // 7
    last = summary.last_session_on
    why = f"You last met on {day_in_words(last)}." if last else f"The placement began {weeks} weeks ago."
    return ToDo(
        f"Meet {placement.learner.name}: no session for {weeks} weeks",
        f"{why} If you have met, log the session.",
        "supervision.new",
        {"placement_id": placement.id},
    )


def standing_of(placement: Placement, summary: Summary) -> Standing:
    last = summary.last_session_on
    return Standing(
        f"Log a session with {placement.learner.name}",
        f"You last met on {day_in_words(last)}." if last else "You have not met yet.",
        "supervision.new",
        {"placement_id": placement.id},
    )


def open_sessions(session: Session, condition: ColumnElement[bool]) -> Sequence[SupervisionSession]:
    """Sessions neither confirmed nor withdrawn, the oldest first."""
    return session.scalars(
        select(SupervisionSession)
        .join(SupervisionSession.placement)
        .where(condition, SupervisionSession.confirmed_at.is_(None), SupervisionSession.withdrawn_at.is_(None))
        .options(joinedload(SupervisionSession.placement).options(*placement_with_people()))
        .order_by(SupervisionSession.held_on, SupervisionSession.id)
    ).all()
