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
    have no price anywhere in the certificate changes nothing and is not tried; of the others the `tries` dearest are
    solved with, so prices only order the work and never decide. `improved` counts learners who move to a better
    rank. `solution` must be optimal and carry its certificate.
    """
    prices = _prices(solution)
    candidates = sorted(_candidates(problem, prices), key=lambda told: (-told[0], str(told[1])))
    solved = Solved(problem, solution)
    found = [_shortage(solved, place) for _, place in candidates[:tries]]
    useful = [one for one in found if one is not None and (one.placed_more > 0 or one.improved > 0)]
    return tuple(sorted(useful, key=lambda one: (-one.placed_more, -one.improved, str(one.place))))[:most]


def _prices(solution: Solution) -> Counter[tuple[str, ...]]:
    """The highest price of each limit in any stage, thousandths of what the stage counts."""
    highest: Counter[tuple[str, ...]] = Counter()
    for part in solution.certificate.get("parts", ()):
        for goal in part["goals"]:
            for entry in (goal, *goal.get("cases", ())):
                for *name, price in entry.get("prices", ()):
                    highest[tuple(name)] = max(highest[tuple(name)], 1000 * price // entry["scale"])
    return highest


def _candidates(problem: Problem, prices: Counter[tuple[str, ...]]) -> list[tuple[int, MorePlaces]]:
    hosts = [(prices["mentor", one.id], MorePlaces("mentor", one.id)) for one in problem.mentors]
    hosts += [(prices["study", one.id], MorePlaces("study", one.id)) for one in problem.studies]
    for mentor, study in sorted({(pair.mentor, pair.study) for pair in problem.pairs}):
        own = [prices["mentor", mentor], prices["study", study], prices["opening", mentor, study]]
        if sum(price > 0 for price in own) > 1:
            hosts.append((sum(own), MorePlaces("opening", (mentor, study))))
    return [(price, place) for price, place in hosts if price > 0]


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
