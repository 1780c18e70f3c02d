"""The stage `stay`: as much as possible of an earlier run."""

from __future__ import annotations

from matching.model.face import Ints
from matching.model.objectives.objective import Pairs, SingleGoal


class Stay(SingleGoal):
    """Counts the pairs that there were before."""

    name = "stay"
    aim = "most learners kept with a pairing listed under `previous`"
    needs_previous = True

    def measure(self, pairs: Pairs) -> Ints:
        return pairs.stays
