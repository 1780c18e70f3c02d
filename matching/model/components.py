"""Cuts a problem into connected components, each as arrays in an order that does not depend on the input's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matching.model.face import HOURS, Face, Ints
from matching.model.ids import positions, positions_among
from matching.model.objectives.registered import OBJECTIVES
from matching.model.pair_keys import PairKeys
from matching.model.pair_table import NO_RANK, Columns
from matching.model.validation import require_well_formed
from matching.problem import Problem

WITHOUT_LIMIT = 2**31
RowName = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Component:
    """One connected part of a problem.

    learners   ids, ascending; the positions that `face.learner` speaks of
    row_names  ("mentor", id), ("study", id), ("opening", mentor, study) or ("hours", mentor) for each row
    pair_keys  (learner, mentor, study) of each pair of the component, ascending
    score, rank, stays   (pairs,) what the stages count; unranked pairs have the rank `unranked`, after the last
    """

    learners: list[str]
    row_names: list[RowName]
    pair_keys: PairKeys
    score: Ints
    rank: Ints
    stays: Ints
    unranked: int
    face: Face


@dataclass(frozen=True, slots=True)
class _Row:
    name: RowName
    low: int
    high: int
    zero_ok: bool = False


def components_of(problem: Problem, columns: Columns | None = None) -> list[Component]:
    """Return the connected components that have a pair or an unmet minimum, in a canonical order.

    Pinned learners keep only their pinned pair. Limits that can never bind do not connect. O(m log m).
    """
    return Table(problem, columns or require_well_formed(problem)).components()


def whole_component(problem: Problem) -> Component:
    """Everything as if it were connected, to compare with."""
    table = Table(problem, require_well_formed(problem))
    everything = (len(table.learner), len(table.names.learners), len(table.row_table))
    return table.component(*(np.arange(count) for count in everything))


class Table:
    """The whole problem as arrays, in canonical order; `found` are its components with their rows, once asked for."""

    found: list[tuple[Component, Ints]] | None = None

    def __init__(self, problem: Problem, columns: Columns) -> None:
        self.problem, self.columns = problem, columns
        self.names = columns.names
        self.ids = (list(self.names.learners), list(self.names.mentors), list(self.names.studies))
        self.unranked = columns.last_rank
        self._read_pairs(problem, columns)
        self._read_rows(problem)
        self._drop_idle_rows(any(OBJECTIVES[stage].counts_loads for stage in problem.stages))

    def _read_pairs(self, problem: Problem, columns: Columns) -> None:
        pinned = self.names.numbers_of(problem.pins)
        self.must = np.zeros(len(self.names.learners), dtype=bool)
        self.must[pinned[0]] = True
        kept = ~self.must[columns.numbers[0]] | np.isin(columns.keys, self.names.keys_of(*pinned))
        order = columns.order[kept[columns.order]]
        self.learner, self.mentor, self.study = (number[order] for number in columns.numbers)
        self.opening = self.names.openings_of(self.mentor, self.study)
        self.score, self.hours, rank = columns.score[order], columns.hours[order], columns.rank[order]
        self.rank = np.where(rank == NO_RANK, self.unranked, rank)
        known = [one for one in problem.previous if self.names.know(one)]
        before = self.names.keys_of(*self.names.numbers_of(known))
        self.stays = np.isin(columns.keys[order], before).astype(np.int64)

    def _read_rows(self, problem: Problem) -> None:
        """List the rows, and which of them each pair is in (m, 4): mentor, study, opening, hours, -1 for none."""
        hosts = [*_mentor_rows(problem), *_study_rows(problem)]
        openings, hours = _opening_rows(problem), _hours_rows(problem)
        self.row_table = [*hosts, *openings, *hours]
        limited = self.names.openings_of(
            positions(self.names.mentors, (row.name[1] for row in openings)),
            positions(self.names.studies, (row.name[2] for row in openings)),
        )
        budgets = positions(self.names.mentors, (row.name[1] for row in hours))
        columns = [
            self.mentor,
            self.study + len(self.names.mentors),
            _found(self.opening, limited, len(hosts)),
            _found(self.mentor, budgets, len(hosts) + len(openings)),
        ]
        self.rows = np.stack(columns, axis=1)

    def _drop_idle_rows(self, loads_count: bool) -> None:
        """Unlink rows whose limit no choice of pairs can exceed, so that they do not connect.

        One kind after the other, each judged by the rows still linked: two limits never excuse each other.
        """
        table = self.row_table
        limits = _ints([row.high for row in table] + [WITHOUT_LIMIT])
        droppable = np.array([row.low == 0 and not row.zero_ok for row in table] + [True])
        for column in (2, 0, 1, HOURS):
            if not (column == 0 and loads_count):
                idle = droppable & (limits >= np.append(self._most_load(column, limits), 0))
                self.rows[idle[self.rows[:, column]], column] = -1

    def _most_load(self, column: int, limits: Ints) -> Ints:
        """An upper bound of the load of each row in `column`: its learners, or what other rows let through."""
        linked = self.rows[:, column] >= 0
        rows, learners, count = self.rows[linked, column], self.learner[linked], len(self.row_table)
        if column == HOURS:
            return _sum_of_group_maxima(rows, learners, self.hours[linked], count)
        most = _sum_over_groups(rows, learners, np.ones(len(self.names.learners), dtype=np.int64), count)
        for other in {0, 1, 2} - {column}:
            most = np.minimum(most, _sum_over_groups(rows, self.rows[linked, other], limits, count))
        return most

    def components(self, other: Table | None = None) -> list[Component]:
        """See `components_of`; where all that connects is as in another table, its components with other limits."""
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
            and [(row.name, row.low > 0) for row in self.row_table] == [(r.name, r.low > 0) for r in other.row_table]
            and np.array_equal(self.rows, other.rows)
        )

    def _limited(self, face: Face, rows: Ints) -> Face:
        table = [self.row_table[row] for row in rows.tolist()]
        return replace(
            face,
            low=_ints([row.low for row in table] + [0]),
            high=_ints([row.high for row in table] + [WITHOUT_LIMIT]),
            zero_ok=np.array([row.zero_ok for row in table] + [False], dtype=bool),
        )

    def parts(self) -> Iterator[tuple[Ints, Ints, Ints]]:
        """(pairs, learners, rows) of each component, by its first learner."""
        learners, rows = len(self.names.learners), len(self.row_table)
        ends = [(self.learner, self.rows[:, column] + learners) for column in range(4)]
        tails = np.concatenate([tail[head >= learners] for tail, head in ends])
        heads = np.concatenate([head[head >= learners] for _, head in ends])
        graph = coo_array((np.ones(len(tails), dtype=bool), (tails, heads)), shape=(learners + rows,) * 2)
        label = connected_components(graph.tocsr(), directed=False)[1]
        pairs_by, learners_by = _groups(label[self.learner]), _groups(label[:learners])
        rows_by = _groups(label[learners:])
        nothing = np.zeros(0, dtype=np.int64)
        for which in sorted(pairs_by, key=lambda which: int(pairs_by[which][0])):
            yield pairs_by[which], learners_by[which], rows_by.get(which, nothing)
        for which in sorted(set(rows_by) - set(pairs_by)):
            wanting = [row for row in rows_by[which].tolist() if self.row_table[row].low > 0]
            if wanting:
                yield nothing, nothing, np.array(wanting)

    def component(self, pairs: Ints, learners: Ints, rows: Ints) -> Component:
        table = [self.row_table[row] for row in rows.tolist()]
        linked = self.rows[pairs]
        face = Face(
            pair=np.arange(len(pairs)),
            learner=positions_among(learners, self.learner[pairs], len(self.must)),
            rows=np.where(linked < 0, len(table), positions_among(rows, linked, len(self.row_table))),
            hours=self.hours[pairs],
            opening=self.opening[pairs],
            must=self.must[learners],
            low=_ints([row.low for row in table] + [0]),
            high=_ints([row.high for row in table] + [WITHOUT_LIMIT]),
            zero_ok=np.array([row.zero_ok for row in table] + [False], dtype=bool),
            is_mentor=np.array([row.name[0] == "mentor" for row in table] + [False], dtype=bool),
        )
        return Component(
            learners=[self.ids[0][learner] for learner in learners.tolist()],
            row_names=[row.name for row in table],
            pair_keys=PairKeys(self.ids, self.learner[pairs], self.mentor[pairs], self.study[pairs]),
            score=self.score[pairs],
            rank=self.rank[pairs],
            stays=self.stays[pairs],
            unranked=self.unranked,
            face=face,
        )


def _mentor_rows(problem: Problem) -> list[_Row]:
    hosts = sorted(problem.mentors, key=lambda mentor: mentor.id)
    return [_host_row("mentor", host.id, host.capacity, host.minimum, host.minimum_if_used) for host in hosts]


def _study_rows(problem: Problem) -> list[_Row]:
    hosts = sorted(problem.studies, key=lambda study: study.id)
    return [_host_row("study", host.id, host.capacity, host.minimum, host.minimum_if_used) for host in hosts]


def _host_row(kind: str, id_: str, capacity: int, minimum: int, minimum_if_used: int) -> _Row:
    zero_ok = minimum == 0 and minimum_if_used > 1
    return _Row((kind, id_), max(minimum, minimum_if_used if minimum or zero_ok else 0), capacity, zero_ok)


def _opening_rows(problem: Problem) -> list[_Row]:
    openings = sorted(problem.openings, key=lambda opening: (opening.mentor, opening.study))
    return [_Row(("opening", opening.mentor, opening.study), 0, opening.capacity) for opening in openings]


def _hours_rows(problem: Problem) -> list[_Row]:
    mentors = sorted(problem.mentors, key=lambda mentor: mentor.id)
    return [_Row(("hours", mentor.id), 0, mentor.hours) for mentor in mentors if mentor.hours is not None]


def _ints(numbers: Iterable[int]) -> Ints:
    return np.fromiter(numbers, dtype=np.int64)


def _groups(labels: Ints) -> dict[int, Ints]:
    """Positions by label, ascending."""
    if not len(labels):
        return {}
    order = np.argsort(labels, kind="stable")
    starts = np.flatnonzero(np.diff(labels[order], prepend=labels[order[0]] - 1))
    return {int(labels[group[0]]): group for group in np.split(order, starts[1:])}


def _found(numbers: Ints, listed: Ints, first_row: int) -> Ints:
    """The row of each number, counted from `first_row` in the order of `listed`, which ascends; -1 where absent."""
    if not len(listed):
        return np.full(len(numbers), -1)
    at = np.minimum(np.searchsorted(listed, numbers), len(listed) - 1)
    return np.where(listed[at] == numbers, first_row + at, -1)


def _sum_over_groups(rows: Ints, groups: Ints, value_of_group: Ints, count: int) -> Ints:
    """For each row, the sum of the values of the distinct groups in it (count,). Group -1 has the last value."""
    distinct = np.sort(rows * (len(value_of_group) + 1) + groups + 1)
    distinct = distinct[np.diff(distinct, prepend=-1) != 0]
    row, group = np.divmod(distinct, len(value_of_group) + 1)
    total = np.zeros(count, dtype=np.int64)
    np.add.at(total, row, value_of_group[group - 1])
    return total


def _sum_of_group_maxima(rows: Ints, groups: Ints, values: Ints, count: int) -> Ints:
    """For each row, the sum over the distinct groups in it of the group's largest value (count,)."""
    total = np.zeros(count, dtype=np.int64)
    if len(rows):
        order = np.lexsort((values, groups, rows))
        rows, groups, values = rows[order], groups[order], values[order]
        last = np.append((np.diff(rows) != 0) | (np.diff(groups) != 0), True)
        np.add.at(total, rows[last], values[last])
    return total
