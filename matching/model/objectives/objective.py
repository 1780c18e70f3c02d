"""What an objective stage is: goals that are reached one after the other, and how it tells what was reached."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from matching.model.face import Goal, Ints
from matching.solution import Value

Key = tuple[str, str, str]
MOST, FEWEST = 1, -1


class Pairs(Protocol):
    """What a stage may look at of some pairs, (m,) each."""

    def __len__(self) -> int:
        """How many pairs there are."""

    @property
    def score(self) -> Ints:
        """0 to 1000."""

    @property
    def rank(self) -> Ints:
        """1 for a first choice; pairs without a rank have one that is worse than the worst given anywhere."""

    @property
    def stays(self) -> Ints:
        """1 where the problem lists the pair under `previous`, else 0."""

    @property
    def mentor(self) -> Ints:
        """A number for the mentor of each pair."""

    @property
    def keys(self) -> Sequence[Key]:
        """(learner, mentor, study) of each pair."""


@dataclass(frozen=True)
class Objective(ABC):
    """A stage of one problem, in which these `ranks` (ascending) occur and lots are drawn from this `seed`.

    name            as problem and solution files have it
    aim             what it makes of a solution, for people who write problem files
    sense           whether it wants the MOST or the FEWEST of what it counts
    is_listed       whether it tells several numbers, one for each goal, or a single one
    counts_loads    whether the squared loads of the mentors count, so that every mentor's load has to be kept track of
    needs_previous  whether it means nothing without the problem's `previous`
    is_open_ended   whether goals follow until a single solution is left, which is then proved
    is_by_lot       whether the seed decides, so that it is worth knowing
    """

    name: ClassVar[str]
    aim: ClassVar[str]
    sense: ClassVar[int] = MOST
    is_listed: ClassVar[bool] = False
    counts_loads: ClassVar[bool] = False
    needs_previous: ClassVar[bool] = False
    is_open_ended: ClassVar[bool] = False
    is_by_lot: ClassVar[bool] = False

    ranks: tuple[int, ...]
    seed: str

    @property
    def goal_count(self) -> int:
        """How many goals it has in turn; where it is open-ended, at least so many."""
        return 1

    @abstractmethod
    def goal(self, pairs: Pairs, number: int) -> Goal:
        """The goal number `number`, from 0, on these pairs; more of it is always better. O(m)."""

    def told(self, reached: Sequence[int]) -> Value:
        """What the stage says when its goals reached this, in turn."""
        numbers = tuple(self.sense * value for value in reached)
        return numbers if self.is_listed else numbers[0]

    def value(self, chosen: Pairs) -> Value:
        """What the stage says of pairs that are all chosen, and all that are. O(m)."""
        goals = [self.goal(chosen, number) for number in range(self.goal_count)]
        return self.told([int(goal.worth.sum()) - _squares(chosen) * goal.squares for goal in goals])


class SingleGoal(Objective):
    """A stage with one goal of its own name: most or fewest of what it measures."""

    @abstractmethod
    def measure(self, pairs: Pairs) -> NDArray[Any]:
        """What each of the pairs (m,) adds when it is chosen, in whole numbers."""

    def goal(self, pairs: Pairs, number: int) -> Goal:
        return Goal(self.name, self.sense * self.measure(pairs), self.counts_loads)


def _squares(chosen: Pairs) -> int:
    return int((np.bincount(chosen.mentor) ** 2).sum())
