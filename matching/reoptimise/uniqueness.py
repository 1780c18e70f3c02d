"""Asks whether a face holds another choice than the one that is known."""

from __future__ import annotations

import numpy as np

from matching.assignment.nested import nested
from matching.branch_and_bound.reduced_cost_bands import optimise
from matching.branch_and_bound.root import WarmStart
from matching.branch_and_bound.search import branch_and_bound
from matching.branch_and_bound.zero_half_cuts import Cut, with_cuts
from matching.deadline import Deadline
from matching.lp.column_generation import solve_lp_relaxation
from matching.lp.lagrangian import lagrangian_bound
from matching.lp.lp_outcome import INTEGRALITY
from matching.lp.presolve import presolve
from matching.model.face import Bools, Face, Goal
from matching.model.subproblem import Subproblem

FEW_NODES = 10  # to look for any other choice, before it is worth looking for cuts


def alternative_optimum(face: Face, chosen: Bools, cuts: list[Cut], deadline: Deadline) -> Bools | None:
    """Return another choice (m,) than `chosen`, or None when that is the only one. `cuts` are some that may help.

    Mostly one simplex run; branch and bound where its solution is not whole, exponential at worst.
    """
    if has_single_choice(face):
        return None
    subproblem, least = _difference(face, chosen), -int(chosen.sum())
    found = _more_different(subproblem, least, cuts, deadline)
    return None if found is None or subproblem.value(found) == least else found


def _more_different(subproblem: Subproblem, least: int, cuts: list[Cut], deadline: Deadline) -> Bools | None:
    """A choice with more of the goal than `least`; None, or one with just that, where there is none with more."""
    problem = nested(subproblem)
    if problem is not None:
        assigned = problem.assigned(deadline)
        return None if assigned is None else assigned.chosen
    bound, shown = _lp_bound(subproblem, cuts, deadline)
    if bound == least or shown is not None:
        return shown
    result = branch_and_bound(subproblem, least, deadline, any_will_do=True, most_nodes=FEW_NODES)
    if result.chosen is None and result.tree is None:
        result = branch_and_bound(subproblem, least, deadline, warm_start=WarmStart(cuts=cuts))
    if result.chosen is not None or result.tree is not None:
        return result.chosen
    if _lp_bound(subproblem, result.cuts, deadline)[0] == least:
        return None
    optimum = optimise(subproblem, None, subproblem.goal.worth, deadline)
    return None if optimum is None else optimum.chosen


def has_single_choice(face: Face) -> bool:
    """Whether everybody has a single pair that she must take, or none. O(m)."""
    return bool((np.bincount(face.learner, minlength=len(face.must)) == face.must).all())


def _difference(face: Face, chosen: Bools) -> Subproblem:
    """Fewest pairs of the choice, and most for the learners whom it leaves out: any other choice has more of it."""
    left_out = np.bincount(face.learner[chosen], minlength=len(face.must))[face.learner] == 0
    return Subproblem(face, Goal("alternative", left_out.astype(np.int64) - chosen))


def _lp_bound(subproblem: Subproblem, cuts: list[Cut], deadline: Deadline) -> tuple[int, Bools | None]:
    """The bound of the linear relaxation with these cuts, and its solution where that is a choice."""
    presolved = presolve(with_cuts(subproblem, cuts))
    relaxation = solve_lp_relaxation(presolved.subproblem, None, deadline)
    bound = lagrangian_bound(presolved.subproblem, relaxation.multipliers).integer_bound + presolved.worth
    share = relaxation.outcome.share
    return bound, subproblem.rounded(None if share is None else presolved.whole_share(share), INTEGRALITY)
