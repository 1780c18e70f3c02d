"""Once the number of learners of each opening is decided, who they are is an assignment of learners to slots.

Each opening becomes as many slots as it takes learners, and SciPy's `linear_sum_assignment` fills all of them. What
the loads decide, such as squared loads of mentors, need not be looked at; budgets of hours and held goals cannot be
told to it, so that its choice is tested for them.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from matching.model.face import Bools, Floats, Ints
from matching.model.subproblem import Subproblem

MOST_CELLS = 60_000  # above, another linear programme over the few pairs left is quicker
EXACT_IN_A_FLOAT = 2**53
NEARLY_WHOLE = 1e-6


def choice_of_shares(subproblem: Subproblem, share: Floats) -> Bools | None:
    """The best choice (m,) in which each opening takes as many learners as in these shares (m,). O(n**3), n learners.

    None where such a sum of shares is not whole, there are too many cells, or what comes out breaks a limit.
    SciPy's `linear_sum_assignment` (Crouse 2016, IEEE Transactions on Aerospace and Electronic Systems 52).
    """
    openings, opening = np.unique(subproblem.face.opening, return_inverse=True)
    sums = np.bincount(opening, weights=share, minlength=len(openings))
    loads = np.rint(sums).astype(np.int64)
    if (np.abs(sums - loads) > NEARLY_WHOLE).any() or not _fits(subproblem, int(loads.sum())):
        return None
    chosen = _filled(subproblem, opening, loads)
    return chosen if chosen is not None and subproblem.admits(chosen) else None


def _fits(subproblem: Subproblem, slots: int) -> bool:
    learners = subproblem.learner_count
    return slots <= learners and learners * slots <= MOST_CELLS and 2 * learners * _never(subproblem) < EXACT_IN_A_FLOAT


def _filled(subproblem: Subproblem, opening: Ints, loads: Ints) -> Bools | None:
    """The pairs that fill all slots; None where that takes pairs that are not there."""
    face = subproblem.face
    pair = np.full((subproblem.learner_count, len(loads)), -1)
    pair[face.learner, opening] = np.arange(len(opening))
    worth = np.full(pair.shape, -float(_never(subproblem)))
    worth[face.learner, opening] = subproblem.goal.worth + _bonus(subproblem) * face.must[face.learner]
    slot = np.repeat(np.arange(len(loads)), loads)
    learner, place = linear_sum_assignment(worth[:, slot], maximize=True)
    taken = pair[learner, slot[place]]
    if (taken < 0).any():
        return None
    chosen = np.zeros(len(opening), dtype=bool)
    chosen[taken] = True
    return chosen


def _bonus(subproblem: Subproblem) -> int:
    """What it is worth to place somebody who has to be placed: more than the goal can differ by."""
    return 2 * subproblem.learner_count * (1 + int(np.abs(subproblem.goal.worth).max(initial=0)))


def _never(subproblem: Subproblem) -> int:
    """What a pair that is not there costs: more than all else can gain."""
    return 2 * subproblem.learner_count * _bonus(subproblem)
