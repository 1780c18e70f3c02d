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

from matching.face import Bools, Face, Ints
from matching.programme import Floats

HOSTS = [0, 1]  # the columns of `rows` that a cut may use: mentors and studies
WHOLE = 1e-6
NEIGHBOURS = 60
MOST_SEEDS = 400
MOST_CUTS = 40
DEAREST = 0.9  # what may be lost of the half that rounding gains


@dataclass(frozen=True, slots=True)
class Cut:
    """The chosen `rows` (of mentors and studies) and `learners`, as positions in a face, ascending."""

    rows: tuple[int, ...]
    learners: tuple[int, ...]


def members(face: Face, cut: Cut) -> tuple[Bools, int]:
    """The pairs (m,) that count one in a cut, and how many of them there can be."""
    touched = np.zeros(len(face.pair), dtype=np.int64)
    for column in HOSTS:
        touched += _marked(face.none + 1, cut.rows)[face.rows[:, column]]
    touched += _marked(len(face.must), cut.learners)[face.learner]
    return touched >= 2, (int(face.high[list(cut.rows)].sum()) + len(cut.learners)) // 2


def with_rows(face: Face, columns: NDArray[np.int64], high: Ints) -> Face:
    """The face with more rows, after its others: `columns` (m, any) says which of them a pair has, or -1."""
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


def with_cuts(face: Face, cuts: list[Cut]) -> Face:
    """The face with one row more for every cut."""
    columns = np.full((len(face.pair), len(cuts)), -1, dtype=np.int64)
    high = np.zeros(len(cuts), dtype=np.int64)
    for at, cut in enumerate(cuts):
        inside, high[at] = members(face, cut)
        columns[inside, at] = at
    return with_rows(face, columns, high) if cuts else face


def violated_cuts(face: Face, share: Floats) -> list[Cut]:
    """Cuts that a fractional solution of the relaxation breaks, at most `MOST_CUTS`, the clearest first."""
    parities = _Parities(face, share)
    found: dict[Cut, float] = {}
    for nodes in parities.neighbourhoods():
        cut = parities.cut_within(nodes)
        if cut is not None and cut not in found:
            inside, limit = members(face, cut)
            found[cut] = float(share[inside].sum()) - limit
    clear = [cut for cut, beyond in found.items() if beyond > (1 - DEAREST) / 2]
    return sorted(clear, key=lambda cut: (-round(found[cut], 3), len(cut.rows), cut.rows, cut.learners))[:MOST_CUTS]


