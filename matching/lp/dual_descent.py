"""Guesses duals that are nearly optimal, so that a large linear programme begins near its end.

The bound that duals give is convex but has corners. Each learner's best pair is softened into a weighted choice
among all of them, first widely, then less and less (Nesterov 2005). Down the smooth bound we go by spectral projected
gradients (Birgin, Martinez and Raydan 2000): as quick here as SciPy's L-BFGS-B, which begins threads of BLAS that keep
a second processor busy with nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.model.face import HOURS, Bools, Floats
from matching.model.subproblem import Subproblem

ROUNDS = ((60, 15), (20, 20))  # how soft, in units of worth, and how many steps
NEAR = 50.0  # pairs within this reduced cost are likely to matter
LIKELY_ALONE = 0.3
MEMORY = 8  # a step may be worse than the last, but not than all of so many
LEAST_STEP, LEAST_PROMISE = 1e-3, 1e-3


@dataclass(frozen=True, slots=True)
class NearOptimalStart:
    """Where a linear model may begin.

    near     (m,) pairs of small reduced cost at the guessed duals
    share    (m,) how much of each pair a softened solution has
    alone    (n,) learners who are likely to stay without a place
    loose    (r,) rows whose limit is likely not to matter
    """

    near: Bools
    share: Floats
    alone: Bools
    loose: Bools


def can_descend(subproblem: Subproblem) -> bool:
    """Only faces with limits, from above alone, and goals that are sums over pairs."""
    face = subproblem.face
    return face.none > 0 and not (face.held or subproblem.goal.squares or face.low[:-1].any() or face.zero_ok.any())


def near_optimal_start(subproblem: Subproblem) -> NearOptimalStart:
    """Guess for a subproblem that `can_descend`. O(m) for each of at most a few hundred steps."""
    bound = _SoftBound(subproblem)
    duals = np.zeros(subproblem.face.none)
    for softness, steps in ROUNDS:
        duals = _descended(bound, duals, softness, steps)
    end = bound.at(duals, softness)
    return NearOptimalStart(end.reduced_cost <= NEAR, end.share, end.alone > LIKELY_ALONE, duals < 1.0)


def _descended(bound: _SoftBound, duals: Floats, softness: float, steps: int) -> Floats:
    """Duals with the lowest softened bound met on so many steps from these, never below 0."""
    here = bound.at(duals, softness)
    pace = softness / max(1.0, float(np.abs(here.slope).max(initial=0.0)))
    lowest, recent = here, [here.value]
    for _ in range(steps):
        way = np.maximum(here.duals - pace * here.slope, 0.0) - here.duals
        promise = -float((way * here.slope).sum())
        if promise < LEAST_PROMISE:
            break
        there = _stepped(bound, here.duals, way, softness, max(recent[-MEMORY:]), promise)
        step = there.duals - here.duals
        curve = float((step * (there.slope - here.slope)).sum())
        pace = float((step**2).sum()) / curve if curve > 0 else 2 * pace
        here = there
        recent.append(here.value)
        lowest = min(lowest, here, key=lambda one: one.value)
    return lowest.duals


def _stepped(
    bound: _SoftBound, duals: Floats, way: Floats, softness: float, highest: float, promise: float
) -> _SoftPoint:
    """As far along the way as brings the bound below the highest of late."""
    part = 1.0
    while True:
        there = bound.at(duals + part * way, softness)
        if there.value <= highest - 1e-4 * part * promise or part < LEAST_STEP:
            return there
        part /= 2


@dataclass(frozen=True, slots=True)
class _SoftPoint:
    """The softened bound at some duals (r,), how it grows with each of them, and the softened solution."""

    duals: Floats
    value: float
    slope: Floats
    share: Floats
    alone: Floats
    reduced_cost: Floats


class _SoftBound:
    """The softened bound as a function of the duals."""

    def __init__(self, subproblem: Subproblem) -> None:
        face = subproblem.face
        self.worth = subproblem.goal.worth.astype(float)
        self.none = face.none
        self.counted = np.bincount(face.learner, minlength=len(face.must)) > 0
        self.first = np.searchsorted(face.learner, np.flatnonzero(self.counted))
        self.place = (np.cumsum(self.counted) - 1)[face.learner]
        self.may_stay = ~face.must[self.counted]
        self.high = face.high[:-1].astype(float)
        self.columns = [
            (face.rows[:, column], face.hours.astype(float) if column == HOURS else None)
            for column in range(face.rows.shape[1])
            if (face.rows[:, column] != face.none).any()
        ]

    def at(self, duals: Floats, softness: float) -> _SoftPoint:
        net = self._worth_net_of(duals)
        best = np.maximum.reduceat(net, self.first)
        best = np.where(self.may_stay, np.maximum(best, 0.0), best)
        reduced_cost = best[self.place] - net
        weight = np.exp(-reduced_cost / softness)
        staying = np.where(self.may_stay, np.exp(-np.maximum(best, 0.0) / softness), 0.0)
        total = np.add.reduceat(weight, self.first) + staying
        share = weight / total[self.place]
        alone = np.ones(len(self.counted))
        alone[self.counted] = staying / total
        value = float((best + softness * np.log(total)).sum() + (self.high * duals).sum())
        return _SoftPoint(duals, value, self._slope(share), share, alone, reduced_cost)

    def _worth_net_of(self, duals: Floats) -> Floats:
        padded, net = np.append(duals, 0.0), self.worth.copy()
        for rows, amounts in self.columns:
            net -= padded[rows] if amounts is None else padded[rows] * amounts
        return net

    def _slope(self, share: Floats) -> Floats:
        slope = np.append(self.high, 0.0)
        for rows, amounts in self.columns:
            slope -= np.bincount(rows, share if amounts is None else share * amounts, minlength=self.none + 1)
        return slope[:-1]
