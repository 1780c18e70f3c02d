"""The stage `rank_sum`: the smallest total rank."""

from __future__ import annotations

from matching.model.face import Ints
from matching.model.objectives.objective import FEWEST, Pairs, SingleGoal


class RankSum(SingleGoal):
    """Adds up the ranks of the pairs, so that it is best when nobody is placed."""

    name = "rank_sum"
    aim = "the total rank of the placed as small as possible"
    sense = FEWEST

    def measure(self, pairs: Pairs) -> Ints:
        return pairs.rank
