"""Duals that prove an assignment optimal: longest paths over the places that learners could change to.

With an optimal choice there is no profitable cycle of changes, so the longest paths exist and are whole numbers
(Bellman 1958; for assignment duals see Burkard, Dell'Amico and Martello, Assignment Problems, chapter 4).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.assignment.laminar import LaminarTree
from matching.lp.lagrangian import Multipliers
from matching.model.face import Bools, Ints
from matching.model.subproblem import Subproblem


class NotOptimal(RuntimeError):
    """The choice can be improved, so no duals prove it. This is a fault of the solver, never of the problem."""


@dataclass(frozen=True, slots=True)
class _Arcs:
    """Potentials must satisfy p[head] >= p[tail] + length."""

    tail: Ints
    head: Ints
    length: Ints


def potentials_of(subproblem: Subproblem, tree: LaminarTree, chosen: Bools) -> Ints:
    """Return what a place in each node of the tree is worth (nodes + 1,), 0 for the last, which is being left out.

    O(m) for each round of the longest-path search, with at most as many rounds as nodes; in practice tens. Raises
    `NotOptimal`.
    """
    ground = len(tree.parent)
    arcs = [
        _change_arcs(subproblem, tree, chosen, ground),
        _load_arcs(subproblem, tree, _node_loads(tree, chosen), ground),
    ]
    potential = _longest_paths(_joined(arcs), ground + 1)
    return potential - potential[ground]


def multipliers_at(potential: Ints, subproblem: Subproblem, tree: LaminarTree, chosen: Bools) -> Multipliers:
    """Return the multipliers whose `lagrangian_bound` equals the value of `chosen` (m,), if both are optimal.

    `potential` (nodes + 1,) is what a place in each node is worth. O(m + r).
    """
    nodes = len(tree.parent)
    load = _node_loads(tree, chosen)
    dual = potential[:nodes] - potential[np.where(tree.parent < 0, nodes, tree.parent)]
    rows = np.zeros(subproblem.face.none + 1, dtype=np.int64)
    for node in range(nodes) if subproblem.goal.squares else np.flatnonzero(dual).tolist():
        _share_dual(rows, subproblem, tree.rows[node], int(load[node]), int(dual[node]))
    return Multipliers(1, rows, ())


def _node_loads(tree: LaminarTree, chosen: Bools) -> Ints:
    load = np.bincount(tree.leaf_of[chosen], minlength=len(tree.parent))
    inner = tree.parent >= 0
    np.add.at(load, tree.parent[inner], load[inner])
    return load


def _change_arcs(subproblem: Subproblem, tree: LaminarTree, chosen: Bools, ground: int) -> _Arcs:
    """A learner may move to another of her pairs, leave, or come in."""
    face, goal = subproblem.face, subproblem.goal
    here = np.full(len(face.must), ground)
    here[face.learner[chosen]] = tree.leaf_of[chosen]
    worth = np.zeros(len(face.must), dtype=np.int64)
    worth[face.learner[chosen]] = goal.worth[chosen]
    other = ~chosen
    move = _Arcs(here[face.learner[other]], tree.leaf_of[other], goal.worth[other] - worth[face.learner[other]])
    leaver = np.flatnonzero((here != ground) & ~face.must)
    return _joined([move, _Arcs(here[leaver], np.full(len(leaver), ground), -worth[leaver])])


def _load_arcs(subproblem: Subproblem, tree: LaminarTree, load: Ints, ground: int) -> _Arcs:
    """The dual of a node lies between what one learner less and one learner more would cost it."""
    node = np.arange(len(tree.parent))
    over = np.where(tree.parent < 0, ground, tree.parent)
    squared = subproblem.goal.squares * tree.with_mentor(subproblem.face)
    unlimited = np.array([not rows for rows in tree.rows], dtype=bool)
    more = (load < tree.high) | unlimited
    less = load > tree.low
    return _joined(
        [
            _Arcs(node[more], over[more], -(squared * (2 * load + 1))[more]),
            _Arcs(over[less], node[less], (squared * (2 * load - 1))[less]),
        ]
    )


def _joined(arcs: list[_Arcs]) -> _Arcs:
    return _Arcs(*(np.concatenate([getattr(part, name) for part in arcs]) for name in ("tail", "head", "length")))


def _longest_paths(arcs: _Arcs, nodes: int) -> Ints:
    """The least potentials >= 0 that satisfy all arcs; raises `NotOptimal` on a cycle of positive length."""
    order = np.argsort(arcs.tail, kind="stable")
    head, length = arcs.head[order], arcs.length[order]
    start = np.searchsorted(arcs.tail[order], np.arange(nodes + 1))
    potential = np.zeros(nodes, dtype=np.int64)
    changed = np.arange(nodes)
    for _ in range(nodes + 1):
        count = start[changed + 1] - start[changed]
        which = np.repeat(start[changed] - (np.cumsum(count) - count), count) + np.arange(int(count.sum()))
        offered = np.repeat(potential[changed], count) + length[which]
        before = potential.copy()
        np.maximum.at(potential, head[which], offered)
        changed = np.flatnonzero(potential > before)
        if not len(changed):
            return potential
    raise NotOptimal("the assignment found can be improved")


def _share_dual(duals: Ints, subproblem: Subproblem, rows: tuple[int, ...], load: int, dual: int) -> None:
    """Give each row of a node what its own limits justify; a negative dual of an empty, free node is nobody's."""
    face = subproblem.face
    for row in rows:
        squared = bool(subproblem.goal.squares and face.is_mentor[row])
        share = dual
        if load > face.low[row]:
            share = max(share, squared * (2 * load - 1))
        if load < face.high[row]:
            share = min(share, squared * (2 * load + 1))
        duals[row] += share
        dual -= share
