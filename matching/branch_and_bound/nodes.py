"""The tree of nodes by which a search divides what duals leave possible."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np

from matching.branch_and_bound.zero_half_cuts import Cut, with_rows
from matching.lp.lagrangian import Multipliers
from matching.lp.lp_outcome import LpOutcome
from matching.model.face import Bools, Face, Ints
from matching.model.subproblem import Restriction, Subproblem


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

    @property
    def relaxed_bound(self) -> float:
        """The bound of the model's answer, -infinity where there is none."""
        return -math.inf if self.outcome is None else self.outcome.bound


@dataclass(slots=True)
class SearchTree:
    """All nodes, the first being the root.

    The face has a row for every cut and then for each of `openings`, their numbers ascending, besides the limits' rows.
    `root_duals` are duals that include the cuts: what they rule out was left out before the first node.
    """

    subproblem: Subproblem
    openings: Ints
    cuts: list[Cut]
    root_duals: Multipliers | None
    nodes: list[Node] = field(default_factory=list)

    @property
    def face(self) -> Face:
        """The face on which nodes decide."""
        return self.subproblem.face

    @property
    def first_opening(self) -> int:
        """The row of the first opening; the others follow."""
        return self.face.none - len(self.openings)


def with_openings(subproblem: Subproblem, openings: Ints) -> Subproblem:
    """The subproblem with one row more for each of these openings, without limits, after the other rows. O(m)."""
    face = subproblem.face
    column = np.searchsorted(openings, face.opening)[:, None]
    return subproblem.on(with_rows(face, column, np.full(len(openings), len(face.must))))


def children_of(face: Face, node: Node, branch: Branch, highest: int) -> tuple[Node, Node]:
    """A node's two children, not yet bounded by less than `highest`: at most so many and more, or without the pair and
    with it."""
    if branch.is_pair:
        without, with_it = ({**node.pairs, branch.at: chosen} for chosen in (False, True))
        return Node(node.limits, without, highest), Node(node.limits, with_it, highest)
    low, high = node.limits.get(branch.at, (int(face.low[branch.at]), int(face.high[branch.at])))
    least = 0 if face.zero_ok[branch.at] else low
    below, above = (least, min(high, branch.most)), (max(low, branch.most + 1), high)
    first, second = ({**node.limits, branch.at: loads} for loads in (below, above))
    return Node(first, node.pairs, highest), Node(second, node.pairs, highest)


def at_node(subproblem: Subproblem, node: Node, fixed_out: Bools) -> Restriction:
    """The subproblem with what a node has decided, without the pairs that are fixed out (m,). O(m)."""
    face = subproblem.face
    low, high, zero_ok, must = face.low.copy(), face.high.copy(), face.zero_ok.copy(), face.must.copy()
    for row, (least, most) in node.limits.items():
        low[row], high[row], zero_ok[row] = least, most, False
    keep = ~fixed_out
    for pair, chosen in node.pairs.items():
        if chosen:
            must[face.learner[pair]] = True
            keep &= (face.learner != face.learner[pair]) | (np.arange(len(keep)) == pair)
        else:
            keep[pair] = False
    return subproblem.on(replace(face, low=low, high=high, zero_ok=zero_ok, must=must)).restricted(keep)
