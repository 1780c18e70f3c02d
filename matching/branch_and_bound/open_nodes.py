"""The nodes that a search has still to look at, and which of them comes next."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

from matching.branch_and_bound.nodes import Node


class OpenNodes:
    """The best bound first; but of two children the better at once, while that looks promising (plunging).

    Nodes are told by their numbers in the tree. O(log k) to add or take one of k.
    """

    def __init__(self, nodes: list[Node], opened: Iterable[int]) -> None:
        self._nodes = nodes
        self._heap = [(-nodes[at].bound, -at, at) for at in opened]
        heapq.heapify(self._heap)
        self._plunging: int | None = None

    def __bool__(self) -> bool:
        return self._plunging is not None or bool(self._heap)

    def take(self) -> int:
        """The next node, which is no longer among them."""
        if self._plunging is None:
            return heapq.heappop(self._heap)[-1]
        at, self._plunging = self._plunging, None
        return at

    def add(self, children: Iterable[int], incumbent_value: int | None) -> None:
        """Take in the children of a node."""
        by_bound = sorted(children, key=lambda child: self._nodes[child].bound)
        if by_bound and self._is_promising(by_bound[-1], incumbent_value):
            self._plunging = by_bound.pop()
        for child in by_bound:
            heapq.heappush(self._heap, (-self._nodes[child].bound, -child, child))

    def highest_bound(self, besides: int) -> int:
        """What no value in these nodes or one that was taken can exceed."""
        return max([self._nodes[besides].bound, *(-bound for bound, _, _ in self._heap)])

    def _is_promising(self, at: int, incumbent_value: int | None) -> bool:
        """While there is no incumbent, or a node is about as good as the best open one."""
        if incumbent_value is None or not self._heap:
            return True
        best_open = -self._heap[0][0]
        return 4 * (best_open - self._nodes[at].bound) <= best_open - incumbent_value