class _Parities:
    """Which rows and learners to choose, as equations modulo 2.

    Nothing is lost where every chosen limit is reached and every pair that is used touches an even number of them;
    then the half sum is the load, and rounding an odd sum down cuts one half off. So each pair with a share is an
    equation, and breaking it costs its share. Nodes are rows, then learners from `face.none` on.
    """

    def __init__(self, face: Face, share: Floats) -> None:
        self.face = face
        self.whole = np.flatnonzero(share >= 1 - WHOLE)
        parts = np.flatnonzero((share > WHOLE) & (share < 1 - WHOLE))
        loads = np.zeros(face.none + 1)
        settled = np.zeros(face.none + 1, dtype=np.int64)
        for column in HOSTS:
            np.add.at(loads, face.rows[:, column], share)
            np.add.at(settled, face.rows[self.whole, column], 1)
        placed = np.bincount(face.learner, share, minlength=len(face.must))
        slack = np.concatenate([face.high[:-1] - loads[:-1], 1 - placed])
        self.usable = slack < DEAREST
        self.slack = np.maximum(slack, 0.0)
        self.odd = np.concatenate([(face.high - settled)[:-1] % 2 == 1, np.ones(len(face.must), dtype=bool)])
        self.cost = share[parts]
        hosts = [[row for row in rows if row != face.none] for rows in face.rows[parts][:, HOSTS].tolist()]
        self.nodes = [[*rows, face.none + who] for rows, who in zip(hosts, face.learner[parts].tolist(), strict=True)]
        self.of_node: dict[int, list[int]] = {}
        for part, nodes in enumerate(self.nodes):
            for node in nodes:
                if self.usable[node]:
                    self.of_node.setdefault(node, []).append(part)

    def neighbourhoods(self) -> Iterator[list[int]]:
        """Sets of nodes that hang together, each around a row of its own, which comes first."""
        seeds = sorted(node for node in self.of_node if node < self.face.none)
        for seed in seeds[:: 1 + len(seeds) // MOST_SEEDS]:
            near, seen = [seed], {seed}
            for node in near:
                if len(near) >= NEIGHBOURS:
                    break
                for other in (other for part in self.of_node[node] for other in self.nodes[part]):
                    if other not in seen and other in self.of_node:
                        seen.add(other)
                        near.append(other)
            yield near

    def cut_within(self, nodes: list[int]) -> Cut | None:
        """A cheap cut that chooses only among `nodes`, and surely the first; None when all cost too much."""
        bit = {node: 1 << at for at, node in enumerate(nodes)}
        right = 1 << len(nodes)
        equations = [(self.slack[node], bit[node]) for node in nodes if self.slack[node] > WHOLE]
        touched: dict[int, int] = {}  # which of the nodes each part touches
        for node in nodes:
            for part in self.of_node[node]:
                touched[part] = touched.get(part, 0) | bit[node]
        equations += [(self.cost[part], touched[part]) for part in sorted(touched)]
        equations.sort(key=lambda equation: -equation[0])
        odd_total = _sum(bit[node] for node in nodes if self.odd[node]) | right
        solution = _least_broken([bit[nodes[0]] | right, odd_total], equations, right)
        if solution is None:
            return None
        chosen = [node for node in nodes if solution & bit[node]]
        rows = sorted(node for node in chosen if node < self.face.none)
        learners = [node - self.face.none for node in chosen if node >= self.face.none]
        return Cut(tuple(rows), tuple(sorted([*learners, *self._whole_and_odd(rows)])))

    def _whole_and_odd(self, rows: list[int]) -> list[int]:
        """Learners with a whole pair that touches one of the rows: with them it touches two things, and is counted."""
        marked = _marked(self.face.none + 1, rows)
        touched = marked[self.face.rows[self.whole][:, HOSTS]].sum(axis=1)
        learners: list[int] = self.face.learner[self.whole[touched == 1]].tolist()
        return learners


def _least_broken(certain: list[int], equations: list[tuple[float, int]], right: int) -> int | None:
    """A solution of the certain equations that keeps the dear ones and breaks only cheap ones, or None.

    An equation is a number whose bits are unknowns, with the bit `right` for its right side; modulo 2.
    """
    pivots: dict[int, int] = {}
    lost = 0.0
    for cost, equation in [*((1.0, equation) for equation in certain), *equations]:
        left = _reduced(equation, pivots, right)
        if left & (right - 1):
            pivots[(left & (right - 1)).bit_length()] = left
        elif left:
            lost += cost
            if lost > DEAREST:
                return None
    solution = 0
    for length in sorted(pivots):
        others = pivots[length] & solution
        if (others.bit_count() + bool(pivots[length] & right)) % 2:
            solution |= 1 << length - 1
    return solution


def _reduced(equation: int, pivots: dict[int, int], right: int) -> int:
    while left := equation & (right - 1):
        pivot = pivots.get(left.bit_length())
        if pivot is None:
            break
        equation ^= pivot
    return equation


def _sum(bits: Iterable[int]) -> int:
    """The sum modulo 2, bit by bit."""
    total = 0
    for bit in bits:
        total ^= bit
    return total


def _marked(size: int, positions: Iterable[int]) -> Ints:
    marked = np.zeros(size, dtype=np.int64)
    marked[list(positions)] = 1
    return marked
