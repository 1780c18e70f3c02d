"""The stage `even_load`: learners spread evenly over the mentors."""

from __future__ import annotations

import numpy as np

from matching.model.face import Ints
from matching.model.objectives.objective import FEWEST, Pairs, SingleGoal


class EvenLoad(SingleGoal):
    """Counts nothing but the squared loads."""

    name = "even_load"
    aim = "the sum of the squared numbers of learners over the mentors as small as possible"
    sense = FEWEST
    counts_loads = True

    def measure(self, pairs: Pairs) -> Ints:
        return np.zeros(len(pairs), dtype=np.int64)
