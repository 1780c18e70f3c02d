"""Part of `check`: what the prices of a certificate prove, in whole numbers of any size and pair by pair.

For each count of each stage, the prices give a bound (Lagrangian relaxation). Whatever would lose more than the
distance between the bound and the value reached cannot belong to a solution as good, and is left out for the counts
that follow. Nothing is believed of how the prices were found, and no code is shared with what found them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from matching.checker.entries import Prices
from matching.checker.rows import NOTHING, Limits, Row, limits_of
from matching.checker.values import Count, Worth
from matching.problem import Pair, Problem


class _OpeningPrices(dict[tuple[str, str], int]):
    """What the limits of an opening's pairs cost together, added up once for all of its pairs."""

    def __init__(self, prices: Prices) -> None:
        super().__init__()
        self._price = prices.of

    def __missing__(self, opening: tuple[str, str]) -> int:
        mentor, study = opening
        price = self._price(("mentor", mentor)) + self._price(("study", study)) + self._price(("opening", *opening))
        self[opening] = price
        return price


@dataclass(frozen=True, slots=True)
class Priced:
    """What prices make of a part: the worth of each learner's pairs less what their limits cost, her best choice,
    and the `bound` that `prices.scale` times the count cannot exceed."""

    prices: Prices
    count: Count
    worths: list[list[int]]
    best: list[int]
    bound: int


