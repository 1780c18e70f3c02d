"""What duals prove: a bound on a goal from multipliers on the rows, in whole numbers, and the face it leaves.

For any multipliers y on the rows, z >= 0 on the held goals and scale D > 0,

    D * goal  <=  sum over learners of the best of (0 and) D*worth + z*held - y*amounts
                + sum over rows of the largest y*load - squares over the loads the row may have
                - sum of z * held values,

for every solution of the face (Lagrangian relaxation; see Fisher 1981, Management Science 27). Nothing has to be
trusted about where the multipliers came from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.model.face import HOURS, Bools, Face, Held, Ints
from matching.model.subproblem import Restriction, Subproblem


@dataclass(frozen=True, slots=True)
class Multipliers:
    """Whole-number duals of rows (r + 1,) and held goals, all divided by `scale`."""

    scale: int
    rows: Ints
    held: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LagrangianBound:
    """The bound that multipliers give, and what each deviation from its best choice takes from it; all times `scale`.

    bound          the goal, times scale, is at most this
    reduced_cost   (m,) how far the bound falls when the pair is chosen
    learner_duals  (n,) how far it falls when the learner is left out; 0 for those who must be placed
    squares        (r + 1,) how often the squared load of the row is taken from the goal
    """

    multipliers: Multipliers
    bound: int
    reduced_cost: Ints
    learner_duals: Ints
    squares: Ints

    @property
    def integer_bound(self) -> int:
        """What the goal, a whole number, is at most."""
        return self.bound // self.multipliers.scale

    def gap(self, value: int) -> int:
        """How far the bound lies above a value, times scale: what a choice of that value deviates by."""
        return self.bound - self.multipliers.scale * value


def lagrangian_bound(subproblem: Subproblem, multipliers: Multipliers) -> LagrangianBound:
    """Evaluate the bound of `multipliers` exactly. O(m + n + r)."""
    face, goal = subproblem.face, subproblem.goal
    worth = multipliers.scale * goal.worth - row_charges(face, multipliers.rows)
    squares = np.where(face.is_mentor, multipliers.scale * goal.squares, 0)
    for weight, held in zip(multipliers.held, face.held, strict=True):
        worth = worth + weight * held.worth
        squares = squares + np.where(face.is_mentor, weight * held.squares, 0)
    best = best_of_each_learner(face, worth)
    total = sum(best.tolist())
    total += sum(_best_load_terms(face, multipliers.rows, squares).tolist())
    total -= sum(weight * held.value for weight, held in zip(multipliers.held, face.held, strict=True))
    return LagrangianBound(multipliers, total, best[face.learner] - worth, np.where(face.must, 0, best), squares)


def row_charges(face: Face, duals: NDArray[Any]) -> NDArray[Any]:
    """What each pair pays (m,) at these row duals (r + 1,). O(m)."""
    charges = duals[face.rows[:, 0]]
    for column in range(1, face.rows.shape[1]):
        own = duals[face.rows[:, column]]
        if own.any():
            charges += own * face.hours if column == HOURS else own
    return charges


def best_of_each_learner(face: Face, worth: Ints) -> Ints:
    """The largest worth (m,) among a learner's pairs, at least 0 for who need not be placed (n,). O(m)."""
    best = np.where(face.must, np.iinfo(np.int64).min // 4, 0)
    np.maximum.at(best, face.learner, worth)
    return best


def _best_load_terms(face: Face, duals: Ints, squares: Ints) -> Ints:
    load = _best_load(face, duals, squares)
    inside = np.where(face.low <= face.high, duals * load - squares * load * load, np.iinfo(np.int64).min // 4)
    return np.where(face.zero_ok, np.maximum(inside, 0), inside)


def _best_load(face: Face, duals: Ints, squares: Ints) -> Ints:
    """The load in low..high where duals * load - squares * load**2 is largest."""
    peak = np.where(duals > 0, face.high, face.low)
    curved = squares > 0
    peak = np.where(curved, (duals + squares) // np.where(curved, 2 * squares, 1), peak)
    return np.clip(peak, face.low, face.high)


def fixed_by_reduced_cost(subproblem: Subproblem, lagrangian: LagrangianBound, gap: int) -> Restriction:
    """The subproblem without pairs, absences and loads of a reduced cost above `gap` (times scale). O(m + n + r)."""
    face = subproblem.face
    low, high, zero_ok = _loads_within(face, lagrangian, gap)
    must = face.must | (lagrangian.learner_duals > gap)
    fixed = subproblem.on(replace(face, must=must, low=low, high=high, zero_ok=zero_ok))
    return fixed.restricted(lagrangian.reduced_cost <= gap)


def optimal_face(subproblem: Subproblem, lagrangian: LagrangianBound, value: int) -> Restriction:
    """The solutions that reach `value`, which must be the goal's optimum. O(m + n + r)."""
    face, goal = subproblem.face, subproblem.goal
    gap = lagrangian.gap(value)
    held = face.held if gap == 0 else (*face.held, Held(goal.worth, goal.squares, value, goal.name))
    return fixed_by_reduced_cost(subproblem.on(replace(face, held=held)), lagrangian, gap)


def _loads_within(face: Face, lagrangian: LagrangianBound, gap: int) -> tuple[Ints, Ints, Bools]:
    duals, squares = lagrangian.multipliers.rows, lagrangian.squares
    best = _best_load_terms(face, duals, squares)
    peak = _best_load(face, duals, squares)
    low, high, zero_ok = face.low.copy(), face.high.copy(), face.zero_ok & (best <= gap)
    for row in np.flatnonzero((duals != 0) | (squares != 0)).tolist():
        low[row], high[row] = _interval_within(
            (int(low[row]), int(peak[row]), int(high[row])),
            (int(duals[row]), int(squares[row])),
            int(best[row]) - gap,
        )
    only_zero = (low > high) & zero_ok
    return np.where(only_zero, 0, low), np.where(only_zero, 0, high), zero_ok & ~only_zero


def _interval_within(loads: tuple[int, int, int], slope: tuple[int, int], least: int) -> tuple[int, int]:
    """The part of low..high where dual * load - square * load**2 >= least; (1, 0) when there is none.

    The function is concave with its peak in the middle one of `loads`, so the part is an interval around it.
    """
    (low, peak, high), (dual, square) = loads, slope
    if low > high or dual * peak - square * peak * peak < least:
        return 1, 0
    if square == 0:
        return (max(low, -(-least // dual)), high) if dual > 0 else (low, min(high, least // dual))
    first = last = peak
    while first > low and dual * (first - 1) - square * (first - 1) ** 2 >= least:
        first -= 1
    while last < high and dual * (last + 1) - square * (last + 1) ** 2 >= least:
        last += 1
    return first, last
