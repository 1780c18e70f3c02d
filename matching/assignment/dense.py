"""A small face whose limits nest, solved as an assignment of learners to slots.

Each leaf of the tree becomes as many slots as learners it may take. A parent with less room than its leaves have
slots gets dummy learners that take up the excess. What must be filled carries a bonus larger than anything the goal
can gain, so that it is filled whenever that is possible; all sums stay below 2**53 and are therefore exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from matching.assignment.laminar import LaminarTree
from matching.model.face import Bools, Face, Ints
from matching.model.subproblem import Subproblem

MOST_CELLS = 4_000_000
EXACT_IN_A_FLOAT = 2**53


@dataclass(frozen=True, slots=True)
class _Slots:
    """`count` slots for each leaf from `start` on, the first `wanted` of which have to be filled."""

    start: Ints
    count: Ints
    wanted: Ints
    total: int


@dataclass(frozen=True, slots=True)
class _Links:
    """Who may take which slot at what weight; `pair` is -1 for dummies."""

    row: Ints
    slot: Ints
    weight: Ints
    pair: Ints


def fits(subproblem: Subproblem, tree: LaminarTree) -> bool:
    """Whether slots can express the goal, and few enough of them: squared loads need mentors as leaves. O(m)."""
    face, inner = subproblem.face, tree.parent[tree.parent >= 0]
    if subproblem.goal.squares and tree.with_mentor(face)[inner].any():
        return False
    slots = int(_slots(face, tree).total)
    return slots * (subproblem.learner_count + slots) <= MOST_CELLS and _largest_sum(subproblem) < EXACT_IN_A_FLOAT


def solve_dense(subproblem: Subproblem, tree: LaminarTree) -> Bools | None:
    """Return the best choice of pairs (m,) as a mask, or None when nothing satisfies the limits.

    O(n**3) for n learners or slots: SciPy's `linear_sum_assignment` (Crouse 2016, IEEE Transactions on Aerospace and
    Electronic Systems 52).
    """
    learners, bonus = subproblem.learner_count, _bonus(subproblem)
    slots = _slots(subproblem.face, tree)
    links = _learner_links(subproblem, tree, slots, bonus)
    dummies = _dummy_links(tree, slots, learners, bonus)
    links = _Links(*(np.concatenate(both) for both in zip(_columns(links), _columns(dummies), strict=True)))
    rows = 1 + int(max(links.row.max(initial=0), learners - 1))
    taken = _best_links(links, rows, slots.total)
    chosen = np.zeros(subproblem.pair_count, dtype=bool)
    chosen[links.pair[taken][links.pair[taken] >= 0]] = True
    return chosen if subproblem.admits(chosen) else None


def _columns(links: _Links) -> tuple[Ints, Ints, Ints, Ints]:
    return links.row, links.slot, links.weight, links.pair


def _worth_limit(subproblem: Subproblem) -> int:
    largest = int(np.abs(subproblem.goal.worth).max(initial=0))
    return largest + 2 * subproblem.learner_count if subproblem.goal.squares else largest


def _bonus(subproblem: Subproblem) -> int:
    return 2 * subproblem.learner_count * _worth_limit(subproblem) + 1


def _largest_sum(subproblem: Subproblem) -> int:
    return 4 * (subproblem.learner_count + 1) * (3 * _bonus(subproblem) + _worth_limit(subproblem))


def _slots(face: Face, tree: LaminarTree) -> _Slots:
    count = np.minimum(tree.high, np.bincount(tree.leaf_of, minlength=len(tree.parent)))
    wanted = np.minimum(np.maximum(tree.low, 0), count)
    for node in np.flatnonzero(tree.low > 0).tolist():
        wanted = np.where(tree.parent == node, count, wanted)
    start = np.concatenate([[0], np.cumsum(count)])
    return _Slots(start[:-1], count, wanted, int(start[-1]))


def _learner_links(subproblem: Subproblem, tree: LaminarTree, slots: _Slots, bonus: int) -> _Links:
    face, goal = subproblem.face, subproblem.goal
    pairs = _best_pair_by_leaf(subproblem, tree)
    leaf = tree.leaf_of[pairs]
    pair = np.repeat(pairs, slots.count[leaf])
    leaf = tree.leaf_of[pair]
    nth = _counting(slots.count[tree.leaf_of[pairs]])
    weight = goal.worth[pair] + bonus * face.must[face.learner[pair]] + bonus * (nth < slots.wanted[leaf])
    if goal.squares:
        weight = weight - (2 * nth + 1) * tree.with_mentor(face)[leaf]
    useful = weight > 0
    return _Links(face.learner[pair[useful]], (slots.start[leaf] + nth)[useful], weight[useful], pair[useful])


def _best_pair_by_leaf(subproblem: Subproblem, tree: LaminarTree) -> Ints:
    """Of several pairs of one learner in one leaf, only the best can matter; the first of equals."""
    group = subproblem.face.learner * len(tree.parent) + tree.leaf_of
    order = np.lexsort((-subproblem.goal.worth, group))
    first = np.diff(group[order], prepend=-1) != 0
    return np.sort(order[first])


def _counting(counts: Ints) -> Ints:
    """0, 1, ..., count - 1 for each count in turn."""
    return np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)


def _dummy_links(tree: LaminarTree, slots: _Slots, learners: int, bonus: int) -> _Links:
    rows, columns, weights = [], [], []
    for node in np.unique(tree.parent[tree.parent >= 0]).tolist():
        children = np.flatnonzero(tree.parent == node)
        room = int(slots.count[children].sum())
        forced = max(0, room - int(tree.high[node]))
        spare = max(0, room - int(tree.low[node])) - forced if tree.low[node] > 0 else 0
        free = np.concatenate([_free_slots(slots, tree, child) for child in children.tolist()])
        filled = bonus if tree.low[node] > 0 else 0
        dummies = np.arange(learners, learners + forced + spare)
        learners += forced + spare
        rows.append(np.repeat(dummies, len(free)))
        columns.append(np.tile(free, len(dummies)))
        weights.append(np.repeat(np.where(np.arange(len(dummies)) < forced, bonus + filled, filled), len(free)))
    nothing = np.zeros(0, dtype=np.int64)
    row = np.concatenate([nothing, *rows])
    return _Links(row, np.concatenate([nothing, *columns]), np.concatenate([nothing, *weights]), np.full(len(row), -1))


def _free_slots(slots: _Slots, tree: LaminarTree, leaf: int) -> Ints:
    first = int(slots.start[leaf])
    return np.arange(first + min(max(int(tree.low[leaf]), 0), int(slots.count[leaf])), first + int(slots.count[leaf]))


def _best_links(links: _Links, rows: int, slots: int) -> Ints:
    """Positions of the links of a matching of largest weight."""
    weight = np.zeros((rows, slots))
    weight[links.row, links.slot] = links.weight
    row, slot = linear_sum_assignment(weight, maximize=True)
    of_row = np.full(rows, -1)
    of_row[row] = slot
    return np.flatnonzero(of_row[links.row] == links.slot)
