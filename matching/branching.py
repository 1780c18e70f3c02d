"""Closes the gap that prices leave, by cases that split on how many learners an opening takes.

Once every opening (mentor on study) is told its number of learners, what remains is an ordinary assignment, so these
numbers are all there is to decide: far fewer than pairs, and each decides much. Only budgets of hours and "none or
at least so many" may need a limit or a single pair to be decided too. Every case ends with prices that show that it
holds nothing better, so that the whole tree can be verified without solving anything again.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.duals import Multipliers, relax
from matching.face import HOURS, Bools, Face, Goal
from matching.programme import Floats, Outcome, Programme
from matching.rounding import rounded_multipliers
from matching.watch import Watch

MOST_CASES = 4000
LEAST_CASES = 20
WIDEST = 5_000
PAIRS_BY_CASE = 1_000_000
WHOLE = 1e-6


@dataclass(frozen=True, slots=True)
class Split:
    """Either the load of row `at` is at most `most`, or more; for a pair (`is_pair`), left out or chosen."""

    is_pair: bool
    at: int
    most: int


@dataclass(slots=True)
class Case:
    """A node of the tree: what was decided on the way, and either its split into two cases or the closing prices.

    limits  load limits by row, `pairs` whether a pair is chosen, both by position in the branching face
    """

    limits: dict[int, tuple[int, int]]
    pairs: dict[int, bool]
    bound: int
    split: Split | None = None
    halves: tuple[int, int] | None = None
    prices: Multipliers | None = None
    share: Floats | None = None


@dataclass(slots=True)
class Tree:
    """All cases, the first being the root; `face` has a row for every opening besides the limits' rows."""

    face: Face
    cases: list[Case] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a search brought: the best choice better than what was known, if any, and a bound on all of them.

    `tree` closes every case at `bound`; None when the search gave up before.
    """

    chosen: Bools | None
    bound: float
    tree: Tree | None


def search_cases(face: Face, goal: Goal, known: int | None, watch: Watch, *, any_will_do: bool = False) -> Verdict:
    """Find the best choice of `face` with a value above `known`, or show that there is none.

    Best bound first. Gives up at the time limit, when the cases become too many for one linear programme each, or
    with the first choice found if `any_will_do`.
    """
    return _Search(face, goal, known, watch, any_will_do).run()


def with_openings(face: Face) -> Face:
    """The face with one row more for every opening, without limits, after the other rows."""
    groups, group = np.unique(face.opening, return_inverse=True)
    first, none = face.none, face.none + len(groups)
    rows = np.column_stack([np.where(face.rows == first, none, face.rows), first + group])

    def extended(values: NDArray[Any], fill: NDArray[Any]) -> NDArray[Any]:
        return np.concatenate([values[:-1], fill.astype(values.dtype), values[-1:]])

    return replace(
        face,
        rows=rows,
        low=extended(face.low, np.zeros(len(groups))),
        high=extended(face.high, np.full(len(groups), len(face.must))),
        zero_ok=extended(face.zero_ok, np.zeros(len(groups))),
        is_mentor=extended(face.is_mentor, np.zeros(len(groups))),
    )


class _Search:
    def __init__(self, face: Face, goal: Goal, known: int | None, watch: Watch, any_will_do: bool) -> None:
        self.face, self.goal, self.watch = with_openings(face), goal, watch
        self.first_opening, self.best_value = face.none, known
        self.best: Bools | None = None
        self.any_will_do, self.stuck = any_will_do, False
        self.tree = Tree(self.face)
        self.programme = Programme(self.face, goal, np.arange(len(face.pair)))
        self.programme.highs.setOptionValue("presolve", "off")
        self.limits: dict[int, tuple[int, int]] = {}
        self.pairs: dict[int, bool] = {}
        spread = int(np.abs(goal.worth).max(initial=0)) * len(face.must)
        squares = len(face.must) ** 2 if goal.squares else 0
        self.highest, self.lowest = spread + 1, -spread - squares - 1
        is_wide = len(face.pair) > WIDEST and not any_will_do
        self.most_cases = 0 if is_wide else min(MOST_CASES, max(LEAST_CASES, PAIRS_BY_CASE // max(1, len(face.pair))))

    def run(self) -> Verdict:
        root = self._open({}, {})
        waiting = [(-self.tree.cases[root].bound, 0, root)]
        while waiting:
            bound, depth, at = heapq.heappop(waiting)
            if self._is_closed(self.tree.cases[at]):
                continue
            if self._gives_up():
                return Verdict(self.best, -bound, None)
            for half in self._divide(at):
                heapq.heappush(waiting, (-self.tree.cases[half].bound, depth - 1, half))
        return self._verdict()

    def _gives_up(self) -> bool:
        found = self.any_will_do and self.best is not None
        return found or self.stuck or len(self.tree.cases) > self.most_cases or self.watch.is_over()

    def _verdict(self) -> Verdict:
        leaves = [case for case in self.tree.cases if case.split is None]
        if self.stuck or (self.best_value is None and any(case.bound >= self.lowest for case in leaves)):
            return Verdict(self.best, self.highest, None)
        for case in self.tree.cases:
            case.share = None
        return Verdict(self.best, -math.inf if self.best_value is None else self.best_value, self.tree)

    def _is_closed(self, case: Case) -> bool:
        return self.best_value is not None and case.bound <= self.best_value

    def _divide(self, at: int) -> Iterator[int]:
        """Split an open case in two. One that cannot be split, because its programme failed, ends the search."""
        case = self.tree.cases[at]
        split = self._split(case)
        if split is None:
            self.stuck = True
            return
        case.split = split
        case.halves = (self._half(case, split, above=False), self._half(case, split, above=True))
        case.share = None
        yield from case.halves

    def _half(self, case: Case, split: Split, *, above: bool) -> int:
        limits, pairs = dict(case.limits), dict(case.pairs)
        if split.is_pair:
            pairs[split.at] = above
        else:
            low, high = limits.get(split.at, (int(self.face.low[split.at]), int(self.face.high[split.at])))
            least = 0 if self.face.zero_ok[split.at] else low
            limits[split.at] = (max(low, split.most + 1), high) if above else (least, min(high, split.most))
        return self._open(limits, pairs)

    def _open(self, limits: dict[int, tuple[int, int]], pairs: dict[int, bool]) -> int:
        """Solve the linear programme of a case, remember its prices and any whole solution it brought."""
        outcome = self._solve(limits, pairs)
        face, goal = case_face(self.face, self.goal, limits, pairs)
        case = Case(limits, pairs, self.highest)
        if outcome.status == "infeasible":
            self._close_empty(case, face, goal)
        elif outcome.status == "optimal":
            case.prices = rounded_multipliers(face, goal, outcome)
            case.bound = relax(face, goal, case.prices).whole_bound
            case.share = outcome.share
            self._look_at(outcome.share)
        self.tree.cases.append(case)
        return len(self.tree.cases) - 1

    def _solve(self, limits: dict[int, tuple[int, int]], pairs: dict[int, bool]) -> Outcome:
        for row in self.limits.keys() - limits.keys():
            self.programme.free_load(row)
        for row, (low, high) in limits.items():
            if self.limits.get(row) != (low, high):
                self.programme.limit_load(row, low, high)
        for pair in self.pairs.keys() - pairs.keys():
            self.programme.limit_pair(pair, 0.0, 1.0)
        for pair, chosen in pairs.items():
            if self.pairs.get(pair) != chosen:
                self.programme.limit_pair(pair, float(chosen), float(chosen))
        self.limits, self.pairs = limits, pairs
        return self.programme.run(self.watch.seconds_left())

    def _close_empty(self, case: Case, face: Face, goal: Goal) -> None:
        """A case without solutions: a ray of prices, taken often enough, brings the bound below everything."""
        nothing = Goal("nothing", np.zeros_like(goal.worth))
        for prices_of_rows, weights in self.programme.rays():
            outcome = Outcome("ray", None, prices_of_rows, weights, -math.inf)
            prices = rounded_multipliers(face, nothing, outcome)
            shown = relax(face, nothing, prices).bound
            if shown < 0:
                times = (self.highest - self.lowest) // -shown + 1
                case.prices = Multipliers(1, times * prices.rows, tuple(times * weight for weight in prices.held))
                case.bound = relax(face, goal, case.prices).whole_bound
                return

    def _look_at(self, share: Floats | None) -> None:
        """Take over a whole solution if it is better than what is known."""
        if share is None or (np.abs(share - np.rint(share)) > WHOLE).any():
            return
        chosen = share > 0.5
        if self.face.admits(chosen):
            value = self.face.value(self.goal, chosen)
            if self.best_value is None or value > self.best_value:
                self.best, self.best_value = chosen, value

    def _split(self, case: Case) -> Split | None:
        """The opening whose number of learners is farthest from whole; else a row between none and enough; else
        a pair. None where nothing is left to decide."""
        if case.share is None:
            return None
        face = self.face
        loads = _shared_loads(face, case.share)
        openings = np.arange(self.first_opening, face.none)
        apart = np.abs(loads[openings] - np.rint(loads[openings]))
        if len(apart) and apart.max() > WHOLE:
            at = int(openings[np.argmax(apart)])
            return Split(False, at, math.floor(loads[at]))
        between = face.zero_ok & (loads > WHOLE) & (loads < face.low - WHOLE)
        for row in np.flatnonzero(between).tolist():
            if row not in case.limits:
                return Split(False, row, 0)
        apart = np.abs(case.share - np.rint(case.share))
        return Split(True, int(np.argmax(apart)), 0) if apart.max(initial=0.0) > WHOLE else None


def _shared_loads(face: Face, share: Floats) -> Floats:
    loads = np.zeros(face.none + 1)
    for column in range(face.rows.shape[1]):
        np.add.at(loads, face.rows[:, column], share * face.hours if column == HOURS else share)
    loads[face.none] = 0.0
    return loads


def case_face(face: Face, goal: Goal, limits: dict[int, tuple[int, int]], pairs: dict[int, bool]) -> tuple[Face, Goal]:
    """The face and goal with what a case has decided."""
    low, high, zero_ok, must = face.low.copy(), face.high.copy(), face.zero_ok.copy(), face.must.copy()
    for row, (least, most) in limits.items():
        low[row], high[row], zero_ok[row] = least, most, False
    keep = np.ones(len(face.pair), dtype=bool)
    for pair, chosen in pairs.items():
        if chosen:
            must[face.learner[pair]] = True
            keep &= (face.learner != face.learner[pair]) | (np.arange(len(keep)) == pair)
        else:
            keep[pair] = False
    decided = replace(face, low=low, high=high, zero_ok=zero_ok, must=must).restricted(keep)
    return decided, Goal(goal.name, goal.worth[keep], goal.squares)
