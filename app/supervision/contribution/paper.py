"""What a mentor has given, as words for a file that she hands in."""

from collections.abc import Sequence
from datetime import date

from app.language.dates_and_times import day_in_words, hours_and_minutes
from app.language.numbers import count, listed
from app.language.papers import Paper, Section
from app.models.meetings.feedback import RELEASED_TOGETHER
from app.models.people import Person
from app.supervision.contribution.figures import Period, Year
from app.supervision.feedback.queries import SaidOfMentor
from app.supervision.feedback.words import ANSWERS, QUESTIONS

COUNTS = (
    "Hours and sessions are those that both learner and mentor have confirmed. A learner counts whose placement ran on "
    "one of the days."
)


def paper_of(
    mentor: Person, years: Sequence[Year], period: Period | None, said: SaidOfMentor, today: date, checked_at: str = ""
) -> Paper:
    """Of a period, where there is one, or of all years; with what learners said, where enough did.

    `checked_at` is the address at which anybody can check it, of a file that is sealed.
    """
    sections = [about_period(period)] if period else [about_year(year) for year in years]
    as_of = Section("What is counted", (f"{COUNTS} As of {day_in_words(today)}.",))
    check = Section("How to check this file", (f"It is sealed: {checked_at} says whether it is as it was issued.",))
    every = (*sections, *about_feedback(said), as_of, *((check,) if checked_at else ()))
    return Paper(f"Supervision given by {mentor.name}", every)


def about_feedback(said: SaidOfMentor) -> list[Section]:
    """Nothing while fewer have answered than are shown together."""
    if not said.number:
        return []
    lines = [
        f"{question}: {listed([f'{words.lower()} {said.answers[key].get(one, 0)}' for one, words in ANSWERS.items()])}."
        for key, question in QUESTIONS.items()
    ]
    whose = (
        f"{count(said.number, 'learner')} answered when a placement had ended, over all years, without names. Answers "
        f"are added {RELEASED_TOGETHER} at a time."
    )
    written = [Section("In their own words", tuple(f"“{one}”" for one in said.words))] if said.words else []
    return [Section("What learners say", (whose, *lines)), *written]


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
