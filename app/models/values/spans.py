"""Spans of days on which something counts, and how far they reach together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days from the first to the last, both included; `date.max` as the last where there is no end."""

    first: date
    last: date = date.max

    def has(self, day: date) -> bool:
        return self.first <= day <= self.last


def reach(spans: Iterable[Span], day: date) -> date | None:
    """The last day up to which the spans leave no gap from a day on; None where none of them has that day."""
    last: date | None = None
    for span in sorted(spans):
        if span.has(day) or (last is not None and last < date.max and span.first <= last + A_DAY):
            last = max(last or day, span.last)
    return last
