"""Takes the tree that closed a narrower face over into a wider one, so that only what opens again is searched."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matching.branch_and_bound.nodes import Node, SearchTree, children_of
from matching.lp.lagrangian import Multipliers
from matching.model.face import Ints


def can_regrow(closed: SearchTree) -> bool:
    """Whether a wider face can take a tree over: what it says of single pairs may be of pairs that are not there. One
    that closed at once has nothing to spare a search that finds cuts of its own."""
    return len(closed.nodes) > 1 and all(node.branch is None or not node.branch.is_pair for node in closed.nodes)


def regrow(tree: SearchTree, closed: SearchTree, highest: int) -> list[tuple[int, Multipliers]]:
    """Branch an empty tree as the closed one, which has the same cuts and no further openings.

    Returns the numbers of the leaves, with the duals that closed them; no node is bounded yet by less than `highest`.
    O(r) for each node.
    """
    row, same = _rows_in(tree, closed), [0]
    leaves: list[tuple[int, Multipliers]] = []
    tree.nodes.append(Node({}, {}, highest))
    for at, place in enumerate(same):
        node, old = tree.nodes[at], closed.nodes[place]
        if old.branch is not None and old.children is not None:
            node.branch, node.children = replace(old.branch, at=int(row[old.branch.at])), (len(same), len(same) + 1)
            tree.nodes += children_of(tree.face, node, node.branch, highest)
            same += old.children
        else:
            leaves.append((at, _duals_in(tree, row, old.duals)))
    return leaves


def _rows_in(new: SearchTree, old: SearchTree) -> Ints:
    """Where the rows of a tree stand in another with the same cuts and at least the same openings."""
    row = np.arange(old.face.none + 1)
    row[old.first_opening : -1] = new.first_opening + np.searchsorted(new.openings, old.openings)
    row[-1] = new.face.none
    return row


def _duals_in(new: SearchTree, row: Ints, duals: Multipliers | None) -> Multipliers:
    """Duals of a closed node of the other tree, for these rows."""
    assert duals is not None, "the tree was closed"
    rows = np.zeros(new.face.none + 1, dtype=np.int64)
    rows[row] = duals.rows
    return replace(duals, rows=rows)
