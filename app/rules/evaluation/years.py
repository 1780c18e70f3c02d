"""When the figures of an academic year are published: once, after the last answer can have come."""

from datetime import date, timedelta

from app.rules.programmes.years import FIRST_MONTH, academic_year_of

ANSWER_WITHIN = timedelta(weeks=8)  # of being asked: less than from the last day of a year to its publication
PUBLISHED_IN = 10  # October


def first_day_of(year: int) -> date:
    return date(year, FIRST_MONTH, 1)


def published_on(year: int) -> date:
    """The day on which the figures of the academic year that begins in `year` come out."""
    return date(year + 1, PUBLISHED_IN, 1)


def years_out(today: date) -> list[int]:
    """The latest two academic years whose figures are out by a day, the latest first."""
    latest = academic_year_of(today)
    while published_on(latest) > today:
        latest -= 1
    return [latest, latest - 1]
