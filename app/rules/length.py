"""How many weeks an opening leaves a learner, beside the weeks that her module usually takes."""

from dataclasses import dataclass
from datetime import date
from math import ceil

from app.models.programmes import HOURS_A_CREDIT, Level, Module
from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.rules.eligibility import first_day_without

# Half a week beside the job: 30 credits, 300 hours, take 15 weeks.
LEARNING_HOURS_A_WEEK = 20
# One day a week with the study: the 70 hours at least of a PGDip take 10 weeks.
WORKPLACE_HOURS_A_WEEK = 7.5
# What is too short for the module is never a strong fit, however well interests fit.
MOST_OF_A_SHORT_ONE = 649


@dataclass(frozen=True, slots=True)
class Length:
    """The whole weeks that an opening leaves a learner, and those that her module usually takes."""

    weeks: int
    needed: int
    credits: int

    @property
    def is_short(self) -> bool:
        return self.weeks < self.needed

    def pulled(self, score: int) -> int:
        """A score of 0 to 1000 with the length counted in: as much less as weeks are missing."""
        if not self.is_short:
            return score
        return min(score * max(self.weeks, 0) // self.needed, MOST_OF_A_SHORT_ONE)


def weeks_needed(number_of_credits: int, level: Level) -> int:
    """The weeks that a module usually takes: all its hours, and in the workplace the least that its level expects."""
    band = level.workplace_band_hours
    in_workplace = ceil(band[0] / WORKPLACE_HOURS_A_WEEK) if band else 0
    return max(ceil(number_of_credits * HOURS_A_CREDIT / LEARNING_HOURS_A_WEEK), in_workplace)


def weeks_of(module: Module) -> int:
    return weeks_needed(module.credits, module.programme.level)


def length_of(request: PlacementRequest, opening: Opening, today: date) -> Length | None:
    """What an opening leaves of the time that a request's module takes, from the first day when all are there."""
    profile = opening.mentor.mentor_profile
    absences = tuple((one.starts_on, one.ends_on) for one in profile.absences) if profile else ()
    return length_within(request, opening.starts_on, opening.ends_on, absences, today)


def length_within(
    request: PlacementRequest,
    starts_on: date,
    ends_on: date,
    absences: tuple[tuple[date, date], ...],
    today: date,
) -> Length | None:
    """The same from the days of an opening and those on which its mentor is away."""
    if request.module is None:
        return None
    begins = first_day_without(absences, max(request.start_from or today, starts_on, today))
    return Length((ends_on - begins).days // 7, weeks_of(request.module), request.module.credits)


def with_length(score: int, request: PlacementRequest, opening: Opening, today: date) -> int:
    """How well interests fit, with the weeks counted in: the one number of cards, runs and pins."""
    length = length_of(request, opening, today)
    return length.pulled(score) if length else score
