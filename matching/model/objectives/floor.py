"""The stage `floor`: the lowest score among the placed as high as possible."""

from __future__ import annotations

from matching.model.face import Ints
from matching.model.objectives.bottleneck import Bottleneck
from matching.model.objectives.objective import Pairs
from matching.problem import BEST_SCORE


class Floor(Bottleneck):
    """Raises a line that no score of a pair may be below."""

    name = "floor"
    aim = "the lowest score among the placed as high as possible; 1000 when nobody is placed"
    highest = BEST_SCORE

    def levels(self, pairs: Pairs) -> Ints:
        return pairs.score
