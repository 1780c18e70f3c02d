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

from matching.branch_and_bound.cut_rounds import Sharpening
from matching.branch_and_bound.diving import dive
from matching.branch_and_bound.node_lp import CaseProgramme
from matching.branch_and_bound.nodes import Case, Tree, case_face, halves_of, prices_in, rows_in, with_openings
from matching.branch_and_bound.pseudo_costs import Turns
from matching.branch_and_bound.zero_half_cuts import Cut, with_cuts
from matching.deadline import Watch
from matching.lp.highs_model import WHOLE, Basis, Floats, Outcome, Programme
from matching.lp.integer_duals import rounded_multipliers, whole_bound
from matching.lp.lagrangian import Multipliers, Relaxation, relax, shrink
from matching.lp.presolve import remainder
from matching.model.face import Bools, Face, Goal, Ints

MOST_CASES = 6000
LEAST_CASES = 20
PAIRS_BY_CASE = 8_000_000
FIRST_DIVE = 20  # cases after which rounding shall bring a better choice, and after twice as many again
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
        if before.closed is not None and before.closed.can_grow:
            return self._taken_over(before.closed, sharpening)
        if self.any_will_do:
            self._keep_what_matters([], None, sharpening.programme)
        else:
            known = self.lowest if self.best_value is None else self.best_value
            self._keep_what_matters(*sharpening.sharpened(before.cuts, known), sharpening.programme)
        root = Case({}, {}, self.highest)
        return [self._open(root, self.programme.solve(root))]

    def _taken_over(self, closed: Tree, sharpening: Sharpening) -> list[int]:
        """Cases that are no longer closed by their prices are solved again; the others stay as they are."""
        relaxed = sharpening.sharpened_by(closed.cuts)
        self._keep_what_matters(closed.cuts, relaxed, sharpening.programme, closed.openings)
        row, same, opened = rows_in(self.tree, closed), [0], []
        self.tree.cases.append(Case({}, {}, self.highest))
        for at, known in enumerate(same):
            case, old = self.tree.cases[at], closed.cases[known]
            if old.split is not None and old.halves is not None:
                case.split, case.halves = replace(old.split, at=int(row[old.split.at])), (len(same), len(same) + 1)
                self.tree.cases += halves_of(self.face, case, case.split, self.highest)
                same += old.halves
            elif not self._still_closes(case, prices_in(self.tree, row, old.prices)):
                opened.append(at)
        cases = [self.tree.cases[at] for at in opened]
        for case, outcome in zip(cases, self.programme.solve_all(cases), strict=True):
            self._take_in(case, outcome)
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
        next_dive = FIRST_DIVE
        while waiting or following is not None:
            if following is None:
                _, _, following = heapq.heappop(waiting)
            at, following = following, None
            if self._is_closed(self.tree.cases[at]):
                continue
            if self._gives_up():
                bound = max([self.tree.cases[at].bound, *(-bound for bound, _, _ in waiting)])
                return Verdict(self.best, bound, None, self.tree.cuts, gave_up=True)
            if len(self.tree.cases) > next_dive:
                next_dive *= 2
                self._dive(self.tree.cases[at])
            halves = sorted(self._divide(at), key=lambda half: self.tree.cases[half].bound)
            if halves and self._leads_on(halves[-1], waiting):
                following = halves.pop()
            for half in halves:
                heapq.heappush(waiting, (-self.tree.cases[half].bound, -half, half))
        return self._verdict()

    def _keep_what_matters(
        self, cuts: list[Cut], relaxed: Outcome | None, programme: Programme, openings: Ints = NOTHING
    ) -> None:
        """Get ready for cases on a face with the rows of `whole`, then of cuts, then of openings, at least of these.

        Where the relaxation with cuts was solved, its prices say what loses too much to be better than a known choice.
        """
        narrow = with_cuts(self.whole, cuts)
        sharper, self.root = None, None
        if relaxed is not None and relaxed.status == "optimal":
            sharper = rounded_multipliers(narrow, self.whole_goal, relaxed)
            self.root = relax(narrow, self.whole_goal, sharper)
        is_narrower = False
        if self.root is not None and self.best_value is not None:
            narrow, is_narrower = shrink(narrow, self.root, self._gap(self.root)), True
        self.kept = np.isin(self.whole.pair, narrow.pair, assume_unique=True)
        self.goal = Goal(self.whole_goal.name, self.whole_goal.worth[self.kept], self.whole_goal.squares)
        openings = np.union1d(openings, narrow.opening)
        self.tree = Tree(with_openings(narrow, openings), openings, cuts, sharper)
        self.face = self.tree.face
        left = remainder(self.face, self.goal)
        if is_narrower:
            everything, first_opening = np.arange(len(left.face.pair)), self.tree.first_opening
            programme = Programme(left.face, left.goal, everything, late_from=first_opening)
        else:
            programme.keep_late(left.face, list(range(len(cuts))))
        self.programme = CaseProgramme(programme, left, self.watch)
        self.turns = Turns(self.face, self.tree.first_opening)

    def _gap(self, relaxation: Relaxation) -> int:
        """What a choice that is better than the best may lose."""
        assert self.best_value is not None
        return relaxation.bound - relaxation.multipliers.scale * (self.best_value + 1)

    def _dive(self, case: Case) -> None:
        """Look for a choice by rounding what the programme of an open case says."""
        for step in dive(self.programme, self.face, self.turns.openings, case):
            self._look_at(step.share)
            if self.best_value is not None and whole_bound(step.bound) <= self.best_value:
                return

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
            return Verdict(self.best, self.highest, None, self.tree.cuts)
        bound = -math.inf if self.best_value is None else self.best_value
        return Verdict(self.best, bound, self.tree, self.tree.cuts)

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
        return case_face(self.face, self.goal, case.limits, case.pairs, self.programme.needless)

    def _divide(self, at: int) -> Iterator[int]:
        """Split an open case in two. One that cannot be split, because its programme failed, ends the search."""
        case = self.tree.cases[at]
        split = self.turns.split(case)
        if split is None:
            self.stuck = True
            return
        assert case.outcome is not None
        case.split, before, beyond = split, case.outcome.bound, self.turns.beyond(case, split)
        case.outcome = None
        below, above = halves_of(self.face, case, split, self.highest)
        outcomes = self.programme.solve_all([below, above])
        case.halves = (self._open(below, outcomes[0]), self._open(above, outcomes[1]))
        if not split.is_pair:
            self.turns.learn(split.at, beyond, [before - self._bound_of(half) for half in case.halves])
        yield from case.halves

    def _bound_of(self, at: int) -> float:
        outcome = self.tree.cases[at].outcome
        return -math.inf if outcome is None else outcome.bound

    def _open(self, case: Case, outcome: Outcome) -> int:
        """Take a case into the tree, with what its programme said."""
        self._take_in(case, outcome)
        self.tree.cases.append(case)
        return len(self.tree.cases) - 1

    def _take_in(self, case: Case, outcome: Outcome) -> None:
        """Remember what a case's programme said and any whole solution it brought."""
        if outcome.status == "infeasible":
            self._close_empty(case, outcome)
        elif outcome.status == "optimal" and outcome.share is not None:
            case.outcome, case.bound = outcome, int(whole_bound(outcome.bound))
            self._look_at(outcome.share)

    def _close_empty(self, case: Case, outcome: Outcome) -> None:
        """A case without solutions: a ray of prices, taken often enough, brings the bound below everything. Where a
        limit cannot be met at all, no price is needed."""
        face, goal = self._face_of(case)
        nothing = Goal("nothing", np.zeros_like(goal.worth))
        free = (np.zeros(face.none + 1), np.zeros(len(face.held)))
        for prices_of_rows, weights in [free, *outcome.rays]:
            ray = Outcome("ray", None, prices_of_rows, weights, -math.inf)
            prices = rounded_multipliers(face, nothing, ray)
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
                self.best, self.best_value = self.kept.copy(), value
                self.best[self.kept] = chosen
                self._leave_out_needless()

    def _leave_out_needless(self) -> None:
        """Leave out pairs that lose too much, at the prices of the root, to be in anything better than the best."""
        if self.root is None:
            return
        self.programme.leave_out(self.root.pair_loss[self.kept] > self._gap(self.root))
