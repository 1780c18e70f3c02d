"""Workplace hours over the time of a placement, beside the band of hours that the Framework expects of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from app.language.dates_and_times import hours_and_minutes

# Hours come in weeks of much and weeks of nothing, so being a few weeks below the line is no risk yet.
SLACK = timedelta(weeks=4)


Band = tuple[int, int]


def band_left(band: Band | None, number_of_credits: int, recognised: int) -> Band | None:
    """The band of a module of which so many credits, or hours, are recognised: in proportion to what is left of it.

    None where nothing is left, or the Framework gives no band. Whole hours, in favour of the learner.
    """
    left = max(number_of_credits - recognised, 0)
    if band is None or not left:
        return None
    low, high = band
    return low * left // number_of_credits, -(-high * left // number_of_credits)


@dataclass(frozen=True, slots=True)
class Workplace:
    """Minutes in the workplace so far; `band_hours` (from, to) is None where the Framework gives no band.

    `pauses` are times within, each by its first day and the first day after it, in which no hours are expected.
    """

    band_hours: Band | None
    starts_on: date
    ends_on: date
    minutes: int
    pauses: tuple[tuple[date, date], ...] = ()

    def line_minutes(self, day: date) -> int:
        """Where the on-track line stands on a day: it rises evenly from 0 at the start to the band at the end."""
        if self.band_hours is None:
            return 0
        length = max(self.days_until(self.ends_on), 1)
        passed = min(max(self.days_until(day), 0), length)
        return self.band_hours[0] * 60 * passed // length

    def days_until(self, day: date) -> int:
        """The days from the start until a day, without those of pauses."""
        paused = sum(max((min(day, after) - max(self.starts_on, first)).days, 0) for first, after in self.pauses)
        return (day - self.starts_on).days - paused

    def is_behind(self, today: date) -> bool:
        """True when the hours are below where the line stood four weeks ago."""
        return self.minutes < self.line_minutes(today - SLACK)

    @property
    def position(self) -> str:
        """Below, within or above the band, in a sentence."""
        if self.band_hours is None:
            return ""
        low, high = self.band_hours
        if self.minutes < low * 60:
            return f"{hours_and_minutes(low * 60 - self.minutes)} to go until the band of {low} to {high} hours"
        if self.minutes <= high * 60:
            return f"within the band of {low} to {high} hours"
        return f"above the band of {low} to {high} hours, which is allowed but gives no extra credit"

    def complaint(self, today: date) -> str:
        """Why the hours are a risk, or nothing."""
        if not self.is_behind(today) or self.band_hours is None:
            return ""
        return (
            f"{hours_and_minutes(self.minutes)} in the workplace. "
            f"To reach {self.band_hours[0]} hours in time it would be about {self.line_minutes(today) // 60} h by now."
        )


def running_total(minutes_by_day: Iterable[tuple[date, int]]) -> list[tuple[date, int]]:
    """The days in order, each with the minutes up to and including it; a day may come more than once."""
    days = sorted(minutes_by_day)
    totals = accumulate(minutes for _, minutes in days)
    return list(dict(zip((day for day, _ in days), totals, strict=True)).items())
