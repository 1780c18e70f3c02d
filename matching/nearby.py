"""Solves linear relaxations beginning at prices that are optimal for nearly the same face."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matching.duals import Multipliers, Relaxation, relax
from matching.face import Face, Goal, Ints
from matching.programme import Basis, Outcome, Programme
from matching.relaxation import Foresight, both_goals, taken_apart, with_all_good_pairs
from matching.settled import remainder
from matching.watch import Watch

FEW_PAIRS = 1000
SHARE_LOST = 2_000  # pairs that lose less than this part of the bound are looked at first
WIDER = 4


@dataclass(frozen=True, slots=True)
class Nearby:
    """A solved relaxation, and its programme where that is about the whole face."""

    outcome: Outcome
    programme: Programme | None = None

    def basis(self) -> Basis | None:
        """Where the simplex method ended, if that is known."""
        return None if self.programme is None else self.programme.basis()


def relaxed_nearby(face: Face, goal: Goal, relaxation: Relaxation, watch: Watch, *, to_the_end: bool = True) -> Nearby:
    """Solve the relaxation of a goal; `relaxation` is what the nearby prices show of it.

    Unless `to_the_end`, it may be called infeasible as soon as the pairs that lose little do not suffice.
    """
    if len(face.pair) <= FEW_PAIRS:
        return _relaxed_remainder(face, goal, relaxation, watch)
    band = abs(relaxation.bound) // SHARE_LOST + 2 * relaxation.multipliers.scale
    return _relaxed_over_few_pairs(face, goal, relaxation, watch, band, to_the_end=to_the_end)


def _relaxed_remainder(face: Face, goal: Goal, relaxation: Relaxation, watch: Watch) -> Nearby:
    """Without the pairs that are settled, which are most of them where few are left."""
    left, likely = remainder(face, goal), _likely_basis(face, relaxation)
    programme = Programme(left.face, left.goal, np.arange(len(left.face.pair)))
    if programme.is_plain:
        programme.begin_at(Basis(likely.pairs[left.open], likely.learners[left.unsettled], likely.limits))
    outcome = programme.run(watch.seconds_left())
    if outcome.share is None:
        return Nearby(outcome)
    return Nearby(replace(outcome, share=left.whole_share(outcome.share), bound=outcome.bound + left.worth))


def _relaxed_over_few_pairs(
    face: Face, goal: Goal, relaxation: Relaxation, watch: Watch, band: int, *, to_the_end: bool = True
) -> Nearby:
    """Over pairs that lose at most `band`, adding those whose price turns out to be good, and more where these do not
    suffice for anything."""
    loss = relaxation.pair_loss
    few = loss <= band
    programme = Programme(face, goal, np.flatnonzero(few))
    if programme.is_plain:
        programme.begin_at(_likely_basis(face, relaxation))
    while True:
        outcome = with_all_good_pairs(face, goal, programme, watch)
        if outcome.status == "optimal" or few.all() or not to_the_end:
            return Nearby(outcome, programme)
        band *= WIDER
        more = ~few & (loss <= band)
        few |= more
        programme.add(np.flatnonzero(more))


def _likely_basis(face: Face, relaxation: Relaxation) -> Basis:
    """What is free at these prices: pairs that lose nothing, learners who may stay out for it, rows without a price."""
    alone = ~face.must & (relaxation.price == 0)
    return Basis(relaxation.pair_loss == 0, alone, relaxation.multipliers.rows[:-1] == 0)


def foresee_nearby(
    face: Face, goal: Goal, hint: Ints, nearby: Foresight, watch: Watch
) -> tuple[Outcome, Foresight | None]:
    """As `matching.relaxation.foresee`, beginning at both kinds of prices; with what the programme said."""
    both, weight = both_goals(goal, hint)
    scale = nearby.here.scale * nearby.then.scale
    rows = weight * nearby.then.scale * nearby.here.rows + nearby.here.scale * nearby.then.rows
    relaxation = relax(face, both, Multipliers(scale, rows, ()))
    band = scale * (2 + int(np.abs(hint).max(initial=0)) * len(face.must) // SHARE_LOST)
    outcome = _relaxed_over_few_pairs(face, both, relaxation, watch, band).outcome
    return outcome, taken_apart(face, goal, hint, outcome)
