"""Chooses where to branch a node, by what branchings have cost."""

from __future__ import annotations

import math

import numpy as np

from matching.branch_and_bound.nodes import Branch, Node
from matching.lp.lp_outcome import INTEGRALITY
from matching.model.face import Face, Floats, Ints


class PseudoCosts:
    """What branching a row has cost so far for each unit, down and up (pseudo-costs: Benichou et al. 1971)."""

    def __init__(self, face: Face, first_opening: int) -> None:
        """The last rows of the face, from `first_opening` on, are openings."""
        self.face = face
        self.openings = np.arange(first_opening, face.none)
        self.cost = np.zeros((2, face.none))
        self.times = np.zeros((2, face.none))

    def branch(self, node: Node) -> Branch | None:
        """An opening whose number of learners is not whole; else a row between none and enough; else a pair. None
        where nothing is left to decide. O(m + r)."""
        if node.outcome is None or node.outcome.share is None:
            return None
        face, share = self.face, node.outcome.share
        loads = face.shared_loads(share)
        parts = self.openings[np.abs(loads[self.openings] - np.rint(loads[self.openings])) > INTEGRALITY]
        if len(parts):
            at = self._most_telling(parts, loads[parts])
            return Branch(False, at, math.floor(loads[at]))
        between = face.zero_ok & (loads > INTEGRALITY) & (loads < face.low - INTEGRALITY)
        for row in np.flatnonzero(between).tolist():
            if row not in node.limits:
                return Branch(False, row, 0)
        apart = np.abs(share - np.rint(share))
        return Branch(True, int(np.argmax(apart)), 0) if apart.max(initial=0.0) > INTEGRALITY else None

    def beyond(self, node: Node, branch: Branch) -> float:
        """How far the load that is branched on lies above `most`."""
        if branch.is_pair or node.outcome is None or node.outcome.share is None:
            return 0.0
        return float(self.face.shared_loads(node.outcome.share)[branch.at]) - branch.most

    def learn(self, row: int, beyond: float, degradations: list[float]) -> None:
        """Remember how far the bound fell in both children of a branching so far beyond a whole load."""
        for way, (fall, distance) in enumerate(zip(degradations, (beyond, 1 - beyond), strict=True)):
            if math.isfinite(fall) and distance > INTEGRALITY:
                self.cost[way, row] += fall / distance
                self.times[way, row] += 1

    def _most_telling(self, rows: Ints, loads: Floats) -> int:
        """The row in whose two children the bound is likely to fall most, in both of them."""
        above = loads - np.floor(loads)
        usual = self.cost.sum(axis=1) / np.maximum(1, self.times.sum(axis=1))
        learned = self.cost[:, rows] / np.maximum(1, self.times[:, rows])
        likely = np.where(self.times[:, rows] > 0, learned, np.maximum(usual, INTEGRALITY)[:, None])
        promise = np.maximum(likely[0] * above, INTEGRALITY) * np.maximum(likely[1] * (1 - above), INTEGRALITY)
        return int(rows[np.argmax(promise)])
