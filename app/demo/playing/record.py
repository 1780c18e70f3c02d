"""Plays what placed learners and their mentors of the demo have recorded week by week."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo.content.record import record
from app.hours.service import NewEntry, log_hours
from app.models.placements import Placement
from app.models.supervision import ActionOwner, AgreedAction, SessionForm, SupervisionSession
from app.platform.db import transaction
from app.supervision.service import NewAction, NewSession, confirm_session, log_session

DAYS_BETWEEN_ENTRIES = 5
WEEKS_BETWEEN_MEETINGS = 3
LATE_STARTERS = 6  # one placement in so many has stopped recording, so that somebody is at risk

Clock = Callable[[date], AbstractContextManager[datetime]]


def play_record(placements: Sequence[Placement], today: date, clock: Clock) -> None:
    """Log hours and sessions for each placement up to today; the newest session waits to be confirmed."""
    for number, placement in enumerate(placements):
        until = today - timedelta(weeks=10) if number % LATE_STARTERS == LATE_STARTERS - 1 else today
        play_hours(number, placement, until, clock)
        play_meetings(number, placement, until, clock)


def play_hours(number: int, placement: Placement, until: date, clock: Clock) -> None:
    hours = record().hours
    day, count = placement.starts_on + timedelta(days=1 + number % 4), number
    while day < until:
        written = hours[count % len(hours)]
        with clock(day) as now, transaction() as session:
            entry = NewEntry(
                day, written.category, written.minutes, written.did, "", f"demo hours {placement.id} {count}"
            )
            log_hours(session, placement.learner, placement, entry, is_sure=True, now=now, today=day)
        day, count = day + timedelta(days=DAYS_BETWEEN_ENTRIES + number % 3), count + 1


def play_meetings(number: int, placement: Placement, until: date, clock: Clock) -> None:
    day, count = placement.starts_on + timedelta(days=3), 0
    while day < until:
        following = day + timedelta(weeks=WEEKS_BETWEEN_MEETINGS)
        with clock(day) as now, transaction() as session:
            play_meeting(session, placement, day, count, following < until, now)
        day, count = following, count + 1


def play_meeting(
    session: Session, placement: Placement, day: date, count: int, is_confirmed: bool, now: datetime
) -> None:
    meetings = record().meeting
    written = meetings[count % len(meetings)]
    new = NewSession(
        held_on=day,
        minutes=(45, 60, 30)[count % 3],
        form=tuple(SessionForm)[count % 3],
        topics=written.topics,
        form_key=f"demo session {placement.id} {count}",
        done_ids=frozenset(open_actions(session, placement)),
        actions=[NewAction(written.action, ActionOwner.LEARNER, day + timedelta(weeks=2))],
    )
    meeting = log_session(
        session, placement.mentor, placement, new, lambda logged: "", is_sure=True, now=now, today=day
    )
    if is_confirmed:
        confirm_session(session, placement.learner, meeting, [], now)


def open_actions(session: Session, placement: Placement) -> list[int]:
    """What was agreed before and is not done yet."""
    return list(
        session.scalars(
            select(AgreedAction.id)
            .join(SupervisionSession)
            .where(SupervisionSession.placement_id == placement.id, AgreedAction.done_on.is_(None))
        )
    )
