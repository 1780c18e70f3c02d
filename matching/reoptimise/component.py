"""Solves a changed component beginning from the old solution's prices and pairs.

Any prices bound any goal, the old ones also that of the changed component, and mostly well. Where the bound is what
the old pairs reach, nothing has to be solved. Otherwise a linear programme over the pairs that lose little at the old
prices gives new ones, which leave little to search. And once a single choice is left, it decides all later goals.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import numpy as np

from matching.assignment.laminar import laminar_tree_of
from matching.branch_and_bound.nodes import SearchTree
from matching.branch_and_bound.optimum import Optimum
from matching.branch_and_bound.reduced_cost_bands import optimise
from matching.branch_and_bound.search import WarmStart
from matching.branch_and_bound.zero_half_cuts import Cut, with_cuts
from matching.deadline import Deadline
from matching.lexicographic.component import (
    ComponentState,
    Plan,
    best_choice,
    component_infeasible,
    goal_count,
    goal_of,
)
from matching.lp.column_generation import TwoGoalDuals
from matching.lp.highs_model import LpOutcome
from matching.lp.integer_duals import rounded_multipliers
from matching.lp.lagrangian import LagrangianBound, fixed_by_reduced_cost, lagrangian_bound, optimal_face
from matching.model.face import Bools, Face, Goal, Ints, is_constant
from matching.model.objectives import digit_goal
from matching.reoptimise.prior_duals import PriorDuals
from matching.reoptimise.uniqueness import another_optimum
from matching.reoptimise.warm_start import NearbyRelaxation, solve_both_goals_from
from matching.solution import BY_CASES, BY_DUALS

PAIRS_BY_LEARNER = 3
NO_OPENINGS = np.zeros(0, dtype=np.int64)


class Reoptimisation:
    """A changed component on its way: `is_decided` when a single choice is left, which is `state.chosen`.

    `supposed` is a state, a goal in it and its relaxation, whose bound is believed to be reached until a choice shows
    it: goals that only count pairs nearly always reach the bound of the old prices, and to search for a choice that
    does so would be wasted before the next goal says which of them are wanted.
    """

    def __init__(self, state: ComponentState, plan: Plan, old: PriorDuals, deadline: Deadline) -> None:
        self.state, self.plan, self.old, self.deadline = state, plan, old, deadline
        self.is_decided = False
        self.supposed: tuple[ComponentState, Goal, LagrangianBound] | None = None
        self.has_left = False  # the choice is no longer the old one, so that later prices may not fit
        self.cuts: list[Cut] = []
        self.another: Ints | None = None

    def run(self, positions: range) -> None:
        """Go through the stages at these positions, none of which is `floor`. Raises `ComponentInfeasible`."""
        for position in positions:
            if self.plan.stages[position] == "lottery":
                self._draw_lots(position)
            else:
                for goal_at in range(goal_count(self.plan, position)):
                    self._reach(position, goal_at)
        if self.state.chosen is None:
            self._choose_any()

    def _draw_lots(self, position: int) -> None:
        for digit in count():
            self._reach(position, digit)
            if self.state.chosen is not None and not self.is_decided:
                self._look_for_another()
            if self.is_decided:
                return

    def _goal(self, position: int, goal_at: int) -> Goal:
        if self.plan.stages[position] == "lottery":
            return digit_goal(self.state.component, self.state.face, self.plan.seed, goal_at)
        return goal_of(self.state, self.plan, position, goal_at)

    def _reach(self, position: int, goal_at: int) -> None:
        """Narrow the face to what is optimal for a goal."""
        if self.is_decided:
            return
        goal = self._goal(position, goal_at)
        if self.state.chosen is not None and is_constant(self.state.face, goal):
            return
        lagrangian = self._relaxed(goal, position)
        if self._is_kept(goal, lagrangian) or self._is_reached_by_the_other(goal, lagrangian):
            self.state.face = optimal_face(self.state.face, goal, lagrangian, lagrangian.integer_bound)
            if not goal.is_coarse and self._is_worth_asking(position):
                self._look_for_another()
        elif goal.is_coarse and not self.has_left and self.supposed is None:
            self._suppose(goal, lagrangian)
        elif (optimum := self._best(goal, position, lagrangian)) is not None:
            self._record_optimum(goal, optimum)
            if self._is_worth_asking(position):
                self._look_for_another()
        else:
            self._withdraw()
            self._reach(position, goal_at)

    def _is_reached_by_the_other(self, goal: Goal, lagrangian: LagrangianBound) -> bool:
        """Whether the other known choice reaches the bound, which is then the one to go on with."""
        face, mask = self.state.face, self.state.mask()
        if self.another is None or mask is None or not _is_left(face, self.another, besides=mask):
            return False
        other = np.isin(face.pair, self.another, assume_unique=True)
        if face.value(goal, other) < lagrangian.integer_bound:
            return False
        self.state.chosen, self.another, self.has_left = self.another, self.state.chosen, True
        return True

    def _relaxed(self, goal: Goal, position: int) -> LagrangianBound:
        state = self.state
        known_duals = state.known_duals if goal.name == "score" else None
        return lagrangian_bound(state.face, goal, known_duals or self.old.duals(position, goal.name, state.face))

    def _is_kept(self, goal: Goal, lagrangian: LagrangianBound) -> bool:
        mask = self.state.mask()
        return mask is not None and self.state.face.value(goal, mask) == lagrangian.integer_bound

    def _suppose(self, goal: Goal, lagrangian: LagrangianBound) -> None:
        self.supposed = (replace(self.state), goal, lagrangian)
        self.state.face = optimal_face(self.state.face, goal, lagrangian, lagrangian.integer_bound)
        self.state.chosen = None

    def _withdraw(self) -> None:
        """Nothing reaches the bound that was supposed: go back and solve for that goal."""
        if self.supposed is None:
            raise component_infeasible(self.state)
        self.state, goal, lagrangian = self.supposed
        optimum = self._best_count(goal, lagrangian)
        if optimum is None:
            raise component_infeasible(self.state)
        self._record_optimum(goal, optimum)

    def _best_count(self, goal: Goal, lagrangian: LagrangianBound) -> Optimum | None:
        """The optimum of a goal that only counts pairs, by a choice that the score likes."""
        face, hint = self.state.face, self.state.component.score[self.state.face.pair]
        if face.held or laminar_tree_of(face) is not None:
            return best_choice(self.state, goal, self.deadline)
        nearby = TwoGoalDuals(lagrangian.multipliers, self.old.duals_of("score", self.plan, face))
        outcome, both_duals = solve_both_goals_from(face, goal, hint, nearby, self.deadline)
        if outcome.status == "infeasible":
            return None
        if both_duals is None:
            return best_choice(self.state, goal, self.deadline)
        return optimise(face, goal, self._best_known(goal, outcome), hint, self.deadline, both_duals)

    def _choose_any(self) -> None:
        nothing = Goal("any", np.zeros(len(self.state.face.pair), dtype=np.int64))
        optimum = best_choice(self.state, nothing, self.deadline)
        if optimum is None:
            self._withdraw()
        else:
            self._record_optimum(nothing, optimum)

    def _record_optimum(self, goal: Goal, optimum: Optimum) -> None:
        """Keep only the solutions that reach the optimum, by its prices and by those that include cuts."""
        assert optimum.proved, "nothing stops this solve"
        state = self.state
        chosen = state.face.pair[optimum.chosen]
        self.has_left = self.has_left or state.chosen is None or not np.array_equal(chosen, state.chosen)
        state.chosen, state.known_duals = chosen, optimum.known_duals
        whole, state.face = state.face, optimal_face(state.face, goal, optimum.lagrangian, optimum.value)
        if optimum.tree is not None:
            self.cuts = optimum.tree.cuts
            state.face = _tightened(state.face, _within(state.face, whole, goal), optimum)
        self.supposed = None

    def _is_worth_asking(self, position: int) -> bool:
        """Whether there is something left to decide, and so little that a single choice may be left."""
        face, is_last = self.state.face, position + 1 == len(self.plan.stages)
        return not is_last and len(face.pair) < PAIRS_BY_LEARNER * len(face.must)

    def _look_for_another(self) -> None:
        """Find out whether the choice is the only one left, unless another one is known that is still possible."""
        face, mask = self.state.face, self.state.mask()
        assert mask is not None, "something was solved, and so a choice is known"
        if self.another is not None and _is_left(face, self.another, besides=mask):
            return
        found = another_optimum(face, mask, self.cuts, self.deadline)
        self.another = None if found is None else face.pair[found]
        self.is_decided = found is None

    def _best(self, goal: Goal, position: int, lagrangian: LagrangianBound) -> Optimum | None:
        """The optimum of a goal: by the old cuts or from few pairs where limits cross, by the usual path where they
        nest."""
        if laminar_tree_of(self.state.face) is not None:
            return best_choice(self.state, goal, self.deadline)
        face, cuts = self.state.face, self.old.cuts(position, goal.name)
        nearby = NearbyRelaxation(face, goal, lagrangian, self.deadline)
        by_cuts = self._best_by_cuts(goal, lagrangian, nearby, cuts) if cuts else None
        return by_cuts or self._best_searched(goal, nearby, cuts)

    def _best_by_cuts(
        self, goal: Goal, lagrangian: LagrangianBound, nearby: NearbyRelaxation, cuts: list[Cut]
    ) -> Optimum | None:
        """The optimum where the old cuts close the gap again."""
        outcome, face = nearby.solved_with(cuts), with_cuts(self.state.face, cuts)
        best = None if outcome is None else self._best_known(goal, outcome)
        if outcome is None or best is None:
            return None
        duals, value = rounded_multipliers(face, goal, outcome), face.value(goal, best)
        if lagrangian_bound(face, goal, duals).integer_bound != value:
            return None
        return Optimum(best, value, value, BY_CASES, lagrangian, SearchTree(face, NO_OPENINGS, cuts, duals))

    def _best_searched(self, goal: Goal, nearby: NearbyRelaxation, cuts: list[Cut]) -> Optimum | None:
        face, hint = self.state.face, self.state.component.score[self.state.face.pair]
        outcome = nearby.solved(to_the_end=self.supposed is None)
        if outcome.status != "optimal":
            return None
        shown = lagrangian_bound(face, goal, rounded_multipliers(face, goal, outcome))
        best = self._best_known(goal, outcome)
        if best is not None and face.value(goal, best) == shown.integer_bound:
            return Optimum(best, shown.integer_bound, shown.integer_bound, BY_DUALS, shown)
        return optimise(face, goal, best, hint, self.deadline, shown.multipliers, WarmStart(nearby.basis(), cuts))

    def _best_known(self, goal: Goal, outcome: LpOutcome) -> Bools | None:
        """The better of the choice so far and what the shares of a relaxation round to."""
        face, known = self.state.face, [mask for mask in [self.state.mask()] if mask is not None]
        if outcome.share is not None and face.admits(outcome.share > 0.5):
            known.append(outcome.share > 0.5)
        return max(known, key=lambda mask: face.value(goal, mask), default=None)


def _is_left(face: Face, pairs: Ints, besides: Bools) -> bool:
    """Whether a choice (positions in the component) is still on the face, and another one than `besides` (m,)."""
    mask = np.isin(face.pair, pairs, assume_unique=True)
    return int(mask.sum()) == len(pairs) and face.admits(mask) and bool((mask != besides).any())


def _within(narrow: Face, whole: Face, goal: Goal) -> Goal:
    """The goal on a face with fewer pairs."""
    return replace(goal, worth=goal.worth[np.isin(whole.pair, narrow.pair, assume_unique=True)])


def _tightened(face: Face, goal: Goal, optimum: Optimum) -> Face:
    """The face without what loses too much at prices that include cuts; the cuts themselves are left out again."""
    assert optimum.tree is not None
    root_duals = optimum.tree.root_duals
    if root_duals is None:
        return face
    cut = with_cuts(face, optimum.tree.cuts)
    unpriced = (0,) * (len(face.held) - len(root_duals.held))  # the goal itself, where it is held from now on
    lagrangian = lagrangian_bound(cut, goal, replace(root_duals, held=(*root_duals.held, *unpriced)))
    narrow = fixed_by_reduced_cost(cut, lagrangian, lagrangian.bound - root_duals.scale * optimum.value)
    kept = np.isin(face.pair, narrow.pair, assume_unique=True)
    rows = [*range(face.none), -1]
    return replace(
        face.restricted(kept),
        must=narrow.must,
        low=narrow.low[rows],
        high=narrow.high[rows],
        zero_ok=narrow.zero_ok[rows],
    )
