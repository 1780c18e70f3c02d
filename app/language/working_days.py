"""Working days as everybody here has them: no weekend, and no bank holiday in any of the four nations."""

from datetime import date, timedelta
from functools import cache

import holidays

A_DAY = timedelta(days=1)
NATIONS = ("ENG", "WLS", "SCT", "NIR")


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in bank_holidays(day.year)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of a year in any of the nations: networks of one round may lie in several."""
    return frozenset(day for nation in NATIONS for day in holidays.country_holidays("GB", subdiv=nation, years=year))


def working_day_after(day: date, number: int) -> date:
    """The day that comes so many working days later; the day itself counts for none."""
    while number:
        day += A_DAY
        number -= is_working_day(day)
    return day


def working_day_before(day: date, number: int) -> date:
    """The day that comes so many working days earlier; the day itself counts for none."""
    while number:
        day -= A_DAY
        number -= is_working_day(day)
    return day


def working_days_between(after: date, until: date) -> int:
    """How many working days there are from the day after the first date to the second, which is included."""
    days = ((after + timedelta(days=number)) for number in range(1, (until - after).days + 1))
    return sum(is_working_day(day) for day in days)
