"""Finds the limits that no choice of pairs can exceed, so that they do not connect what has nothing to do with it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching.model.face import HOURS, Ints, Small
from matching.model.limit_rows import LimitRow, load_limits
from matching.model.ordered_pairs import OrderedPairs

MENTOR, STUDY, OPENING = 0, 1, 2  # the other columns of `rows`


def without_idle_rows(rows: Small, limits: Sequence[LimitRow], pairs: OrderedPairs, *, loads_count: bool) -> Small:
    """Return the rows of the pairs (m, 4) with -1 for each whose limit cannot be exceeded. O(m log m).

    One kind after the other, each judged by the rows still linked: two limits never excuse each other. Mentors' rows
    stay where `loads_count`.
    """
    rows = rows.copy()
    low, high, zero_ok = load_limits(limits)
    droppable = (low == 0) & ~zero_ok
    for column in (OPENING, MENTOR, STUDY, HOURS):
        if not (column == MENTOR and loads_count):
            idle = droppable & (high >= np.append(_most_load(rows, column, high, pairs), 0))
            rows[idle[rows[:, column]], column] = -1
    return rows


def _most_load(rows: Small, column: int, high: Ints, pairs: OrderedPairs) -> Ints:
    """An upper bound of the load of each row in `column` (r,): its learners, or what other rows let through."""
    linked, count = rows[:, column] >= 0, len(high) - 1
    own, learners = rows[linked, column], pairs.learner[linked]
    if column == HOURS:
        return _sum_of_group_maxima(own, learners, pairs.hours[linked], count)
    most = _sum_over_groups(own, learners, np.ones(pairs.learner_count, dtype=np.int64), count)
    for other in {MENTOR, STUDY, OPENING} - {column}:
        most = np.minimum(most, _sum_over_groups(own, rows[linked, other], high, count))
    return most


def _sum_over_groups(rows: Small, groups: Small, value_of_group: Ints, count: int) -> Ints:
    """For each row, the sum of the values of the distinct groups in it (count,). Group -1 has the last value."""
    distinct = np.sort(rows.astype(np.int64) * (len(value_of_group) + 1) + groups + 1)
    distinct = distinct[np.diff(distinct, prepend=-1) != 0]
    row, group = np.divmod(distinct, len(value_of_group) + 1)
    total = np.zeros(count, dtype=np.int64)
    np.add.at(total, row, value_of_group[group - 1])
    return total


def _sum_of_group_maxima(rows: Small, groups: Small, values: Small, count: int) -> Ints:
    """For each row, the sum over the distinct groups in it of the group's largest value (count,)."""
    total = np.zeros(count, dtype=np.int64)
    if len(rows):
        order = np.lexsort((values, groups, rows))
        rows, groups, values = rows[order], groups[order], values[order]
        last = np.append((np.diff(rows) != 0) | (np.diff(groups) != 0), True)
        np.add.at(total, rows[last], values[last])
    return total
