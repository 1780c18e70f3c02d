"""The first bound of a goal: from duals that are known, or from the relaxation, that of the hint solved with it."""

from __future__ import annotations

from dataclasses import dataclass

from matching.deadline import Deadline
from matching.lp.column_generation import LpRelaxation, solve_lp_relaxation
from matching.lp.lagrangian import LagrangianBound, Multipliers, lagrangian_bound
from matching.lp.two_goals import TwoGoalDuals, solve_both_goals
from matching.model.face import Bools, Floats, Ints
from matching.model.subproblem import Subproblem


@dataclass(frozen=True, slots=True)
class FirstBound:
    """The bound of the relaxation; what is known of goal and hint, where both were solved together; the relaxation,
    where the goal was solved by itself."""

    lagrangian: LagrangianBound
    both: TwoGoalDuals | None = None
    relaxation: LpRelaxation | None = None

    @property
    def is_infeasible(self) -> bool:
        """Whether the relaxation showed that nothing satisfies the limits."""
        return self.relaxation is not None and self.relaxation.outcome.status == "infeasible"

    @property
    def hint_duals(self) -> Multipliers | None:
        return None if self.both is None else self.both.then

    @property
    def share_of_both(self) -> Floats | None:
        """How much of each pair (m,) goal and hint together choose, where they were solved as one."""
        return None if self.both is None else self.both.share

    @property
    def share(self) -> Floats | None:
        """How much of each pair (m,) the relaxation chooses, where one was solved for this goal."""
        return None if self.relaxation is None else self.relaxation.outcome.share

    def is_reached(self, subproblem: Subproblem, incumbent: Bools | None) -> bool:
        """Whether there is an incumbent (m,) and nothing is better. O(m + r)."""
        return incumbent is not None and subproblem.value(incumbent) >= self.lagrangian.integer_bound


def first_bound(
    subproblem: Subproblem,
    start: Bools | None,
    hint: Ints,
    deadline: Deadline,
    known_duals: Multipliers | TwoGoalDuals | None,
) -> FirstBound:
    """From the duals that are known; else from those of goal and hint together, where these can be told apart.

    `start` is a choice (m,) that satisfies the limits, if one is known, `hint` (m,) what later goals will like. O(m + n
    + r) where duals are known, otherwise what the relaxation costs.
    """
    if isinstance(known_duals, Multipliers):
        return FirstBound(lagrangian_bound(subproblem, known_duals))
    both = known_duals
    if both is None and subproblem.goal.is_coarse:
        both = solve_both_goals(subproblem, hint, start, deadline)
    if both is not None:
        return FirstBound(lagrangian_bound(subproblem, both.here), both)
    relaxation = solve_lp_relaxation(subproblem, start, deadline)
    return FirstBound(lagrangian_bound(subproblem, relaxation.multipliers), None, relaxation)
