"""Asks whether a face holds another choice than the one that is known."""

from __future__ import annotations

import numpy as np

from matching.assignment import assign
from matching.branching import Before, search_cases
from matching.cuts import Cut, with_cuts
from matching.duals import relax
from matching.face import Bools, Face, Goal
from matching.relaxation import solve_relaxation
from matching.three_way import optimise
from matching.tree import tree_of
from matching.watch import Watch


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
    if _bound(face, goal, cuts, watch) == least:
        return None
    verdict = search_cases(face, goal, least, watch, before=Before(cuts=cuts))
    if verdict.chosen is not None or verdict.tree is not None or _bound(face, goal, verdict.cuts, watch) == least:
        return verdict.chosen
    optimum = optimise(face, goal, None, goal.worth, watch)
    return None if optimum is None else optimum.chosen


def is_settled(face: Face) -> bool:
    """Whether everybody has a single pair that she must take, or none."""
    return bool((np.bincount(face.learner, minlength=len(face.must)) == face.must).all())


def _difference(face: Face, chosen: Bools) -> Goal:
    """Fewest pairs of the choice, and most for the learners whom it leaves out: any other choice has more of it."""
    left_out = np.bincount(face.learner[chosen], minlength=len(face.must))[face.learner] == 0
    return Goal("another", left_out.astype(np.int64) - chosen)


def _bound(face: Face, goal: Goal, cuts: list[Cut], watch: Watch) -> int:
    face = with_cuts(face, cuts)
    return relax(face, goal, solve_relaxation(face, goal, None, watch).multipliers).whole_bound
