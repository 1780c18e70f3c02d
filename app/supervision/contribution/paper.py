"""What a mentor has given, as words for a file that she hands in."""

from collections.abc import Sequence
from datetime import date

from app.language.dates_and_times import day_in_words, hours_and_minutes
from app.language.numbers import count
from app.language.papers import Paper, Section
from app.models.people import Person
from app.supervision.contribution.figures import Period, Year

COUNTS = (
    "Hours and sessions are those that both learner and mentor have confirmed. A learner counts whose placement ran on "
    "one of the days."
)


def paper_of(mentor: Person, years: Sequence[Year], period: Period | None, today: date) -> Paper:
    """Of a period, where there is one, or of all years."""
    sections = [about_period(period)] if period else [about_year(year) for year in years]
    as_of = Section("What is counted", (f"{COUNTS} As of {day_in_words(today)}.",))
    return Paper(f"Supervision given by {mentor.name}", (*sections, as_of))


def about_period(period: Period) -> Section:
    return Section(
        f"{day_in_words(period.first)} to {day_in_words(period.last)}",
        (
            f"{hours_and_minutes(period.minutes)} in {count(period.sessions, 'session')} with "
            f"{count(period.learners, 'learner')}.",
            *(f"Study: {name}" for name in period.studies),
            *(f"Organisation: {name}" for name in period.organisations),
        ),
    )


def about_year(year: Year) -> Section:
    where = f"{count(year.studies, 'study', 'studies')} at {count(year.organisations, 'organisation')}"
    return Section(
        str(year.year),
        (
            f"{hours_and_minutes(year.minutes)} in {count(year.sessions, 'session')} with "
            f"{count(year.learners, 'learner')}, on {where}.",
        ),
    )
