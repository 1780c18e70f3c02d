"""A goal on a face: what one search is about, which cuts itself down to some of its pairs and lifts choices back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.model.face import Bools, Face, Floats, Goal

Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Subproblem:
    """Make `goal` as large as possible over the solutions of `face`; its worth is about the face's m pairs."""

    face: Face
    goal: Goal

    @property
    def pair_count(self) -> int:
        """m, how many pairs are left."""
        return len(self.face.pair)

    @property
    def learner_count(self) -> int:
        """n, how many learners there are."""
        return len(self.face.must)

    @property
    def counts_squares(self) -> bool:
        """Whether squared loads count, for the goal or for one that is held."""
        return self.goal.squares or any(held.squares for held in self.face.held)

    @property
    def is_constant(self) -> bool:
        """Whether all choices are surely worth the same. O(m)."""
        face, worth = self.face, self.goal.worth
        same_learner = np.diff(face.learner) == 0
        return not (self.goal.squares or np.diff(worth)[same_learner].any() or worth[~face.must[face.learner]].any())

    @property
    def value_range(self) -> tuple[int, int]:
        """Numbers below and above all values of the goal. O(m)."""
        spread = int(np.abs(self.goal.worth).max(initial=0)) * self.learner_count
        squares = self.learner_count**2 if self.goal.squares else 0
        return -spread - squares - 1, spread + 1

    def admits(self, chosen: Bools) -> bool:
        """Whether the choice (m,) obeys every limit and every held value, in whole numbers. O(m + n + r)."""
        return self.face.admits(chosen)

    def value(self, chosen: Bools) -> int:
        """What the goal makes of a choice (m,). O(m + r)."""
        return self.face.worth_of(self.goal.worth, chosen, squares=self.goal.squares)

    def better(self, one: Bools | None, other: Bools | None) -> Bools | None:
        """The choice with the larger value, the first of equals; None when there is neither."""
        if one is None or other is None:
            return other if one is None else one
        return other if self.value(other) > self.value(one) else one

    def rounded(self, share: Floats | None, tolerance: float) -> Bools | None:
        """The choice that the shares (m,) round to, if all are whole but for `tolerance` and every limit is obeyed.
        O(m + n + r)."""
        if share is None or (np.abs(share - np.rint(share)) > tolerance).any():
            return None
        chosen = share > 0.5
        return chosen if self.admits(chosen) else None

    def on(self, face: Face) -> Subproblem:
        """The goal on a face with the same pairs, such as one with further rows."""
        return Subproblem(face, self.goal)

    def restricted(self, keep: Bools) -> Restriction:
        """Only the pairs marked in `keep` (m,). O(m)."""
        goal = Goal(self.goal.name, self.goal.worth[keep], self.goal.squares)
        return Restriction(self.face.restricted(keep), goal, keep)

    def unrestricted(self) -> Restriction:
        """All pairs, as a restriction that leaves none out."""
        return Restriction(self.face, self.goal, np.ones(self.pair_count, dtype=bool))


@dataclass(frozen=True, slots=True)
class Restriction(Subproblem):
    """A subproblem with only some pairs of a larger one, which `kept` marks among all that are there."""

    kept: Bools

    def lifted(self, chosen: Bools) -> Bools:
        """The choice (m,) as a choice of the larger subproblem."""
        lifted = np.zeros(len(self.kept), dtype=bool)
        lifted[self.kept] = chosen
        return lifted

    def kept_of(self, values: NDArray[Number]) -> NDArray[Number]:
        """Those of the values for each pair of the larger subproblem that are about pairs here."""
        return values[self.kept]
