"""Where one more place would help most, verified by solving with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from matching.problem import Problem
from matching.reoptimise.changes import MorePlaces
from matching.reoptimise.what_if import Difference, Solved
from matching.solution import Solution


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
    candidates = sorted(_candidates(problem, _duals(solution)), key=lambda told: (-told[0], str(told[1])))
    solved = Solved(problem, solution)
    found = [_shortage(solved, place) for _, place in candidates[:tries]]
    useful = [one for one in found if one is not None and (one.placed_more > 0 or one.improved > 0)]
    return tuple(sorted(useful, key=lambda one: (-one.placed_more, -one.improved, str(one.place))))[:most]


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
        if sum(dual > 0 for dual in own) > 1:
            hosts.append((sum(own), MorePlaces("opening", (mentor, study))))
    return [(dual, place) for dual, place in hosts if dual > 0]


def _shortage(solved: Solved, place: MorePlaces) -> Shortage | None:
    difference = solved.what_if(place)
    if difference.infeasible is not None:
        return None
    placed_more = sum((move.before is None) - (move.after is None) for move in difference.moves)
    rank: dict[Any, float] = {pair.key: pair.rank or 10**6 for pair in solved.problem.pairs}
    rank |= {(learner.id, None): float("inf") for learner in solved.problem.learners}

    def rank_of(learner: str, opening: tuple[str, str] | None) -> float:
        return rank[(learner, None) if opening is None else (learner, *opening)]

    improved = sum(rank_of(m.learner, m.after) < rank_of(m.learner, m.before) for m in difference.moves)
    return Shortage(place, difference, placed_more, improved)
