"""Finds out whether the limits of a face nest, so that it is an assignment problem, and how."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.model.face import HOURS, Bools, Face, Ints, Small

DEEPEST = 2


@dataclass(frozen=True, slots=True)
class LaminarTree:
    """Nested limits: every pair lies in a leaf, leaves lie in parents.

    leaf_of  (m,) node of each pair
    parent   (nodes,) node above, -1 at the top; depth is at most 2
    low, high (nodes,) what the load of the node may be, by the tightest of its rows
    rows     for each node the rows with exactly its pairs; none for a node that only collects pairs
    """

    leaf_of: Ints
    parent: Ints
    low: Ints
    high: Ints
    rows: tuple[tuple[int, ...], ...]

    def with_mentor(self, face: Face) -> Ints:
        """1 for each node with the row of a mentor, whose load may count squared, otherwise 0 (nodes,). O(r)."""
        mentors = set(np.flatnonzero(face.is_mentor).tolist())
        return np.array([not mentors.isdisjoint(rows) for rows in self.rows], dtype=np.int64)


def laminar_tree_of(face: Face) -> LaminarTree | None:
    """Return the tree of the face's limits, or None when they cross, count hours, or allow "none or many".

    Rows with the same pairs become one node. O(m).
    """
    if face.zero_ok.any() or face.held or (face.rows[:, HOURS] != face.none).any() or _hosts_cross(face):
        return None
    chains = _chains(face)
    above = _rows_above(chains, face.none)
    if above is None:
        return None
    size = _sizes(face)
    node = _merged(above, size)
    return _build(face, chains[:, 0], above, node)


def _hosts_cross(face: Face) -> bool:
    """Whether a pair has a mentor with a pair elsewhere and a study with a pair elsewhere: seen sooner than a tree."""
    mentor, study = face.rows[:, 0], face.rows[:, 1]
    both = (mentor != face.none) & (study != face.none)
    return bool((both & _is_elsewhere_too(face, mentor, study) & _is_elsewhere_too(face, study, mentor)).any())


def _is_elsewhere_too(face: Face, rows: Small, others: Small) -> Bools:
    """For each pair (m,), whether the pairs of its row are not all in the same other row."""
    least, most = np.full(face.none + 1, face.none), np.zeros(face.none + 1, dtype=np.int64)
    np.minimum.at(least, rows, others)
    np.maximum.at(most, rows, others)
    return (least != most)[rows]


def _sizes(face: Face) -> Ints:
    size = np.bincount(face.rows.ravel(), minlength=face.none + 1)
    size[face.none] = np.iinfo(np.int64).max
    return size


def _chains(face: Face) -> Small:
    """The rows of each pair from the smallest to the largest, "none" last (m, 4)."""
    size = _sizes(face)
    order = np.lexsort((face.rows, size[face.rows]), axis=1)
    return np.take_along_axis(face.rows, order, axis=1)


def _rows_above(chains: Small, none: int) -> Ints | None:
    """The next larger row of each row (r + 1,), or None when the pairs of a row disagree about it."""
    above = np.full(none + 1, none, dtype=np.int64)
    lower, upper = chains[:, :-1].ravel(), chains[:, 1:].ravel()
    above[lower] = upper
    above[none] = none
    agrees = (lower == none) | (above[lower] == upper)
    return above if agrees.all() else None


def _merged(above: Ints, size: Ints) -> Ints:
    """The topmost row with the same pairs, for each row."""
    node = np.arange(len(above))
    for _ in range(HOURS):
        higher = above[node]
        node = np.where(size[higher] == size[node], higher, node)
    return node


def _build(face: Face, first: Small, above: Ints, node: Ints) -> LaminarTree | None:
    none = face.none
    used = np.flatnonzero(np.bincount(face.rows.ravel(), minlength=none + 1)).tolist()
    tops = sorted({int(node[row]) for row in used} - {none})
    at = {row: position for position, row in enumerate(tops)}
    members: list[list[int]] = [[] for _ in tops]
    for row in used:
        if row != none:
            members[at[int(node[row])]].append(row)
    parent = [at.get(int(node[above[row]]), -1) for row in tops]
    low = [max(int(face.low[row]) for row in rows) for rows in members]
    high = [min(int(face.high[row]) for row in rows) for rows in members]
    leaf_row = node[first]
    leaf_of, extra = _leaves(leaf_row, at, parent, none)
    parent += extra
    low += [0] * len(extra)
    high += [len(face.pair)] * len(extra)
    rows = tuple(tuple(rows) for rows in members) + ((),) * len(extra)
    if _depth(parent) > DEEPEST:
        return None
    return LaminarTree(leaf_of, _array(parent), _array(low), _array(high), rows)


def _leaves(leaf_row: Ints, at: dict[int, int], parent: list[int], none: int) -> tuple[Ints, list[int]]:
    """The leaf of each pair; pairs directly in a node that has children get a leaf of their own below it."""
    inner = set(parent)
    extra: list[int] = []
    leaf_at: dict[int, int] = {}
    for row in np.flatnonzero(np.bincount(leaf_row, minlength=none + 1)).tolist():
        position = at.get(row, -1)
        if position in inner or row == none:
            leaf_at[row] = len(parent) + len(extra)
            extra.append(position)
        else:
            leaf_at[row] = position
    lookup = np.zeros(none + 1, dtype=np.int64)
    lookup[list(leaf_at)] = list(leaf_at.values())
    return lookup[leaf_row], extra


def _depth(parent: list[int]) -> int:
    deepest = 0
    for node in range(len(parent)):
        depth = 0
        while node >= 0:
            node, depth = parent[node], depth + 1
        deepest = max(deepest, depth)
    return deepest


def _array(numbers: list[int]) -> Ints:
    return np.array(numbers, dtype=np.int64)
