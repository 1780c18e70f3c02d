"""Finds the limits of a subproblem that no choice can break, and leaves them out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matching.model.face import HOURS, Bools, Face, Ints
from matching.model.subproblem import Subproblem


def without_slack_limits(subproblem: Subproblem) -> Subproblem:
    """The subproblem with only the limits that can bind: the pairs of another have the row "none" instead. O(m log m).

    What nests and what crosses is seen sooner so: late in a solve most learners have few pairs left. Mentors whose
    squared loads count keep their rows.
    """
    face = subproblem.face
    binds = _binds(face, _largest_loads(face))
    if subproblem.counts_squares:
        binds |= face.is_mentor
    rows = np.where(binds[face.rows], face.rows, face.none)
    return subproblem.on(replace(face, rows=rows, zero_ok=face.zero_ok & binds))


def _binds(face: Face, most: Ints) -> Bools:
    binds: Bools = (most > face.high) | (face.low > 0)
    binds[face.none] = False
    return binds


def _largest_loads(face: Face) -> Ints:
    """What each row would carry if every learner took her largest pair in it (r + 1,)."""
    most = np.zeros(face.none + 1, dtype=np.int64)
    for column in range(face.rows.shape[1]):
        row = face.rows[:, column]
        amount = face.hours if column == HOURS else np.ones_like(face.hours)
        order = np.lexsort((-amount, face.learner, row))
        is_first = np.ones(len(order), dtype=bool)
        same = (np.diff(row[order]) == 0) & (np.diff(face.learner[order]) == 0)
        is_first[1:] = ~same
        np.add.at(most, row[order[is_first]], amount[order[is_first]])
    return most
