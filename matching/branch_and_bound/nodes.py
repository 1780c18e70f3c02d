"""The tree of nodes by which a search divides what duals leave possible, and how a wider face takes a tree over."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from matching.branch_and_bound.zero_half_cuts import Cut, with_rows
from matching.lp.highs_model import LpOutcome
from matching.lp.lagrangian import Multipliers
from matching.model.face import Bools, Face, Goal, Ints


@dataclass(frozen=True, slots=True)
class Branch:
    """Either the load of row `at` is at most `most`, or more; for a pair (`is_pair`), left out or chosen."""

    is_pair: bool
    at: int
    most: int


@dataclass(slots=True)
class Node:
    """A node of the tree: what was decided on the way, and either its branch into two nodes or the closing duals.

    limits  load limits by row, `pairs` whether a pair is chosen, both by position in the branching face
    bound   what the goal cannot exceed here: believed as HiGHS says it, until `duals` show it
    outcome the model's answer, while the node is open
    """

    limits: dict[int, tuple[int, int]]
    pairs: dict[int, bool]
    bound: int
    branch: Branch | None = None
    children: tuple[int, int] | None = None
    duals: Multipliers | None = None
    outcome: LpOutcome | None = None


@dataclass(slots=True)
class SearchTree:
    """All nodes, the first being the root.

    `face` has a row for every cut and then for each of `openings`, their numbers ascending, besides the limits' rows.
    `root_duals` are duals that include the cuts: what loses too much at them was left out before the first node.
    """

    face: Face
    openings: Ints
    cuts: list[Cut]
    root_duals: Multipliers | None
    nodes: list[Node] = field(default_factory=list)

    @property
    def first_opening(self) -> int:
        return self.face.none - len(self.openings)

    @property
    def can_grow(self) -> bool:
        """Whether a wider face can take it over: what it says of single pairs may be of pairs that are not there. One
        that closed at once has nothing to spare a search that finds cuts of its own."""
        return len(self.nodes) > 1 and all(node.branch is None or not node.branch.is_pair for node in self.nodes)


def with_openings(face: Face, openings: Ints) -> Face:
    """The face with one row more for each of these openings, without limits, after the other rows."""
    return with_rows(face, np.searchsorted(openings, face.opening)[:, None], np.full(len(openings), len(face.must)))


def children_of(face: Face, node: Node, branch: Branch, highest: int) -> tuple[Node, Node]:
    """A node's two children, not yet bounded by more than `highest`: at most so many and more, or without the pair and
    with it."""
    if branch.is_pair:
        without, with_it = ({**node.pairs, branch.at: chosen} for chosen in (False, True))
        return Node(node.limits, without, highest), Node(node.limits, with_it, highest)
    low, high = node.limits.get(branch.at, (int(face.low[branch.at]), int(face.high[branch.at])))
    least = 0 if face.zero_ok[branch.at] else low
    below, above = (least, min(high, branch.most)), (max(low, branch.most + 1), high)
    first, second = ({**node.limits, branch.at: loads} for loads in (below, above))
    return Node(first, node.pairs, highest), Node(second, node.pairs, highest)


def node_face(
    face: Face, goal: Goal, limits: dict[int, tuple[int, int]], pairs: dict[int, bool], fixed_out: Bools
) -> tuple[Face, Goal]:
    """The face and goal with what a node has decided, without the pairs that are needless."""
    low, high, zero_ok, must = face.low.copy(), face.high.copy(), face.zero_ok.copy(), face.must.copy()
    for row, (least, most) in limits.items():
        low[row], high[row], zero_ok[row] = least, most, False
    keep = ~fixed_out
    for pair, chosen in pairs.items():
        if chosen:
            must[face.learner[pair]] = True
            keep &= (face.learner != face.learner[pair]) | (np.arange(len(keep)) == pair)
        else:
            keep[pair] = False
    decided = replace(face, low=low, high=high, zero_ok=zero_ok, must=must).restricted(keep)
    return decided, Goal(goal.name, goal.worth[keep], goal.squares)


def rows_in(new: SearchTree, old: SearchTree) -> Ints:
    """Where the rows of a tree stand in another with the same cuts and at least the same openings."""
    row = np.arange(old.face.none + 1)
    row[old.first_opening : -1] = new.first_opening + np.searchsorted(new.openings, old.openings)
    row[-1] = new.face.none
    return row


def duals_in(new: SearchTree, row: Ints, duals: Multipliers | None) -> Multipliers:
    """Duals of a closed node of the other tree, for these rows."""
    assert duals is not None, "the tree was closed"
    rows = np.zeros(new.face.none + 1, dtype=np.int64)
    rows[row] = duals.rows
    return replace(duals, rows=rows)
