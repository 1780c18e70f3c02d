"""Cutting planes that anyone can verify: half the sum of some limits, rounded down.

Choose some learners, mentors and studies, add up their limits and halve. A pair that touches two or three of them
counts one then, a pair that touches one counts nothing, and all of them together can be at most the half sum, rounded
down too. ({0, 1/2}-cuts: Caprara and Fischetti 1996; found by elimination modulo 2, after Koster, Zymolka and
Kutschka 2009.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.lp.lp_outcome import INTEGRALITY
from matching.model.face import Bools, Face, Floats, Ints
from matching.model.subproblem import Subproblem

HOSTS = [0, 1]  # the columns of `rows` that a cut may use: mentors and studies
NEIGHBOURS = 60
MOST_SEEDS = 400
MOST_CUTS = 40
RIGHT = 1
DEAREST = 0.9  # what may be lost of the half that rounding gains


@dataclass(frozen=True, slots=True)
class Cut:
    """The chosen `rows` (of mentors and studies) and `learners`, as positions in a face, ascending."""

    rows: tuple[int, ...]
    learners: tuple[int, ...]


def members(face: Face, cut: Cut) -> tuple[Bools, int]:
    """The pairs (m,) that count one in a cut, and how many of them there can be. O(m)."""
    touched = np.zeros(len(face.pair), dtype=np.int64)
    for column in HOSTS:
        touched += _marked(face.none + 1, cut.rows)[face.rows[:, column]]
    touched += _marked(len(face.must), cut.learners)[face.learner]
    return touched >= 2, (int(face.high[list(cut.rows)].sum()) + len(cut.learners)) // 2


def with_rows(face: Face, columns: NDArray[np.int64], high: Ints) -> Face:
    """The face with more rows, after its others: `columns` (m, any) says which of them a pair has, or -1, `high`
    (any,) what they may come to. O(m) for each column."""
    first, none = face.none, face.none + len(high)
    rows = np.column_stack(
        [np.where(face.rows == first, none, face.rows), np.where(columns < 0, none, first + columns)]
    )

    def extended(values: NDArray[Any], fill: Any) -> NDArray[Any]:
        return np.concatenate([values[:-1], np.broadcast_to(fill, len(high)).astype(values.dtype), values[-1:]])

    return replace(
        face,
        rows=rows,
        low=extended(face.low, 0),
        high=extended(face.high, high),
        zero_ok=extended(face.zero_ok, False),
        is_mentor=extended(face.is_mentor, False),
    )


def with_cuts(subproblem: Subproblem, cuts: list[Cut]) -> Subproblem:
    """The subproblem with one row more for every cut. O(m) for each."""
    face = subproblem.face
    columns = np.full((len(face.pair), len(cuts)), -1, dtype=np.int64)
    high = np.zeros(len(cuts), dtype=np.int64)
    for at, cut in enumerate(cuts):
        inside, high[at] = members(face, cut)
        columns[inside, at] = at
    return subproblem.on(with_rows(face, columns, high)) if cuts else subproblem


def violated_cuts(face: Face, share: Floats) -> list[Cut]:
    """Cuts that a fractional solution (m,) of the relaxation breaks, at most `MOST_CUTS`, the clearest first.

    For each of at most `MOST_SEEDS` rows an elimination among `NEIGHBOURS` unknowns, and O(m) where that finds a cut.
    """
    parities = _Parities(face, share)
    found: dict[Cut, float] = {}
    for seed in parities.seeds():
        cut = parities.cut_around(seed)
        if cut is not None and cut not in found:
            inside, limit = members(face, cut)
            found[cut] = float(share[inside].sum()) - limit
    clear = [cut for cut, beyond in found.items() if beyond > (1 - DEAREST) / 2]
    return sorted(clear, key=lambda cut: (-round(found[cut], 3), len(cut.rows), cut.rows, cut.learners))[:MOST_CUTS]


class _Parities:
    """Which rows and learners to choose, as equations modulo 2.

    Nothing is lost where every chosen limit is reached and every pair that is used touches an even number of them;
    then the half sum is the load, and rounding an odd sum down cuts one half off. So each pair with a share is an
    equation, and breaking it costs its share; a limit with slack is one that says not to choose it.

    Nodes are rows, then learners from `face.none` on. Those that may be chosen are told by a `bit` each, so that an
    equation is a number: the bits of its unknowns, and `RIGHT` for its right side.
    """

    def __init__(self, face: Face, share: Floats) -> None:
        self.face = face
        self.whole = np.flatnonzero(share >= 1 - INTEGRALITY)
        parts = np.flatnonzero((share > INTEGRALITY) & (share < 1 - INTEGRALITY))
        loads = np.zeros(face.none + 1)
        whole_loads = np.zeros(face.none + 1, dtype=np.int64)
        for column in HOSTS:
            np.add.at(loads, face.rows[:, column], share)
            np.add.at(whole_loads, face.rows[self.whole, column], 1)
        placed = np.bincount(face.learner, share, minlength=len(face.must))
        slack = np.concatenate([face.high[:-1] - loads[:-1], 1 - placed]).tolist()
        odd = [*((face.high - whole_loads)[:-1] % 2 == 1).tolist(), *[True] * len(face.must)]

        together = [[node for node in nodes if slack[node] < DEAREST] for nodes in _nodes_of(face, parts)]
        nodes = sorted({node for one in together for node in one})
        self.bit = {node: 2 * RIGHT << at for at, node in enumerate(nodes)}
        self.odd = sum(self.bit[node] for node in nodes if odd[node])
        self.beside: dict[int, list[int]] = {node: [] for node in nodes}
        for one in together:
            for node in one:
                self.beside[node] += one
        self.equations = [(slack[node], self.bit[node]) for node in nodes if slack[node] > INTEGRALITY]
        self.equations += zip(share[parts].tolist(), map(self._bits, together), strict=True)
        self.equations.sort(key=lambda equation: -equation[0])

    def _bits(self, nodes: list[int]) -> int:
        return sum(map(self.bit.__getitem__, nodes))

    def seeds(self) -> list[int]:
        """The rows around which to look."""
        rows = [node for node in self.bit if node < self.face.none]
        return rows[:: 1 + len(rows) // MOST_SEEDS]

    def cut_around(self, seed: int) -> Cut | None:
        """A cheap cut that surely chooses this row, and else only what is near it; None when all cost too much."""
        near = self._bits(self._near(seed))
        certain = [self.bit[seed] | RIGHT, self.odd & near | RIGHT]
        solution = _least_broken(certain, [(cost, sum_ & near) for cost, sum_ in self.equations if sum_ & near])
        if solution is None:
            return None
        chosen = [node for node, bit in self.bit.items() if solution & bit]
        rows = [node for node in chosen if node < self.face.none]
        learners = [node - self.face.none for node in chosen[len(rows) :]]
        return Cut(tuple(rows), tuple(sorted([*learners, *self._whole_and_odd(rows)])))

    def _near(self, seed: int) -> list[int]:
        """Nodes that hang together, those around the seed."""
        near, seen = [seed], {seed}
        for node in near:
            if len(near) >= NEIGHBOURS:
                break
            for other in self.beside[node]:
                if other not in seen:
                    seen.add(other)
                    near.append(other)
        return near

    def _whole_and_odd(self, rows: list[int]) -> list[int]:
        """Learners with a whole pair that touches one of the rows: with them it touches two things, and is counted."""
        marked = _marked(self.face.none + 1, rows)
        touched = marked[self.face.rows[self.whole][:, HOSTS]].sum(axis=1)
        learners: list[int] = self.face.learner[self.whole[touched == 1]].tolist()
        return learners


def _nodes_of(face: Face, pairs: Ints) -> Iterator[list[int]]:
    """The nodes that each pair touches."""
    for hosts, learner in zip(face.rows[pairs][:, HOSTS].tolist(), face.learner[pairs].tolist(), strict=True):
        yield [*(row for row in hosts if row != face.none), face.none + learner]


def _least_broken(certain: list[int], equations: list[tuple[float, int]]) -> int | None:
    """A solution of the certain equations that keeps the dear ones and breaks only cheap ones, or None.

    The equations come dearest first; what an unknown is that none of them decides does not matter, and it is 0.
    """
    pivots: dict[int, int] = {}  # reduced equations by their highest unknown
    lost = 0.0
    for cost, equation in [*((1.0, equation) for equation in certain), *equations]:
        reduced = _reduced(equation, pivots)
        if reduced > RIGHT:
            pivots[reduced.bit_length()] = reduced
        elif reduced:
            lost += cost
            if lost > DEAREST:
                return None
    solution = RIGHT
    for length in sorted(pivots):
        if (pivots[length] & solution).bit_count() % 2:
            solution |= 1 << length - 1
    return solution


def _reduced(equation: int, pivots: dict[int, int]) -> int:
    """The equation without the highest unknowns of others."""
    while (pivot := pivots.get(equation.bit_length())) is not None:
        equation ^= pivot
    return equation


def _marked(size: int, positions: Iterable[int]) -> Ints:
    marked = np.zeros(size, dtype=np.int64)
    marked[list(positions)] = 1
    return marked
