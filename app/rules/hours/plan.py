"""What is planned for a placement, its hours week by week beside that, and the four numbers that sum them up."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.language.dates_and_times import hours_and_minutes
from app.models.hours import COUNTING, HoursCategory, HoursState
from app.models.placements import Placement
from app.rules.agreements.planned_hours import HoursPlan, agreed_plans
from app.rules.doubts import week_of
from app.rules.workplace_hours import Workplace

A_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned in the workplace: by the agreement that all have signed, or where none stands, by the band."""

    workplace: Workplace
    agreed: HoursPlan | None = None

    @property
    def is_there(self) -> bool:
        return self.agreed is not None or self.workplace.band_hours is not None

    def planned_minutes(self, day: date) -> int:
        """How much is planned up to and including a day.

        Without an agreement it is the line that rises evenly to the lower edge of the band. An agreement plans its own
        placement: where that continues another, the line holds until there.
        """
        if self.agreed is None:
            return self.workplace.line_minutes(day)
        before = self.workplace.line_minutes(min(day, self.agreed.first))
        return before + self.agreed.workplace_minutes_until(day)


def plan_of(session: Session, placement: Placement, workplace: Workplace) -> Plan:
    """The plan of a placement as it is agreed now; its pauses must be loaded."""
    return Plan(workplace, agreed_plans(session, [placement]).get(placement.id))


@dataclass(frozen=True, slots=True)
class DayOfHours:
    """Minutes of one category in one state on a day."""

    day: date
    category: HoursCategory
    state: HoursState
    minutes: int

    @property
    def is_in_workplace(self) -> bool:
        return self.category is HoursCategory.WORKPLACE


@dataclass(frozen=True, slots=True)
class Week:
    """One week: `logged_minutes` are of all kinds in it, all others in the workplace up to its end.

    `says_none` is True where the learner has said that there were none, and logged none since.
    """

    first_day: date
    last_day: date
    logged_minutes: int
    planned_minutes: int
    submitted_minutes: int
    verified_minutes: int
    says_none: bool

    @property
    def ahead_minutes(self) -> int:
        """How far what counts is ahead of the plan; less than 0 where it is behind."""
        return self.submitted_minutes - self.planned_minutes


@dataclass(frozen=True, slots=True)
class FourNumbers:
    """Minutes in the workplace: planned and submitted up to today, verified of these, and the least in all.

    `has_plan` is False where there is neither an agreement nor a band, `is_agreed` True where it is an agreement.
    """

    planned: int
    submitted: int
    verified: int
    minimum: int
    drafts: int
    has_plan: bool
    is_agreed: bool

    @property
    def position(self) -> str:
        """Ahead of or behind the plan, in words; empty where nothing is planned."""
        if not self.has_plan:
            return ""
        ahead = self.submitted - self.planned
        if not ahead:
            return "just as planned"
        return f"{hours_and_minutes(abs(ahead))} {'ahead of' if ahead > 0 else 'behind'} the plan"


def four_numbers(plan: Plan, days: Iterable[DayOfHours], today: date) -> FourNumbers:
    here = [one for one in days if one.is_in_workplace]
    return FourNumbers(
        planned=plan.planned_minutes(today),
        submitted=sum(one.minutes for one in here if one.state in COUNTING),
        verified=sum(one.minutes for one in here if one.state is HoursState.VERIFIED),
        minimum=(plan.workplace.band_hours or (0, 0))[0] * 60,
        drafts=sum(one.minutes for one in here if one.state not in COUNTING),
        has_plan=plan.is_there,
        is_agreed=plan.agreed is not None,
    )


def weeks_of(plan: Plan, days: Collection[DayOfHours], without: Collection[date], today: date) -> list[Week]:
    """Each week from the first day up to today, or to the end, the oldest first; `without` are the Mondays of weeks of
    which the learner has said that they had nothing.
    """
    last = min(today, plan.workplace.ends_on)
    first = min([plan.workplace.starts_on, *(one.day for one in days)])
    monday, found = week_of(first)[0], []
    while monday <= last:
        found.append(week_from(plan, days, monday, monday in without, last))
        monday += A_WEEK
    return found


def week_from(plan: Plan, days: Collection[DayOfHours], monday: date, says_none: bool, last: date) -> Week:
    _, sunday = week_of(monday)
    logged = sum(one.minutes for one in days if monday <= one.day <= sunday)
    before = [one for one in days if one.is_in_workplace and one.day <= sunday]
    return Week(
        first_day=monday,
        last_day=sunday,
        logged_minutes=logged,
        planned_minutes=plan.planned_minutes(min(sunday, last)),
        submitted_minutes=sum(one.minutes for one in before if one.state in COUNTING),
        verified_minutes=sum(one.minutes for one in before if one.state is HoursState.VERIFIED),
        says_none=says_none and not logged,
    )
