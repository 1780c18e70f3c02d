"""Part of `check`: the loads that limits permit, and which of them prices leave possible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matching.problem import Problem

Row = tuple[str, ...]
NOTHING = -(10**30)  # the worth of a choice among nothing: no sum of real terms outweighs it


@dataclass(frozen=True, slots=True)
class Limits:
    """The loads a row may have: low..high, or 0 where `or_none`."""

    low: int
    high: int
    or_none: bool = False

    def best(self, price: int, square: int) -> int:
        """The largest price * load - square * load**2 over the permitted loads."""
        terms = [0] if self.or_none else []
        if self.low <= self.high:
            load = self._peak(price, square)
            terms.append(price * load - square * load * load)
        return max(terms, default=NOTHING)

    def up_to(self, most: int) -> Limits:
        """The loads that are at most this."""
        return Limits(self.low, min(self.high, most), self.or_none and most >= 0)

    def beyond(self, least: int) -> Limits:
        """The loads that are at least this."""
        return Limits(max(self.low, least), self.high, self.or_none and least <= 0)

    def _peak(self, price: int, square: int) -> int:
        if square:
            return min(max((price + square) // (2 * square), self.low), self.high)
        return self.high if price > 0 else self.low

    def within(self, price: int, square: int, gap: int) -> Limits:
        """The loads whose term is at most `gap` below the best. O(log high)."""
        least = self.best(price, square) - gap
        none = self.or_none and least <= 0
        if self.low > self.high:
            return self
        peak = self._peak(price, square)
        if price * peak - square * peak * peak < least:
            return Limits(0, 0) if none else Limits(1, 0)
        low = _outermost(self.low, peak, lambda load: price * load - square * load * load >= least)
        high = _outermost(self.high, peak, lambda load: price * load - square * load * load >= least)
        return Limits(low, high, none)


def _outermost(end: int, peak: int, admitted: Callable[[int], bool]) -> int:
    """The load farthest from the peak towards `end` that is still admitted (bisection; terms are concave)."""
    inside, outside = peak, end
    if admitted(end):
        return end
    while abs(outside - inside) > 1:
        middle = (inside + outside) // 2
        inside, outside = (middle, outside) if admitted(middle) else (inside, middle)
    return inside


def limits_of(problem: Problem) -> dict[Row, Limits]:
    """The limits of every row, by its name as in the certificate. O(r)."""
    limits: dict[Row, Limits] = {}
    for kind, hosts in (("mentor", problem.mentors), ("study", problem.studies)):
        for host in hosts:
            forced = host.minimum > 0
            low = max(host.minimum, host.minimum_if_used) if forced or host.minimum_if_used > 1 else 0
            limits[kind, host.id] = Limits(low, host.capacity, not forced and low > 0)
    for opening in problem.openings:
        limits["opening", opening.mentor, opening.study] = Limits(0, opening.capacity)
    for mentor in problem.mentors:
        if mentor.hours is not None:
            limits["hours", mentor.id] = Limits(0, mentor.hours)
    return limits