@dataclass(slots=True)
class Part:
    """Some learners by themselves: their pairs, who has to be placed, and the limits, as far as still possible."""

    pairs: dict[str, list[Pair]]
    must: set[str]
    limits: dict[Row, Limits]
    held: list[tuple[Count, int]] = field(default_factory=list)
    cuts_of: dict[str, dict[tuple[str, str, str], list[Row]]] = field(default_factory=dict)

    def fits(self, prices: Prices) -> bool:
        """Whether the prices speak of limits and held counts that the part has. O(prices)."""
        known = all(row in self.limits or row[:1] == ("opening",) for row in prices.rows)
        return known and len(prices.held) == len(self.held)

    def priced(self, count: Count, prices: Prices) -> Priced:
        """The worths of all pairs of the part at these prices, which must fit. O(m + r)."""
        worths = list(self._worths(count, prices))
        best = list(map(self._best, self.pairs, worths))
        return Priced(prices, count, worths, best, sum(best) + self._rest_of_bound(count, prices))

    def bound(self, count: Count, prices: Prices) -> int:
        """`scale` times the count cannot exceed this; as `priced`, without keeping the worths. O(m + r)."""
        return sum(map(self._best, self.pairs, self._worths(count, prices))) + self._rest_of_bound(count, prices)

    def narrow(self, priced: Priced, value: int) -> None:
        """Leave out what no solution with this value of the count can have. O(m + r log n)."""
        gap = priced.bound - priced.prices.scale * value
        self.leave_out(priced, gap)
        if gap:
            self.held.append((priced.count, value))

    def better_than(self, priced: Priced, value: int) -> Part:
        """A part with every solution whose count is above the value, as far as the prices cannot exclude it."""
        better = self.copy()
        better.leave_out(priced, priced.bound - priced.prices.scale * (value + 1))
        return better

    def leave_out(self, priced: Priced, gap: int) -> None:
        """Leave out what lies more than `gap` (times scale) below the bound. O(m + r log n)."""
        for (learner, pairs), worths, best in zip(self.pairs.items(), priced.worths, priced.best, strict=True):
            least = best - gap
            self.pairs[learner] = [pair for pair, worth in zip(pairs, worths, strict=True) if worth >= least]
            if least > 0:
                self.must.add(learner)
        for row, price, square in self._counted_rows(priced.count, priced.prices):
            self.limits[row] = self.limits_at(row).within(price, square, gap)

    def copy(self) -> Part:
        """One that can be narrowed by itself; pairs and limits are shared."""
        return Part(dict(self.pairs), set(self.must), dict(self.limits), list(self.held), self.cuts_of)

    def with_cuts(self, cuts: list[tuple[set[Row], set[str]]]) -> Part:
        """The part with a limit more for each cut, a set of mentors' and studies' rows and a set of learners.

        Added up, their limits say that twice the pairs which touch at least two of them cannot be more than the sum;
        so these pairs are at most half of it, rounded down (a zero-half cut; Caprara and Fischetti 1996, Mathematical
        Programming 74). O(m + the sizes of the cuts). Raises `KeyError` on a row without a limit.
        """
        cut = replace(self.copy(), cuts_of={})
        touching: defaultdict[Row, list[Row]] = defaultdict(list)
        for at, (rows, learners) in enumerate(cuts):
            name = ("cut", str(at))
            cut.limits[name] = Limits(0, (sum(self.limits[row].high for row in rows) + len(learners)) // 2)
            for row in [*rows, *(("learner", learner) for learner in learners)]:
                touching[row].append(name)
        for learner, pairs in self.pairs.items():
            touched = ((pair.key, _twice_among(touching, pair)) for pair in pairs)
            cut.cuts_of[learner] = {key: names for key, names in touched if names}
        return cut

    def limit(self, row: Row, *, at_most: int | None = None, at_least: int | None = None) -> Part:
        """The part with fewer loads for a row; an opening that had no limit gets one. O(r)."""
        limits = self.limits_at(row)
        limits = limits.up_to(at_most) if at_most is not None else limits.beyond(at_least or 0)
        return replace(self, limits={**self.limits, row: limits})

    def decide(self, key: tuple[str, ...], *, chosen: bool) -> Part:
        """The part with one pair chosen or left out. O(n)."""
        learner = key[0]
        left = [pair for pair in self.pairs.get(learner, ()) if (pair.key == key) == chosen]
        must = {*self.must, learner} if chosen else self.must
        return replace(self, pairs={**self.pairs, learner: left}, must=must)

    def keep(self, line: int) -> None:
        """Leave out pairs with a score below the line. O(m)."""
        for learner, pairs in self.pairs.items():
            self.pairs[learner] = [pair for pair in pairs if pair.score >= line]

    def limits_at(self, row: Row) -> Limits:
        """An opening without a limit of its own may take everybody; so a price for it is not free."""
        return self.limits.get(row) or Limits(0, len(self.pairs))

    def _best(self, learner: str, worths: list[int]) -> int:
        best = max(worths, default=NOTHING)
        return best if best > 0 or learner in self.must else 0

    def _worths(self, count: Count, prices: Prices) -> Iterator[list[int]]:
        """For each learner what her pairs are worth."""
        scale, worth, price_of = prices.scale, count.worth, _OpeningPrices(prices)
        extras = self._extras(prices)
        has_cuts = any(row[0] == "cut" for row in prices.rows)
        for learner, pairs in self.pairs.items():
            worths = [scale * worth(pair) - price_of[pair.mentor, pair.study] for pair in pairs]
            for extra in extras:
                worths = [worth_ + extra(pair) for worth_, pair in zip(worths, pairs, strict=True)]
            if has_cuts and (cuts := self.cuts_of.get(learner)):
                costs = [sum(map(prices.of, cuts.get(pair.key, ()))) for pair in pairs]
                worths = [worth_ - cost for worth_, cost in zip(worths, costs, strict=True)]
            yield worths

    def _extras(self, prices: Prices) -> list[Worth]:
        """What a pair is worth besides, where held counts have weights and where hours have prices."""
        held = zip(prices.held, self.held, strict=True)
        extras = [_times(weight, count.worth) for weight, (count, _) in held if weight]
        if any(row[0] == "hours" for row in prices.rows):
            extras.append(lambda pair: -prices.of(("hours", pair.mentor)) * pair.hours)
        return extras

    def _rest_of_bound(self, count: Count, prices: Prices) -> int:
        """What the limits add to the learners' best choices, and held counts take away."""
        rows = sum(self.limits_at(row).best(price, square) for row, price, square in self._counted_rows(count, prices))
        return rows - sum(weight * value for weight, (_, value) in zip(prices.held, self.held, strict=True))

    def _counted_rows(self, count: Count, prices: Prices) -> list[tuple[Row, int, int]]:
        """Rows with their price and the weight of their squared load, where these or a least load matter."""
        square = prices.scale * count.squares
        square += sum(weight * held.squares for weight, (held, _) in zip(prices.held, self.held, strict=True))
        rows = {row for row, limits in self.limits.items() if limits.low or (square and row[0] == "mentor")}
        return [(row, prices.of(row), square if row[0] == "mentor" else 0) for row in rows | prices.rows.keys()]


def _times(weight: int, worth: Worth) -> Worth:
    return lambda pair: weight * worth(pair)


def _twice_among(touching: Mapping[Row, list[Row]], pair: Pair) -> list[Row]:
    """The cuts that at least two of the pair's mentor, study and learner belong to."""
    members = (("mentor", pair.mentor), ("study", pair.study), ("learner", pair.learner))
    times = Counter(name for member in members for name in touching.get(member, ()))
    return [name for name, number in times.items() if number > 1]


def parts_of(problem: Problem, learners_by_part: list[list[str]]) -> list[Part]:
    """Cut the problem as the certificate says. A limit that several parts share holds for each of them from above
    only, which keeps every bound true; so no trust is needed that the parts have nothing to do with each other.

    O(m).
    """
    pinned = {pin.learner: pin.key for pin in problem.pins}
    pairs_of: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in problem.pairs:
        pairs_of[pair.learner].append(pair)
    for learner, key in pinned.items():
        pairs_of[learner] = [pair for pair in pairs_of[learner] if pair.key == key]
    limits = limits_of(problem)
    touched = [_rows_of(pairs_of[learner] for learner in learners) for learners in learners_by_part]
    users = Counter(row for rows in touched for row in rows)
    return [
        Part(
            pairs={learner: pairs_of[learner] for learner in learners},
            must={learner for learner in learners if learner in pinned},
            limits={
                row: limits[row] if users[row] == 1 else Limits(0, limits[row].high) for row in rows & limits.keys()
            },
        )
        for learners, rows in zip(learners_by_part, touched, strict=True)
    ]


def _rows_of(pairs_of_learners: Iterable[list[Pair]]) -> set[Row]:
    openings = {(pair.mentor, pair.study) for pairs in pairs_of_learners for pair in pairs}
    rows: set[Row] = {("opening", *opening) for opening in openings}
    for mentor, study in openings:
        rows |= {("mentor", mentor), ("study", study), ("hours", mentor)}
    return rows
