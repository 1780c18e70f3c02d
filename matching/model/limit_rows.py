"""The limits of a problem as rows: of mentors, studies and openings on their learners, of mentors on their hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from matching.model.face import Bools, Ints, Small
from matching.model.ids import Names, positions
from matching.model.ordered_pairs import OrderedPairs
from matching.problem import Problem

WITHOUT_LIMIT = 2**31
RowName = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A load that must lie in `low..high`, or be 0 where `zero_ok`."""

    name: RowName
    low: int
    high: int
    zero_ok: bool = False


def limit_rows_of(problem: Problem) -> list[LimitRow]:
    """Return the rows of all mentors, all studies, the limited openings and the budgets of hours, by their ids.

    O(r log r).
    """
    mentors = sorted(problem.mentors, key=lambda mentor: mentor.id)
    studies = sorted(problem.studies, key=lambda study: study.id)
    openings = sorted(problem.openings, key=lambda opening: (opening.mentor, opening.study))
    return [
        *(_host_row("mentor", one.id, one.capacity, one.minimum, one.minimum_if_used) for one in mentors),
        *(_host_row("study", one.id, one.capacity, one.minimum, one.minimum_if_used) for one in studies),
        *(LimitRow(("opening", one.mentor, one.study), 0, one.capacity) for one in openings),
        *(LimitRow(("hours", one.id), 0, one.hours) for one in mentors if one.hours is not None),
    ]


def _host_row(kind: str, id_: str, capacity: int, minimum: int, minimum_if_used: int) -> LimitRow:
    zero_ok = minimum == 0 and minimum_if_used > 1
    return LimitRow((kind, id_), max(minimum, minimum_if_used if minimum or zero_ok else 0), capacity, zero_ok)


def rows_of_pairs(limits: Sequence[LimitRow], pairs: OrderedPairs, names: Names) -> Small:
    """Return which of the rows each pair is in (m, 4): mentor, study, opening, hours, -1 for none. O(m log r)."""
    openings = [row for row in limits if row.name[0] == "opening"]
    budgets = [row for row in limits if row.name[0] == "hours"]
    limited = names.openings_of(
        positions(names.mentors, (row.name[1] for row in openings)),
        positions(names.studies, (row.name[2] for row in openings)),
    )
    with_budget = positions(names.mentors, (row.name[1] for row in budgets))
    rows = np.empty((len(pairs.learner), 4), dtype=np.int32)
    rows[:, 0] = pairs.mentor
    rows[:, 1] = pairs.study + len(names.mentors)
    rows[:, 2] = _found(pairs.opening, limited, len(names.mentors) + len(names.studies))
    rows[:, 3] = _found(pairs.mentor, with_budget, len(limits) - len(budgets))
    return rows


def _found(numbers: Ints | Small, listed: Ints | Small, first_row: int) -> Ints:
    """The row of each number, counted from `first_row` in the order of `listed`, which ascends; -1 where absent."""
    if not len(listed):
        return np.full(len(numbers), -1)
    at = np.minimum(np.searchsorted(listed, numbers), len(listed) - 1)
    return np.where(listed[at] == numbers, first_row + at, -1)


def load_limits(limits: Iterable[LimitRow]) -> tuple[Ints, Ints, Bools]:
    """Return (low, high, zero_ok) of the rows and of the row "none" after them (r + 1,), as a `Face` has them. O(r)."""
    rows = [*limits, LimitRow((), 0, WITHOUT_LIMIT)]
    low = np.fromiter((row.low for row in rows), dtype=np.int64)
    high = np.fromiter((row.high for row in rows), dtype=np.int64)
    return low, high, np.fromiter((row.zero_ok for row in rows), dtype=bool)
