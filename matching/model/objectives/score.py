"""The stage `score`: the best total score."""

from __future__ import annotations

from matching.model.face import Ints
from matching.model.objectives.objective import Pairs, SingleGoal


class Score(SingleGoal):
    """Adds up the scores of the pairs."""

    name = "score"
    aim = "the total score as large as possible"

    def measure(self, pairs: Pairs) -> Ints:
        return pairs.score
