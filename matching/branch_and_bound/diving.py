"""Finds a good choice soon, by rounding many openings' numbers of learners at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from matching.branch_and_bound.node_lp import NodeLp
from matching.branch_and_bound.nodes import Node
from matching.lp.highs_model import INTEGRALITY, LpOutcome
from matching.model.face import Face, Ints

PART = 0.1  # of the loads that are not whole, rounded at a time
MOST_STEPS = 100


def dive(model: NodeLp, face: Face, openings: Ints, node: Node) -> Iterator[LpOutcome]:
    """Within an open node, round loads that are not whole, the nearest to it first, and solve again, until all are.

    `openings` are the rows of the face whose loads are rounded. Tells what each model on the way said. A step that
    leaves nothing is taken back and tried again with fewer, down to one.
    """
    outcome, part = node.outcome, PART
    for _ in range(MOST_STEPS):
        if outcome is None or outcome.share is None:
            return
        loads = face.shared_loads(outcome.share)[openings]
        apart = np.abs(loads - np.rint(loads))
        order = np.argsort(apart, kind="stable")
        order = order[apart[order] > INTEGRALITY]
        if not len(order):
            return
        rounded = order[: max(1, int(part * len(order)))]
        limits = node.limits | {
            row: _towards(load, *node.limits.get(row, (int(face.low[row]), int(face.high[row]))))
            for row, load in zip(openings[rounded].tolist(), loads[rounded].tolist(), strict=True)
        }
        deeper = replace(node, limits=limits)
        found = model.solve(deeper)
        if found.status == "optimal":
            node, outcome = deeper, found
            yield outcome
        elif len(rounded) > 1:
            part /= 4
        else:
            return


def _towards(load: float, low: int, high: int) -> tuple[int, int]:
    """The limits with the next whole number as the least or the most."""
    nearest = round(load)
    return (max(low, nearest), high) if nearest > load else (low, min(high, nearest))
