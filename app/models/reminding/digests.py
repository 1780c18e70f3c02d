"""When a person is mailed what waits for her, and on which day somebody last looked for her."""

import enum
from datetime import date, datetime, timedelta

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.language.working_days import is_working_day, working_day_after, working_day_before
from app.models.base import Base

MONDAY = 0
A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)


class Rhythm(enum.Enum):
    """How often a digest comes."""

    WEEKLY = "weekly"
    DAILY = "daily"
    NEVER = "never"


class DigestSetting(Base):
    """What one person has chosen; who has no row, and so chose nothing, is mailed on Mondays.

    `weekday` counts from Monday, 0. `looked_on` is the day on which what waits for her was last looked at, whether it
    came to a mail or not: on no day it is done twice.
    """

    __tablename__ = "digest_settings"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    rhythm: Mapped[Rhythm] = mapped_column(default=Rhythm.WEEKLY)
    weekday: Mapped[int] = mapped_column(default=MONDAY)
    looked_on: Mapped[date | None]
    chosen_at: Mapped[datetime | None]


def last_turn(rhythm: Rhythm, weekday: int, today: date) -> date | None:
    """The latest day, today or before, on which a digest was to come."""
    if rhythm is Rhythm.WEEKLY:
        return today - A_DAY * ((today.weekday() - weekday) % 7)
    if rhythm is Rhythm.DAILY:
        return today if is_working_day(today) else working_day_before(today, 1)
    return None


def next_turn(rhythm: Rhythm, weekday: int, today: date) -> date | None:
    """The first day after today on which one comes."""
    if rhythm is Rhythm.DAILY:
        return working_day_after(today, 1)
    last = last_turn(rhythm, weekday, today)
    return last + A_WEEK if last else None
