"""Plays what placed learners and their mentors of the demo have recorded week by week."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo.content.record import record
from app.demo.playing.course.approval import play_approval
from app.hours.service import NewEntry, log_hours
from app.language.local_times import moment_here
from app.models.placements import Placement
from app.models.supervision import ActionOwner, AgreedAction, SessionForm, SupervisionSession
from app.platform.db import transaction
from app.platform.occasion import Occasion
from app.supervision.answering import confirm_session
from app.supervision.planning.service import NewPlan, plan_session
from app.supervision.service import NewAction, NewSession, log_session

DAYS_BETWEEN_ENTRIES = 5
WEEKS_BETWEEN_MEETINGS = 3
UNRECORDED = 3  # for one placement in so many, yesterday's session waits to be recorded
LEARNERS_TURN = 4  # the learner writes down one session in so many
LATE_STARTERS = 6  # one placement in so many has stopped recording, so that somebody is at risk
SILENT_FOR = timedelta(weeks=10)

Clock = Callable[[date], AbstractContextManager[datetime]]


@dataclass(frozen=True)
class Stretch:
    """The days to play, the last one excluded; `today` is the day of the demo."""

    since: date
    until: date
    today: date

    def has(self, day: date) -> bool:
        return self.since <= day < self.until


def play_record(placements: Sequence[Placement], stretch: Stretch, clock: Clock) -> None:
    """Log hours and sessions of each placement in a stretch; the newest session waits, the next is planned."""
    for number, placement in enumerate(placements):
        until = stretch.today
        if number % LATE_STARTERS == LATE_STARTERS - 1:
            until -= SILENT_FOR
        until = min(until, placement.ends_on + timedelta(days=1))
        play_hours(number, placement, until, stretch, clock)
        play_approval(number, placement, until, stretch.since, stretch.until, clock)
        play_meetings(placement, until, stretch, clock)
        if until == stretch.until == stretch.today:
            play_planning(number, placement, stretch.today, clock)


def play_hours(number: int, placement: Placement, until: date, stretch: Stretch, clock: Clock) -> None:
    hours = record().hours
    day, count = placement.starts_on + timedelta(days=1 + number % 4), number
    while day < until:
        written = hours[count % len(hours)]
        if stretch.has(day):
            with clock(day) as now, transaction() as session:
                entry = NewEntry(
                    day, written.category, written.minutes, written.did, "", f"demo hours {placement.id} {count}"
                )
                log_hours(session, placement.learner, placement, entry, is_sure=True, now=now, today=day)
        day, count = day + timedelta(days=DAYS_BETWEEN_ENTRIES + number % 3), count + 1


def play_meetings(placement: Placement, until: date, stretch: Stretch, clock: Clock) -> None:
    day, count = placement.starts_on + timedelta(days=3), 0
    while day < until:
        following = day + timedelta(weeks=WEEKS_BETWEEN_MEETINGS)
        if stretch.has(day):
            with clock(day) as now, transaction() as session:
                play_meeting(session, placement, day, count, following < until, now)
        day, count = following, count + 1


def play_planning(number: int, placement: Placement, today: date, clock: Clock) -> None:
    """The next session is planned; for some the last planned one has come and nobody has recorded it yet."""
    planned_on, to_come = today - timedelta(days=6), today + timedelta(days=3 + number % 5)
    missed = [today - timedelta(days=1)] if number % UNRECORDED == 1 else []
    for day in (*missed, to_come):
        if placement.starts_on < planned_on and day <= placement.ends_on:
            with clock(planned_on) as now, transaction() as session:
                actor = placement.learner if number % 2 else placement.mentor
                new = NewPlan(moment_here(day, time(14)), 60, tuple(SessionForm)[number % 3], "", agenda_of(number))
                occasion = Occasion(actor, planned_on, now, "")
                plan_session(session, occasion, placement, new, lambda plan: "", is_sure=True)


def agenda_of(number: int) -> str:
    meetings = record().meeting
    return meetings[number % len(meetings)].topics


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
    by_learner = is_confirmed and count % LEARNERS_TURN == LEARNERS_TURN - 1
    author = placement.learner if by_learner else placement.mentor
    meeting = log_session(session, author, placement, new, lambda logged: "", is_sure=True, now=now, today=day)
    if is_confirmed:
        confirm_session(session, meeting.answerer, meeting, [], now)


def open_actions(session: Session, placement: Placement) -> list[int]:
    """What was agreed before and is not done yet."""
    return list(
        session.scalars(
            select(AgreedAction.id)
            .join(SupervisionSession)
            .where(SupervisionSession.placement_id == placement.id, AgreedAction.done_on.is_(None))
        )
    )
