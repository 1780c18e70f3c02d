"""Finds the limits of a face that no choice can break, and leaves them out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matching.model.face import HOURS, Bools, Face, Ints


def without_slack_limits(face: Face, *, keeps_mentors: bool) -> Face:
    """The face with only the limits that can bind: the pairs of a slack one have the row "none" instead. O(m log m).

    What nests and what crosses is seen sooner so: late in a solve most learners have few pairs left. `keeps_mentors`
    for a goal that counts the squared loads of mentors, whose rows matter then whether or not they bind.
    """
    binds = _binds(face, _largest_loads(face))
    if keeps_mentors:
        binds |= face.is_mentor
    rows = np.where(binds[face.rows], face.rows, face.none)
    return replace(face, rows=rows, zero_ok=face.zero_ok & binds)


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
