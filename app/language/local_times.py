"""Moments as people here name them: a day and a time of London's clocks; a whole day ends with the next midnight."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from app.language.dates_and_times import LONDON, day_in_words, day_of, time_in_words

A_DAY = timedelta(days=1)
_TIME = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))? ?(?P<half>am|pm)?", re.ASCII)
_NAMED = {"midday": time(12), "noon": time(12), "midnight": time(0)}


class NoSuchTime(ValueError):
    """A time that the clocks do not show on that day, or show twice; its words say which."""


def start_of_day(day: date) -> datetime:
    """The midnight with which a day begins; the clocks never change at that hour."""
    return datetime.combine(day, time(0), LONDON).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The midnight with which a day ends, which is that of the next one: until then, and no longer."""
    return start_of_day(day + A_DAY)


def last_day_before(moment: datetime) -> date:
    """The last day of which anything lies before a moment; before a midnight, the day that ends with it."""
    return day_of(moment - timedelta(microseconds=1))


def moment_here(day: date, clock: time) -> datetime:
    """The moment in UTC; raises NoSuchTime in the hour that is left out in spring or comes twice in autumn."""
    earlier, later = (datetime.combine(day, clock, LONDON).replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if earlier == later:
        return earlier
    when, at = day_in_words(day), clock_in_words(clock)
    if earlier < later:
        raise NoSuchTime(f"{at} comes twice on {when}, when the clocks go back: choose another time")
    raise NoSuchTime(f"there is no {at} on {when}, when the clocks go forward: choose another time")


def clock_of(moment: datetime) -> time:
    """What the clocks in London show, to the minute."""
    return moment.astimezone(LONDON).time().replace(second=0, microsecond=0)


def is_midnight(moment: datetime) -> bool:
    return moment.astimezone(LONDON).time() == time(0)


def time_in(typed: str) -> time:
    """9am, 5.30pm, 17:30, midday; raises ValueError."""
    text = " ".join(typed.casefold().split())
    if text in _NAMED:
        return _NAMED[text]
    found = _TIME.fullmatch(text)
    if not found or not (found["half"] or found["minute"]):
        raise ValueError("not a time of day")
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    return time(_hour_of_24(hour, found["half"]) if found["half"] else hour, minute)


def _hour_of_24(hour: int, half: str) -> int:
    if not 1 <= hour <= 12:
        raise ValueError("a half of the day has twelve hours")
    return hour % 12 + (12 if half == "pm" else 0)


def from_in_words(moment: datetime) -> str:
    """3 March 2026 at 9am; only the day where it begins with it."""
    return day_in_words(moment) if is_midnight(moment) else _day_and_time(moment)


@lru_cache(maxsize=256)  # of all the mails of a round it is the same
def until_in_words(moment: datetime) -> str:
    """3 March 2026 at 5pm; only the day where it ends with it."""
    return day_in_words(last_day_before(moment)) if is_midnight(moment) else _day_and_time(moment)


def _day_and_time(moment: datetime) -> str:
    return f"{day_in_words(moment)} at {time_in_words(moment)}"


def clock_in_words(clock: time) -> str:
    """9am, 5:30pm, midday"""
    return time_in_words(datetime.combine(date(2026, 1, 5), clock, LONDON))
