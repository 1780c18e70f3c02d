"""Part of `check`: whether the placed pairs exist and obey every limit, by plain counting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from matching.problem import Mentor, Pair, Problem, Study
from matching.solution import Solution

Key = tuple[str, str, str]


def pairs_of(problem: Problem, solution: Solution) -> dict[Key, Pair]:
    """The problem's pairs that the solution says are formed, by their keys. O(m)."""
    told = {(one.learner, one.mentor, one.study) for one in solution.placed}
    return {pair.key: pair for pair in problem.pairs if (pair.learner, pair.mentor, pair.study) in told}


def pair_faults(problem: Problem, solution: Solution, found: Mapping[Key, Pair]) -> Iterator[str]:
    """Placed pairs that are not in the problem or not as in the problem; learners said twice or not at all.

    O(n log n).
    """
    for one in solution.placed:
        pair = found.get((one.learner, one.mentor, one.study))
        told = f"{one.learner} with {one.mentor} on {one.study}"
        if pair is None:
            yield f"{told} is placed, but the problem has no such pair."
        elif (pair.score, pair.rank) != (one.score, one.rank):
            yield f"{told} has score {pair.score} and rank {pair.rank}, not {one.score} and {one.rank}."
    told_of = Counter(one.learner for one in solution.placed) + Counter(one.learner for one in solution.unplaced)
    for learner in problem.learners:
        if told_of[learner.id] != 1:
            yield f"Learner {learner.id} appears {told_of[learner.id]} times among placed and unplaced, not once."
    known = {learner.id for learner in problem.learners}
    for stranger in sorted(set(told_of) - known):
        yield f"Learner {stranger} is not in the problem."


def limit_faults(problem: Problem, chosen: list[Pair]) -> Iterator[str]:
    """Capacities, minimums, hours and pins that the chosen pairs break. O(chosen pairs + limits)."""
    of_mentor = Counter(pair.mentor for pair in chosen)
    of_study = Counter(pair.study for pair in chosen)
    of_opening = Counter((pair.mentor, pair.study) for pair in chosen)
    for mentor in problem.mentors:
        yield from _host_faults("Mentor", mentor, of_mentor[mentor.id])
    for study in problem.studies:
        yield from _host_faults("Study", study, of_study[study.id])
    for opening in problem.openings:
        taken = of_opening[opening.mentor, opening.study]
        if taken > opening.capacity:
            yield f"Opening {opening.mentor} on {opening.study} has {taken} learners, more than {opening.capacity}."
    yield from _hours_faults(problem, chosen)
    formed = {pair.key for pair in chosen}
    for pin in problem.pins:
        if pin.key not in formed:
            yield f"The pin of {pin.learner} to {pin.mentor} on {pin.study} is not kept."


def _host_faults(kind: str, host: Mentor | Study, taken: int) -> Iterator[str]:
    if taken > host.capacity:
        yield f"{kind} {host.id} has {taken} learners, more than the capacity {host.capacity}."
    if taken < host.minimum:
        yield f"{kind} {host.id} has {taken} learners, fewer than the minimum {host.minimum}."
    if 0 < taken < host.minimum_if_used:
        yield f"{kind} {host.id} has {taken} learners, fewer than the minimum {host.minimum_if_used} if used."


def _hours_faults(problem: Problem, chosen: list[Pair]) -> Iterator[str]:
    hours: Counter[str] = Counter()
    for pair in chosen:
        hours[pair.mentor] += pair.hours
    for mentor in problem.mentors:
        if mentor.hours is not None and hours[mentor.id] > mentor.hours:
            yield f"Mentor {mentor.id} gives {hours[mentor.id]} hours, more than the budget {mentor.hours}."
