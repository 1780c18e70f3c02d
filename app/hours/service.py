"""Deeds with hours: a learner logs time, and takes an entry back."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.hours.queries import sessions_on
from app.language.dates_and_times import hours_and_minutes
from app.language.refusal import Refused
from app.models.hours import HoursCategory, HoursEntry
from app.models.people import Person
from app.models.placements import Placement
from app.platform.audit import record
from app.rules.doubts import ask_about, doubts_about_duration, doubts_about_text, week_of
from app.rules.record_totals import logged_minutes

STEP_MINUTES = 15


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What a learner wants to have on her record; `form_key` is the same when a form is sent twice."""

    worked_on: date
    category: HoursCategory
    minutes: int
    did: str
    reflection: str
    form_key: str


def log_hours(
    session: Session,
    learner: Person,
    placement: Placement,
    entry: NewEntry,
    *,
    is_sure: bool,
    now: datetime,
    today: date,
) -> HoursEntry:
    """Put an entry on the record, once; raises Refused when it cannot be, or may not be without a tick."""
    known = entry_with_key(session, placement, entry.form_key)
    if known:
        return known
    check_entry(session, placement, entry, is_sure, today)
    row = HoursEntry(placement=placement, logged_at=now, **asdict(entry))
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # the same form, sent twice at the same moment
        return entry_with_key(session, placement, entry.form_key) or _refuse_key()
    record(session, learner, "logged hours", row, now=now, category=entry.category.value, minutes=entry.minutes)
    return row


def check_entry(session: Session, placement: Placement, entry: NewEntry, is_sure: bool, today: date) -> None:
    """Rules H1 to H4 and H13: refuse what cannot be, ask about what is unlikely."""
    placement.check_day(entry.worked_on, today, "worked_on")
    if entry.minutes <= 0:
        raise Refused("The time must be more than 0 minutes.", "other_hours")
    if entry.minutes % STEP_MINUTES:
        raise Refused("Round the time to a quarter of an hour: 0, 15, 30 or 45 minutes.", "other_minutes")
    logged = logged_minutes(session, placement.learner_id, *week_of(entry.worked_on))
    doubts = doubts_about_duration(entry.worked_on, entry.minutes, logged, "minutes")
    doubts += doubts_about_meeting(session, placement, entry)
    doubts += doubts_about_text((entry.did, entry.reflection), today)
    ask_about(doubts, is_sure)


def doubts_about_meeting(session: Session, placement: Placement, entry: NewEntry) -> list[str]:
    """A session counts as supervision by itself, so the learner need not log it (H6)."""
    if entry.category is not HoursCategory.SUPERVISION:
        return []
    minutes = sum(meeting.minutes for meeting in sessions_on(session, placement, entry.worked_on))
    if not minutes:
        return []
    return [
        f"Your mentor has logged {hours_and_minutes(minutes)} of supervision on that day, which counts by itself once "
        "you have confirmed it. Log only other supervision here."
    ]


def withdraw_hours(session: Session, learner: Person, entry: HoursEntry, now: datetime) -> None:
    """Take an entry back; it stays as history. Raises Refused when that was done already."""
    entry.withdraw(now)
    record(session, learner, "withdrew hours", entry, now=now, minutes=entry.minutes)


def entry_with_key(session: Session, placement: Placement, form_key: str) -> HoursEntry | None:
    """The entry that this form has made already; raises Refused when it made one in another placement."""
    entry = session.scalar(select(HoursEntry).where(HoursEntry.form_key == form_key))
    if entry is not None and entry.placement_id != placement.id:
        _refuse_key()
    return entry


def _refuse_key() -> HoursEntry:
    raise Refused("This form was used before. Open the page again and enter the hours there.")
