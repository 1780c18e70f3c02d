"""Tightens a linear relaxation by cuts, round by round."""

from __future__ import annotations

import math

import numpy as np

from matching.branch_and_bound.zero_half_cuts import Cut, violated_cuts, with_cuts
from matching.deadline import Deadline
from matching.lp.highs_model import HighsModel
from matching.lp.lp_outcome import INTEGRALITY, Basis, LpOutcome
from matching.lp.presolve import Presolved, presolve
from matching.model.subproblem import Subproblem

ROUNDS = 12
LEAST_GAIN, ENOUGH_GAIN = 0.02, 0.5  # of the gap, and at all: a round of cuts that gains less is the last


class CutRounds:
    """The solved relaxation of what is left to decide; cuts are rows after those of the face's limits."""

    def __init__(self, subproblem: Subproblem, basis: Basis | None, deadline: Deadline) -> None:
        """Solve the relaxation, from a basis of the subproblem's where there is one."""
        self.subproblem, self.limits, self.deadline = subproblem, subproblem.face.none, deadline
        presolved = presolve(subproblem)
        everything = np.arange(presolved.subproblem.pair_count)
        self.model = HighsModel(presolved.subproblem, everything, lazy_from=self.limits)
        if basis is not None and self.model.is_plain:
            self.model.begin_at(presolved.basis_of(basis))
        self.model.run(deadline.seconds_left())
        self.model.highs.setOptionValue("presolve", "off")

    def tightened_by(self, cuts: list[Cut]) -> LpOutcome:
        """The relaxation with these cuts."""
        return self._solved(self._add(cuts, 0))

    def tightened(self, cuts: list[Cut], down_to: int) -> tuple[list[Cut], LpOutcome]:
        """These and further cuts, as long as they bring the bound nearer to `down_to`, and the relaxation with
        them. What does not bind is dropped again. At most `ROUNDS` simplex runs."""
        bound = math.inf
        presolved = self._add(cuts, 0)
        for _ in range(ROUNDS):
            outcome = self._solved(presolved)
            if outcome.status != "optimal" or outcome.share is None or self.deadline.is_over():
                break
            gain, gap = bound - outcome.bound, outcome.bound - down_to
            if gain < min(LEAST_GAIN * gap, ENOUGH_GAIN):
                break
            bound = outcome.bound
            kept = self._binding(cuts, outcome)
            fresh = [cut for cut in violated_cuts(self.subproblem.face, outcome.share) if cut not in kept]
            cuts = kept + fresh
            presolved = self._add(cuts, len(kept))
            if not fresh:
                break
        return cuts, self._solved(presolved)

    def _solved(self, presolved: Presolved) -> LpOutcome:
        """What the model says of the whole, of which this is presolved."""
        return presolved.of_whole(self.model.run(self.deadline.seconds_left()))

    def _add(self, cuts: list[Cut], present: int) -> Presolved:
        """Add the cuts after the first ones, which are `present` in the model; what is left of the whole with all."""
        presolved = presolve(with_cuts(self.subproblem, cuts))
        self.model.add_lazy(presolved.subproblem.face, range(self.limits + present, presolved.subproblem.face.none))
        return presolved

    def _binding(self, cuts: list[Cut], outcome: LpOutcome) -> list[Cut]:
        """Drop the cuts without a dual."""
        binding = np.flatnonzero(np.abs(outcome.row_duals[self.limits : -1]) > INTEGRALITY).tolist()
        kept = [cuts[at] for at in binding]
        self.model.keep_lazy(presolve(with_cuts(self.subproblem, kept)).subproblem.face, binding)
        return kept
