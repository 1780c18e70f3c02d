"""Closes the gap that prices leave: by cuts, then by cases that split on how many learners an opening takes.

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

import numpy as np

from matching.cuts import Cut, violated_cuts, with_cuts, with_rows
from matching.duals import Multipliers, Relaxation, relax, shrink
from matching.face import HOURS, Bools, Face, Goal
from matching.programme import Floats, Outcome, Programme
from matching.rounding import rounded_multipliers, whole_bound
from matching.settled import remainder
from matching.turns import Turns
from matching.watch import Watch

MOST_CASES = 6000
LEAST_CASES = 20
PAIRS_BY_CASE = 8_000_000
WHOLE = 1e-6
MUCH_NARROWER = 0.8
CUT_ROUNDS = 12
LEAST_GAIN, ENOUGH_GAIN = 0.02, 0.5  # of the gap, and at all: a round of cuts that gains less is the last


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
    bound   what the goal cannot exceed here: believed as HiGHS says it, until `prices` show it
    outcome the programme's answer, while the case is open
    """

    limits: dict[int, tuple[int, int]]
    pairs: dict[int, bool]
    bound: int
    split: Split | None = None
    halves: tuple[int, int] | None = None
    prices: Multipliers | None = None
    outcome: Outcome | None = None


@dataclass(slots=True)
class Tree:
    """All cases, the first being the root.

    `face` has a row for every cut and then for every opening besides the limits' rows. `sharper` are prices that
    include the cuts: what loses too much at them was left out before the first case.
    """

    face: Face
    cuts: list[Cut]
    sharper: Multipliers | None
    cases: list[Case] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a search brought: the best choice better than what was known, if any, and a bound on all of them.

    `tree` closes every case at `bound`; None when the search gave up before: because a better choice made most of
    the pairs needless (`is_narrower`) or for want of time. `cuts` help the next search.
    """

    chosen: Bools | None
    bound: float
    tree: Tree | None
    cuts: list[Cut]
    is_narrower: bool = False


def search_cases(
    face: Face,
    goal: Goal,
    known: int | None,
    watch: Watch,
    *,
    any_will_do: bool = False,
    cuts: list[Cut] | None = None,
    most_cases: int = MOST_CASES,
) -> Verdict:
    """Find the best choice of `face` with a value above `known`, or show that there is none.

    Gives up at the time limit, when there are too many cases, with the first choice found if `any_will_do`, or with
    a choice so good that a far smaller face would do. `cuts` are some that helped before.
    """
    return _Search(face, goal, known, watch, any_will_do, most_cases).run(cuts or [])


def with_openings(face: Face) -> Face:
    """The face with one row more for every opening, without limits, after the other rows."""
    groups, group = np.unique(face.opening, return_inverse=True)
    return with_rows(face, group[:, None], np.full(len(groups), len(face.must)))


class _Search:
    def __init__(
        self, face: Face, goal: Goal, known: int | None, watch: Watch, any_will_do: bool, most_cases: int
    ) -> None:
        self.whole, self.whole_goal = face, goal
        self.watch, self.any_will_do = watch, any_will_do
        self.best: Bools | None = None
        self.best_value = known
        self.stuck = self.is_narrower = False
        spread = int(np.abs(goal.worth).max(initial=0)) * len(face.must)
        squares = len(face.must) ** 2 if goal.squares else 0
        self.highest, self.lowest = spread + 1, -spread - squares - 1
        self.most_cases = min(most_cases, max(LEAST_CASES, PAIRS_BY_CASE // max(1, len(face.pair))))

    def run(self, cuts: list[Cut]) -> Verdict:
        self._sharpen(cuts)
        root = self._open({}, {})
        waiting = [(-self.tree.cases[root].bound, 0, root)]
        following: int | None = None
        while waiting or following is not None:
            if following is None:
                _, _, following = heapq.heappop(waiting)
            at, following = following, None
            if self._is_closed(self.tree.cases[at]):
                continue
            if self._gives_up():
                bound = max([self.tree.cases[at].bound, *(-bound for bound, _, _ in waiting)])
                return Verdict(self._chosen(), bound, None, self.tree.cuts, self.is_narrower)
            halves = sorted(self._divide(at), key=lambda half: self.tree.cases[half].bound)
            if halves and self._leads_on(halves[-1], waiting):
                following = halves.pop()
            for half in halves:
                heapq.heappush(waiting, (-self.tree.cases[half].bound, -half, half))
        return self._verdict()

    def _sharpen(self, cuts: list[Cut]) -> None:
        """Set up the programme of what is left to decide, add cuts, and leave out what loses too much then."""
        face, goal = self.whole, self.whole_goal
        left = remainder(face, goal)
        self.programme = Programme(left.face, left.goal, np.arange(len(left.face.pair)), late_from=face.none)
        self.programme.run(self.watch.seconds_left())
        self.programme.highs.setOptionValue("presolve", "off")
        self.root: Relaxation | None = None
        sharper = None
        if not self.any_will_do:
            cuts, outcome = self._cut(cuts)
            if outcome.status == "optimal" and self.best_value is not None:
                cut_face = with_cuts(face, cuts)
                outcome = replace(outcome, bound=outcome.bound + left.worth)
                sharper = rounded_multipliers(cut_face, goal, outcome)
                self.root = relax(cut_face, goal, sharper)
        narrow = with_cuts(face, cuts)
        if self.root is not None:
            narrow = shrink(narrow, self.root, self._gap(self.root))
        self.kept = np.isin(face.pair, narrow.pair, assume_unique=True)
        self.goal = Goal(goal.name, goal.worth[self.kept], goal.squares)
        self._set_up(Tree(with_openings(narrow), cuts, sharper))

    def _set_up(self, tree: Tree) -> None:
        """Ready for cases on a face whose limits are `whole`'s, then cuts, then openings."""
        self.tree, self.face = tree, tree.face
        self.first_opening = self.whole.none + len(tree.cuts)
        self.left = remainder(self.face, self.goal)
        if self.root is None:
            self.programme.keep_late(self.left.face, list(range(len(tree.cuts))))
        else:
            everything = np.arange(len(self.left.face.pair))
            self.programme = Programme(self.left.face, self.left.goal, everything, late_from=self.first_opening)
        self.limits: dict[int, tuple[int, int]] = {}
        self.pairs: dict[int, bool] = {}
        self.position = np.cumsum(self.left.open) - 1
        self.turns = Turns(self.face.none)

    def _gap(self, relaxation: Relaxation) -> int:
        """What a choice that is better than the best may lose."""
        assert self.best_value is not None
        return relaxation.bound - relaxation.multipliers.scale * (self.best_value + 1)

    def _cut(self, cuts: list[Cut]) -> tuple[list[Cut], Outcome]:
        """Cuts that matter, found round by round, and the relaxation with them; what does not bind is dropped again."""
        face, bound = self.whole, math.inf
        left = remainder(with_cuts(face, cuts), self.whole_goal)
        self.programme.add_late(left.face, range(face.none, left.face.none))
        for _ in range(CUT_ROUNDS):
            outcome = self.programme.run(self.watch.seconds_left())
            if outcome.status != "optimal" or outcome.share is None or self.watch.is_over():
                break
            known = self.lowest if self.best_value is None else self.best_value
            gain, gap = bound - outcome.bound, outcome.bound + left.worth - known
            if gain < min(LEAST_GAIN * gap, ENOUGH_GAIN):
                break
            bound = outcome.bound
            binding = np.flatnonzero(np.abs(outcome.row_prices[face.none : -1]) > WHOLE).tolist()
            kept = [cuts[at] for at in binding]
            self.programme.keep_late(remainder(with_cuts(face, kept), self.whole_goal).face, binding)
            fresh = [cut for cut in violated_cuts(face, left.whole_share(outcome.share)) if cut not in kept]
            cuts = kept + fresh
            left = remainder(with_cuts(face, cuts), self.whole_goal)
            self.programme.add_late(left.face, range(face.none + len(kept), left.face.none))
            if not fresh:
                break
        return cuts, self.programme.run(self.watch.seconds_left())

    def _chosen(self) -> Bools | None:
        """The best choice as a mask on the whole face."""
        if self.best is None:
            return None
        chosen = np.zeros(len(self.kept), dtype=bool)
        chosen[np.flatnonzero(self.kept)[self.best]] = True
        return chosen

    def _leads_on(self, at: int, waiting: list[tuple[int, int, int]]) -> bool:
        """Whether to go on with this case at once: while nothing is known, or it is about as good as the best."""
        if self.best_value is None or not waiting:
            return True
        best_open = -waiting[0][0]
        return 4 * (best_open - self.tree.cases[at].bound) <= best_open - self.best_value

    def _gives_up(self) -> bool:
        if self.best is not None and self.root is not None:
            needed = np.count_nonzero(self.root.pair_loss <= self._gap(self.root))
            self.is_narrower = int(needed) < MUCH_NARROWER * len(self.face.pair)
        found = self.any_will_do and self.best is not None
        too_many = len(self.tree.cases) > self.most_cases
        return found or too_many or self.stuck or self.is_narrower or self.watch.is_over()

    def _verdict(self) -> Verdict:
        leaves = [case for case in self.tree.cases if case.split is None]
        if self.stuck or (self.best_value is None and any(case.bound >= self.lowest for case in leaves)):
            return Verdict(self._chosen(), self.highest, None, self.tree.cuts)
        bound = -math.inf if self.best_value is None else self.best_value
        return Verdict(self._chosen(), bound, self.tree, self.tree.cuts)

    def _is_closed(self, case: Case) -> bool:
        """Whether the case holds nothing better, and if so, by prices that show it."""
        if self.best_value is None or case.bound > self.best_value:
            return False
        if case.prices is None and case.outcome is not None:
            face, goal = case_face(self.face, self.goal, case.limits, case.pairs)
            case.prices = rounded_multipliers(face, goal, case.outcome, self.best_value)
            case.bound = relax(face, goal, case.prices).whole_bound
            if case.bound > self.best_value:
                case.prices = None
                return False
            case.outcome = None
        return True

    def _divide(self, at: int) -> Iterator[int]:
        """Split an open case in two. One that cannot be split, because its programme failed, ends the search."""
        case = self.tree.cases[at]
        split = self._split(case)
        if split is None:
            self.stuck = True
            return
        assert case.outcome is not None
        case.split, before, share = split, case.outcome.bound, self._load(case, split)
        case.outcome = None
        below = self._half(case, split, above=False)
        above = self._half(case, split, above=True)
        case.halves = (below, above)
        if not split.is_pair:
            self.turns.learn(split.at, share, [before - self._bound_of(half) for half in case.halves])
        yield from case.halves

    def _bound_of(self, at: int) -> float:
        outcome = self.tree.cases[at].outcome
        return -math.inf if outcome is None else outcome.bound

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
        """Solve the linear programme of a case, remember what it said and any whole solution it brought."""
        outcome = self._solve(limits, pairs)
        case = Case(limits, pairs, self.highest)
        if outcome.status == "infeasible":
            self._close_empty(case)
        elif outcome.status == "optimal" and outcome.share is not None:
            bound = outcome.bound + self.left.worth
            case.outcome = replace(outcome, share=self.left.whole_share(outcome.share), bound=bound)
            case.bound = int(whole_bound(bound))
            self._look_at(case.outcome.share)
        self.tree.cases.append(case)
        return len(self.tree.cases) - 1

    def _solve(self, limits: dict[int, tuple[int, int]], pairs: dict[int, bool]) -> Outcome:
        for row in self.limits.keys() - limits.keys():
            self.programme.free_load(row)
        for row, (low, high) in limits.items():
            if self.limits.get(row) != (low, high):
                taken = int(self.left.taken[row])
                self.programme.limit_load(row, low - taken, high - taken)
        for pair in self.pairs.keys() - pairs.keys():
            self.programme.limit_pair(int(self.position[pair]), 0.0, 1.0)
        for pair, chosen in pairs.items():
            if self.pairs.get(pair) != chosen:
                self.programme.limit_pair(int(self.position[pair]), float(chosen), float(chosen))
        self.limits, self.pairs = limits, pairs
        return self.programme.run(self.watch.seconds_left())

    def _close_empty(self, case: Case) -> None:
        """A case without solutions: a ray of prices, taken often enough, brings the bound below everything."""
        face, goal = case_face(self.face, self.goal, case.limits, case.pairs)
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
        """An opening whose number of learners is not whole; else a row between none and enough; else a pair. None
        where nothing is left to decide."""
        if case.outcome is None or case.outcome.share is None:
            return None
        face, share = self.face, case.outcome.share
        loads = _shared_loads(face, share)
        openings = np.arange(self.first_opening, face.none)
        parts = openings[np.abs(loads[openings] - np.rint(loads[openings])) > WHOLE]
        if len(parts):
            at = self.turns.most_telling(parts, loads[parts])
            return Split(False, at, math.floor(loads[at]))
        between = face.zero_ok & (loads > WHOLE) & (loads < face.low - WHOLE)
        for row in np.flatnonzero(between).tolist():
            if row not in case.limits:
                return Split(False, row, 0)
        apart = np.abs(share - np.rint(share))
        return Split(True, int(np.argmax(apart)), 0) if apart.max(initial=0.0) > WHOLE else None

    def _load(self, case: Case, split: Split) -> float:
        """How far the load that is split lies above `most`."""
        if split.is_pair or case.outcome is None or case.outcome.share is None:
            return 0.0
        return float(_shared_loads(self.face, case.outcome.share)[split.at]) - split.most


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
