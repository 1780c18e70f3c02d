"""Takes out what a face leaves no choice about: learners who must be placed and have a single pair."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matching.lp.highs_model import Floats, LpOutcome
from matching.model.face import Bools, Face, Goal, Ints


@dataclass(frozen=True, slots=True)
class Presolved:
    """What is left to decide of a face: its rows are the same, less what the settled pairs take of them.

    open   (m,) the pairs of the whole face that are left
    unsettled  (n,) the learners of the whole face that are left
    taken  (r + 1,) the loads of the settled pairs
    worth  what the goal has of them
    """

    face: Face
    goal: Goal
    open: Bools
    unsettled: Bools
    taken: Ints
    worth: int

    def of_whole(self, outcome: LpOutcome) -> LpOutcome:
        """What a model of the pairs left says, together with the settled ones."""
        share = None if outcome.share is None else self.whole_share(outcome.share)
        return replace(outcome, share=share, bound=outcome.bound + self.worth)

    def whole_share(self, share: Floats) -> Floats:
        """Shares of the pairs left, completed by the settled ones (m,)."""
        whole = np.ones(len(self.open))
        whole[self.open] = share
        return whole


def presolve(face: Face, goal: Goal) -> Presolved:
    """Settle what can be settled; nothing where squared loads count, which do not add up. O(m + n + r)."""
    count = np.bincount(face.learner, minlength=len(face.must))
    settled = face.must & (count == 1)
    if goal.squares or any(held.squares for held in face.held):
        settled[:] = False
    is_open = ~settled[face.learner]
    taken = face.loads(~is_open)
    number = np.cumsum(~settled) - 1
    left = face.restricted(is_open)
    held = tuple(
        replace(kept, value=whole.value - int(whole.worth[~is_open].sum()))
        for kept, whole in zip(left.held, face.held, strict=True)
    )
    left = replace(
        left,
        learner=number[left.learner],
        must=face.must[~settled],
        low=face.low - taken,
        high=face.high - taken,
        zero_ok=face.zero_ok & (taken == 0),
        held=held,
    )
    kept_goal = Goal(goal.name, goal.worth[is_open], goal.squares)
    return Presolved(left, kept_goal, is_open, ~settled, taken, int(goal.worth[~is_open].sum()))
