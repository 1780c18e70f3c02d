"""Part of `check`: what the prices of a certificate prove, in whole numbers of any size and pair by pair.

For each count of each stage, the prices give a bound (Lagrangian relaxation). Whatever would lose more than the
distance between the bound and the value reached cannot belong to a solution as good, and is left out for the counts
that follow. Nothing is believed of how the prices were found, and no code is shared with what found them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from matching.check_values import Count
from matching.problem import Pair, Problem

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
        return Limits(self.low, min(self.high, most), self.or_none and most >= 0)

    def beyond(self, least: int) -> Limits:
        return Limits(max(self.low, least), self.high, self.or_none and least <= 0)

    def _peak(self, price: int, square: int) -> int:
        if square:
            return min(max((price + square) // (2 * square), self.low), self.high)
        return self.high if price > 0 else self.low

    def within(self, price: int, square: int, gap: int) -> Limits:
        """The loads whose term is at most `gap` below the best."""
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


def _outermost(end: int, peak: int, admitted: Any) -> int:
    """The load farthest from the peak towards `end` that is still admitted (bisection; terms are concave)."""
    inside, outside = peak, end
    if admitted(end):
        return end
    while abs(outside - inside) > 1:
        middle = (inside + outside) // 2
        inside, outside = (middle, outside) if admitted(middle) else (inside, middle)
    return inside


def limits_of(problem: Problem) -> dict[Row, Limits]:
    """The limits of every row, by its name as in the certificate."""
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


@dataclass(frozen=True, slots=True)
class Prices:
    """One entry of a certificate: whole-number prices of rows and weights of held counts, over `scale`."""

    scale: int
    rows: dict[Row, int]
    held: list[int]


@dataclass(slots=True)
class Part:
    """Some learners by themselves: their pairs, who has to be placed, and the limits, as far as still possible."""

    pairs: dict[str, list[Pair]]
    must: set[str]
    limits: dict[Row, Limits]
    held: list[tuple[Count, int]] = field(default_factory=list)
    cuts_of: dict[tuple[str, str, str], list[Row]] = field(default_factory=dict)

    def fits(self, prices: Prices) -> bool:
        """Whether the prices speak of limits and held counts that the part has."""
        known = all(row in self.limits or row[0] == "opening" for row in prices.rows)
        return known and len(prices.held) == len(self.held)

    def bound(self, count: Count, prices: Prices) -> int:
        """`scale` times the count cannot exceed this."""
        total = sum(self._best(learner, self._worths(learner, count, prices)) for learner in self.pairs)
        for row in self._counted_rows(prices):
            total += self.limits[row].best(prices.rows.get(row, 0), self._square(row, count, prices))
        return total - sum(weight * value for weight, (_, value) in zip(prices.held, self.held, strict=True))

    def narrow(self, count: Count, prices: Prices, value: int) -> None:
        """Leave out what no solution with this value of the count can have."""
        gap = self.bound(count, prices) - prices.scale * value
        self.leave_out(count, prices, gap)
        if gap:
            self.held.append((count, value))

    def better_than(self, count: Count, prices: Prices, value: int) -> Part:
        """A part with every solution whose count is above the value, as far as the prices cannot exclude it."""
        better = self.copy()
        better.leave_out(count, prices, self.bound(count, prices) - prices.scale * (value + 1))
        return better

    def leave_out(self, count: Count, prices: Prices, gap: int) -> None:
        """Leave out what lies more than `gap` (times scale) below the bound."""
        for learner in self.pairs:
            worths = self._worths(learner, count, prices)
            best = self._best(learner, worths)
            self.pairs[learner] = [
                pair for pair, worth in zip(self.pairs[learner], worths, strict=True) if best - worth <= gap
            ]
            if learner not in self.must and best > gap:
                self.must.add(learner)
        for row in self._counted_rows(prices):
            square = self._square(row, count, prices)
            self.limits[row] = self.limits[row].within(prices.rows.get(row, 0), square, gap)

    def copy(self) -> Part:
        return Part(dict(self.pairs), set(self.must), dict(self.limits), list(self.held), self.cuts_of)

    def with_cuts(self, cuts: list[tuple[set[Row], set[str]]]) -> Part:
        """The part with a limit more for each cut, a set of mentors' and studies' rows and a set of learners.

        Added up, their limits say that twice the pairs which touch at least two of them cannot be more than the sum;
        so these pairs are at most half of it, rounded down.
        """
        cut = self.copy()
        cut.cuts_of = defaultdict(list)
        for at, (rows, learners) in enumerate(cuts):
            name = ("cut", str(at))
            cut.limits[name] = Limits(0, (sum(self.limits[row].high for row in rows) + len(learners)) // 2)
            for pairs in self.pairs.values():
                for pair in pairs:
                    touched = (("mentor", pair.mentor) in rows) + (("study", pair.study) in rows)
                    if touched + (pair.learner in learners) >= 2:
                        cut.cuts_of[pair.key].append(name)
        return cut

    def limit(self, row: Row, *, at_most: int | None = None, at_least: int | None = None) -> Part:
        """The part with fewer loads for a row; an opening that had no limit gets one."""
        limited = self.copy()
        limits = self.limits.get(row, Limits(0, len(self.pairs)))
        limited.limits[row] = limits.up_to(at_most) if at_most is not None else limits.beyond(at_least or 0)
        return limited

    def decide(self, key: tuple[str, ...], *, chosen: bool) -> Part:
        """The part with one pair chosen or left out."""
        decided = self.copy()
        learner = key[0]
        decided.pairs[learner] = [pair for pair in self.pairs[learner] if (pair.key == key) == chosen]
        if chosen:
            decided.must.add(learner)
        return decided

    def keep(self, line: int) -> None:
        """Leave out pairs with a score below the line."""
        for learner, pairs in self.pairs.items():
            self.pairs[learner] = [pair for pair in pairs if pair.score >= line]

    def _best(self, learner: str, worths: list[int]) -> int:
        best = max(worths, default=NOTHING)
        return best if learner in self.must else max(best, 0)

    def _worths(self, learner: str, count: Count, prices: Prices) -> list[int]:
        return [self._worth(pair, count, prices) for pair in self.pairs[learner]]

    def _worth(self, pair: Pair, count: Count, prices: Prices) -> int:
        rows = prices.rows
        worth = prices.scale * count.worth(pair)
        for weight, (held, _) in zip(prices.held, self.held, strict=True):
            worth += weight * held.worth(pair)
        worth -= rows.get(("mentor", pair.mentor), 0) + rows.get(("study", pair.study), 0)
        worth -= rows.get(("opening", pair.mentor, pair.study), 0)
        if self.cuts_of:
            worth -= sum(rows.get(cut, 0) for cut in self.cuts_of.get(pair.key, ()))
        return worth - rows.get(("hours", pair.mentor), 0) * pair.hours

    def _counted_rows(self, prices: Prices) -> Iterable[Row]:
        return [row for row in self.limits if prices.rows.get(row) or row[0] == "mentor" or self.limits[row].low]

    def _square(self, row: Row, count: Count, prices: Prices) -> int:
        if row[0] != "mentor":
            return 0
        square = prices.scale * count.squares
        return square + sum(w * held.squares for w, (held, _) in zip(prices.held, self.held, strict=True))


def parts_of(problem: Problem, learners_by_part: list[list[str]]) -> list[Part]:
    """Cut the problem as the certificate says. A limit that several parts share holds for each of them from above
    only, which keeps every bound true; so no trust is needed that the parts have nothing to do with each other."""
    pinned = {pin.learner: pin.key for pin in problem.pins}
    pairs_of: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in problem.pairs:
        if pinned.get(pair.learner, pair.key) == pair.key:
            pairs_of[pair.learner].append(pair)
    limits = limits_of(problem)
    touched = [_rows_of(pair for one in learners for pair in pairs_of[one]) for learners in learners_by_part]
    users: defaultdict[Row, int] = defaultdict(int)
    for rows in touched:
        for row in rows:
            users[row] += 1
    return [
        Part(
            pairs={learner: pairs_of[learner] for learner in learners},
            must={learner for learner in learners if learner in pinned},
            limits={
                row: limits[row] if users[row] == 1 else Limits(0, limits[row].high)
                for row in sorted(rows)
                if row in limits
            },
        )
        for learners, rows in zip(learners_by_part, touched, strict=True)
    ]


def _rows_of(pairs: Iterable[Pair]) -> set[Row]:
    rows: set[Row] = set()
    for pair in pairs:
        rows |= {("mentor", pair.mentor), ("study", pair.study)}
        rows |= {("opening", pair.mentor, pair.study), ("hours", pair.mentor)}
    return rows
