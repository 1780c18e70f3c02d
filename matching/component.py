"""Cuts a problem into connected components, each as arrays in an order that does not depend on the input's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matching.face import HOURS, Face, Ints
from matching.problem import Problem

WITHOUT_LIMIT = 2**31
RowName = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Component:
    """One connected part of a problem.

    learners   ids, ascending; the positions that `face.learner` speaks of
    row_names  ("mentor", id), ("study", id), ("opening", mentor, study) or ("hours", mentor) for each row
    pair_keys  (learner, mentor, study) of each pair of the component, ascending
    score, rank, stays   (pairs,) what the stages count; unranked pairs have the rank after the last
    """

    learners: list[str]
    row_names: list[RowName]
    pair_keys: list[tuple[str, str, str]]
    score: Ints
    rank: Ints
    stays: Ints
    face: Face


@dataclass(frozen=True, slots=True)
class _Row:
    name: RowName
    low: int
    high: int
    zero_ok: bool = False


def last_rank(problem: Problem) -> int:
    """The rank that unranked pairs count as: one worse than the worst given anywhere, or 1."""
    return 1 + max((pair.rank for pair in problem.pairs if pair.rank is not None), default=0)


def components_of(problem: Problem) -> list[Component]:
    """Return the connected components that have a pair or an unmet minimum, in a canonical order.

    Pinned learners keep only their pinned pair. Limits that can never bind do not connect. O(m log m).
    """
    table = _Table(problem)
    return [table.component(*part) for part in table.parts()]


def whole_component(problem: Problem) -> Component:
    """Everything as if it were connected, to compare with."""
    table = _Table(problem)
    everything = (len(table.keys), len(table.learners), len(table.row_table))
    return table.component(*(np.arange(count) for count in everything))


class _Table:
    """The whole problem as arrays, in canonical order."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.learners = sorted(learner.id for learner in problem.learners)
        pinned = {pin.learner: pin.key for pin in problem.pins}
        pairs = (
            [p for p in problem.pairs if p.learner not in pinned or pinned[p.learner] == p.key]
            if pinned
            else problem.pairs
        )
        pairs = sorted(pairs, key=lambda pair: (pair.learner, pair.mentor, pair.study))
        self.keys = [(pair.learner, pair.mentor, pair.study) for pair in pairs]
        at = {id_: position for position, id_ in enumerate(self.learners)}
        self.learner = _ints(at[key[0]] for key in self.keys)
        self.must = np.zeros(len(self.learners), dtype=bool)
        self.must[[at[id_] for id_ in pinned]] = True
        unranked = last_rank(problem)
        previous = {previous.key for previous in problem.previous}
        self.score = _ints(pair.score for pair in pairs)
        self.rank = _ints(unranked if pair.rank is None else pair.rank for pair in pairs)
        self.stays = _ints(key in previous for key in self.keys) if previous else np.zeros(len(pairs), np.int64)
        self.hours = _ints(pair.hours for pair in pairs)
        number: dict[tuple[str, str], int] = {}
        self.opening = _ints(number.setdefault(key[1:], len(number)) for key in self.keys)
        self.row_table: list[_Row] = []
        columns = [
            self._column(_mentor_rows(problem), lambda key: ("mentor", key[1])),
            self._column(_study_rows(problem), lambda key: ("study", key[2])),
            self._column(_opening_rows(problem), lambda key: ("opening", key[1], key[2])),
            self._column(_hours_rows(problem), lambda key: ("hours", key[1])),
        ]
        self.rows = np.stack(columns, axis=1) if pairs else np.zeros((0, 4), dtype=np.int64)
        self._drop_idle_rows("even_load" in problem.stages)

    def _column(self, rows: list[_Row], name_of: Callable[[tuple[str, str, str]], RowName]) -> Ints:
        start = len(self.row_table)
        at = {row.name: start + position for position, row in enumerate(rows)}
        self.row_table += rows
        return _ints(at.get(name_of(key), -1) for key in self.keys) if at else np.full(len(self.keys), -1)

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
        most = _sum_of_group_maxima(rows, learners, np.ones(len(rows), dtype=np.int64), count)
        for other in {0, 1, 2} - {column}:
            through = self.rows[linked, other]
            most = np.minimum(most, _sum_of_group_maxima(rows, through, limits[through], count))
        return most

    def parts(self) -> Iterator[tuple[Ints, Ints, Ints]]:
        """(pairs, learners, rows) of each component, by its first learner."""
        learners, rows = len(self.learners), len(self.row_table)
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
        local_row = np.full(len(self.row_table) + 1, len(table), dtype=np.int64)
        local_row[rows] = np.arange(len(rows))
        face = Face(
            pair=np.arange(len(pairs)),
            learner=np.searchsorted(learners, self.learner[pairs]),
            rows=local_row[self.rows[pairs]],
            hours=self.hours[pairs],
            opening=self.opening[pairs],
            must=self.must[learners],
            low=_ints([row.low for row in table] + [0]),
            high=_ints([row.high for row in table] + [WITHOUT_LIMIT]),
            zero_ok=np.array([row.zero_ok for row in table] + [False], dtype=bool),
            is_mentor=np.array([row.name[0] == "mentor" for row in table] + [False], dtype=bool),
        )
        return Component(
            learners=[self.learners[learner] for learner in learners.tolist()],
            row_names=[row.name for row in table],
            pair_keys=[self.keys[pair] for pair in pairs.tolist()],
            score=self.score[pairs],
            rank=self.rank[pairs],
            stays=self.stays[pairs],
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


def _sum_of_group_maxima(rows: Ints, groups: Ints, values: Ints, count: int) -> Ints:
    """For each row, the sum over the distinct groups in it of the group's largest value (count,)."""
    total = np.zeros(count, dtype=np.int64)
    if len(rows):
        order = np.lexsort((values, groups, rows))
        rows, groups, values = rows[order], groups[order], values[order]
        last = np.append((np.diff(rows) != 0) | (np.diff(groups) != 0), True)
        np.add.at(total, rows[last], values[last])
    return total
