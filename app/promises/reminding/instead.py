"""A reminder is mailed by itself only where its reader's digest does not say the same before it is due."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_of
from app.language.mail import Mail
from app.models.people import Person
from app.models.reminding.digests import MONDAY, DigestSetting, Rhythm, next_turn
from app.platform.outbox import queue_message


def remind_or_leave_to_digest(session: Session, reader: Person, mail: Mail, due_on: date, now: datetime) -> None:
    """Mail it, unless a digest comes to her by the day on which it is due; home says it meanwhile, and so does that."""
    if reader.is_active and not has_digest_by(session, reader, due_on, day_of(now)):
        queue_message(session, reader.email, mail, now)


def has_digest_by(session: Session, reader: Person, due_on: date, today: date) -> bool:
    chosen = session.get(DigestSetting, reader.id)
    rhythm, weekday = (chosen.rhythm, chosen.weekday) if chosen else (Rhythm.WEEKLY, MONDAY)
    day = next_turn(rhythm, weekday, today)
    return day is not None and day <= due_on
