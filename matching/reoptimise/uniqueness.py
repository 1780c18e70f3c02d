"""Asks whether a face holds another choice than the one that is known."""

from __future__ import annotations

import numpy as np

from matching.assignment.laminar import tree_of
from matching.assignment.solve import assign
from matching.branch_and_bound.reduced_cost_bands import optimise
from matching.branch_and_bound.search import Before, search_cases
from matching.branch_and_bound.zero_half_cuts import Cut, with_cuts
from matching.deadline import Watch
from matching.lp.column_generation import solve_relaxation
from matching.lp.highs_model import WHOLE
from matching.lp.lagrangian import relax
from matching.lp.presolve import remainder
from matching.model.face import Bools, Face, Goal

FEW_CASES = 10  # to look for any other choice, before it is worth looking for cuts


def another_choice(face: Face, chosen: Bools, cuts: list[Cut], watch: Watch) -> Bools | None:
    """Return another choice (m,) than `chosen`, or None when that is the only one. `cuts` are some that may help."""
    if is_settled(face):
        return None
    goal, least = _difference(face, chosen), -int(chosen.sum())
    found = _more_different(face, goal, least, cuts, watch)
    return None if found is None or face.value(goal, found) == least else found


def _more_different(face: Face, goal: Goal, least: int, cuts: list[Cut], watch: Watch) -> Bools | None:
    """A choice with more of the goal than `least`; None, or one with just that, where there is none with more."""
    tree = tree_of(face)
    if tree is not None:
        assigned = assign(face, goal, tree, watch)
        return None if assigned is None else assigned.chosen
    bound, shown = _relaxed(face, goal, cuts, watch)
    if bound == least or shown is not None:
        return shown
    verdict = search_cases(face, goal, least, watch, any_will_do=True, most_cases=FEW_CASES)
    if verdict.chosen is None and verdict.tree is None:
        verdict = search_cases(face, goal, least, watch, before=Before(cuts=cuts))
    if verdict.chosen is not None or verdict.tree is not None:
        return verdict.chosen
    if _relaxed(face, goal, verdict.cuts, watch)[0] == least:
        return None
    optimum = optimise(face, goal, None, goal.worth, watch)
    return None if optimum is None else optimum.chosen


def is_settled(face: Face) -> bool:
    """Whether everybody has a single pair that she must take, or none."""
    return bool((np.bincount(face.learner, minlength=len(face.must)) == face.must).all())


def _difference(face: Face, chosen: Bools) -> Goal:
    """Fewest pairs of the choice, and most for the learners whom it leaves out: any other choice has more of it."""
    left_out = np.bincount(face.learner[chosen], minlength=len(face.must))[face.learner] == 0
    return Goal("another", left_out.astype(np.int64) - chosen)


def _relaxed(face: Face, goal: Goal, cuts: list[Cut], watch: Watch) -> tuple[int, Bools | None]:
    """The bound of the linear relaxation with these cuts, and its solution where that is a choice."""
    left = remainder(with_cuts(face, cuts), goal)
    relaxed = solve_relaxation(left.face, left.goal, None, watch)
    bound = relax(left.face, left.goal, relaxed.multipliers).whole_bound + left.worth
    if relaxed.outcome.share is None:
        return bound, None
    share = left.whole_share(relaxed.outcome.share)
    chosen = share > 0.5
    is_choice = bool((np.abs(share - chosen) < WHOLE).all()) and face.admits(chosen)
    return bound, chosen if is_choice else None
