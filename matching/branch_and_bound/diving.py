"""Finds a good choice soon, by rounding many openings' numbers of learners at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from matching.branch_and_bound.node_lp import CaseProgramme
from matching.branch_and_bound.nodes import Case
from matching.lp.highs_model import WHOLE, Outcome
from matching.model.face import Face, Ints

PART = 0.1  # of the loads that are not whole, rounded at a time
MOST_STEPS = 100


def dive(programme: CaseProgramme, face: Face, openings: Ints, case: Case) -> Iterator[Outcome]:
    """Within an open case, round loads that are not whole, the nearest to it first, and solve again, until all are.

    `openings` are the rows of the face whose loads are rounded. Tells what each programme on the way said. A step that
    leaves nothing is taken back and tried again with fewer, down to one.
    """
    outcome, part = case.outcome, PART
    for _ in range(MOST_STEPS):
        if outcome is None or outcome.share is None:
            return
        loads = face.shared_loads(outcome.share)[openings]
        apart = np.abs(loads - np.rint(loads))
        order = np.argsort(apart, kind="stable")
        order = order[apart[order] > WHOLE]
        if not len(order):
            return
        rounded = order[: max(1, int(part * len(order)))]
        limits = case.limits | {
            row: _towards(load, *case.limits.get(row, (int(face.low[row]), int(face.high[row]))))
            for row, load in zip(openings[rounded].tolist(), loads[rounded].tolist(), strict=True)
        }
        deeper = replace(case, limits=limits)
        found = programme.solve(deeper)
        if found.status == "optimal":
            case, outcome = deeper, found
            yield outcome
        elif len(rounded) > 1:
            part /= 4
        else:
            return


def _towards(load: float, low: int, high: int) -> tuple[int, int]:
    """The limits with the next whole number as the least or the most."""
    nearest = round(load)
    return (max(low, nearest), high) if nearest > load else (low, min(high, nearest))
