"""When somebody is reminded of an offer: before the last day to answer, once, and not on the day on which it came."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from app.language.working_days import working_day_after

REMINDED_BEFORE = 2  # working days
A_DAY = timedelta(days=1)


def last_day_near(today: date) -> date:
    """Whoever can answer until this day, and no longer, is reminded now."""
    return working_day_after(today, REMINDED_BEFORE)


def is_to_be_reminded(
    reminded_at: InstrumentedAttribute[datetime | None],
    offered_at: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
    now: datetime,
) -> ColumnElement[bool]:
    """True of offers that are not of this very day, and of whose end nobody was reminded yet."""
    return reminded_at.is_(None) & (offered_at < now - A_DAY)
