"""Solves linear relaxations, over few pairs at first, and where possible those of two goals in one go."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from matching.deadline import Watch
from matching.lp.dual_descent import can_be_guessed, guess
from matching.lp.highs_model import Basis, Floats, Outcome, Programme
from matching.lp.integer_duals import ALMOST, rounded_multipliers
from matching.lp.lagrangian import Multipliers, optimal_face, relax, row_charges
from matching.model.face import Bools, Face, Goal, Ints

WHOLE_LP = 4_000
FIRST_PAIRS = 8


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What came of a linear relaxation, its prices in whole numbers, and where the simplex method ended, if known."""

    outcome: Outcome
    multipliers: Multipliers
    basis: Basis | None


def solve_relaxation(face: Face, goal: Goal, start: Bools | None, watch: Watch) -> Relaxed:
    """Solve the linear relaxation, over few pairs first where there are many, adding those whose price is good."""
    programme = _first_programme(face, goal, start)
    outcome = with_all_good_pairs(face, goal, programme, watch)
    return Relaxed(outcome, rounded_multipliers(face, goal, outcome), programme.basis())


def _first_programme(face: Face, goal: Goal, start: Bools | None) -> Programme:
    everything = np.arange(len(face.pair))
    few = everything
    if len(everything) > WHOLE_LP and can_be_guessed(face, goal):
        return _programme_near_the_end(face, goal)
    nobody = np.zeros(len(everything), dtype=bool)
    known = nobody if start is None and face.admits(nobody) else start
    if known is not None and len(everything) > WHOLE_LP:
        few = _promising(face, goal, known)
    return Programme(face, goal, few)


def _programme_near_the_end(face: Face, goal: Goal) -> Programme:
    """The programme of the pairs that nearly optimal prices favour, with as many of them basic as there is room."""
    start = guess(face, goal)
    near = np.flatnonzero(start.near)
    room = int((~start.alone).sum() + (~start.loose).sum())
    basic = np.zeros(len(face.pair), dtype=bool)
    basic[near[np.argsort(-start.share[near], kind="stable")[:room]]] = True
    programme = Programme(face, goal, near)
    programme.begin_at(Basis(basic, start.alone, start.loose))
    return programme


def with_all_good_pairs(face: Face, goal: Goal, programme: Programme, watch: Watch) -> Outcome:
    """Solve, and add pairs until none is left whose price is good."""
    outcome = programme.run(watch.seconds_left())
    while len(programme.pairs) < len(face.pair) and outcome.status == "optimal":
        missing = missing_pairs(face, goal, programme, outcome)
        if not len(missing):
            break
        programme.add(missing)
        outcome = programme.run(watch.seconds_left())
    return outcome


def _promising(face: Face, goal: Goal, start: Bools) -> Ints:
    """Each learner's best pairs by worth, and the start, which satisfies the limits."""
    order = np.lexsort((-goal.worth, face.learner))
    first = np.searchsorted(face.learner, np.arange(len(face.must)))
    place = np.arange(len(order)) - first[face.learner[order]]
    return np.union1d(order[place < FIRST_PAIRS], np.flatnonzero(start))


def missing_pairs(face: Face, goal: Goal, programme: Programme, outcome: Outcome) -> Ints:
    """Pairs outside the programme that are worth more than their learner's best at these prices."""
    worth: Floats = goal.worth - row_charges(face, outcome.row_prices)
    for weight, held in zip(outcome.held_weights.tolist(), face.held, strict=True):
        worth = worth + weight * held.worth
    inside = np.zeros(len(face.pair), dtype=bool)
    inside[programme.pairs] = True
    best = np.where(face.must, -math.inf, 0.0)
    np.maximum.at(best, face.learner[inside], worth[inside])
    return np.flatnonzero(~inside & (worth > best[face.learner] + ALMOST))


@dataclass(frozen=True, slots=True)
class Foresight:
    """Prices for a goal, and prices for the hint on the solutions that are optimal for the goal."""

    here: Multipliers
    then: Multipliers


def foresee(face: Face, goal: Goal, hint: Ints, start: Bools | None, watch: Watch) -> Foresight | None:
    """Solve the relaxations of a goal that only counts pairs and of what comes after it as one programme.

    The goal weighs far more than the hint there. Whether it weighed enough is not assumed: the prices are taken
    apart again, and both parts are tested in whole numbers. None when they fail the test, or something is held.
    """
    if face.held:
        return None
    return taken_apart(face, goal, hint, solve_relaxation(face, both_goals(goal, hint), start, watch).outcome)


def weight_over(hint: Ints) -> int:
    """How much more a goal weighs than a hint in `both_goals`."""
    return 20 * int(np.abs(hint).max(initial=1)) + 1


def both_goals(goal: Goal, hint: Ints) -> Goal:
    """A goal and a hint as one goal."""
    return Goal("both", weight_over(hint) * goal.worth + hint, goal.squares)


def taken_apart(face: Face, goal: Goal, hint: Ints, outcome: Outcome) -> Foresight | None:
    """The prices of both goals from those that the relaxation of `both_goals` ended with; None when they fail."""
    weight = weight_over(hint)
    if outcome.status != "optimal" or outcome.share is None:
        return None
    shares = np.rint(outcome.row_prices / weight)
    here = Multipliers(1, shares.astype(np.int64), ())
    relaxation = relax(face, goal, here)
    if outcome.share @ goal.worth < relaxation.bound - ALMOST * len(face.must):
        return None
    guess = optimal_face(face, goal, relaxation, relaxation.bound)
    wish = Goal("hint", hint[np.isin(face.pair, guess.pair, assume_unique=True)])
    rest = outcome.row_prices - weight * shares
    bound = outcome.bound - weight * relaxation.bound
    then = rounded_multipliers(guess, wish, Outcome("optimal", None, rest, np.zeros(0), bound))
    return Foresight(here, then)
