"""A problem as a solve reads it, and a changed one read again only where it differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.model.component import Component
from matching.model.components import Table
from matching.model.face import Bools, Small
from matching.model.ids import Names, names_of
from matching.model.objectives.registered import Plan, plan_of
from matching.model.pair_table import Columns, columns_of
from matching.model.validation import require_well_formed, without_faults
from matching.problem import Pair, Problem


@dataclass(frozen=True, slots=True)
class IncrementalRead:
    """A well-formed problem with what a solve makes of it first."""

    problem: Problem
    columns: Columns
    table: Table
    plan: Plan

    @property
    def components(self) -> list[Component]:
        """Found when they are first asked for."""
        return self.table.components()

    def has_as_many_pairs(self, other: IncrementalRead) -> bool:
        """Whether as many pairs are possible beside the pins."""
        return len(self.table.pairs.learner) == len(other.table.pairs.learner)

    def again(self, changed: Problem) -> IncrementalRead:
        """The reading of a changed problem, the same as `read` gives. Raises `BadProblem` where it is malformed.

        Pairs that are the same objects as before have been read: only where others came in is all read anew.
        O(m log m), a small part of what `read` takes.
        """
        columns = without_faults(changed, columns_again(self.problem, self.columns, changed))
        reading = IncrementalRead(changed, columns, Table(changed, columns), plan_of(changed, columns))
        reading.table.components(self.table)
        return reading


def read(problem: Problem) -> IncrementalRead:
    """Read a problem. Raises `BadProblem` with every fault. O(m log m)."""
    columns = require_well_formed(problem)
    return IncrementalRead(problem, columns, Table(problem, columns), plan_of(problem, columns))


def columns_again(before: Problem, columns: Columns, after: Problem) -> Columns | None:
    """What `columns_of(after)` returns, given the columns of the problem before. O(m)."""
    try:
        names = names_of(after)
    except TypeError:  # an id that is no text
        return None
    if after.pairs is before.pairs and names == columns.names:
        return columns
    kept = _kept(before.pairs, after.pairs)
    if kept is None:
        return columns_of(after)
    numbers = tuple(
        _renumbered(old, new)[number[kept]]
        for old, new, number in zip(_ids(columns.names), _ids(names), columns.numbers, strict=True)
    )
    learner, mentor, study = numbers
    if any((number < 0).any() for number in numbers):
        return None
    place = np.cumsum(kept) - 1
    return Columns(
        names,
        (learner, mentor, study),
        names.keys_of(learner, mentor, study),
        place[columns.order[kept[columns.order]]],
        columns.score[kept],
        columns.rank[kept],
        columns.hours[kept],
    )


def _kept(before: Sequence[Pair], after: Sequence[Pair]) -> Bools | None:
    """Which pairs are still there (m,), in the order that they had; None when others came in."""
    rest = iter(after)
    following = next(rest, None)
    kept = np.zeros(len(before), dtype=bool)
    for at, pair in enumerate(before):
        if pair is following:
            kept[at] = True
            following = next(rest, None)
    return kept if following is None else None


def _ids(names: Names) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    return names.learners, names.mentors, names.studies


def _renumbered(old: dict[str, int], new: dict[str, int]) -> Small:
    """The new number of each id, -1 of those that are gone. Numbers follow the order of the ids, old and new."""
    return np.array([new.get(id_, -1) for id_ in old], dtype=np.int32)
