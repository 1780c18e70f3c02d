"""The plan of hours by month that an agreement has: how many minutes are planned until a day."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.models.hours import HoursCategory
from app.models.placements import Placement
from app.rules.agreements.kind import agreed_of

DAY = timedelta(days=1)
WORKPLACE = HoursCategory.WORKPLACE.value
Pauses = tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True)
class HoursPlan:
    """Planned minutes by month (2026-03) between the first and the last day of a placement, both included.

    Within a month they are spread evenly over the days of the placement, without those of pauses (each by its first day
    and the first day after it). A month that is paused as a whole counts from its last day on. `workplace_minutes` are
    those of all that are planned in the workplace.
    """

    minutes_by_month: Mapping[str, int]
    first: date
    last: date
    pauses: Pauses = ()
    workplace_minutes: int = 0

    @property
    def total_minutes(self) -> int:
        return sum(self.minutes_by_month.values())

    def minutes_until(self, day: date) -> int:
        """What is planned up to and including a day; it never falls, and is the whole plan on the last day."""
        if day >= self.last:
            return self.total_minutes
        return sum(self.within(month, minutes, day) for month, minutes in self.minutes_by_month.items())

    def workplace_minutes_until(self, day: date) -> int:
        """What of it is in the workplace: months do not say of which category they are, so all have the same share."""
        total = self.total_minutes
        return self.minutes_until(day) * self.workplace_minutes // total if total else 0

    def within(self, month: str, minutes: int, day: date) -> int:
        begins, ends = self.span_of(month)
        if day < begins:
            return 0
        if day >= ends:
            return minutes
        length = self.days(begins, ends)
        return minutes * self.days(begins, day) // length if length else 0

    def span_of(self, month: str) -> tuple[date, date]:
        """The first and the last day of a month that are within the placement."""
        first, last = days_of_month(month)
        return max(first, self.first), min(last, self.last)

    def days(self, first: date, last: date) -> int:
        """How many days there are from one to the other, both included, outside of pauses."""
        after = last + DAY
        paused = sum(max((min(after, resumes) - max(first, begins)).days, 0) for begins, resumes in self.pauses)
        return max((after - first).days, 0) - paused


def days_of_month(month: str) -> tuple[date, date]:
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def months_of(first: date, last: date) -> list[str]:
    """Every month that has a day from the first to the last, both included."""
    found = []
    while first <= last:
        found.append(month_of(first))
        first = days_of_month(month_of(first))[1] + DAY
    return found


def spread_evenly(minutes: int, first: date, last: date, pauses: Pauses = ()) -> dict[str, int]:
    """A plan to begin with: whole hours by month, by its days in the placement; they add up to all."""
    months = months_of(first, last)
    line = HoursPlan({}, first, last, pauses)
    days = [line.days(*line.span_of(month)) for month in months]
    if not sum(days):
        return {}
    found, passed, given = {}, 0, 0
    for month, number in zip(months, days, strict=True):
        passed += number
        until = minutes if passed == sum(days) else minutes * passed // sum(days) // 60 * 60
        if until > given:
            found[month] = until - given
        given = until
    return found


def pauses_in(placement: Placement) -> Pauses:
    return tuple((pause.starts_on, pause.resumes_on) for pause in placement.pauses)


def agreed_plans(session: Session, placements: Sequence[Placement]) -> dict[int, HoursPlan]:
    """The plan of each placement whose agreement all have signed as it is now, by id; the pauses must be loaded."""
    agreed = agreed_of(session, placements)
    plans = {}
    for one in placements:
        agreement, standing = agreed[one.id]
        if agreement and standing and standing.is_complete:
            by_month, workplace = agreement.minutes_by_month, agreement.minutes_by_category.get(WORKPLACE, 0)
            plans[one.id] = HoursPlan(by_month, one.starts_on, one.ends_on, pauses_in(one), workplace)
    return plans


def planned_minutes_until(session: Session, placement: Placement, day: date) -> int | None:
    """What the signed agreement plans until a day, both included; None where there is none."""
    plan = agreed_plans(session, [placement]).get(placement.id)
    return plan.minutes_until(day) if plan else None


def without_empty(minutes: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Only months, or categories, that have any minutes."""
    return {name: number for name, number in minutes if number}
