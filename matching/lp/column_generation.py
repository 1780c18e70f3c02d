"""Solves linear relaxations over few pairs at first (column generation: Gilmore and Gomory 1961)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from matching.deadline import Deadline
from matching.lp.dual_descent import can_descend, near_optimal_start
from matching.lp.highs_model import HighsModel
from matching.lp.integer_duals import TOLERANCE, rounded_multipliers
from matching.lp.lagrangian import Multipliers, row_charges
from matching.lp.lp_outcome import Basis, LpOutcome
from matching.model.face import Bools, Floats, Ints
from matching.model.subproblem import Subproblem

MOST_PAIRS_AT_ONCE = 4_000
FIRST_PAIRS = 8


@dataclass(frozen=True, slots=True)
class LpRelaxation:
    """What came of a linear relaxation, its duals in whole numbers, and where the simplex method ended, if known."""

    outcome: LpOutcome
    multipliers: Multipliers
    basis: Basis | None


def solve_lp_relaxation(subproblem: Subproblem, start: Bools | None, deadline: Deadline) -> LpRelaxation:
    """Solve the linear relaxation by column generation: over few pairs first, adding those with a good reduced cost.

    `start` is a choice (m,) that satisfies the limits, if one is known. One simplex run for each set of pairs that is
    added, and O(m) to find it.
    """
    model = _first_model(subproblem, start)
    outcome = price_out(subproblem, model, deadline)
    return LpRelaxation(outcome, rounded_multipliers(subproblem, outcome), model.basis())


def _first_model(subproblem: Subproblem, start: Bools | None) -> HighsModel:
    everything = np.arange(subproblem.pair_count)
    is_large = len(everything) > MOST_PAIRS_AT_ONCE
    if is_large and can_descend(subproblem):
        return _model_near_the_optimum(subproblem)
    nobody = np.zeros(len(everything), dtype=bool)
    feasible = nobody if start is None and subproblem.admits(nobody) else start
    if feasible is None or not is_large:
        return HighsModel(subproblem, everything)
    return HighsModel(subproblem, _first_pairs(subproblem, feasible))


def _model_near_the_optimum(subproblem: Subproblem) -> HighsModel:
    """The model of the pairs that nearly optimal duals favour, with as many of them basic as there is room."""
    start = near_optimal_start(subproblem)
    near = np.flatnonzero(start.near)
    room = int((~start.alone).sum() + (~start.loose).sum())
    basic = np.zeros(subproblem.pair_count, dtype=bool)
    basic[near[np.argsort(-start.share[near], kind="stable")[:room]]] = True
    model = HighsModel(subproblem, near)
    model.begin_at(Basis(basic, start.alone, start.loose))
    return model


def price_out(subproblem: Subproblem, model: HighsModel, deadline: Deadline) -> LpOutcome:
    """Solve, and add pairs until none is left whose reduced cost is good. One simplex run for each time."""
    outcome = model.run(deadline.seconds_left())
    while len(model.pairs) < subproblem.pair_count and outcome.status == "optimal":
        missing = improving_pairs(subproblem, model, outcome)
        if not len(missing):
            break
        model.add(missing)
        outcome = model.run(deadline.seconds_left())
    return outcome


def _first_pairs(subproblem: Subproblem, start: Bools) -> Ints:
    """Each learner's best pairs by worth, and the start, which satisfies the limits."""
    learner = subproblem.face.learner
    order = np.lexsort((-subproblem.goal.worth, learner))
    first = np.searchsorted(learner, np.arange(subproblem.learner_count))
    place = np.arange(len(order)) - first[learner[order]]
    return np.union1d(order[place < FIRST_PAIRS], np.flatnonzero(start))


def improving_pairs(subproblem: Subproblem, model: HighsModel, outcome: LpOutcome) -> Ints:
    """Pairs outside the model that are worth more than their learner's best at these duals. O(m)."""
    face = subproblem.face
    worth: Floats = subproblem.goal.worth - row_charges(face, outcome.row_duals)
    for weight, held in zip(outcome.held_weights.tolist(), face.held, strict=True):
        worth = worth + weight * held.worth
    inside = np.zeros(len(face.pair), dtype=bool)
    inside[model.pairs] = True
    best = np.where(face.must, -math.inf, 0.0)
    np.maximum.at(best, face.learner[inside], worth[inside])
    return np.flatnonzero(~inside & (worth > best[face.learner] + TOLERANCE))
