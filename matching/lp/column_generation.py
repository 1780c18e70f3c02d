"""Solves linear relaxations, over few pairs at first, and where possible those of two goals in one go."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from matching.deadline import Deadline
from matching.lp.dual_descent import can_descend, near_optimal_start
from matching.lp.highs_model import Basis, HighsModel, LpOutcome
from matching.lp.integer_duals import TOLERANCE, rounded_multipliers
from matching.lp.lagrangian import Multipliers, lagrangian_bound, optimal_face, row_charges
from matching.model.face import Bools, Floats, Goal, Ints
from matching.model.subproblem import Restriction, Subproblem

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
    """Solve, and add pairs until none is left whose reduced cost is good."""
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


@dataclass(frozen=True, slots=True)
class TwoGoalDuals:
    """Duals for a goal, and duals for the hint on the solutions that are optimal for the goal."""

    here: Multipliers
    then: Multipliers


def solve_both_goals(
    subproblem: Subproblem, hint: Ints, start: Bools | None, deadline: Deadline
) -> TwoGoalDuals | None:
    """Solve the relaxations of a goal that only counts pairs and of what comes after it as one linear programme.

    The goal weighs far more than the hint (m,) there. Whether it weighed enough is not assumed: the duals are taken
    apart again, and both parts are tested in whole numbers. None when they fail the test, or something is held.
    """
    if subproblem.face.held:
        return None
    return separated_duals(subproblem, hint, solve_lp_relaxation(combined(subproblem, hint), start, deadline).outcome)


def weight_over(hint: Ints) -> int:
    """How much more a goal weighs than a hint in `combined`."""
    return 20 * int(np.abs(hint).max(initial=1)) + 1


def combined(subproblem: Subproblem, hint: Ints) -> Subproblem:
    """The goal and a hint (m,) as one goal."""
    goal = subproblem.goal
    return Subproblem(subproblem.face, Goal("both", weight_over(hint) * goal.worth + hint, goal.squares))


def hint_on(near: Restriction, hint: Ints) -> Subproblem:
    """A hint for each pair of a larger subproblem, as the goal on what is left of it."""
    return Subproblem(near.face, Goal("hint", near.kept_of(hint)))


def separated_duals(subproblem: Subproblem, hint: Ints, outcome: LpOutcome) -> TwoGoalDuals | None:
    """The duals of both goals from those that the relaxation of `combined` ended with; None when they fail. O(m)."""
    weight = weight_over(hint)
    if outcome.status != "optimal" or outcome.share is None:
        return None
    shares = np.rint(outcome.row_duals / weight)
    here = Multipliers(1, shares.astype(np.int64), ())
    lagrangian = lagrangian_bound(subproblem, here)
    if outcome.share @ subproblem.goal.worth < lagrangian.bound - TOLERANCE * subproblem.learner_count:
        return None
    hinted = hint_on(optimal_face(subproblem, lagrangian, lagrangian.bound), hint)
    rest = outcome.row_duals - weight * shares
    bound = outcome.bound - weight * lagrangian.bound
    return TwoGoalDuals(here, rounded_multipliers(hinted, LpOutcome("optimal", None, rest, np.zeros(0), bound)))
