"""The stage `fewest_last`: a generous profile, from the worst rank up."""

from __future__ import annotations

from matching.model.objectives.objective import FEWEST
from matching.model.objectives.rank_by_rank import RankByRank


class FewestLast(RankByRank):
    """Fewest learners at the worst rank, then fewest at the next worst; without a goal where rank 1 is the only one."""

    name = "fewest_last"
    aim = "fewest learners at the worst rank, then fewest at the next worst, down to rank 2"
    sense = FEWEST

    @property
    def in_turn(self) -> tuple[int, ...]:
        return tuple(rank for rank in reversed(self.ranks) if rank > 1)
