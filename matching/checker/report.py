"""`check`: whether a solution is what it says, recomputed from the problem alone and trusting no number in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from matching.checker.limits import limit_faults, pair_faults, pairs_of
from matching.checker.stages import StageCheck, Walk
from matching.files.digest import digest
from matching.files.seal import seal_of
from matching.problem import Problem
from matching.solution import BY_SEARCH, Solution

__all__ = ["CheckReport", "StageCheck", "check"]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """`valid`: the pairs obey every limit and every number is true. `proved`: besides, every stage is optimal, by
    prices and cases that were verified here or, where `rests_on` says so, by the solver's search."""

    valid: bool
    proved: bool
    errors: tuple[str, ...]
    stages: tuple[StageCheck, ...]

    @property
    def rests_on_search(self) -> tuple[str, ...]:
        """The stages whose claim, of an optimum or of a bound, has to be believed at least in part."""
        return tuple(stage.name for stage in self.stages if stage.rests_on == BY_SEARCH)


def check(problem: Problem, solution: Solution) -> CheckReport:
    """Verify a solution with exact integer arithmetic, from the problem alone.

    Looks at the digest, the pairs, every limit, every stage's value and, through the certificate's prices, every
    bound. Whatever is wrong with the solution is told in `errors`, not raised; the problem must be well formed, as
    `read_problem` sees to. O(m) for each goal, and for a tree of cases O(m) for each case; shares no code with the
    solvers.
    """
    found = pairs_of(problem, solution)
    chosen = list(found.values())
    errors = [*pair_faults(problem, solution, found), *limit_faults(problem, chosen), *_label_faults(problem, solution)]
    if errors:
        return CheckReport(False, False, tuple(errors), ())
    walk = Walk(problem, solution, chosen)
    walk.through_all_stages()
    valid = not walk.errors
    return CheckReport(valid, valid and solution.status == "optimal", tuple(walk.errors), tuple(walk.found))


def _label_faults(problem: Problem, solution: Solution) -> Iterator[str]:
    """What is wrong with what the solution says of itself: its problem, its status, its seal."""
    if solution.problem_digest != digest(problem):
        yield "The digest is of another problem."
    status = "optimal" if all(stage.proved for stage in solution.stages) else "stopped"
    if solution.status != status:
        yield f"The status is {solution.status}, but by its stages it would be {status}."
    try:
        fits = solution.certificate.get("seal") == seal_of(solution)
    except (TypeError, ValueError, RecursionError) as fault:
        yield f"The solution cannot be sealed: {fault}."
        return
    if not fits:
        yield "The solution was changed after it was sealed: its seal does not fit."
