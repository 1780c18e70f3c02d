"""The stage `first_choices`: a greedy profile, from the best rank down."""

from __future__ import annotations

from matching.model.objectives.rank_by_rank import RankByRank


class FirstChoices(RankByRank):
    """Most learners at the best rank, then most at the next."""

    name = "first_choices"
    aim = "most learners at the best rank, then most at the next, and so on to the last"

    @property
    def in_turn(self) -> tuple[int, ...]:
        return self.ranks
