"""Once the number of learners of each opening is decided, who they are is an assignment of learners to slots.

Each opening becomes as many slots as it takes learners, and SciPy's `linear_sum_assignment` fills all of them. What
the loads decide, such as squared loads of mentors, need not be looked at; budgets of hours and held goals cannot be
told to it, so that its choice is tested for them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from matching.model.face import Bools, Face, Goal, Ints

MOST_CELLS = 60_000  # above, another linear programme over the few pairs left is quicker
EXACT_IN_A_FLOAT = 2**53
NEARLY_WHOLE = 1e-6


def choice_of_shares(face: Face, goal: Goal, share: NDArray[np.float64]) -> Bools | None:
    """The best choice (m,) in which each opening takes as many learners as in these shares (m,).

    None where such a sum of shares is not whole, there are too many cells, or what comes out breaks a limit.
    """
    openings, opening = np.unique(face.opening, return_inverse=True)
    sums = np.bincount(opening, weights=share, minlength=len(openings))
    loads = np.rint(sums).astype(np.int64)
    if (np.abs(sums - loads) > NEARLY_WHOLE).any():
        return None
    return _filled(face, goal, opening, loads)


def _filled(face: Face, goal: Goal, opening: Ints, loads: Ints) -> Bools | None:
    learners, slots = len(face.must), int(loads.sum())
    bonus = 2 * learners * (1 + int(np.abs(goal.worth).max(initial=0)))
    if slots > learners or learners * slots > MOST_CELLS or 4 * learners * bonus >= EXACT_IN_A_FLOAT:
        return None
    chosen = np.zeros(len(face.pair), dtype=bool)
    pair = np.full((learners, len(loads)), -1)
    pair[face.learner, opening] = np.arange(len(face.pair))
    worth = np.full((learners, len(loads)), -float(2 * learners * bonus))
    worth[face.learner, opening] = goal.worth + bonus * face.must[face.learner]
    slot = np.repeat(np.arange(len(loads)), loads)
    rows, columns = linear_sum_assignment(worth[:, slot], maximize=True)
    taken = pair[rows, slot[columns]]
    if (taken < 0).any():
        return None
    chosen[taken] = True
    return chosen if face.admits(chosen) else None
