"""Sharpens the linear relaxation of a face by cuts, round by round."""

from __future__ import annotations

import math

import numpy as np

from matching.branch_and_bound.zero_half_cuts import Cut, violated_cuts, with_cuts
from matching.deadline import Deadline
from matching.lp.highs_model import INTEGRALITY, Basis, HighsModel, LpOutcome
from matching.lp.presolve import Presolved, presolve
from matching.model.face import Face, Goal

ROUNDS = 12
LEAST_GAIN, ENOUGH_GAIN = 0.02, 0.5  # of the gap, and at all: a round of cuts that gains less is the last


class CutRounds:
    """The solved relaxation of what is left to decide of a face; cuts are rows after those of the face's limits."""

    def __init__(self, face: Face, goal: Goal, basis: Basis | None, deadline: Deadline) -> None:
        """Solve the relaxation, from a basis of the face's where there is one."""
        self.face, self.goal, self.deadline = face, goal, deadline
        left = presolve(face, goal)
        everything = np.arange(len(left.face.pair))
        self.model = HighsModel(left.face, left.goal, everything, late_from=face.none)
        if basis is not None and self.model.is_plain:
            self.model.begin_at(Basis(basis.pairs[left.open], basis.learners[left.unsettled], basis.limits))
        self.model.run(deadline.seconds_left())
        self.model.highs.setOptionValue("presolve", "off")

    def tightened_by(self, cuts: list[Cut]) -> LpOutcome:
        """The relaxation with these cuts."""
        return self._solved(self._add(cuts, 0))

    def tightened(self, cuts: list[Cut], known: int) -> tuple[list[Cut], LpOutcome]:
        """These and further cuts, as long as they bring the bound nearer to the `known` value, and the relaxation with
        them. What does not bind is dropped again."""
        bound = math.inf
        left = self._add(cuts, 0)
        for _ in range(ROUNDS):
            outcome = self._solved(left)
            if outcome.status != "optimal" or outcome.share is None or self.deadline.is_over():
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

    def _solved(self, left: Presolved) -> LpOutcome:
        """What the model says of the face, of which this is left."""
        return left.of_whole(self.model.run(self.deadline.seconds_left()))

    def _add(self, cuts: list[Cut], known: int) -> Presolved:
        """Add the cuts after the `known` first ones, which the model has; what is left of the face with all."""
        left = presolve(with_cuts(self.face, cuts), self.goal)
        self.model.add_late(left.face, range(self.face.none + known, left.face.none))
        return left

    def _binding(self, cuts: list[Cut], outcome: LpOutcome) -> list[Cut]:
        """Drop the cuts without a dual."""
        binding = np.flatnonzero(np.abs(outcome.row_duals[self.face.none : -1]) > INTEGRALITY).tolist()
        kept = [cuts[at] for at in binding]
        self.model.keep_late(presolve(with_cuts(self.face, kept), self.goal).face, binding)
        return kept
