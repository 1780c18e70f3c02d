"""HiGHS's own search, which closes any gap in time and proves it by nothing but its word."""

from __future__ import annotations

import numpy as np

from matching.deadline import Deadline
from matching.lp.highs_model import HighsModel
from matching.lp.lp_outcome import LpOutcome
from matching.model.face import Bools
from matching.model.subproblem import Subproblem


def branch_and_cut(subproblem: Subproblem, start: Bools | None, deadline: Deadline) -> LpOutcome:
    """Solve the mixed-integer model over all pairs, from a choice (m,) where one is known. Exponential at worst."""
    model = HighsModel(subproblem, np.arange(subproblem.pair_count), whole=True)
    model.highs.setOptionValue("mip_rel_gap", 0.0)
    model.highs.setOptionValue("mip_abs_gap", 0.5)  # values are whole, sums of floats are not quite
    if start is not None:
        model.start_from(start)
    return model.run(deadline.seconds_left())
