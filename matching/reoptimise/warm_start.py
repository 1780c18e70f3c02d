"""Solves linear relaxations beginning at duals that are optimal for nearly the same face."""

from __future__ import annotations

import numpy as np

from matching.branch_and_bound.zero_half_cuts import Cut, with_cuts
from matching.deadline import Deadline
from matching.lp.column_generation import (
    TwoGoalDuals,
    combined_goal,
    improving_pairs,
    price_out,
    separated_duals,
    weight_over,
)
from matching.lp.highs_model import Basis, HighsModel, LpOutcome
from matching.lp.lagrangian import LagrangianBound, Multipliers, lagrangian_bound
from matching.lp.presolve import Presolved, presolve
from matching.model.face import Bools, Face, Goal, Ints

FEW_PAIRS = 1000
SHARE_LOST = 2_000  # pairs that lose less than this part of the bound are looked at first
WIDER = 4


class NearbyRelaxation:
    """The relaxation of a goal, over pairs that lose little at nearby duals, and without those that are settled."""

    def __init__(
        self, face: Face, goal: Goal, lagrangian: LagrangianBound, deadline: Deadline, band: int | None = None
    ) -> None:
        """`lagrangian` is what the nearby duals show of the goal; `band` what the first pairs may lose there."""
        self.face, self.goal, self.deadline = face, goal, deadline
        self.left = presolve(face, goal)
        self.loss = lagrangian.reduced_cost[self.left.open]
        scale = lagrangian.multipliers.scale
        self.band = abs(lagrangian.bound) // SHARE_LOST + 2 * scale if band is None else band
        self.few: Bools = self.loss <= self.band if len(self.loss) > FEW_PAIRS else self.loss >= 0
        self.model = HighsModel(self.left.face, self.left.goal, np.flatnonzero(self.few))
        self.likely = _likely_basis(face, lagrangian, self.left)
        self._begin()

    def _begin(self) -> None:
        if self.model.is_plain:
            self.model.begin_at(self.likely)

    def solved_with(self, cuts: list[Cut]) -> LpOutcome | None:
        """The relaxation with these cuts, to be asked for first; None where further pairs would be needed for it."""
        left = presolve(with_cuts(self.face, cuts), self.goal)
        self.model.add_late(left.face, range(self.left.face.none, left.face.none))
        outcome = self.model.run(self.deadline.seconds_left())
        is_whole = outcome.status == "optimal" and not len(improving_pairs(left.face, left.goal, self.model, outcome))
        self.model.keep_late(self.left.face, [])
        self._begin()
        return self.left.of_whole(outcome) if is_whole else None

    def solved(self, *, to_the_end: bool = True) -> LpOutcome:
        """The relaxation, over more pairs where some have a good reduced cost or the first do not suffice for anything.

        Unless `to_the_end`, the latter may be called infeasible.
        """
        while True:
            outcome = price_out(self.left.face, self.left.goal, self.model, self.deadline)
            if outcome.status == "optimal" or self.few.all() or not to_the_end:
                return self.left.of_whole(outcome)
            self.band *= WIDER
            more = ~self.few & (self.loss <= self.band)
            self.few |= more
            self.model.add(np.flatnonzero(more))

    def basis(self) -> Basis | None:
        """Where the simplex method ended, for the whole face, if that is known."""
        ended = self.model.basis()
        if ended is None:
            return None
        pairs, learners = np.zeros(len(self.left.open), dtype=bool), np.zeros(len(self.left.unsettled), dtype=bool)
        pairs[self.left.open], learners[self.left.unsettled] = ended.pairs, ended.learners
        return Basis(pairs, learners, ended.limits)


def _likely_basis(face: Face, lagrangian: LagrangianBound, left: Presolved) -> Basis:
    """What is free at these duals: pairs that lose nothing, learners who may stay out for it, rows without a dual."""
    alone = ~face.must & (lagrangian.price == 0)
    free = lagrangian.reduced_cost == 0
    return Basis(free[left.open], alone[left.unsettled], lagrangian.multipliers.rows[:-1] == 0)


def solve_both_goals_from(
    face: Face, goal: Goal, hint: Ints, nearby: TwoGoalDuals, deadline: Deadline
) -> tuple[LpOutcome, TwoGoalDuals | None]:
    """As `solve_both_goals` of `lp.column_generation`, beginning at both kinds of duals; with what the model said."""
    both, weight = combined_goal(goal, hint), weight_over(hint)
    scale = nearby.here.scale * nearby.then.scale
    rows = weight * nearby.then.scale * nearby.here.rows + nearby.here.scale * nearby.then.rows
    lagrangian = lagrangian_bound(face, both, Multipliers(scale, rows, ()))
    band = scale * (2 + int(np.abs(hint).max(initial=0)) * len(face.must) // SHARE_LOST)
    outcome = NearbyRelaxation(face, both, lagrangian, deadline, band).solved()
    return outcome, separated_duals(face, goal, hint, outcome)
