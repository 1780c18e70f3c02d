"""Cuts a problem into connected components, each as arrays in an order that does not depend on the input's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matching.model.component import Component
from matching.model.face import Bools, Face, Ints
from matching.model.idle_rows import without_idle_rows
from matching.model.ids import positions_among
from matching.model.limit_rows import limit_rows_of, load_limits, rows_of_pairs
from matching.model.objectives.registered import OBJECTIVES
from matching.model.ordered_pairs import ordered_pairs
from matching.model.pair_keys import PairKeys
from matching.model.pair_table import Columns
from matching.model.validation import require_well_formed
from matching.problem import Problem

NOTHING = np.zeros(0, dtype=np.int64)


def components_of(problem: Problem, columns: Columns | None = None) -> list[Component]:
    """Return the connected components that have a pair or an unmet minimum, in a canonical order.

    Pinned learners keep only their pinned pair. Limits that can never bind do not connect. O(m log m). Raises
    `BadProblem` where `columns`, which say that the problem is well formed, are not given and it is not.
    """
    return Table(problem, columns or require_well_formed(problem)).components()


def whole_component(problem: Problem) -> Component:
    """Everything as if it were connected, to compare with. Raises `BadProblem`. O(m log m)."""
    table = Table(problem, require_well_formed(problem))
    everything = (len(table.pairs.learner), table.pairs.learner_count, len(table.limits))
    return table.component(*(np.arange(count) for count in everything))


class Table:
    """The whole problem as arrays, in canonical order; `found` are its components with their rows, once asked for."""

    def __init__(self, problem: Problem, columns: Columns) -> None:
        """`columns` are those of the same problem, which is well formed. O(m log m)."""
        loads_count = any(OBJECTIVES[stage].counts_loads for stage in problem.stages)
        names = columns.names
        self.problem, self.columns = problem, columns
        self.ids = (list(names.learners), list(names.mentors), list(names.studies))
        self.pairs = ordered_pairs(problem, columns)
        self.limits = limit_rows_of(problem)
        rows = rows_of_pairs(self.limits, self.pairs, names)
        self.rows = without_idle_rows(rows, self.limits, self.pairs, loads_count=loads_count)
        self.found: list[tuple[Component, Ints]] | None = None

    def components(self, other: Table | None = None) -> list[Component]:
        """See `components_of`; where all that connects is as in another table, its components with other limits.

        O(m log m), or O(m) for the latter; nothing the second time.
        """
        if self.found is None and other is not None and self._connects_as(other):
            other.components()
            self.found = [(replace(one, face=self._limited(one.face, rows)), rows) for one, rows in other.found or []]
        elif self.found is None:
            self.found = [(self.component(*part), part[2]) for part in self.parts()]
        return [component for component, _ in self.found]

    def _connects_as(self, other: Table) -> bool:
        return (
            self.columns is other.columns
            and (self.problem.pins, self.problem.previous) == (other.problem.pins, other.problem.previous)
            and [(row.name, row.low > 0) for row in self.limits] == [(row.name, row.low > 0) for row in other.limits]
            and np.array_equal(self.rows, other.rows)
        )

    def _limited(self, face: Face, rows: Ints) -> Face:
        low, high, zero_ok = load_limits(self.limits[row] for row in rows.tolist())
        return replace(face, low=low, high=high, zero_ok=zero_ok)

    def parts(self) -> Iterator[tuple[Ints, Ints, Ints]]:
        """(pairs, learners, rows) of each component, by its first learner. O(m)."""
        learners, label = self.pairs.learner_count, self._labels()
        pairs_by, learners_by = _groups(label[self.pairs.learner]), _groups(label[:learners])
        rows_by = _groups(label[learners:])
        for which in sorted(pairs_by, key=lambda which: int(pairs_by[which][0])):
            yield pairs_by[which], learners_by[which], rows_by.get(which, NOTHING)
        for which in sorted(set(rows_by) - set(pairs_by)):
            wanting = [row for row in rows_by[which].tolist() if self.limits[row].low > 0]
            if wanting:
                yield NOTHING, NOTHING, np.array(wanting)

    def _labels(self) -> NDArray[np.int32]:
        """A number for each learner and then for each row, the same within a component. O(m log m).

        All pairs of an opening are in the same rows, so these are joined once for each opening, and a learner only to
        the first row of each of her pairs.
        """
        learners = self.pairs.learner_count
        linked: Bools = self.rows >= 0
        is_linked: Bools = np.any(linked, axis=1)
        first = linked.argmax(axis=1)[:, None]
        of_learners = np.take_along_axis(self.rows, first, axis=1)[is_linked, 0] + learners
        openings = np.unique(self.pairs.opening, return_index=True)[1]
        openings = openings[is_linked[openings]]
        among = np.take_along_axis(self.rows[openings], first[openings], axis=1) + learners
        further = linked[openings]
        tails = np.concatenate([self.pairs.learner[is_linked], np.broadcast_to(among, further.shape)[further]])
        heads = np.concatenate([of_learners, self.rows[openings][further] + learners])
        graph = coo_array((np.ones(len(tails), dtype=bool), (tails, heads)), shape=(learners + len(self.limits),) * 2)
        labels: NDArray[np.int32] = connected_components(graph.tocsr(), directed=False)[1]
        return labels

    def component(self, pairs: Ints, learners: Ints, rows: Ints) -> Component:
        """The component of these pairs (m,), learners (n,) and rows (r,), which ascend. O((m + n + r) log (m + r))."""
        own = self.pairs
        return Component(
            learners=[self.ids[0][learner] for learner in learners.tolist()],
            row_names=[self.limits[row].name for row in rows.tolist()],
            pair_keys=PairKeys(self.ids, own.learner[pairs], own.mentor[pairs], own.study[pairs]),
            score=own.score[pairs].astype(np.int64),
            rank=own.rank[pairs],
            stays=own.stays[pairs],
            unranked=self.columns.last_rank,
            face=self._face(pairs, learners, rows),
        )

    def _face(self, pairs: Ints, learners: Ints, rows: Ints) -> Face:
        limits, linked = [self.limits[row] for row in rows.tolist()], self.rows[pairs]
        low, high, zero_ok = load_limits(limits)
        rows_here = positions_among(rows, linked, len(self.limits))
        rows_here[linked < 0] = len(rows)
        return Face(
            pair=np.arange(len(pairs)),
            learner=positions_among(learners, self.pairs.learner[pairs], self.pairs.learner_count),
            rows=rows_here,
            hours=self.pairs.hours[pairs],
            opening=self.pairs.opening[pairs],
            must=self.pairs.must[learners],
            low=low,
            high=high,
            zero_ok=zero_ok,
            is_mentor=np.array([row.name[0] == "mentor" for row in limits] + [False], dtype=bool),
        )


def _groups(labels: NDArray[np.int32]) -> dict[int, Ints]:
    """Positions by label, ascending."""
    if not len(labels):
        return {}
    order = np.argsort(labels, kind="stable")
    starts = np.flatnonzero(np.diff(labels[order], prepend=labels[order[0]] - 1))
    return {int(labels[group[0]]): group for group in np.split(order, starts[1:])}
