"""Turns the duals of a linear programme into whole numbers, whose bound is exact."""

from __future__ import annotations

import math

import numpy as np

from matching.lp.lagrangian import Multipliers, lagrangian_bound
from matching.lp.lp_outcome import LpOutcome
from matching.model.subproblem import Subproblem

SCALES = (1, 2, 6, 60, 2520, 720_720)
TOLERANCE = 1e-6


def rounded_multipliers(subproblem: Subproblem, outcome: LpOutcome, enough: int | None = None) -> Multipliers:
    """Round the duals over the first scale that loses nothing or bounds the goal by `enough`; else over the one that
    loses least.

    The scales have many divisors, because the duals of such models are fractions with small denominators.
    O(m + n + r) for each scale.
    """
    best = _over(outcome, SCALES[0])
    tightest = math.inf
    for scale in SCALES:
        multipliers = _over(outcome, scale)
        bound = lagrangian_bound(subproblem, multipliers).bound / scale
        if bound < tightest - TOLERANCE:
            best, tightest = multipliers, bound
        if bound <= outcome.bound + TOLERANCE or (enough is not None and bound < enough + 1):
            break
    return best


def _over(outcome: LpOutcome, scale: int) -> Multipliers:
    rows = np.rint(outcome.row_duals * scale).astype(np.int64)
    held = np.maximum(np.rint(outcome.held_weights * scale), 0).astype(np.int64)
    return Multipliers(scale, rows, tuple(held.tolist()))


def integer_bound(bound: float) -> float:
    """A bound on a whole number, rounded down with what large sums of floats may be wrong by."""
    return math.floor(bound + TOLERANCE + 2e-9 * abs(bound)) if math.isfinite(bound) else bound
