"""Closes nodes by duals that show that they hold nothing better than the incumbent."""

from __future__ import annotations

import math

import numpy as np

from matching.branch_and_bound.node_lp import NodeLp
from matching.branch_and_bound.nodes import Node, at_node
from matching.lp.integer_duals import rounded_multipliers
from matching.lp.lagrangian import Multipliers, lagrangian_bound
from matching.lp.lp_outcome import LpOutcome
from matching.model.face import Goal
from matching.model.subproblem import Subproblem


class Pruning:
    """Bounds of nodes in whole numbers. Each is about a node's own part of the subproblem, in O(m + n + r)."""

    def __init__(self, subproblem: Subproblem, model: NodeLp, lowest: int, highest: int) -> None:
        """`lowest` and `highest` lie beyond every value of the goal; `model` says which pairs are fixed out."""
        self.subproblem, self.model = subproblem, model
        self.lowest, self.highest = lowest, highest

    def prunes(self, node: Node, incumbent_value: int | None) -> bool:
        """Whether the node holds nothing better, and if so, by duals that show it."""
        if incumbent_value is None or node.bound > incumbent_value:
            return False
        if node.duals is None and node.outcome is not None:
            here = self._at(node)
            duals = rounded_multipliers(here, node.outcome, incumbent_value)
            node.bound = lagrangian_bound(here, duals).integer_bound
            if node.bound > incumbent_value:
                return False
            node.duals, node.outcome = duals, None
        return True

    def still_prunes(self, node: Node, duals: Multipliers, incumbent_value: int | None) -> bool:
        """Whether duals that closed the node on a narrower face close it here too."""
        bound = lagrangian_bound(self._at(node), duals).integer_bound
        if incumbent_value is None or bound > incumbent_value:
            return False
        node.duals, node.bound = duals, bound
        return True

    def close_infeasible(self, node: Node, outcome: LpOutcome) -> None:
        """A ray of duals, taken often enough, brings the bound below everything. Where a limit cannot be met at all,
        none is needed."""
        here = self._at(node)
        face = here.face
        nothing = Subproblem(face, Goal("nothing", np.zeros_like(here.goal.worth)))
        no_duals = (np.zeros(face.none + 1), np.zeros(len(face.held)))
        for row_duals, weights in [no_duals, *outcome.rays]:
            ray = rounded_multipliers(nothing, LpOutcome("ray", None, row_duals, weights, -math.inf))
            shown = lagrangian_bound(nothing, ray).bound
            if shown < 0:
                times = (self.highest - self.lowest) // -shown + 1
                node.duals = Multipliers(1, times * ray.rows, tuple(times * weight for weight in ray.held))
                node.bound = lagrangian_bound(here, node.duals).integer_bound
                return

    def _at(self, node: Node) -> Subproblem:
        return at_node(self.subproblem, node, self.model.fixed_out)
