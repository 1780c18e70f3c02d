"""Takes out what a face leaves no choice about: learners who must be placed and have a single pair."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matching.lp.lp_outcome import Basis, LpOutcome
from matching.model.face import Bools, Face, Floats, Ints
from matching.model.subproblem import Restriction, Subproblem


@dataclass(frozen=True, slots=True)
class Presolved:
    """What is left to decide of a subproblem: the rows are the same, less what the fixed pairs take of them.

    open          (m,) the pairs of the whole that are left
    open_learners (n,) the learners of the whole that are left
    taken         (r + 1,) the loads of the fixed pairs
    worth         what the goal has of them
    """

    subproblem: Subproblem
    open: Bools
    open_learners: Bools
    taken: Ints
    worth: int

    @classmethod
    def of_everything(cls, subproblem: Subproblem) -> Presolved:
        """Nothing taken out."""
        everything = np.ones(subproblem.pair_count, dtype=bool)
        everybody = np.ones(subproblem.learner_count, dtype=bool)
        return cls(subproblem, everything, everybody, np.zeros_like(subproblem.face.low), 0)

    def of_whole(self, outcome: LpOutcome) -> LpOutcome:
        """What a model of the pairs left says, together with the fixed ones. O(m)."""
        share = None if outcome.share is None else self.whole_share(outcome.share)
        return replace(outcome, share=share, bound=outcome.bound + self.worth)

    def whole_choice(self, chosen: Bools) -> Bools:
        """A choice of the pairs left, completed by the fixed ones (m,)."""
        whole = ~self.open
        whole[self.open] = chosen
        return whole

    def whole_share(self, share: Floats) -> Floats:
        """Shares of the pairs left, completed by the fixed ones (m,)."""
        whole = np.ones(len(self.open))
        whole[self.open] = share
        return whole

    def basis_of(self, whole: Basis) -> Basis:
        """What is left of a basis of the whole."""
        return Basis(whole.pairs[self.open], whole.learners[self.open_learners], whole.limits)

    def whole_basis(self, left: Basis) -> Basis:
        """A basis of what is left, completed by the fixed pairs and learners as not basic."""
        pairs, learners = np.zeros(len(self.open), dtype=bool), np.zeros(len(self.open_learners), dtype=bool)
        pairs[self.open], learners[self.open_learners] = left.pairs, left.learners
        return Basis(pairs, learners, left.limits)


def presolve(subproblem: Subproblem) -> Presolved:
    """Fix what can be fixed; nothing where squared loads count, which do not add up. O(m + n + r)."""
    face = subproblem.face
    count = np.bincount(face.learner, minlength=len(face.must))
    open_learners = ~(face.must & (count == 1)) | subproblem.counts_squares
    is_open = open_learners[face.learner]
    left, taken = subproblem.restricted(is_open), face.loads(~is_open)
    worth = int(subproblem.goal.worth[~is_open].sum())
    return Presolved(_less_what_is_fixed(left, face, taken, open_learners), is_open, open_learners, taken, worth)


def _less_what_is_fixed(left: Restriction, whole: Face, taken: Ints, open_learners: Bools) -> Subproblem:
    """The pairs left with their learners numbered anew, and limits and held values less what is taken of them."""
    number = np.cumsum(open_learners) - 1
    held = tuple(
        replace(kept, value=kept.value - int(before.worth[~left.kept].sum()))
        for kept, before in zip(left.face.held, whole.held, strict=True)
    )
    face = replace(
        left.face,
        learner=number[left.face.learner],
        must=whole.must[open_learners],
        low=whole.low - taken,
        high=whole.high - taken,
        zero_ok=whole.zero_ok & (taken == 0),
        held=held,
    )
    return left.on(face)
