"""A problem whose pins, capacities, minimums and budgets may each be released: which releases make it solvable?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from matching.errors import LimitKind
from matching.problem import Mentor, Pair, Problem, Study


@dataclass(frozen=True, slots=True)
class SoftLimit:
    """One thing that a coordinator can edit. `at_most`: the load may not exceed `amount`; otherwise it must reach
    it. `switch`: only where anybody is placed at all. `load` counts the pairs (position, amount) it speaks of."""

    kind: LimitKind
    of: tuple[str, ...]
    amount: int
    load: tuple[tuple[int, int], ...]
    at_most: bool
    switch: bool = False
    reason: str = ""


def soft_limits_of(problem: Problem, learners: Sequence[str], hosts: Sequence[tuple[str, ...]]) -> SoftLimits:
    """The limits and pairs of everything connected with these learners and these (kind, id) hosts. O(m) for each step
    that the farthest of them is away."""
    pairs = _connected_pairs(problem, set(learners), {host[-1] for host in hosts})
    near_mentors = {pair.mentor for pair in pairs} | {host[1] for host in hosts if host[0] == "mentor"}
    near_studies = {pair.study for pair in pairs} | {host[1] for host in hosts if host[0] == "study"}
    loads: defaultdict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for at, pair in enumerate(pairs):
        opening = (pair.mentor, pair.study)
        for row in (("mentor", pair.mentor), ("study", pair.study), ("opening", *opening), ("pin", *pair.key)):
            loads[row].append((at, 1))
        loads["hours", pair.mentor].append((at, pair.hours))
    limits = list(_limits(problem, near_mentors, near_studies, loads))
    return SoftLimits(pairs, sorted(limits, key=lambda limit: (limit.kind is not LimitKind.PIN, limit.of, limit.kind)))


def _connected_pairs(problem: Problem, learners: set[str], hosts: set[str]) -> list[Pair]:
    """All pairs reachable from the learners and hosts over pairs, whatever the limits."""
    near: list[Pair] = []
    rest = sorted(problem.pairs, key=lambda pair: pair.key)
    grew = True
    while grew:
        touching = [pair for pair in rest if pair.learner in learners or pair.mentor in hosts or pair.study in hosts]
        grew = bool(touching)
        near += touching
        touched = {pair.key for pair in touching}
        rest = [pair for pair in rest if pair.key not in touched]
        learners |= {pair.learner for pair in touching}
        hosts |= {pair.mentor for pair in touching} | {pair.study for pair in touching}
    return sorted(near, key=lambda pair: pair.key)


def _limits(
    problem: Problem, mentors: set[str], studies: set[str], loads: dict[tuple[str, ...], list[tuple[int, int]]]
) -> Iterator[SoftLimit]:
    for pin in problem.pins:
        pinned = ("pin", *pin.key)
        if pinned in loads:
            yield SoftLimit(LimitKind.PIN, pinned, 1, tuple(loads[pinned]), at_most=False, reason=pin.reason)
    for mentor in problem.mentors:
        if mentor.id in mentors:
            yield from _host_limits(("mentor", mentor.id), mentor, loads)
            if mentor.hours is not None:
                load = tuple(loads.get(("hours", mentor.id), ()))
                yield SoftLimit(LimitKind.HOURS, ("mentor", mentor.id), mentor.hours, load, at_most=True)
    for study in problem.studies:
        if study.id in studies:
            yield from _host_limits(("study", study.id), study, loads)
    for opening in problem.openings:
        name = ("opening", opening.mentor, opening.study)
        if name in loads:
            yield SoftLimit(LimitKind.CAPACITY, name, opening.capacity, tuple(loads[name]), at_most=True)


def _host_limits(
    name: tuple[str, ...], host: Mentor | Study, loads: dict[tuple[str, ...], list[tuple[int, int]]]
) -> Iterator[SoftLimit]:
    load = tuple(loads.get(name, ()))
    if host.capacity < len(load):
        yield SoftLimit(LimitKind.CAPACITY, name, host.capacity, load, at_most=True)
    if host.minimum > 0:
        yield SoftLimit(LimitKind.MINIMUM, name, host.minimum, load, at_most=False)
    if host.minimum_if_used > 1:
        yield SoftLimit(LimitKind.MINIMUM_IF_USED, name, host.minimum_if_used, load, at_most=False, switch=True)


@dataclass
class SoftLimits:
    """Columns: pairs, then for each limit whether it is released, by how much, and whether its host is used."""

    pairs: list[Pair]
    limits: list[SoftLimit]
    _rows: list[tuple[list[tuple[int, float]], float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        by_learner: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, pair in enumerate(self.pairs):
            by_learner[pair.learner].append((at, 1.0))
        self._rows += [(entries, -np.inf, 1.0) for entries in by_learner.values()]
        for at, limit in enumerate(self.limits):
            self._rows += list(self._limit_rows(at, limit))

    def _limit_rows(self, at: int, limit: SoftLimit) -> Iterator[tuple[list[tuple[int, float]], float, float]]:
        released, by, used = self._columns(at)
        load = [(pair, float(amount)) for pair, amount in limit.load]
        most = sum(amount for _, amount in limit.load) if limit.at_most else limit.amount
        yield [(by, 1.0), (released, -float(most))], -np.inf, 0.0
        if limit.at_most:
            yield [*load, (by, -1.0)], -np.inf, float(limit.amount)
        elif limit.switch:
            yield [*load, (by, 1.0), (used, -float(limit.amount))], 0.0, np.inf
            yield [*load, (used, -float(max(1, len(load))))], -np.inf, 0.0
        else:
            yield [*load, (by, 1.0)], float(limit.amount), np.inf

    def _columns(self, at: int) -> tuple[int, int, int]:
        first = len(self.pairs) + 3 * at
        return first, first + 1, first + 2

    def smallest_release(self, kept: Iterable[int]) -> dict[int, int] | None:
        """The fewest limits outside `kept` whose release makes the rest solvable, each with the least amount it has
        to give way; None when nothing does. Empty when nothing has to be released. One mixed-integer programme, by
        HiGHS through SciPy; exponential at worst."""
        count = len(self.pairs) + 3 * len(self.limits)
        upper = np.full(count, np.inf)
        cost = np.zeros(count)
        total = 1 + sum(limit.amount + sum(amount for _, amount in limit.load) for limit in self.limits)
        upper[: len(self.pairs)] = 1
        for at in range(len(self.limits)):
            released, by, used = self._columns(at)
            upper[[released, used]] = 1
            cost[[released, by]] = 1.0, 1.0 / total
        for at in kept:
            upper[self._columns(at)[0]] = 0
        found = milp(
            cost,
            integrality=np.ones(count),
            bounds=Bounds(np.zeros(count), upper),
            constraints=self._constraints(count),
            options={"mip_rel_gap": 0.0},
        )
        if found.x is None:
            return None
        return {
            at: round(found.x[self._columns(at)[1]])
            for at in range(len(self.limits))
            if found.x[self._columns(at)[0]] > 0.5
        }

    def _constraints(self, count: int) -> LinearConstraint:
        rows = [at for at, (entries, _, _) in enumerate(self._rows) for _ in entries]
        columns = [column for entries, _, _ in self._rows for column, _ in entries]
        values = [value for entries, _, _ in self._rows for _, value in entries]
        matrix = csr_array((values, (rows, columns)), shape=(len(self._rows), count))
        return LinearConstraint(matrix, [low for _, low, _ in self._rows], [high for _, _, high in self._rows])
