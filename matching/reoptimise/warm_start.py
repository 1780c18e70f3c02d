"""Solves linear relaxations beginning at prices that are optimal for nearly the same face."""

from __future__ import annotations

import numpy as np

from matching.branch_and_bound.zero_half_cuts import Cut, with_cuts
from matching.deadline import Watch
from matching.lp.column_generation import (
    Foresight,
    both_goals,
    missing_pairs,
    taken_apart,
    weight_over,
    with_all_good_pairs,
)
from matching.lp.highs_model import Basis, Outcome, Programme
from matching.lp.lagrangian import Multipliers, Relaxation, relax
from matching.lp.presolve import Remainder, remainder
from matching.model.face import Bools, Face, Goal, Ints

FEW_PAIRS = 1000
SHARE_LOST = 2_000  # pairs that lose less than this part of the bound are looked at first
WIDER = 4


class Nearby:
    """The relaxation of a goal, over pairs that lose little at nearby prices, and without those that are settled."""

    def __init__(self, face: Face, goal: Goal, relaxation: Relaxation, watch: Watch, band: int | None = None) -> None:
        """`relaxation` is what the nearby prices show of the goal; `band` what the first pairs may lose there."""
        self.face, self.goal, self.watch = face, goal, watch
        self.left = remainder(face, goal)
        self.loss = relaxation.pair_loss[self.left.open]
        scale = relaxation.multipliers.scale
        self.band = abs(relaxation.bound) // SHARE_LOST + 2 * scale if band is None else band
        self.few: Bools = self.loss <= self.band if len(self.loss) > FEW_PAIRS else self.loss >= 0
        self.programme = Programme(self.left.face, self.left.goal, np.flatnonzero(self.few))
        self.likely = _likely_basis(face, relaxation, self.left)
        self._begin()

    def _begin(self) -> None:
        if self.programme.is_plain:
            self.programme.begin_at(self.likely)

    def solved_with(self, cuts: list[Cut]) -> Outcome | None:
        """The relaxation with these cuts, to be asked for first; None where further pairs would be needed for it."""
        left = remainder(with_cuts(self.face, cuts), self.goal)
        self.programme.add_late(left.face, range(self.left.face.none, left.face.none))
        outcome = self.programme.run(self.watch.seconds_left())
        is_whole = outcome.status == "optimal" and not len(missing_pairs(left.face, left.goal, self.programme, outcome))
        self.programme.keep_late(self.left.face, [])
        self._begin()
        return self.left.of_whole(outcome) if is_whole else None

    def solved(self, *, to_the_end: bool = True) -> Outcome:
        """The relaxation, over more pairs where some have a good price or the first do not suffice for anything. Unless
        `to_the_end`, the latter may be called infeasible."""
        while True:
            outcome = with_all_good_pairs(self.left.face, self.left.goal, self.programme, self.watch)
            if outcome.status == "optimal" or self.few.all() or not to_the_end:
                return self.left.of_whole(outcome)
            self.band *= WIDER
            more = ~self.few & (self.loss <= self.band)
            self.few |= more
            self.programme.add(np.flatnonzero(more))

    def basis(self) -> Basis | None:
        """Where the simplex method ended, for the whole face, if that is known."""
        ended = self.programme.basis()
        if ended is None:
            return None
        pairs, learners = np.zeros(len(self.left.open), dtype=bool), np.zeros(len(self.left.unsettled), dtype=bool)
        pairs[self.left.open], learners[self.left.unsettled] = ended.pairs, ended.learners
        return Basis(pairs, learners, ended.limits)


def _likely_basis(face: Face, relaxation: Relaxation, left: Remainder) -> Basis:
    """What is free at these prices: pairs that lose nothing, learners who may stay out for it, rows without a price."""
    alone = ~face.must & (relaxation.price == 0)
    free = relaxation.pair_loss == 0
    return Basis(free[left.open], alone[left.unsettled], relaxation.multipliers.rows[:-1] == 0)


def foresee_nearby(
    face: Face, goal: Goal, hint: Ints, nearby: Foresight, watch: Watch
) -> tuple[Outcome, Foresight | None]:
    """As `matching.lp.column_generation.foresee`, beginning at both kinds of prices; with what the programme said."""
    both, weight = both_goals(goal, hint), weight_over(hint)
    scale = nearby.here.scale * nearby.then.scale
    rows = weight * nearby.then.scale * nearby.here.rows + nearby.here.scale * nearby.then.rows
    relaxation = relax(face, both, Multipliers(scale, rows, ()))
    band = scale * (2 + int(np.abs(hint).max(initial=0)) * len(face.must) // SHARE_LOST)
    outcome = Nearby(face, both, relaxation, watch, band).solved()
    return outcome, taken_apart(face, goal, hint, outcome)
