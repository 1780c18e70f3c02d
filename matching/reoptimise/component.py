"""Solves a changed component beginning from the old solution's duals and pairs.

Any duals bound any goal, the old ones also that of the changed component, and mostly well. Where the bound is what
the old pairs reach, nothing has to be solved. Otherwise a linear programme over the pairs with small reduced costs at
the old duals gives new ones, which leave little to search. And once a single choice is left, it decides all later
goals.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import NamedTuple

import numpy as np

from matching.branch_and_bound.nodes import SearchTree
from matching.branch_and_bound.optimum import Optimum
from matching.branch_and_bound.zero_half_cuts import with_cuts
from matching.deadline import Deadline
from matching.lexicographic.component import best_choice
from matching.lexicographic.state import ComponentState, component_infeasible
from matching.lp.lagrangian import LagrangianBound, fixed_by_reduced_cost, lagrangian_bound, optimal_face
from matching.model.face import Face, Goal
from matching.model.objectives.registered import Plan
from matching.model.objectives.score import Score
from matching.model.subproblem import Subproblem
from matching.reoptimise.other_choice import OtherChoice
from matching.reoptimise.prior_duals import PriorDuals
from matching.reoptimise.warm_optimum import WarmOptimum

PAIRS_BY_LEARNER = 3


class _Supposed(NamedTuple):
    """A bound that is believed to be reached until a choice shows it: of what, and the state to go back to."""

    state: ComponentState
    subproblem: Subproblem
    lagrangian: LagrangianBound


class Reoptimisation:
    """A changed component on its way: `is_decided` when a single choice is left, which is `state.incumbent`.

    Goals that only count pairs nearly always reach the bound of the old duals, and to search for a choice that does so
    would be wasted before the next goal says which of them are wanted: until then the bound is `supposed`.
    """

    def __init__(self, state: ComponentState, plan: Plan, old: PriorDuals, deadline: Deadline) -> None:
        self.state, self.plan, self.old, self.deadline = state, plan, old, deadline
        self.is_decided = False
        self.supposed: _Supposed | None = None
        self.has_left = False  # the incumbent is no longer the old one, so that later duals may not fit
        self.other = OtherChoice(deadline)

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
                self._look_for_other()
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
        if self._is_kept(subproblem, lagrangian) or self._is_reached_by_other(subproblem, lagrangian):
            self.state.face = optimal_face(subproblem, lagrangian, lagrangian.integer_bound).face
            if not is_coarse and self._is_worth_asking(position):
                self._look_for_other()
        elif is_coarse and not self.has_left and self.supposed is None:
            self._suppose(subproblem, lagrangian)
        elif (optimum := self._optimum(subproblem, lagrangian, position)) is not None:
            self._record_optimum(subproblem, optimum)
            if self._is_worth_asking(position):
                self._look_for_other()
        else:
            self._withdraw()
            self._reach(position, goal_at)

    def _is_reached_by_other(self, subproblem: Subproblem, lagrangian: LagrangianBound) -> bool:
        """Whether the other known choice reaches the bound, which is then the one to go on with."""
        incumbent = self.state.mask()
        other = None if incumbent is None else self.other.mask(subproblem.face, incumbent)
        if other is None or subproblem.value(other) < lagrangian.integer_bound:
            return False
        self.state.incumbent, self.other.pairs, self.has_left = self.other.pairs, self.state.incumbent, True
        return True

    def _first_bound(self, subproblem: Subproblem, position: int) -> LagrangianBound:
        name = subproblem.goal.name
        known_duals = self.state.known_duals if name == Score.name else None
        return lagrangian_bound(subproblem, known_duals or self.old.duals(position, name, subproblem.face))

    def _is_kept(self, subproblem: Subproblem, lagrangian: LagrangianBound) -> bool:
        mask = self.state.mask()
        return mask is not None and subproblem.value(mask) == lagrangian.integer_bound

    def _suppose(self, subproblem: Subproblem, lagrangian: LagrangianBound) -> None:
        self.supposed = _Supposed(replace(self.state), subproblem, lagrangian)
        self.state.face = optimal_face(subproblem, lagrangian, lagrangian.integer_bound).face
        self.state.incumbent = None

    def _withdraw(self) -> None:
        """Nothing reaches the bound that was supposed: go back and solve for that goal."""
        if self.supposed is None:
            raise component_infeasible(self.state)
        self.state, subproblem, lagrangian = self.supposed
        optimum = WarmOptimum(self.state, subproblem, lagrangian, self.old, self.deadline).of_count(self.plan)
        if optimum is None:
            raise component_infeasible(self.state)
        self._record_optimum(subproblem, optimum)

    def _choose_any(self) -> None:
        nothing = Goal("any", np.zeros(len(self.state.face.pair), dtype=np.int64))
        subproblem = Subproblem(self.state.face, nothing)
        optimum = best_choice(self.state, nothing, self.deadline)
        if optimum is None:
            self._withdraw()
        else:
            self._record_optimum(subproblem, optimum)

    def _record_optimum(self, subproblem: Subproblem, optimum: Optimum) -> None:
        """Keep only the solutions that reach the optimum, by its duals and by those that include cuts."""
        assert optimum.proved, "nothing stops this solve"
        state = self.state
        chosen = subproblem.face.pair[optimum.chosen]
        self.has_left = self.has_left or state.incumbent is None or not np.array_equal(chosen, state.incumbent)
        state.incumbent, state.known_duals = chosen, optimum.known_duals
        optimal = optimal_face(subproblem, optimum.lagrangian, optimum.value)
        state.face = optimal.face
        if optimum.tree is not None:
            self.other.cuts = optimum.tree.cuts
            state.face = _tightened(optimal, optimum.tree, optimum.value)
        self.supposed = None

    def _is_worth_asking(self, position: int) -> bool:
        """Whether there is something left to decide, and so little that a single choice may be left."""
        face, is_last = self.state.face, position + 1 == len(self.plan)
        return not is_last and len(face.pair) < PAIRS_BY_LEARNER * len(face.must)

    def _look_for_other(self) -> None:
        """Find out whether the incumbent is the only choice left."""
        mask = self.state.mask()
        assert mask is not None, "something was solved, and so a choice is known"
        self.is_decided = not self.other.is_there(self.state.face, mask)

    def _optimum(self, subproblem: Subproblem, lagrangian: LagrangianBound, position: int) -> Optimum | None:
        """None where nothing satisfies the limits, or nothing may reach what is supposed."""
        warm = WarmOptimum(self.state, subproblem, lagrangian, self.old, self.deadline)
        return warm.of_goal(position, to_the_end=self.supposed is None)


def _tightened(optimal: Subproblem, tree: SearchTree, value: int) -> Face:
    """The face without what duals with cuts rule out by its reduced cost; the cuts themselves are left out again."""
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
