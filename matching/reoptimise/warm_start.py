"""Solves linear relaxations beginning at duals that are optimal for nearly the same face."""

from __future__ import annotations

import numpy as np

from matching.branch_and_bound.zero_half_cuts import Cut, with_cuts
from matching.deadline import Deadline
from matching.lp.column_generation import improving_pairs, price_out
from matching.lp.highs_model import HighsModel
from matching.lp.lagrangian import LagrangianBound, Multipliers, lagrangian_bound
from matching.lp.lp_outcome import Basis, LpOutcome
from matching.lp.presolve import Presolved, presolve
from matching.lp.two_goals import TwoGoalDuals, combined, separated_duals, weight_over
from matching.model.face import Bools, Ints
from matching.model.subproblem import Subproblem

FEW_PAIRS = 1000
NARROW = 2_000  # pairs with a reduced cost below this part of the bound are looked at first
WIDER = 4


class WarmStartedLp:
    """The relaxation of a subproblem, over pairs of small reduced cost at prior duals, without those that are fixed."""

    def __init__(
        self, subproblem: Subproblem, lagrangian: LagrangianBound, deadline: Deadline, band: int | None = None
    ) -> None:
        """`lagrangian` is what the prior duals show of the goal, `band` the largest reduced cost of the first pairs."""
        self.subproblem, self.deadline = subproblem, deadline
        self.presolved = presolve(subproblem)
        self.reduced_cost = lagrangian.reduced_cost[self.presolved.open]
        scale, is_small = lagrangian.multipliers.scale, len(self.reduced_cost) <= FEW_PAIRS
        self.band = abs(lagrangian.bound) // NARROW + 2 * scale if band is None else band
        self.few: Bools = (self.reduced_cost <= self.band) | is_small
        self.model = HighsModel(self.presolved.subproblem, np.flatnonzero(self.few))
        self.likely = _likely_basis(subproblem, lagrangian, self.presolved)
        self._begin()

    def _begin(self) -> None:
        if self.model.is_plain:
            self.model.begin_at(self.likely)

    def solved_with(self, cuts: list[Cut]) -> LpOutcome | None:
        """The relaxation with these cuts, to be asked for first; None where further pairs would be needed for it.
        One simplex run."""
        cut, first = presolve(with_cuts(self.subproblem, cuts)).subproblem, self.presolved.subproblem.face
        self.model.add_lazy(cut.face, range(first.none, cut.face.none))
        outcome = self.model.run(self.deadline.seconds_left())
        is_whole = outcome.status == "optimal" and not len(improving_pairs(cut, self.model, outcome))
        self.model.keep_lazy(first, [])
        self._begin()
        return self.presolved.of_whole(outcome) if is_whole else None

    def solved(self, *, to_the_end: bool = True) -> LpOutcome:
        """The relaxation, over more pairs where some have a good reduced cost or the first do not suffice for anything.

        Unless `to_the_end`, the latter may be called infeasible. One simplex run for each time pairs are added.
        """
        while True:
            outcome = price_out(self.presolved.subproblem, self.model, self.deadline)
            if outcome.status == "optimal" or self.few.all() or not to_the_end:
                return self.presolved.of_whole(outcome)
            self.band *= WIDER
            more = ~self.few & (self.reduced_cost <= self.band)
            self.few |= more
            self.model.add(np.flatnonzero(more))

    def basis(self) -> Basis | None:
        """Where the simplex method ended, for the whole face, if that is known."""
        ended = self.model.basis()
        return None if ended is None else self.presolved.whole_basis(ended)


def _likely_basis(subproblem: Subproblem, lagrangian: LagrangianBound, presolved: Presolved) -> Basis:
    """What is free at these duals: pairs of reduced cost 0, learners who may as well stay out, rows without a dual."""
    alone = ~subproblem.face.must & (lagrangian.learner_duals == 0)
    return presolved.basis_of(Basis(lagrangian.reduced_cost == 0, alone, lagrangian.multipliers.rows[:-1] == 0))


def solve_both_goals_from(
    subproblem: Subproblem, hint: Ints, prior: TwoGoalDuals, deadline: Deadline
) -> tuple[LpOutcome, TwoGoalDuals | None]:
    """As `solve_both_goals` of `lp.two_goals`, beginning at both kinds of duals; with what the model said. A simplex
    run, and more where some pairs are missing."""
    both, weight = combined(subproblem, hint), weight_over(hint)
    scale = prior.here.scale * prior.then.scale
    rows = weight * prior.then.scale * prior.here.rows + prior.here.scale * prior.then.rows
    lagrangian = lagrangian_bound(both, Multipliers(scale, rows, ()))
    band = scale * (2 + int(np.abs(hint).max(initial=0)) * subproblem.learner_count // NARROW)
    outcome = WarmStartedLp(both, lagrangian, deadline, band).solved()
    return outcome, separated_duals(subproblem, hint, outcome)
