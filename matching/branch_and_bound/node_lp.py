"""The linear model of a face, solved for one node after the other, each from where the last one ended."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from matching.branch_and_bound.nodes import Node
from matching.deadline import Deadline
from matching.lp.highs_model import HighsModel
from matching.lp.lp_outcome import LpOutcome
from matching.lp.presolve import Presolved
from matching.model.face import Bools

PAIRS_WORTH_A_TWIN = 1_000  # whose models take much longer than to begin a thread


class NodeLp:
    """The model of what is left to decide of a face. What goes in and comes out is about the whole face."""

    def __init__(self, model: HighsModel, presolved: Presolved, deadline: Deadline) -> None:
        self.presolved, self.deadline = presolved, deadline
        self.fixed_out = np.zeros(len(presolved.open), dtype=bool)
        self._programmes = [_IncrementalLp(model, presolved)]

    def solve(self, node: Node) -> LpOutcome:
        """One simplex run from where the last one ended, and O(m) to tell of the whole face."""
        return self._programmes[0].solve(node, self.fixed_out, self.deadline.seconds_left())

    def solve_all(self, nodes: list[Node]) -> list[LpOutcome]:
        """Solve for several nodes, two side by side where that takes long. How many processors there are does not
        change what comes out, only when."""
        pairs = [nodes[at : at + 2] for at in range(0, len(nodes), 2)]
        return [outcome for pair in pairs for outcome in self._solve_two(pair)]

    def _solve_two(self, nodes: list[Node]) -> list[LpOutcome]:
        if len(nodes) == 1 or self.presolved.subproblem.pair_count < PAIRS_WORTH_A_TWIN:
            return [self.solve(node) for node in nodes]
        if len(self._programmes) == 1:
            self._programmes.append(self._programmes[0].twin())
        (first, second), seconds = self._programmes, self.deadline.seconds_left()
        with ThreadPoolExecutor(1) as beside:
            twin = beside.submit(second.solve, nodes[1], self.fixed_out, seconds)
            return [first.solve(nodes[0], self.fixed_out, seconds), twin.result()]

    def fix_out(self, fixed_out: Bools) -> None:
        """Leave these pairs (m,) out from now on, among them all that were left out before."""
        fresh = np.flatnonzero(fixed_out & ~self.fixed_out & self.presolved.open).tolist()
        for told in self._programmes:
            told.fix_out(fresh)
        self.fixed_out = fixed_out


class _IncrementalLp:
    """A model that remembers what it was told last, so that only what is different has to be."""

    def __init__(self, model: HighsModel, presolved: Presolved) -> None:
        self.model, self.presolved = model, presolved
        self.position = np.cumsum(presolved.open) - 1
        self.limits: dict[int, tuple[int, int]] = {}
        self.pairs: dict[int, bool] = {}

    def twin(self) -> _IncrementalLp:
        """Another one that goes on from here."""
        other = _IncrementalLp(self.model.twin(), self.presolved)
        other.limits, other.pairs = self.limits, self.pairs
        return other

    def solve(self, node: Node, fixed_out: Bools, seconds: float) -> LpOutcome:
        for row in self.limits.keys() - node.limits.keys():
            self.model.free_load(row)
        for row, (low, high) in node.limits.items():
            if self.limits.get(row) != (low, high):
                taken = int(self.presolved.taken[row])
                self.model.limit_load(row, low - taken, high - taken)
        for pair in self.pairs.keys() - node.pairs.keys():
            self.model.limit_pair(int(self.position[pair]), 0.0, float(not fixed_out[pair]))
        for pair, chosen in node.pairs.items():
            if self.pairs.get(pair) != chosen:
                self.model.limit_pair(int(self.position[pair]), float(chosen), float(chosen))
        self.limits, self.pairs = node.limits, node.pairs
        outcome = self.presolved.of_whole(self.model.run(seconds))
        return replace(outcome, rays=self.model.rays()) if outcome.status == "infeasible" else outcome

    def fix_out(self, pairs: list[int]) -> None:
        for pair in pairs:
            self.model.limit_pair(int(self.position[pair]), 0.0, 0.0)
