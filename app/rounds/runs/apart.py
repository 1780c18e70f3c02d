"""Two requests of one learner are never given the same opening: the cases in which that holds, and the best of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, count

import matching
from app.language.refusal import Refused
from app.models.requests import PlacementRequest
from app.rounds.names_in_problem import LEARNERS, MENTORS

Key = tuple[str, str, str]
NOBODY = 10**9  # the first id of mentors whom the database has not


@dataclass(frozen=True)
class Settled:
    """The best case: the pairs that it leaves out, its problem and solution, and of how many cases it is the best.

    `is_whole` is False when one of the cases was stopped, so that a better one may have been missed.
    """

    left_out: tuple[Key, ...]
    problem: matching.Problem
    solution: matching.Solution
    cases: int
    is_whole: bool

    @property
    def status(self) -> str:
        return self.solution.status if self.is_whole else "stopped"


def solve_apart(
    problem: matching.Problem,
    persons: Mapping[str, int],
    solve: Callable[[matching.Problem], matching.Solution],
) -> Settled:
    """The optimum among the solutions in which no person has an opening twice; `persons` says whose each request is.

    The engine takes requests for learners, and has no limit that holds for two of them at one opening. So where a
    solution gives one opening to both requests of a person, it is left out for the one, and in another case for the
    other: every permitted solution is permitted in one of the two. Few people have two requests in a round, so there
    are few cases; at worst they double with each such opening. Raises what `solve` raises, and Refused for pins.
    """
    best: Settled | None = None
    clash: matching.Infeasible | None = None
    waiting, cases, is_whole = [tuple[Key, ...]()], 0, True
    while waiting:
        left_out = waiting.pop()
        case, cases = with_left_out(problem, left_out), cases + 1
        try:
            solution = solve(case)
        except matching.Infeasible as found:
            clash = found
            continue
        except matching.NothingFound:
            if best is None:
                raise
            is_whole = False
            continue
        is_whole = is_whole and solution.status == "optimal"
        if best is not None and merit(solution) <= merit(best.solution):
            continue  # what it leaves out further can only be worse
        twice = same_opening_twice(solution, persons)
        if twice is None:
            best = Settled(left_out, case, solution, cases, is_whole)
        else:
            waiting += [tuple(sorted((*left_out, key))) for key in free_of_pins(problem, twice)]
    if best is None:
        raise clash or matching.NothingFound("stopped before a case was solved")
    return replace(best, cases=cases, is_whole=is_whole)


def persons_of(requests: Iterable[PlacementRequest]) -> dict[str, int]:
    """Whose each request is, by its name in the problem."""
    return {LEARNERS.encode(request.id): request.learner_id for request in requests}


def same_opening_twice(solution: matching.Solution, persons: Mapping[str, int]) -> tuple[Key, Key] | None:
    """The first two places that give one person the same opening."""
    return twice_among([(one.learner, one.mentor, one.study) for one in solution.placed], persons)


def twice_among(placed: Iterable[Key], persons: Mapping[str, int]) -> tuple[Key, Key] | None:
    """The same of places as keys, in the order of the keys."""
    by_opening: dict[tuple[int, str, str], list[Key]] = {}
    for key in placed:
        by_opening.setdefault((persons[key[0]], *key[1:]), []).append(key)
    return next((pair for keys in by_opening.values() for pair in combinations(sorted(keys), 2)), None)


def free_of_pins(problem: matching.Problem, twice: tuple[Key, Key]) -> list[Key]:
    """Those of the two that can be left out; raises Refused when both are pinned."""
    pinned = {pin.key for pin in problem.pins}
    free = [key for key in twice if key not in pinned]
    if not free:
        raise Refused("Two requests of the same learner are pinned to the same opening. Lift one of the two pins.")
    return free


def with_left_out(problem: matching.Problem, left_out: Sequence[Sequence[str]]) -> matching.Problem:
    """The problem without these pairs, in which every aim counts as before.

    Which ranks there are decides what an unranked opening counts and how stages of ranks are told. So a pair whose rank
    nobody else has is not dropped: it goes to a mentor who takes nobody.
    """
    if not left_out:
        return problem
    pairs = matching.PairColumns.of(problem.pairs)
    gone = pairs.places_of([(learner, mentor, study) for learner, mentor, study in left_out])
    kept = pairs.without(gone)
    lost = {pair.rank: pair for pair in map(pairs.__getitem__, gone) if not kept.has_rank(pair.rank)}
    known = {mentor.id for mentor in problem.mentors}  # a case may be divided further
    free = (name for name in map(MENTORS.encode, count(NOBODY)) if name not in known)
    moved = [replace(pair, mentor=name) for pair, name in zip(lost.values(), free, strict=False)]
    nobody = tuple(matching.Mentor(pair.mentor, capacity=0) for pair in moved)
    return replace(problem, pairs=kept.with_more(moved), mentors=(*problem.mentors, *nobody))


def merit(solution: matching.Solution) -> list[tuple[int, ...]]:
    """What the stages reached, in their order, so that more is better."""
    return [
        tuple(matching.OBJECTIVES[stage.name].sense * number for number in numbers(stage.value))
        for stage in solution.stages
    ]


def numbers(value: int | tuple[int, ...]) -> tuple[int, ...]:
    return value if isinstance(value, tuple) else (value,)
