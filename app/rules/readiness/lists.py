"""The lines of a list of needs, as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.models.course.readiness import Cover, Need
from app.models.values.spans import reach
from app.rules.readiness.missing import in_order
from app.rules.readiness.parts import Parts, can_check, doer_of


@dataclass(frozen=True, slots=True)
class Line:
    """One need on the day that matters: whether it holds, until when, and whether the reader has to do something."""

    need: Need
    day: date
    holds: bool
    last_day: date | None
    waiting: Cover | None
    is_readers: bool

    @property
    def runs_out_on(self) -> date | None:
        """The last day on which it holds, where that comes before the placement ends."""
        is_short = self.last_day is not None and self.last_day < self.need.placement.ends_on
        return self.last_day if is_short else None


def lines_of(needs: Iterable[Need], parts: Parts, day: date) -> list[Line]:
    return [line_of(need, parts, day) for need in in_order(needs)]


def line_of(need: Need, parts: Parts, day: date) -> Line:
    holds = need.holds_on(day)
    checks = need.waiting is not None and can_check(need.kind, parts)
    lacks = not holds and need.waiting is None and doer_of(need) in parts
    return Line(need, day, holds, reach(need.spans, day) if need.is_needed else None, need.waiting, checks or lacks)
