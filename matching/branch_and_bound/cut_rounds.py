"""Sharpens the linear relaxation of a face by cuts, round by round."""

from __future__ import annotations

import math

import numpy as np

from matching.branch_and_bound.zero_half_cuts import Cut, violated_cuts, with_cuts
from matching.deadline import Watch
from matching.lp.highs_model import WHOLE, Basis, Outcome, Programme
from matching.lp.presolve import Remainder, remainder
from matching.model.face import Face, Goal

ROUNDS = 12
LEAST_GAIN, ENOUGH_GAIN = 0.02, 0.5  # of the gap, and at all: a round of cuts that gains less is the last


class Sharpening:
    """The solved relaxation of what is left to decide of a face; cuts are rows after those of the face's limits."""

    def __init__(self, face: Face, goal: Goal, basis: Basis | None, watch: Watch) -> None:
        """Solve the relaxation, from a basis of the face's where there is one."""
        self.face, self.goal, self.watch = face, goal, watch
        left = remainder(face, goal)
        everything = np.arange(len(left.face.pair))
        self.programme = Programme(left.face, left.goal, everything, late_from=face.none)
        if basis is not None and self.programme.is_plain:
            self.programme.begin_at(Basis(basis.pairs[left.open], basis.learners[left.unsettled], basis.limits))
        self.programme.run(watch.seconds_left())
        self.programme.highs.setOptionValue("presolve", "off")

    def sharpened_by(self, cuts: list[Cut]) -> Outcome:
        """The relaxation with these cuts."""
        return self._solved(self._add(cuts, 0))

    def sharpened(self, cuts: list[Cut], known: int) -> tuple[list[Cut], Outcome]:
        """These and further cuts, as long as they bring the bound nearer to the `known` value, and the relaxation with
        them. What does not bind is dropped again."""
        bound = math.inf
        left = self._add(cuts, 0)
        for _ in range(ROUNDS):
            outcome = self._solved(left)
            if outcome.status != "optimal" or outcome.share is None or self.watch.is_over():
                break
            gain, gap = bound - outcome.bound, outcome.bound - known
            if gain < min(LEAST_GAIN * gap, ENOUGH_GAIN):
                break
            bound = outcome.bound
            kept = self._binding(cuts, outcome)
            fresh = [cut for cut in violated_cuts(self.face, outcome.share) if cut not in kept]
            cuts = kept + fresh
            left = self._add(cuts, len(kept))
            if not fresh:
                break
        return cuts, self._solved(left)

    def _solved(self, left: Remainder) -> Outcome:
        """What the programme says of the face, of which this is left."""
        return left.of_whole(self.programme.run(self.watch.seconds_left()))

    def _add(self, cuts: list[Cut], known: int) -> Remainder:
        """Add the cuts after the `known` first ones, which the programme has; what is left of the face with all."""
        left = remainder(with_cuts(self.face, cuts), self.goal)
        self.programme.add_late(left.face, range(self.face.none + known, left.face.none))
        return left

    def _binding(self, cuts: list[Cut], outcome: Outcome) -> list[Cut]:
        """Drop the cuts without a price."""
        binding = np.flatnonzero(np.abs(outcome.row_prices[self.face.none : -1]) > WHOLE).tolist()
        kept = [cuts[at] for at in binding]
        self.programme.keep_late(remainder(with_cuts(self.face, kept), self.goal).face, binding)
        return kept
