"""How many weeks an opening leaves a learner, beside the weeks that her module usually takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.models.programmes import HOURS_A_CREDIT, Level, Module
from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.rules.eligibility import first_day_without
from app.rules.eligibility_of_many import days, first_days_without, grouped

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
    return length_within(request, opening.starts_on, opening.ends_on, absences_of(opening), today)


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


def absences_of(opening: Opening) -> tuple[tuple[date, date], ...]:
    profile = opening.mentor.mentor_profile
    return tuple((one.starts_on, one.ends_on) for one in profile.absences) if profile else ()


def with_length(score: int, request: PlacementRequest, opening: Opening, today: date) -> int:
    """How well interests fit, with the weeks counted in: the one number of cards, runs and pins."""
    length = length_of(request, opening, today)
    return length.pulled(score) if length else score


class LengthTable:
    """The days of some openings as columns, from which the lengths of many pairs are worked out at once."""

    def __init__(self, openings: Sequence[Opening], today: date) -> None:
        self.today = today
        self._starts_on = days(opening.starts_on for opening in openings)
        self._ends_on = days(opening.ends_on for opening in openings)
        self._away = grouped((absences_of(one), column) for column, one in enumerate(openings))
        self._away.pop((), None)

    def pulled(self, scores: NDArray[Any], requests: Sequence[PlacementRequest]) -> NDArray[np.int32]:
        """`with_length` of each request (rows) and each opening (columns)."""
        start_from = days(max(request.start_from or self.today, self.today) for request in requests)[:, None]
        begins = np.maximum(start_from, self._starts_on)
        for absences, columns in self._away.items():
            begins[:, columns] = first_days_without(absences, begins[:, columns])
        weeks = (self._ends_on - begins) // 7
        # Who has not said for which module has time enough.
        needed = np.array([weeks_of(one.module) if one.module else 0 for one in requests], dtype=np.int32)[:, None]
        short = np.minimum(scores * np.maximum(weeks, 0) // np.maximum(needed, 1), MOST_OF_A_SHORT_ONE)
        found: NDArray[np.int32] = np.where((needed > 0) & (weeks < needed), short, scores).astype(np.int32)
        return found
