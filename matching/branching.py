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

from matching.cases import Case, Split, Tree, case_face, halves_of, prices_in, rows_in, with_openings
from matching.cuts import Cut, with_cuts
from matching.duals import Multipliers, Relaxation, relax, shrink
from matching.face import HOURS, Bools, Face, Goal, Ints
from matching.programme import Basis, Floats, Outcome, Programme
from matching.rounding import rounded_multipliers, whole_bound
from matching.settled import remainder
from matching.sharpening import Sharpening
from matching.turns import Turns
from matching.watch import Watch

MOST_CASES = 6000
LEAST_CASES = 20
PAIRS_BY_CASE = 8_000_000
WHOLE = 1e-6
NOTHING = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a search brought: the best choice better than what was known, if any, and a bound on all of them.

    `tree` closes every case at `bound`; None when the search gave up before, or there is no choice. `cuts` help the
    next search.
    """

    chosen: Bools | None
    bound: float
    tree: Tree | None
    cuts: list[Cut]
    gave_up: bool = False


@dataclass(frozen=True, slots=True)
class Before:
    """What a search may begin with: a basis of the relaxation, cuts that helped, and a tree that closed every case of
    a narrower face at the value known, so that only cases which the wider face opens again are searched."""

    basis: Basis | None = None
    cuts: list[Cut] = field(default_factory=list)
    closed: Tree | None = None

    def within(self, kept: Bools) -> Before:
        """For a face with these pairs only (m,)."""
        return replace(self, basis=self.basis and self.basis.within(kept))


def search_cases(
    face: Face,
    goal: Goal,
    known: int | None,
    watch: Watch,
    *,
    any_will_do: bool = False,
    before: Before | None = None,
    most_cases: int = MOST_CASES,
) -> Verdict:
    """Find the best choice of `face` with a value above `known`, or show that there is none.

    Gives up at the time limit, when there are too many cases, or with the first choice found if `any_will_do`.
    """
    search = _Search(face, goal, known, watch, any_will_do, most_cases)
    return search.run(search.begun(before or Before()))


class _Search:
    def __init__(
        self, face: Face, goal: Goal, known: int | None, watch: Watch, any_will_do: bool, most_cases: int
    ) -> None:
        self.whole, self.whole_goal = face, goal
        self.watch, self.any_will_do = watch, any_will_do
        self.best: Bools | None = None
        self.best_value = known
        self.stuck = False
        spread = int(np.abs(goal.worth).max(initial=0)) * len(face.must)
        squares = len(face.must) ** 2 if goal.squares else 0
        self.highest, self.lowest = spread + 1, -spread - squares - 1
        self.most_cases = min(most_cases, max(LEAST_CASES, PAIRS_BY_CASE // max(1, len(face.pair))))

    def begun(self, before: Before) -> list[int]:
        """The open cases to begin with: the root of a new tree, or what a wider face opens again of a closed one."""
        sharpening = Sharpening(self.whole, self.whole_goal, before.basis, self.watch)
        self.programme = sharpening.programme
        if before.closed is not None and before.closed.can_grow:
            return self._taken_over(before.closed, sharpening)
        if self.any_will_do:
            self._keep_what_matters(before.cuts, None)
        else:
            known = self.lowest if self.best_value is None else self.best_value
            self._keep_what_matters(*sharpening.sharpened(before.cuts, known))
        return [self._open(Case({}, {}, self.highest))]

    def _taken_over(self, closed: Tree, sharpening: Sharpening) -> list[int]:
        """Cases that are no longer closed by their prices are solved again; the others stay as they are."""
        self._keep_what_matters(closed.cuts, sharpening.sharpened_by(closed.cuts), closed.openings)
        row, same, opened = rows_in(self.tree, closed), [0], []
        self.tree.cases.append(Case({}, {}, self.highest))
        for at, known in enumerate(same):
            case, old = self.tree.cases[at], closed.cases[known]
            if old.split is not None and old.halves is not None:
                case.split, case.halves = replace(old.split, at=int(row[old.split.at])), (len(same), len(same) + 1)
                self.tree.cases += halves_of(self.face, case, case.split, self.highest)
                same += old.halves
            elif not self._still_closes(case, prices_in(self.tree, row, old.prices)):
                self._solve_case(case)
                opened.append(at)
        return opened

    def _still_closes(self, case: Case, prices: Multipliers) -> bool:
        bound = relax(*self._face_of(case), prices).whole_bound
        if self.best_value is None or bound > self.best_value:
            return False
        case.prices, case.bound = prices, bound
        return True

    def run(self, opened: list[int]) -> Verdict:
        """Divide open cases until all are closed, or the search gives up."""
        waiting = [(-self.tree.cases[at].bound, -at, at) for at in opened]
        heapq.heapify(waiting)
        following: int | None = None
        while waiting or following is not None:
            if following is None:
                _, _, following = heapq.heappop(waiting)
            at, following = following, None
            if self._is_closed(self.tree.cases[at]):
                continue
            if self._gives_up():
                bound = max([self.tree.cases[at].bound, *(-bound for bound, _, _ in waiting)])
                return Verdict(self._chosen(), bound, None, self.tree.cuts, gave_up=True)
            halves = sorted(self._divide(at), key=lambda half: self.tree.cases[half].bound)
            if halves and self._leads_on(halves[-1], waiting):
                following = halves.pop()
            for half in halves:
                heapq.heappush(waiting, (-self.tree.cases[half].bound, -half, half))
        return self._verdict()

    def _keep_what_matters(self, cuts: list[Cut], relaxed: Outcome | None, openings: Ints = NOTHING) -> None:
        """Get ready for cases on a face with the rows of `whole`, then of cuts, then of openings, at least of these.

        Where the relaxation with cuts was solved, its prices say what loses too much to be better than a known choice.
        """
        narrow = with_cuts(self.whole, cuts)
        sharper, self.root = None, None
        if relaxed is not None and relaxed.status == "optimal":
            worth = remainder(narrow, self.whole_goal).worth
            sharper = rounded_multipliers(narrow, self.whole_goal, replace(relaxed, bound=relaxed.bound + worth))
            self.root = relax(narrow, self.whole_goal, sharper)
        is_narrower = False
        if self.root is not None and self.best_value is not None:
            narrow, is_narrower = shrink(narrow, self.root, self._gap(self.root)), True
        self.kept = np.isin(self.whole.pair, narrow.pair, assume_unique=True)
        self.goal = Goal(self.whole_goal.name, self.whole_goal.worth[self.kept], self.whole_goal.squares)
        openings = np.union1d(openings, narrow.opening)
        self.tree = Tree(with_openings(narrow, openings), openings, cuts, sharper)
        self.face = self.tree.face
        self.left = remainder(self.face, self.goal)
        self.needless = np.zeros(len(self.face.pair), dtype=bool)
        if is_narrower:
            everything, first_opening = np.arange(len(self.left.face.pair)), self.tree.first_opening
            self.programme = Programme(self.left.face, self.left.goal, everything, late_from=first_opening)
        else:
            self.programme.keep_late(self.left.face, list(range(len(cuts))))
        self.limits: dict[int, tuple[int, int]] = {}
        self.pairs: dict[int, bool] = {}
        self.position = np.cumsum(self.left.open) - 1
        self.turns = Turns(self.face.none)

    def _gap(self, relaxation: Relaxation) -> int:
        """What a choice that is better than the best may lose."""
        assert self.best_value is not None
        return relaxation.bound - relaxation.multipliers.scale * (self.best_value + 1)

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
        found = self.any_will_do and self.best is not None
        too_many = len(self.tree.cases) > self.most_cases
        return found or too_many or self.stuck or self.watch.is_over()

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
            face, goal = self._face_of(case)
            case.prices = rounded_multipliers(face, goal, case.outcome, self.best_value)
            case.bound = relax(face, goal, case.prices).whole_bound
            if case.bound > self.best_value:
                case.prices = None
                return False
            case.outcome = None
        return True

    def _face_of(self, case: Case) -> tuple[Face, Goal]:
        return case_face(self.face, self.goal, case.limits, case.pairs, self.needless)

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
        below, above = halves_of(self.face, case, split, self.highest)
        case.halves = (self._open(below), self._open(above))
        if not split.is_pair:
            self.turns.learn(split.at, share, [before - self._bound_of(half) for half in case.halves])
        yield from case.halves

    def _bound_of(self, at: int) -> float:
        outcome = self.tree.cases[at].outcome
        return -math.inf if outcome is None else outcome.bound

    def _open(self, case: Case) -> int:
        """Solve the linear programme of a case, remember what it said and any whole solution it brought."""
        self._solve_case(case)
        self.tree.cases.append(case)
        return len(self.tree.cases) - 1

    def _solve_case(self, case: Case) -> None:
        outcome = self._solve(case.limits, case.pairs)
        if outcome.status == "infeasible":
            self._close_empty(case)
        elif outcome.status == "optimal" and outcome.share is not None:
            bound = outcome.bound + self.left.worth
            case.outcome = replace(outcome, share=self.left.whole_share(outcome.share), bound=bound)
            case.bound = int(whole_bound(bound))
            self._look_at(case.outcome.share)

    def _solve(self, limits: dict[int, tuple[int, int]], pairs: dict[int, bool]) -> Outcome:
        for row in self.limits.keys() - limits.keys():
            self.programme.free_load(row)
        for row, (low, high) in limits.items():
            if self.limits.get(row) != (low, high):
                taken = int(self.left.taken[row])
                self.programme.limit_load(row, low - taken, high - taken)
        for pair in self.pairs.keys() - pairs.keys():
            self.programme.limit_pair(int(self.position[pair]), 0.0, float(not self.needless[pair]))
        for pair, chosen in pairs.items():
            if self.pairs.get(pair) != chosen:
                self.programme.limit_pair(int(self.position[pair]), float(chosen), float(chosen))
        self.limits, self.pairs = limits, pairs
        return self.programme.run(self.watch.seconds_left())

    def _close_empty(self, case: Case) -> None:
        """A case without solutions: a ray of prices, taken often enough, brings the bound below everything. Where a
        limit cannot be met at all, no price is needed."""
        face, goal = self._face_of(case)
        nothing = Goal("nothing", np.zeros_like(goal.worth))
        free = (np.zeros(face.none + 1), np.zeros(len(face.held)))
        for prices_of_rows, weights in [free, *self.programme.rays()]:
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
                self._leave_out_needless()

    def _leave_out_needless(self) -> None:
        """Leave out pairs that lose too much, at the prices of the root, to be in anything better than the best."""
        if self.root is None:
            return
        needless = self.root.pair_loss[self.kept] > self._gap(self.root)
        for pair in np.flatnonzero(needless & ~self.needless & self.left.open).tolist():
            self.programme.limit_pair(int(self.position[pair]), 0.0, 0.0)
        self.needless = needless

    def _split(self, case: Case) -> Split | None:
        """An opening whose number of learners is not whole; else a row between none and enough; else a pair. None
        where nothing is left to decide."""
        if case.outcome is None or case.outcome.share is None:
            return None
        face, share = self.face, case.outcome.share
        loads = _shared_loads(face, share)
        openings = np.arange(self.tree.first_opening, face.none)
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
