"""Where one more place would help most, verified by solving with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matching.pair_columns import PairColumns
from matching.problem import Pair, Problem
from matching.reoptimise.changes import MorePlaces
from matching.reoptimise.what_if import Difference, Move, Solved
from matching.solution import Solution

UNRANKED, NO_PLACE = 10**6, 10**7


@dataclass(frozen=True, slots=True)
class Shortage:
    """One more place at `place` would do exactly this."""

    place: MorePlaces
    difference: Difference
    placed_more: int
    improved: int


def shortage(problem: Problem, solution: Solution, *, most: int = 10, tries: int = 40) -> tuple[Shortage, ...]:
    """Return the single added places that would place or improve most learners, best first, at most `most`.

    Places of mentors, of studies, and of openings (mentor and study together) are considered. A place whose limits
    have no dual anywhere in the certificate changes nothing and is not tried; of the others the `tries` with the
    largest are solved with, so duals only order the work and never decide. `improved` counts learners who move to a
    better rank. `solution` must be optimal and carry its certificate; without one nothing is found. Raises
    `BadProblem` when the problem is malformed. At most `tries` times what `what_if` costs.
    """
    solved, pairs = Solved(problem, solution), PairColumns.of(problem.pairs)
    places = scarce_places(problem, solution)[:tries]
    return best_first(effect_of(place, solved.what_if(place), pairs) for place in places)[:most]


def scarce_places(problem: Problem, solution: Solution) -> list[MorePlaces]:
    """The places that are worth trying, those whose limits have the largest duals first. O(m log m)."""
    candidates = _candidates(problem, _duals(solution))
    return [place for _, place in sorted(candidates, key=lambda told: (-told[0], str(told[1])))]


def best_first(found: Iterable[Shortage]) -> tuple[Shortage, ...]:
    """Those that place or improve anybody, and of these the best first."""
    useful = [one for one in found if one.placed_more > 0 or one.improved > 0]
    return tuple(sorted(useful, key=lambda one: (-one.placed_more, -one.improved, str(one.place))))


def effect_of(place: MorePlaces, difference: Difference, pairs: PairColumns) -> Shortage:
    """What one more place does, told by who moves; nothing where it makes the problem infeasible. O(m)."""
    moves = difference.moves
    own = dict(pairs.by_learner([move.learner for move in moves]))
    return Shortage(
        place,
        difference,
        placed_more=sum((move.before is None) - (move.after is None) for move in moves),
        improved=sum(_is_better(move, own[move.learner]) for move in moves),
    )


def _is_better(move: Move, own: Sequence[Pair]) -> bool:
    """Whether a learner comes to a better rank; any place is better than none."""
    ranks = {(pair.mentor, pair.study): pair.rank or UNRANKED for pair in own}
    before, after = (NO_PLACE if one is None else ranks[one] for one in (move.before, move.after))
    return after < before


def _duals(solution: Solution) -> Counter[tuple[str, ...]]:
    """The highest dual of each limit in any goal, in thousandths of what the goal counts."""
    highest: Counter[tuple[str, ...]] = Counter()
    for part in solution.certificate.get("parts", ()):
        for goal in part["goals"]:
            for entry in (goal, *goal.get("cases", ())):
                for *name, dual in entry.get("prices", ()):
                    highest[tuple(name)] = max(highest[tuple(name)], 1000 * dual // entry["scale"])
    return highest


def _candidates(problem: Problem, duals: Counter[tuple[str, ...]]) -> list[tuple[int, MorePlaces]]:
    hosts = [(duals["mentor", one.id], MorePlaces("mentor", one.id)) for one in problem.mentors]
    hosts += [(duals["study", one.id], MorePlaces("study", one.id)) for one in problem.studies]
    for mentor, study in sorted({(pair.mentor, pair.study) for pair in problem.pairs}):
        own = [duals["mentor", mentor], duals["study", study], duals["opening", mentor, study]]
        if any(own):  # where several of the limits bind at once, the dual stands at any one of them
            hosts.append((sum(own), MorePlaces("opening", (mentor, study))))
    return [(dual, place) for dual, place in hosts if dual > 0]
