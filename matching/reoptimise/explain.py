"""Why a learner got this opening and not one she would rather have, by solving with the other one forced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matching.errors import BadProblem
from matching.problem import Pair, Problem
from matching.reoptimise.changes import WithPin
from matching.reoptimise.what_if import Difference, Solved
from matching.solution import Solution


@dataclass(frozen=True, slots=True)
class Alternative:
    """A pair that the learner would rather have had, and exactly what forcing it would have done to all."""

    pair: Pair
    difference: Difference


@dataclass(frozen=True, slots=True)
class Explanation:
    """`pair` is what the learner got (None without a place), `alternatives` what she would rather have had, best
    first; `rivals` are the learners who could have had the same opening, those with the higher score first."""

    learner: str
    pair: Pair | None
    rivals: tuple[str, ...]
    alternatives: tuple[Alternative, ...]


def explain(problem: Problem, solution: Solution, learner: str, *, most: int = 10) -> Explanation:
    """Explain one learner's outcome in an optimal solution of `problem`.

    Each of at most `most` better liked pairs is forced, and the component it lies in is solved again, so that the
    cost in every stage and the learners who would move are exact. Liked better means a better rank; among unranked
    pairs, a higher score. Each costs what `what_if` does.

    Raises `BadProblem` when there is no such learner or the problem is malformed, and `KeyError` when the solution is
    without a certificate.
    """
    if all(one.id != learner for one in problem.learners):
        raise BadProblem([("", f"There is no learner {learner!r}.")])
    placed = {one.learner: (one.learner, one.mentor, one.study) for one in solution.placed}
    own = [pair for pair in problem.pairs if pair.learner == learner]
    got = next((pair for pair in own if pair.key == placed.get(learner)), None)
    solved = Solved(problem, solution)
    better = better_liked(own, got)[:most]
    alternatives = tuple(Alternative(pair, solved.what_if(WithPin(*pair.key))) for pair in better)
    return Explanation(learner, got, _rivals(problem, got), alternatives)


def better_liked(own: Iterable[Pair], got: Pair | None) -> list[Pair]:
    """Those of one learner's pairs that she would rather have had than what she got (None for no place), best first."""
    better = [pair for pair in own if got is None or _liking(pair) < _liking(got)]
    return sorted(better, key=lambda pair: (*_liking(pair), pair.key))


def _liking(pair: Pair) -> tuple[int, int]:
    """Smaller is liked better."""
    return (pair.rank, 0) if pair.rank is not None else (10**9, -pair.score)


def _rivals(problem: Problem, got: Pair | None) -> tuple[str, ...]:
    if got is None:
        return ()
    same = [p for p in problem.pairs if (p.mentor, p.study) == (got.mentor, got.study) and p.learner != got.learner]
    return tuple(pair.learner for pair in sorted(same, key=lambda pair: (-pair.score, pair.learner)))
