"""Days on which people work: not Saturday, not Sunday, not a bank holiday (DOMAIN.md 5.3, R7)."""

from collections.abc import Container, Iterator
from datetime import date, timedelta
from itertools import islice

SATURDAY = 5
NONE: frozenset[date] = frozenset()


def is_working_day(day: date, bank_holidays: Container[date] = NONE) -> bool:
    return day.weekday() < SATURDAY and day not in bank_holidays


def working_day_after(day: date, number: int, bank_holidays: Container[date] = NONE) -> date:
    """The working day so many working days after a day; the day itself counts for none."""
    return nth(day, number, timedelta(days=1), bank_holidays)


def working_day_before(day: date, number: int, bank_holidays: Container[date] = NONE) -> date:
    """The working day so many working days before a day."""
    return nth(day, number, timedelta(days=-1), bank_holidays)


def nth(day: date, number: int, step: timedelta, bank_holidays: Container[date]) -> date:
    found = (one for one in days_from(day, step) if is_working_day(one, bank_holidays))
    return next(islice(found, number - 1, None)) if number > 0 else day


def days_from(day: date, step: timedelta) -> Iterator[date]:
    while True:
        day += step
        yield day
