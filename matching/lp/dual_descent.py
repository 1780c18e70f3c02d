"""Guesses duals that are nearly optimal, so that a large linear programme begins near its end.

The bound that duals give is convex but has corners. Each learner's best pair is softened into a weighted choice
among all of them, first widely, then less and less (Nesterov 2005). Down the smooth bound we go by spectral projected
gradients (Birgin, Martinez and Raydan 2000): as quick here as SciPy's L-BFGS-B, which begins threads of BLAS that keep
a second processor busy with nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.lp.highs_model import Floats
from matching.model.face import HOURS, Bools, Face, Goal

ROUNDS = ((60, 15), (20, 20))  # how soft, in units of worth, and how many steps
NEAR = 50.0  # pairs within this loss are likely to matter
LIKELY_ALONE = 0.3
MEMORY = 8  # a step may be worse than the last, but not than all of so many
LEAST_STEP, LEAST_PROMISE = 1e-3, 1e-3


@dataclass(frozen=True, slots=True)
class NearOptimalStart:
    """Where a linear model may begin.

    near     (m,) pairs that lose little at the guessed duals
    share    (m,) how much of each pair a softened solution has
    alone    (n,) learners who are likely to stay without a place
    loose    (r,) rows whose limit is likely not to matter
    """

    near: Bools
    share: Floats
    alone: Bools
    loose: Bools


def can_descend(face: Face, goal: Goal) -> bool:
    """Only faces with limits, from above alone, and goals that are sums over pairs."""
    return face.none > 0 and not (face.held or goal.squares or face.low[:-1].any() or face.zero_ok.any())


def near_optimal_start(face: Face, goal: Goal) -> NearOptimalStart:
    """Guess for a face and a goal that `can_descend`. O(m) for each of at most a few hundred steps."""
    bound = _SoftBound(face, goal)
    duals = np.zeros(face.none)
    for softness, steps in ROUNDS:
        duals = _descended(bound, duals, softness, steps)
    bound(duals, softness)
    return NearOptimalStart(bound.losses <= NEAR, bound.share, bound.alone > LIKELY_ALONE, duals < 1.0)


def _descended(bound: _SoftBound, duals: Floats, softness: float, steps: int) -> Floats:
    """Prices with the lowest softened bound met on so many steps from these, never below 0."""
    value, slope = bound(duals, softness)
    pace = softness / max(1.0, float(np.abs(slope).max(initial=0.0)))
    best, recent = (value, duals), [value]
    for _ in range(steps):
        way = np.maximum(duals - pace * slope, 0.0) - duals
        promise = -float((way * slope).sum())
        if promise < LEAST_PROMISE:
            break
        there, value, there_slope = _stepped(bound, duals, way, softness, max(recent[-MEMORY:]), promise)
        curve = float(((there - duals) * (there_slope - slope)).sum())
        pace = float(((there - duals) ** 2).sum()) / curve if curve > 0 else 2 * pace
        duals, slope = there, there_slope
        recent.append(value)
        best = min(best, (value, duals), key=lambda one: one[0])
    return best[1]


def _stepped(
    bound: _SoftBound, duals: Floats, way: Floats, softness: float, highest: float, promise: float
) -> tuple[Floats, float, Floats]:
    """As far along the way as brings the bound below the highest of late: where, its value and slope there."""
    part = 1.0
    while True:
        there = duals + part * way
        value, slope = bound(there, softness)
        if value <= highest - 1e-4 * part * promise or part < LEAST_STEP:
            return there, value, slope
        part /= 2


class _SoftBound:
    """The softened bound as a function of the duals, and how it grows with each of them."""

    def __init__(self, face: Face, goal: Goal) -> None:
        self.worth = goal.worth.astype(float)
        self.learner, self.none = face.learner, face.none
        self.counted = np.bincount(face.learner, minlength=len(face.must)) > 0
        self.first = np.searchsorted(face.learner, np.flatnonzero(self.counted))
        self.place = np.cumsum(self.counted) - 1
        self.may_stay = ~face.must[self.counted]
        self.high = face.high[:-1].astype(float)
        self.columns = [
            (face.rows[:, column], face.hours.astype(float) if column == HOURS else None)
            for column in range(face.rows.shape[1])
            if (face.rows[:, column] != face.none).any()
        ]

    def __call__(self, duals: Floats, softness: float) -> tuple[float, Floats]:
        padded = np.append(duals, 0.0)
        left = self.worth.copy()
        for rows, amounts in self.columns:
            left -= padded[rows] if amounts is None else padded[rows] * amounts
        best = np.maximum.reduceat(left, self.first)
        best = np.where(self.may_stay, np.maximum(best, 0.0), best)
        place = self.place[self.learner]
        self.losses = best[place] - left
        weight = np.exp(-self.losses / softness)
        staying = np.where(self.may_stay, np.exp(-np.maximum(best, 0.0) / softness), 0.0)
        total = np.add.reduceat(weight, self.first) + staying
        self.share = weight / total[place]
        self.alone = np.ones(len(self.counted))
        self.alone[self.counted] = staying / total
        slope = np.append(self.high, 0.0)
        for rows, amounts in self.columns:
            taken = self.share if amounts is None else self.share * amounts
            slope -= np.bincount(rows, taken, minlength=self.none + 1)
        value = float((best + softness * np.log(total)).sum() + (self.high * duals).sum())
        return value, slope[:-1]
