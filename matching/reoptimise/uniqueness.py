"""Asks whether a face holds another choice than the one that is known."""

from __future__ import annotations

import numpy as np

from matching.assignment.laminar import laminar_tree_of
from matching.assignment.solve import assign
from matching.branch_and_bound.reduced_cost_bands import optimise
from matching.branch_and_bound.search import WarmStart, branch_and_bound
from matching.branch_and_bound.zero_half_cuts import Cut, with_cuts
from matching.deadline import Deadline
from matching.lp.column_generation import solve_lp_relaxation
from matching.lp.highs_model import INTEGRALITY
from matching.lp.lagrangian import lagrangian_bound
from matching.lp.presolve import presolve
from matching.model.face import Bools, Face, Goal

FEW_NODES = 10  # to look for any other choice, before it is worth looking for cuts


def another_optimum(face: Face, chosen: Bools, cuts: list[Cut], deadline: Deadline) -> Bools | None:
    """Return another choice (m,) than `chosen`, or None when that is the only one. `cuts` are some that may help."""
    if is_settled(face):
        return None
    goal, least = _difference(face, chosen), -int(chosen.sum())
    found = _more_different(face, goal, least, cuts, deadline)
    return None if found is None or face.value(goal, found) == least else found


def _more_different(face: Face, goal: Goal, least: int, cuts: list[Cut], deadline: Deadline) -> Bools | None:
    """A choice with more of the goal than `least`; None, or one with just that, where there is none with more."""
    tree = laminar_tree_of(face)
    if tree is not None:
        assigned = assign(face, goal, tree, deadline)
        return None if assigned is None else assigned.chosen
    bound, shown = _relaxed(face, goal, cuts, deadline)
    if bound == least or shown is not None:
        return shown
    result = branch_and_bound(face, goal, least, deadline, any_will_do=True, most_nodes=FEW_NODES)
    if result.chosen is None and result.tree is None:
        result = branch_and_bound(face, goal, least, deadline, warm_start=WarmStart(cuts=cuts))
    if result.chosen is not None or result.tree is not None:
        return result.chosen
    if _relaxed(face, goal, result.cuts, deadline)[0] == least:
        return None
    optimum = optimise(face, goal, None, goal.worth, deadline)
    return None if optimum is None else optimum.chosen


def is_settled(face: Face) -> bool:
    """Whether everybody has a single pair that she must take, or none."""
    return bool((np.bincount(face.learner, minlength=len(face.must)) == face.must).all())


def _difference(face: Face, chosen: Bools) -> Goal:
    """Fewest pairs of the choice, and most for the learners whom it leaves out: any other choice has more of it."""
    left_out = np.bincount(face.learner[chosen], minlength=len(face.must))[face.learner] == 0
    return Goal("another", left_out.astype(np.int64) - chosen)


def _relaxed(face: Face, goal: Goal, cuts: list[Cut], deadline: Deadline) -> tuple[int, Bools | None]:
    """The bound of the linear relaxation with these cuts, and its solution where that is a choice."""
    left = presolve(with_cuts(face, cuts), goal)
    relaxed = solve_lp_relaxation(left.face, left.goal, None, deadline)
    bound = lagrangian_bound(left.face, left.goal, relaxed.multipliers).integer_bound + left.worth
    if relaxed.outcome.share is None:
        return bound, None
    share = left.whole_share(relaxed.outcome.share)
    chosen = share > 0.5
    is_choice = bool((np.abs(share - chosen) < INTEGRALITY).all()) and face.admits(chosen)
    return bound, chosen if is_choice else None
