"""Solves linear relaxations, over few pairs at first, and where possible those of two goals in one go."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from matching.deadline import Deadline
from matching.lp.dual_descent import can_descend, near_optimal_start
from matching.lp.highs_model import Basis, Floats, HighsModel, LpOutcome
from matching.lp.integer_duals import TOLERANCE, rounded_multipliers
from matching.lp.lagrangian import Multipliers, lagrangian_bound, optimal_face, row_charges
from matching.model.face import Bools, Face, Goal, Ints

MOST_PAIRS_AT_ONCE = 4_000
FIRST_PAIRS = 8


@dataclass(frozen=True, slots=True)
class LpRelaxation:
    """What came of a linear relaxation, its duals in whole numbers, and where the simplex method ended, if known."""

    outcome: LpOutcome
    multipliers: Multipliers
    basis: Basis | None


def solve_lp_relaxation(face: Face, goal: Goal, start: Bools | None, deadline: Deadline) -> LpRelaxation:
    """Solve the linear relaxation by column generation: over few pairs first, adding those with a good reduced cost."""
    model = _first_model(face, goal, start)
    outcome = price_out(face, goal, model, deadline)
    return LpRelaxation(outcome, rounded_multipliers(face, goal, outcome), model.basis())


def _first_model(face: Face, goal: Goal, start: Bools | None) -> HighsModel:
    everything = np.arange(len(face.pair))
    few = everything
    if len(everything) > MOST_PAIRS_AT_ONCE and can_descend(face, goal):
        return _model_near_the_optimum(face, goal)
    nobody = np.zeros(len(everything), dtype=bool)
    known = nobody if start is None and face.admits(nobody) else start
    if known is not None and len(everything) > MOST_PAIRS_AT_ONCE:
        few = _first_pairs(face, goal, known)
    return HighsModel(face, goal, few)


def _model_near_the_optimum(face: Face, goal: Goal) -> HighsModel:
    """The model of the pairs that nearly optimal duals favour, with as many of them basic as there is room."""
    start = near_optimal_start(face, goal)
    near = np.flatnonzero(start.near)
    room = int((~start.alone).sum() + (~start.loose).sum())
    basic = np.zeros(len(face.pair), dtype=bool)
    basic[near[np.argsort(-start.share[near], kind="stable")[:room]]] = True
    model = HighsModel(face, goal, near)
    model.begin_at(Basis(basic, start.alone, start.loose))
    return model


def price_out(face: Face, goal: Goal, model: HighsModel, deadline: Deadline) -> LpOutcome:
    """Solve, and add pairs until none is left whose reduced cost is good."""
    outcome = model.run(deadline.seconds_left())
    while len(model.pairs) < len(face.pair) and outcome.status == "optimal":
        missing = improving_pairs(face, goal, model, outcome)
        if not len(missing):
            break
        model.add(missing)
        outcome = model.run(deadline.seconds_left())
    return outcome


def _first_pairs(face: Face, goal: Goal, start: Bools) -> Ints:
    """Each learner's best pairs by worth, and the start, which satisfies the limits."""
    order = np.lexsort((-goal.worth, face.learner))
    first = np.searchsorted(face.learner, np.arange(len(face.must)))
    place = np.arange(len(order)) - first[face.learner[order]]
    return np.union1d(order[place < FIRST_PAIRS], np.flatnonzero(start))


def improving_pairs(face: Face, goal: Goal, model: HighsModel, outcome: LpOutcome) -> Ints:
    """Pairs outside the model that are worth more than their learner's best at these duals."""
    worth: Floats = goal.worth - row_charges(face, outcome.row_duals)
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
    face: Face, goal: Goal, hint: Ints, start: Bools | None, deadline: Deadline
) -> TwoGoalDuals | None:
    """Solve the relaxations of a goal that only counts pairs and of what comes after it as one linear programme.

    The goal weighs far more than the hint there. Whether it weighed enough is not assumed: the duals are taken
    apart again, and both parts are tested in whole numbers. None when they fail the test, or something is held.
    """
    if face.held:
        return None
    return separated_duals(
        face, goal, hint, solve_lp_relaxation(face, combined_goal(goal, hint), start, deadline).outcome
    )


def weight_over(hint: Ints) -> int:
    """How much more a goal weighs than a hint in `combined_goal`."""
    return 20 * int(np.abs(hint).max(initial=1)) + 1


def combined_goal(goal: Goal, hint: Ints) -> Goal:
    """A goal and a hint as one goal."""
    return Goal("both", weight_over(hint) * goal.worth + hint, goal.squares)


def separated_duals(face: Face, goal: Goal, hint: Ints, outcome: LpOutcome) -> TwoGoalDuals | None:
    """The duals of both goals from those that the relaxation of `combined_goal` ended with; None when they fail."""
    weight = weight_over(hint)
    if outcome.status != "optimal" or outcome.share is None:
        return None
    shares = np.rint(outcome.row_duals / weight)
    here = Multipliers(1, shares.astype(np.int64), ())
    lagrangian = lagrangian_bound(face, goal, here)
    if outcome.share @ goal.worth < lagrangian.bound - TOLERANCE * len(face.must):
        return None
    near_optimal_start = optimal_face(face, goal, lagrangian, lagrangian.bound)
    wish = Goal("hint", hint[np.isin(face.pair, near_optimal_start.pair, assume_unique=True)])
    rest = outcome.row_duals - weight * shares
    bound = outcome.bound - weight * lagrangian.bound
    then = rounded_multipliers(near_optimal_start, wish, LpOutcome("optimal", None, rest, np.zeros(0), bound))
    return TwoGoalDuals(here, then)
