"""Finds a good choice soon, by rounding many openings' numbers of learners at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from matching.branch_and_bound.node_lp import NodeLp
from matching.branch_and_bound.nodes import Node
from matching.lp.lp_outcome import INTEGRALITY, LpOutcome
from matching.model.face import Face, Ints

PART = 0.1  # of the loads that are not whole, rounded at a time
MOST_STEPS = 100


def dive(model: NodeLp, face: Face, openings: Ints, node: Node) -> Iterator[LpOutcome]:
    """Within an open node, round loads that are not whole, the nearest to it first, and solve again, until all are.

    `openings` are the rows of the face whose loads are rounded. Yields what each model on the way said. A step that
    leaves nothing is taken back and tried again with fewer, down to one. At most `MOST_STEPS` simplex runs.
    """
    part = PART
    for _ in range(MOST_STEPS):
        roundings = _roundings(face, openings, node, part)
        if not roundings:
            return
        deeper = replace(node, limits=node.limits | roundings)
        outcome = model.solve(deeper)
        if outcome.status == "optimal":
            node = replace(deeper, outcome=outcome)
            yield outcome
        elif len(roundings) > 1:
            part /= 4
        else:
            return


def _roundings(face: Face, openings: Ints, node: Node, part: float) -> dict[int, tuple[int, int]]:
    """Limits that take loads to the next whole number: this part of those that are not whole, the nearest first."""
    if node.outcome is None or node.outcome.share is None:
        return {}
    loads = face.shared_loads(node.outcome.share)[openings]
    apart = np.abs(loads - np.rint(loads))
    order = np.argsort(apart, kind="stable")
    order = order[apart[order] > INTEGRALITY]
    rounded = order[: max(1, int(part * len(order)))]
    return {
        row: _towards(load, *node.limits.get(row, (int(face.low[row]), int(face.high[row]))))
        for row, load in zip(openings[rounded].tolist(), loads[rounded].tolist(), strict=True)
    }


def _towards(load: float, low: int, high: int) -> tuple[int, int]:
    """The limits with the next whole number as the least or the most."""
    nearest = round(load)
    return (max(low, nearest), high) if nearest > load else (low, min(high, nearest))
