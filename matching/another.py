"""Asks whether a face holds another choice than the one that is known."""

from __future__ import annotations

import numpy as np

from matching.branching import Before, search_cases
from matching.cuts import Cut, with_cuts
from matching.duals import relax
from matching.face import Bools, Face, Goal
from matching.relaxation import solve_relaxation
from matching.three_way import optimise
from matching.watch import Watch


def another_choice(face: Face, chosen: Bools, cuts: list[Cut], watch: Watch) -> Bools | None:
    """Return another choice (m,) than `chosen`, or None when that is the only one. `cuts` are some that may help."""
    if is_settled(face):
        return None
    goal, least = _difference(face, chosen), -int(chosen.sum())
    if _bound(face, goal, cuts, watch) == least:
        return None
    verdict = search_cases(face, goal, least, watch, before=Before(cuts=cuts))
    if verdict.chosen is not None:
        return verdict.chosen
    if verdict.tree is not None or _bound(face, goal, verdict.cuts, watch) == least:
        return None
    optimum = optimise(face, goal, chosen, goal.worth, watch)
    assert optimum is not None, "the choice itself is one"
    return None if optimum.value == least else optimum.chosen


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
