"""Stages about the worst off: the lowest level among all chosen pairs as high as possible."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from matching.model.face import Goal, Ints
from matching.model.objectives.objective import Objective, Pairs


class Bottleneck(Objective):
    """A stage that raises a line which no chosen pair may be below, the same for all components; so it needs them all
    at once. `highest` is the line when nothing is chosen."""

    highest: ClassVar[int]

    @abstractmethod
    def levels(self, pairs: Pairs) -> Ints:
        """The level of each pair, at most `highest`."""

    def goal(self, pairs: Pairs, number: int) -> Goal:
        """Fewest pairs below the line `number`, which can be held where that is none."""
        return Goal(f"below {number}", -1 * (self.levels(pairs) < number))

    def value(self, chosen: Pairs) -> int:
        """The lowest level among the chosen pairs. O(m)."""
        return int(self.levels(chosen).min(initial=self.highest))
