"""Until when a learner can ask for a review, and by when she has an answer, in working days."""

from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5


@dataclass(frozen=True)
class ReviewDays:
    """How many working days a learner has to ask, and a coordinator to answer: settings of the service."""

    to_ask: int
    to_answer: int


def working_days_after(day: date, number: int) -> date:
    """The day that comes so many working days later: Saturdays and Sundays do not count."""
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < SATURDAY
    return day
