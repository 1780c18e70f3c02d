"""Finds the optimum of one goal of a changed component, from the duals and cuts that an old solution has for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.assignment.nested import nested
from matching.branch_and_bound.nodes import SearchTree
from matching.branch_and_bound.optimum import Optimum
from matching.branch_and_bound.reduced_cost_bands import optimise
from matching.branch_and_bound.root import WarmStart
from matching.branch_and_bound.zero_half_cuts import Cut, with_cuts
from matching.deadline import Deadline
from matching.lexicographic.component import best_choice
from matching.lexicographic.state import ComponentState
from matching.lp.integer_duals import rounded_multipliers
from matching.lp.lagrangian import LagrangianBound, lagrangian_bound
from matching.lp.lp_outcome import LpOutcome
from matching.lp.two_goals import TwoGoalDuals
from matching.model.face import Bools, Ints
from matching.model.objectives.registered import Plan
from matching.model.objectives.score import Score
from matching.model.subproblem import Subproblem
from matching.reoptimise.prior_duals import PriorDuals
from matching.reoptimise.warm_start import WarmStartedLp, solve_both_goals_from
from matching.solution import BY_CASES, BY_DUALS

NO_OPENINGS = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class WarmOptimum:
    """The optimum of `subproblem`, a goal on the face of `state`; `lagrangian` is what the prior duals show of it."""

    state: ComponentState
    subproblem: Subproblem
    lagrangian: LagrangianBound
    old: PriorDuals
    deadline: Deadline

    def of_goal(self, position: int, *, to_the_end: bool) -> Optimum | None:
        """By the old cuts or from few pairs where limits cross, by the usual path where they nest.

        None where nothing satisfies the limits; unless `to_the_end`, also where the few pairs do not suffice. Mostly
        one simplex run; exponential at worst.
        """
        if nested(self.subproblem) is not None:
            return best_choice(self.state, self.subproblem.goal, self.deadline)
        cuts = self.old.cuts(position, self.subproblem.goal.name)
        warm = WarmStartedLp(self.subproblem, self.lagrangian, self.deadline)
        by_cuts = self._by_cuts(warm, cuts) if cuts else None
        return by_cuts or self._by_search(warm, cuts, to_the_end=to_the_end)

    def _by_cuts(self, warm: WarmStartedLp, cuts: list[Cut]) -> Optimum | None:
        """The optimum where the old cuts close the gap again."""
        outcome, cut = warm.solved_with(cuts), with_cuts(self.subproblem, cuts)
        incumbent = None if outcome is None else self._incumbent(outcome)
        if outcome is None or incumbent is None:
            return None
        duals, value = rounded_multipliers(cut, outcome), cut.value(incumbent)
        if lagrangian_bound(cut, duals).integer_bound != value:
            return None
        return Optimum(incumbent, value, value, BY_CASES, self.lagrangian, SearchTree(cut, NO_OPENINGS, cuts, duals))

    def _by_search(self, warm: WarmStartedLp, cuts: list[Cut], *, to_the_end: bool) -> Optimum | None:
        subproblem, outcome = self.subproblem, warm.solved(to_the_end=to_the_end)
        if outcome.status != "optimal":
            return None
        shown = lagrangian_bound(subproblem, rounded_multipliers(subproblem, outcome))
        incumbent = self._incumbent(outcome)
        if incumbent is not None and subproblem.value(incumbent) == shown.integer_bound:
            return Optimum(incumbent, shown.integer_bound, shown.integer_bound, BY_DUALS, shown)
        warm_start = WarmStart(warm.basis(), cuts)
        return optimise(subproblem, incumbent, self._hint(), self.deadline, shown.multipliers, warm_start)

    def of_count(self, plan: Plan) -> Optimum | None:
        """The optimum of a goal that only counts pairs, by a choice that the score likes; None where there is none.

        Mostly a few simplex runs; exponential at worst.
        """
        face = self.subproblem.face
        if face.held or nested(self.subproblem) is not None:
            return best_choice(self.state, self.subproblem.goal, self.deadline)
        warm = TwoGoalDuals(self.lagrangian.multipliers, self.old.duals_of(Score.name, plan, face))
        outcome, both_duals = solve_both_goals_from(self.subproblem, self._hint(), warm, self.deadline)
        if outcome.status == "infeasible":
            return None
        if both_duals is None:
            return best_choice(self.state, self.subproblem.goal, self.deadline)
        return optimise(self.subproblem, self._incumbent(outcome), self._hint(), self.deadline, both_duals)

    def _hint(self) -> Ints:
        return self.state.component.score[self.subproblem.face.pair]

    def _incumbent(self, outcome: LpOutcome) -> Bools | None:
        """The better of the incumbent and what the shares of a relaxation round to."""
        return self.subproblem.better(self.state.mask(), self.subproblem.rounded(outcome.share, tolerance=0.5))
