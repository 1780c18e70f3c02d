"""Stages that go through the ranks: most or fewest learners at one rank, then at the next."""

from __future__ import annotations

from abc import abstractmethod

from matching.model.face import Goal
from matching.model.objectives.objective import Objective, Pairs


class RankByRank(Objective):
    """A stage with a goal, named after it, for each of the ranks in turn."""

    is_listed = True

    @property
    @abstractmethod
    def in_turn(self) -> tuple[int, ...]:
        """The ranks in the order in which they count."""

    @property
    def goal_count(self) -> int:
        return len(self.in_turn)

    def goal(self, pairs: Pairs, number: int) -> Goal:
        rank = self.in_turn[number]
        return Goal(f"rank {rank}", self.sense * (pairs.rank == rank))
