"""Solves the relaxations of two goals, one after the other in rank, as one linear programme."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.deadline import Deadline
from matching.lp.column_generation import solve_lp_relaxation
from matching.lp.integer_duals import TOLERANCE, rounded_multipliers
from matching.lp.lagrangian import Multipliers, lagrangian_bound, optimal_face
from matching.lp.lp_outcome import LpOutcome
from matching.model.face import Bools, Floats, Goal, Ints
from matching.model.subproblem import Restriction, Subproblem


@dataclass(frozen=True, slots=True)
class TwoGoalDuals:
    """Duals for a goal, and duals for the hint on the solutions that are optimal for the goal; `share` (m,) is what the
    linear programme of both chooses of each pair, where one was solved."""

    here: Multipliers
    then: Multipliers
    share: Floats | None = None


def solve_both_goals(
    subproblem: Subproblem, hint: Ints, start: Bools | None, deadline: Deadline
) -> TwoGoalDuals | None:
    """Solve the relaxations of a goal that only counts pairs and of what comes after it as one linear programme.

    The goal weighs far more than the hint (m,) there. Whether it weighed enough is not assumed: the duals are taken
    apart again, and both parts are tested in whole numbers. None when they fail the test, or something is held.
    It costs what `solve_lp_relaxation` does.
    """
    if subproblem.face.held:
        return None
    return separated_duals(subproblem, hint, solve_lp_relaxation(combined(subproblem, hint), start, deadline).outcome)


def weight_over(hint: Ints) -> int:
    """How much more a goal weighs than a hint in `combined`."""
    return 20 * int(np.abs(hint).max(initial=1)) + 1


def combined(subproblem: Subproblem, hint: Ints) -> Subproblem:
    """The goal and a hint (m,) as one goal."""
    goal = subproblem.goal
    return Subproblem(subproblem.face, Goal("both", weight_over(hint) * goal.worth + hint, goal.squares))


def hint_on(near: Restriction, hint: Ints) -> Subproblem:
    """A hint for each pair of a larger subproblem, as the goal on what is left of it."""
    return Subproblem(near.face, Goal("hint", near.kept_of(hint)))


def separated_duals(subproblem: Subproblem, hint: Ints, outcome: LpOutcome) -> TwoGoalDuals | None:
    """The duals of both goals from those that the relaxation of `combined` ended with; None when they fail. O(m)."""
    weight = weight_over(hint)
    if outcome.status != "optimal" or outcome.share is None:
        return None
    shares = np.rint(outcome.row_duals / weight)
    here = Multipliers(1, shares.astype(np.int64), ())
    lagrangian = lagrangian_bound(subproblem, here)
    if outcome.share @ subproblem.goal.worth < lagrangian.bound - TOLERANCE * subproblem.learner_count:
        return None
    hinted = hint_on(optimal_face(subproblem, lagrangian, lagrangian.bound), hint)
    rest = outcome.row_duals - weight * shares
    bound = outcome.bound - weight * lagrangian.bound
    then = rounded_multipliers(hinted, LpOutcome("optimal", None, rest, np.zeros(0), bound))
    return TwoGoalDuals(here, then, outcome.share)
