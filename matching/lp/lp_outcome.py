"""What the simplex method may begin with, and what comes of a linear programme."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from matching.model.face import Bools, Floats
from matching.model.subproblem import Restriction

INTEGRALITY = 1e-6  # what HiGHS says is a whole number when it is this near to one


@dataclass(frozen=True, slots=True)
class Basis:
    """Which pairs (m,), and which of what learners (n,) and limits (r,) leave free, are basic."""

    pairs: Bools
    learners: Bools
    limits: Bools

    def within(self, narrow: Restriction) -> Basis:
        """For some of the pairs only."""
        return replace(self, pairs=narrow.kept_of(self.pairs))


@dataclass(frozen=True, slots=True)
class LpOutcome:
    """What HiGHS said: `status` is "optimal", "infeasible" or "stopped".

    share  (m,) how much of each pair is chosen, None when there is no solution
    row_duals (r + 1,), held_weights   its duals, for linear models
    bound  what the goal cannot exceed, infinite when unknown
    rays   for a node that is infeasible: row duals and weights, one of which shows it; the sign is open
    """

    status: str
    share: Floats | None
    row_duals: Floats
    held_weights: Floats
    bound: float
    rays: list[tuple[Floats, Floats]] = field(default_factory=list)
