"""What a solve gives back: the pairs, what each stage reached, and what proves it."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Any

Value = int | tuple[int, ...]

BY_DUALS = "dual bound"
BY_CASES = "dual bounds by cases"
BY_SEARCH = "branch and bound"
PROOFS = (BY_DUALS, BY_CASES, BY_SEARCH)

# What found the choice that a goal was decided by.
ASSIGNMENT = "assignment"  # limits nest: SciPy's linear_sum_assignment
FLOW = "flow"  # limits nest, with too many learners for a matrix: auction and shortest paths
PROGRAMME_AND_ASSIGNMENT = "linear programme and assignment"  # how many by the one, who by the other
PROGRAMME = "linear programme"
SEARCH = "branch and bound"
KNOWN = "known before"  # what an earlier goal chose turned out to be the best for this one too
METHODS = (ASSIGNMENT, FLOW, PROGRAMME_AND_ASSIGNMENT, PROGRAMME, SEARCH, KNOWN)


@dataclass(frozen=True, slots=True)
class StageResult:
    """What one stage reached.

    `value` and `bound` are whole numbers, or a tuple of them for stages that count several things in turn
    (`first_choices`, `fewest_last`, `lottery`); `bound` is None where a stopped solve never came to the stage.
    `rests_on` says what the proof is: "dual bound" (duals alone), "dual bounds by cases" (a search tree, each leaf of
    which is closed by duals) or "branch and bound" (the solver's search, which leaves nothing to verify).
    """

    name: str
    value: Value
    bound: Value | None
    proved: bool
    rests_on: str = BY_DUALS


@dataclass(frozen=True, slots=True)
class Placed:
    """A learner with her opening, and what the pair was worth."""

    learner: str
    mentor: str
    study: str
    score: int = 0
    rank: int | None = None


class UnplacedKind(enum.StrEnum):
    """Why a learner has no place: there is no pair for her; all that fits is full, or closed to one more by hours or
    by a minimum; or something is free, but worse for the aims."""

    NO_PAIR = "no_pair"
    FULL = "full"
    HOURS = "hours"
    MINIMUM = "minimum"
    AIMS = "aims"


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A learner without an opening; `openings` lists the (mentor, study) that would have fitted. `reason` is what the
    solution file says in the names of the problem, for whoever has no other words."""

    learner: str
    reason: str
    kind: UnplacedKind
    openings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ComponentReport:
    """How one connected component was solved: `path` is "assignment" or "three-way", `methods` how many of its goals
    were decided by which of `METHODS`."""

    learners: int
    path: str
    seconds: float
    pairs: int = 0
    methods: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Solution:
    """The outcome of `solve`. `status` is "optimal" or "stopped"; `certificate` is what `check` reads."""

    problem_digest: str
    status: str
    stages: tuple[StageResult, ...]
    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]
    components: tuple[ComponentReport, ...] = ()
    seconds: float = 0.0
    certificate: dict[str, Any] = field(default_factory=dict)
