"""A component as arrays, and the set of its solutions that are still in the running.

A solution chooses at most one pair for each learner. Each row (a mentor, a study, an opening, a mentor's hours)
has a load, the sum over its chosen pairs, which must lie in `low..high`, or be 0 where `zero_ok`. After each goal
the face shrinks to the solutions that are optimal for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Small = NDArray[np.int32]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
HOURS = 3  # the column of `rows` whose amount is the pair's hours; in the others a pair counts 1


@dataclass(frozen=True, slots=True)
class Held:
    """An earlier goal whose value the face does not fix by itself, so that it is kept as a constraint."""

    worth: Ints
    squares: bool
    value: int
    name: str


@dataclass(frozen=True, slots=True)
class Face:
    """The solutions still in the running.

    pair      (m,) which pair of the component, ascending
    learner   (m,) ascending
    rows      (m, 4 or more) mentor, study, opening, hours and other rows of each pair; the row count is "none"
    hours     (m,) what the pair takes of its hours row
    opening   (m,) a number for the mentor and study of the pair, whether or not they have a limit together
    must      (n,) the learner has to be placed
    low, high, zero_ok   (r + 1,) the loads a row may have; the last is the row "none", without limits
    is_mentor (r + 1,) mentors' rows, whose squared loads count for goals with `squares`

    What there is for each pair has 32 bits where nothing larger can come: a large component has millions.
    """

    pair: Ints
    learner: Small
    rows: Small
    hours: Small
    opening: Ints
    must: Bools
    low: Ints
    high: Ints
    zero_ok: Bools
    is_mentor: Bools
    held: tuple[Held, ...] = ()

    @property
    def none(self) -> int:
        """The row "none", which stands after the others."""
        return len(self.low) - 1

    def loads(self, chosen: Bools) -> Ints:
        """The load of each row (r + 1,) when the pairs marked in `chosen` (m,) are formed. O(m + r)."""
        loads = np.zeros(len(self.low), dtype=np.int64)
        for column in range(self.rows.shape[1]):
            amounts = self.hours[chosen] if column == HOURS else 1
            np.add.at(loads, self.rows[chosen, column], amounts)
        loads[self.none] = 0
        return loads

    def shared_loads(self, share: Floats) -> Floats:
        """The load of each row (r + 1,) when of each pair a share (m,) is formed. O(m + r)."""
        loads = np.zeros(len(self.low))
        for column in range(self.rows.shape[1]):
            np.add.at(loads, self.rows[:, column], share * self.hours if column == HOURS else share)
        loads[self.none] = 0.0
        return loads

    def admits(self, chosen: Bools) -> bool:
        """Whether the choice obeys every limit and every held value, in whole numbers. O(m + n + r)."""
        count = np.bincount(self.learner[chosen], minlength=len(self.must))
        loads = self.loads(chosen)
        inside = (self.low <= loads) & (loads <= self.high) | self.zero_ok & (loads == 0)
        return bool(
            (count <= 1).all()
            and (count[self.must] == 1).all()
            and inside.all()
            and all(self.worth_of(held.worth, chosen, squares=held.squares) >= held.value for held in self.held)
        )

    def worth_of(self, worth: Ints, chosen: Bools, *, squares: bool) -> int:
        """The sum of `worth` (m,) over the chosen pairs, less the mentors' squared loads where `squares`."""
        value = int(worth[chosen].sum())
        return value - int((self.loads(chosen)[self.is_mentor] ** 2).sum()) if squares else value

    def mask_of(self, pairs: Ints) -> Bools:
        """Which of the pairs (m,) are among these of the component, distinct ones. O((m + k) log (m + k))."""
        return np.isin(self.pair, pairs, assume_unique=True)

    def restricted(self, keep: Bools) -> Face:
        """The face with only the pairs marked in `keep` (m,). O(m)."""
        if keep.all():
            return self
        return replace(
            self,
            pair=self.pair[keep],
            learner=self.learner[keep],
            rows=self.rows[keep],
            hours=self.hours[keep],
            opening=self.opening[keep],
            held=tuple(replace(held, worth=held.worth[keep]) for held in self.held),
        )


@dataclass(frozen=True, slots=True)
class Goal:
    """Something to make as large as possible: the sum of `worth` (m,) over the chosen pairs, less the sum of
    squared loads of the mentors where `squares`."""

    name: str
    worth: Ints
    squares: bool = False

    @property
    def is_coarse(self) -> bool:
        """Goals that only count pairs reach their bound nearly always, but many choices look the same to them."""
        return not self.squares and int(np.abs(self.worth).max(initial=0)) <= 1
