"""When the reviews of one placement are due, and which of them is asked for on a day; pauses and new ends move them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.models.course.progress_reviews import ReviewKind, ReviewPlan, plan_for
from app.models.placements import Outcome, Placement

DAY = timedelta(days=1)
OPEN_DAYS = 14  # so long before it is due a middle review is asked for, and no longer the one before
ASKED_AFTER_END = timedelta(weeks=8)  # a last review that was not held by then is asked of nobody any more


@dataclass(frozen=True, slots=True)
class Weeks:
    """How a programme sets the dates; as in `ReviewPlan`, which suggests these."""

    initial: int = 4
    final: int = 2
    short: int = 12

    @classmethod
    def of(cls, plan: ReviewPlan) -> "Weeks":
        return cls(plan.initial_weeks, plan.final_weeks, plan.short_weeks)


@dataclass(frozen=True, slots=True)
class ReviewDates:
    """The dates of one placement: `last` is the kind of its last review.

    Days are counted without those of pauses, each given by its first day and the first day after it. The same is asked
    of the database in `conditions`; a test holds that both say the same.
    """

    weeks: Weeks
    starts_on: date
    ends_on: date
    pauses: tuple[tuple[date, date], ...] = ()
    last: ReviewKind = ReviewKind.FINAL

    def days_until(self, day: date) -> int:
        paused = sum(max((min(day, after) - max(self.starts_on, first)).days, 0) for first, after in self.pauses)
        return (day - self.starts_on).days - paused

    @property
    def length(self) -> int:
        return self.days_until(self.ends_on)

    @property
    def is_short(self) -> bool:
        return self.length < self.weeks.short * 7

    @property
    def kinds(self) -> tuple[ReviewKind, ...]:
        """Which reviews there should be, in their order."""
        if self.last is ReviewKind.CLOSING:
            return (ReviewKind.CLOSING,)
        if self.is_short:
            return ReviewKind.INITIAL, ReviewKind.FINAL
        return ReviewKind.INITIAL, ReviewKind.MIDDLE, ReviewKind.FINAL

    def days_of(self, kind: ReviewKind) -> int:
        """How many days may pass before one that is held on the way is overdue."""
        half = self.length // 2
        return half if kind is ReviewKind.MIDDLE else min(self.weeks.initial * 7, half)

    def due_on(self, kind: ReviewKind) -> date:
        """The last day in time."""
        if kind.is_last:
            return self.ends_on
        day = self.starts_on + self.days_of(kind) * DAY
        for first, after in self.pauses:
            if first <= day and after > self.starts_on:
                day += after - max(first, self.starts_on)
        return day

    def is_past(self, kind: ReviewKind, day: date) -> bool:
        return day > self.ends_on if kind.is_last else self.days_until(day) > self.days_of(kind)

    def is_open(self, kind: ReviewKind, day: date) -> bool:
        """Whether it is its turn, unless one that follows has its turn as well."""
        if kind is ReviewKind.FINAL:
            return (self.ends_on - day).days <= self.weeks.final * 7
        if kind is ReviewKind.MIDDLE:
            return self.days_until(day) + OPEN_DAYS > self.days_of(kind)
        return True

    def asked_on(self, day: date) -> ReviewKind | None:
        """The one whose turn it is; one whose time has passed gives way to the next."""
        if day < self.starts_on or self.ends_on < self.starts_on or day > self.ends_on + ASKED_AFTER_END:
            return None
        return [kind for kind in self.kinds if self.is_open(kind, day)][-1]


def from_then_on(kind: ReviewKind) -> list[ReviewKind]:
    """A review and those that follow it: once any of them is signed, it is asked for no more."""
    kinds = list(ReviewKind)
    return kinds[kinds.index(kind) :]


def last_kind(outcome: Outcome | None) -> ReviewKind:
    """Where a placement runs to its end, or to an end because all is done, there is a final review."""
    return ReviewKind.FINAL if outcome in (None, Outcome.COMPLETED_EARLY) else ReviewKind.CLOSING


def dates_of(placement: Placement, plans: Iterable[ReviewPlan]) -> ReviewDates | None:
    """The dates of a placement, given the plans of its programme; None where it asks for no reviews."""
    plan = plan_for(plans, placement.starts_on)
    if plan is None:
        return None
    pauses = tuple((one.starts_on, one.resumes_on) for one in placement.pauses)
    return ReviewDates(Weeks.of(plan), placement.starts_on, placement.ends_on, pauses, last_kind(placement.outcome))
