"""A face with nested limits as a flow: learners go through leaves and what lies above them to the ground."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.assignment.laminar import LaminarTree
from matching.model.face import Ints
from matching.model.subproblem import Subproblem


@dataclass(frozen=True, slots=True)
class Network:
    """Every learner takes one of her options; each node passes on what it takes in, within its limits.

    start    (n + 1,) where the options of each learner begin
    node     (options,) the leaf of a pair, or the ground for being left out, which is an option unless she must
    worth    (options,) what the option adds to the goal
    pair     (options,) position of the pair in the face, -1 for being left out
    above    (nodes + 1,) the parent of a node, the ground (the last node) at the top and for itself
    low, high (nodes,) what a node may pass on
    squared  (nodes,) 1 where the square of what it passes on is taken from the goal, otherwise 0
    children, first_child   the nodes by what they lie under, and where those under each begin
    """

    start: Ints
    node: Ints
    worth: Ints
    pair: Ints
    above: Ints
    low: Ints
    high: Ints
    squared: Ints
    children: Ints
    first_child: Ints

    @property
    def learners(self) -> int:
        """How many learners there are."""
        return len(self.start) - 1

    @property
    def ground(self) -> int:
        """The number of the node where all flow ends."""
        return len(self.high)

    def levels(self) -> tuple[Ints, Ints]:
        """The nodes with nothing above but the ground come last, after those below them."""
        top = self.above[:-1] == self.ground
        return np.flatnonzero(~top), np.flatnonzero(top)

    def options_of(self, learners: Ints) -> tuple[Ints, Ints]:
        """The options of these learners one after the other, and how many each has."""
        return spans(self.start, learners)


def network_of(subproblem: Subproblem, tree: LaminarTree) -> Network:
    """The network of a subproblem whose limits nest. O(m + r log r)."""
    face, goal = subproblem.face, subproblem.goal
    learners, nodes = len(face.must), len(tree.parent)
    extra = np.concatenate([[0], np.cumsum(~face.must)])
    at = np.arange(len(face.pair)) + extra[face.learner]
    start = np.searchsorted(face.learner, np.arange(learners + 1)) + extra
    above = np.where(tree.parent < 0, nodes, tree.parent)
    children = np.argsort(above, kind="stable")
    node, worth, pair = np.full(start[-1], nodes), np.zeros(start[-1], dtype=np.int64), np.full(start[-1], -1)
    node[at], worth[at], pair[at] = tree.leaf_of, goal.worth, np.arange(len(at))
    return Network(
        start=start,
        node=node,
        worth=worth,
        pair=pair,
        above=np.append(above, nodes),
        low=tree.low,
        high=np.minimum(tree.high, learners + 1),  # a limit out of reach is never met, which would permit a dual
        squared=tree.with_mentor(face) if goal.squares else np.zeros(nodes, dtype=np.int64),
        children=children,
        first_child=np.searchsorted(above[children], np.arange(nodes + 2)),
    )


def spans(start: Ints, which: Ints) -> tuple[Ints, Ints]:
    """Positions start[i], ..., start[i + 1] - 1 for each i of `which` in turn, and how many of each."""
    count = start[which + 1] - start[which]
    return np.repeat(start[which] - (np.cumsum(count) - count), count) + np.arange(int(count.sum())), count


def best_of_spans(values: Ints, count: Ints) -> Ints:
    """The largest of each span of values; every span has at least one. O(values)."""
    return np.maximum.reduceat(values, np.cumsum(count) - count) if len(count) else values
