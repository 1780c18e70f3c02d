"""Solves a changed component beginning from the old solution's prices and pairs.

Any prices bound any goal, the old ones also that of the changed component, and mostly well. Where the bound is what
the old pairs reach, nothing has to be solved. Otherwise a linear programme over the pairs that lose little at the old
prices gives new ones, which leave little to search. And once a single choice is left, it decides all later goals.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import numpy as np

from matching.assignment.nested import nested
from matching.branch_and_bound.nodes import SearchTree
from matching.branch_and_bound.optimum import Optimum
from matching.branch_and_bound.reduced_cost_bands import optimise
from matching.branch_and_bound.root import WarmStart
from matching.branch_and_bound.zero_half_cuts import Cut, with_cuts
from matching.deadline import Deadline
from matching.lexicographic.component import best_choice
from matching.lexicographic.state import ComponentState, component_infeasible
from matching.lp.integer_duals import rounded_multipliers
from matching.lp.lagrangian import LagrangianBound, fixed_by_reduced_cost, lagrangian_bound, optimal_face
from matching.lp.lp_outcome import LpOutcome
from matching.lp.two_goals import TwoGoalDuals
from matching.model.face import Bools, Face, Goal, Ints
from matching.model.objectives.registered import Plan
from matching.model.objectives.score import Score
from matching.model.subproblem import Subproblem
from matching.reoptimise.prior_duals import PriorDuals
from matching.reoptimise.uniqueness import alternative_optimum
from matching.reoptimise.warm_start import WarmStartedLp, solve_both_goals_from
from matching.solution import BY_CASES, BY_DUALS

PAIRS_BY_LEARNER = 3
NO_OPENINGS = np.zeros(0, dtype=np.int64)


class Reoptimisation:
    """A changed component on its way: `is_decided` when a single choice is left, which is `state.incumbent`.

    `supposed` is a state, what it was to solve for and its relaxation, whose bound is believed to be reached until a
    choice shows it: goals that only count pairs nearly always reach the bound of the old prices, and to search for a
    choice that does so would be wasted before the next goal says which of them are wanted.
    """

    def __init__(self, state: ComponentState, plan: Plan, old: PriorDuals, deadline: Deadline) -> None:
        self.state, self.plan, self.old, self.deadline = state, plan, old, deadline
        self.is_decided = False
        self.supposed: tuple[ComponentState, Subproblem, LagrangianBound] | None = None
        self.has_left = False  # the choice is no longer the old one, so that later prices may not fit
        self.cuts: list[Cut] = []
        self.alternative: Ints | None = None

    def run(self, positions: range) -> None:
        """Go through the stages at these positions, none of which is a `Bottleneck`. Raises `ComponentInfeasible`.

        Mostly O(m) for each goal, and one simplex run where the old bound is no longer reached.
        """
        for position in positions:
            if self.plan[position].is_open_ended:
                self._draw_lots(position)
            else:
                for goal_at in range(self.plan[position].goal_count):
                    self._reach(position, goal_at)
        if self.state.incumbent is None:
            self._choose_any()

    def _draw_lots(self, position: int) -> None:
        for digit in count():
            self._reach(position, digit)
            if self.state.incumbent is not None and not self.is_decided:
                self._look_for_alternative()
            if self.is_decided:
                return

    def _goal(self, position: int, goal_at: int) -> Goal:
        return self.plan[position].goal(self.state.pairs(), goal_at)

    def _reach(self, position: int, goal_at: int) -> None:
        """Narrow the face to what is optimal for a goal."""
        if self.is_decided:
            return
        subproblem = Subproblem(self.state.face, self._goal(position, goal_at))
        if self.state.incumbent is not None and subproblem.is_constant:
            return
        lagrangian, is_coarse = self._first_bound(subproblem, position), subproblem.goal.is_coarse
        if self._is_kept(subproblem, lagrangian) or self._is_reached_by_alternative(subproblem, lagrangian):
            self.state.face = optimal_face(subproblem, lagrangian, lagrangian.integer_bound).face
            if not is_coarse and self._is_worth_asking(position):
                self._look_for_alternative()
        elif is_coarse and not self.has_left and self.supposed is None:
            self._suppose(subproblem, lagrangian)
        elif (optimum := self._optimum(subproblem, position, lagrangian)) is not None:
            self._record_optimum(subproblem, optimum)
            if self._is_worth_asking(position):
                self._look_for_alternative()
        else:
            self._withdraw()
            self._reach(position, goal_at)

    def _is_reached_by_alternative(self, subproblem: Subproblem, lagrangian: LagrangianBound) -> bool:
        """Whether the other known choice reaches the bound, which is then the one to go on with."""
        face, mask = subproblem.face, self.state.mask()
        if self.alternative is None or mask is None or not _is_left(face, self.alternative, besides=mask):
            return False
        if subproblem.value(face.mask_of(self.alternative)) < lagrangian.integer_bound:
            return False
        self.state.incumbent, self.alternative, self.has_left = self.alternative, self.state.incumbent, True
        return True

    def _first_bound(self, subproblem: Subproblem, position: int) -> LagrangianBound:
        name = subproblem.goal.name
        known_duals = self.state.known_duals if name == Score.name else None
        return lagrangian_bound(subproblem, known_duals or self.old.duals(position, name, subproblem.face))

    def _is_kept(self, subproblem: Subproblem, lagrangian: LagrangianBound) -> bool:
        mask = self.state.mask()
        return mask is not None and subproblem.value(mask) == lagrangian.integer_bound

    def _suppose(self, subproblem: Subproblem, lagrangian: LagrangianBound) -> None:
        self.supposed = (replace(self.state), subproblem, lagrangian)
        self.state.face = optimal_face(subproblem, lagrangian, lagrangian.integer_bound).face
        self.state.incumbent = None

    def _withdraw(self) -> None:
        """Nothing reaches the bound that was supposed: go back and solve for that goal."""
        if self.supposed is None:
            raise component_infeasible(self.state)
        self.state, subproblem, lagrangian = self.supposed
        optimum = self._optimum_of_count(subproblem, lagrangian)
        if optimum is None:
            raise component_infeasible(self.state)
        self._record_optimum(subproblem, optimum)

    def _optimum_of_count(self, subproblem: Subproblem, lagrangian: LagrangianBound) -> Optimum | None:
        """The optimum of a goal that only counts pairs, by a choice that the score likes."""
        face, hint = subproblem.face, self._hint(subproblem)
        if face.held or nested(subproblem) is not None:
            return best_choice(self.state, subproblem.goal, self.deadline)
        warm = TwoGoalDuals(lagrangian.multipliers, self.old.duals_of(Score.name, self.plan, face))
        outcome, both_duals = solve_both_goals_from(subproblem, hint, warm, self.deadline)
        if outcome.status == "infeasible":
            return None
        if both_duals is None:
            return best_choice(self.state, subproblem.goal, self.deadline)
        return optimise(subproblem, self._incumbent(subproblem, outcome), hint, self.deadline, both_duals)

    def _hint(self, subproblem: Subproblem) -> Ints:
        return self.state.component.score[subproblem.face.pair]

    def _choose_any(self) -> None:
        nothing = Goal("any", np.zeros(len(self.state.face.pair), dtype=np.int64))
        subproblem = Subproblem(self.state.face, nothing)
        optimum = best_choice(self.state, nothing, self.deadline)
        if optimum is None:
            self._withdraw()
        else:
            self._record_optimum(subproblem, optimum)

    def _record_optimum(self, subproblem: Subproblem, optimum: Optimum) -> None:
        """Keep only the solutions that reach the optimum, by its prices and by those that include cuts."""
        assert optimum.proved, "nothing stops this solve"
        state = self.state
        chosen = subproblem.face.pair[optimum.chosen]
        self.has_left = self.has_left or state.incumbent is None or not np.array_equal(chosen, state.incumbent)
        state.incumbent, state.known_duals = chosen, optimum.known_duals
        optimal = optimal_face(subproblem, optimum.lagrangian, optimum.value)
        state.face = optimal.face
        if optimum.tree is not None:
            self.cuts = optimum.tree.cuts
            state.face = _tightened(optimal, optimum.tree, optimum.value)
        self.supposed = None

    def _is_worth_asking(self, position: int) -> bool:
        """Whether there is something left to decide, and so little that a single choice may be left."""
        face, is_last = self.state.face, position + 1 == len(self.plan)
        return not is_last and len(face.pair) < PAIRS_BY_LEARNER * len(face.must)

    def _look_for_alternative(self) -> None:
        """Find out whether the choice is the only one left, unless another one is known that is still possible."""
        face, mask = self.state.face, self.state.mask()
        assert mask is not None, "something was solved, and so a choice is known"
        if self.alternative is not None and _is_left(face, self.alternative, besides=mask):
            return
        found = alternative_optimum(face, mask, self.cuts, self.deadline)
        self.alternative = None if found is None else face.pair[found]
        self.is_decided = found is None

    def _optimum(self, subproblem: Subproblem, position: int, lagrangian: LagrangianBound) -> Optimum | None:
        """The optimum of a goal: by the old cuts or from few pairs where limits cross, by the usual path where they
        nest."""
        if nested(subproblem) is not None:
            return best_choice(self.state, subproblem.goal, self.deadline)
        cuts = self.old.cuts(position, subproblem.goal.name)
        warm = WarmStartedLp(subproblem, lagrangian, self.deadline)
        by_cuts = self._optimum_by_cuts(lagrangian, warm, cuts) if cuts else None
        return by_cuts or self._optimum_by_search(warm, cuts)

    def _optimum_by_cuts(self, lagrangian: LagrangianBound, warm: WarmStartedLp, cuts: list[Cut]) -> Optimum | None:
        """The optimum where the old cuts close the gap again."""
        outcome, cut = warm.solved_with(cuts), with_cuts(warm.subproblem, cuts)
        incumbent = None if outcome is None else self._incumbent(warm.subproblem, outcome)
        if outcome is None or incumbent is None:
            return None
        duals, value = rounded_multipliers(cut, outcome), cut.value(incumbent)
        if lagrangian_bound(cut, duals).integer_bound != value:
            return None
        return Optimum(incumbent, value, value, BY_CASES, lagrangian, SearchTree(cut, NO_OPENINGS, cuts, duals))

    def _optimum_by_search(self, warm: WarmStartedLp, cuts: list[Cut]) -> Optimum | None:
        subproblem = warm.subproblem
        outcome = warm.solved(to_the_end=self.supposed is None)
        if outcome.status != "optimal":
            return None
        shown = lagrangian_bound(subproblem, rounded_multipliers(subproblem, outcome))
        incumbent = self._incumbent(subproblem, outcome)
        if incumbent is not None and subproblem.value(incumbent) == shown.integer_bound:
            return Optimum(incumbent, shown.integer_bound, shown.integer_bound, BY_DUALS, shown)
        warm_start = WarmStart(warm.basis(), cuts)
        return optimise(subproblem, incumbent, self._hint(subproblem), self.deadline, shown.multipliers, warm_start)

    def _incumbent(self, subproblem: Subproblem, outcome: LpOutcome) -> Bools | None:
        """The better of the choice so far and what the shares of a relaxation round to."""
        return subproblem.better(self.state.mask(), subproblem.rounded(outcome.share, tolerance=0.5))


def _is_left(face: Face, pairs: Ints, besides: Bools) -> bool:
    """Whether a choice (positions in the component) is still on the face, and another one than `besides` (m,)."""
    mask = face.mask_of(pairs)
    return int(mask.sum()) == len(pairs) and face.admits(mask) and bool((mask != besides).any())


def _tightened(optimal: Subproblem, tree: SearchTree, value: int) -> Face:
    """The face without what loses too much at prices that include cuts; the cuts themselves are left out again."""
    if tree.root_duals is None:
        return optimal.face
    cut, limits = with_cuts(optimal, tree.cuts), optimal.face.none
    unpriced = (0,) * (len(cut.face.held) - len(tree.root_duals.held))  # the goal, where it is held from now on
    lagrangian = lagrangian_bound(cut, replace(tree.root_duals, held=(*tree.root_duals.held, *unpriced)))
    narrow = fixed_by_reduced_cost(cut, lagrangian, lagrangian.gap(value))
    rows = [*range(limits), -1]
    return replace(
        optimal.restricted(narrow.kept).face,
        must=narrow.face.must,
        low=narrow.face.low[rows],
        high=narrow.face.high[rows],
        zero_ok=narrow.face.zero_ok[rows],
    )
