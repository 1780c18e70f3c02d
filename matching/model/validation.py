"""What a problem must satisfy before it is solved, every fault with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from matching.errors import BadProblem
from matching.model.objectives.registered import OBJECTIVES
from matching.model.pair_table import LARGEST_NUMBER, Columns, columns_of
from matching.problem import BEST_SCORE, Mentor, Problem, Study

Fault = tuple[str, str]


def require_well_formed(problem: Problem) -> Columns:
    """Return the pairs of a well-formed `problem` as columns. Raises `BadProblem` with every fault. O(m log m)."""
    return without_faults(problem, columns_of(problem))


def without_faults(problem: Problem, columns: Columns | None) -> Columns:
    """Return the `columns` of a well-formed `problem`; they are None where a pair has a fault.

    Raises `BadProblem` with every fault. O(n + r), and O(m) where a pair has one or there are pins.
    """
    faults = list(_faults(problem, columns))
    if faults or columns is None:
        raise BadProblem(faults)
    return columns


def faults_of(problem: Problem) -> Iterator[Fault]:
    """Yield (place, sentence) for each fault: numbers out of range, unknown names, things said twice. O(m log m)."""
    return _faults(problem, columns_of(problem))


def _faults(problem: Problem, columns: Columns | None) -> Iterator[Fault]:
    yield from _stage_faults(problem)
    for kind in ("learners", "mentors", "studies"):
        yield from _id_faults(kind, getattr(problem, kind))
    for kind in ("mentors", "studies"):
        for at, host in enumerate(getattr(problem, kind)):
            yield from _host_faults(f"{kind}[{at}]", host)
    if columns is None:
        yield from _reference_faults("pairs", ("learner", "mentor", "study"), problem)
        yield from _pair_faults(problem)
    yield from _reference_faults("openings", ("mentor", "study"), problem)
    yield from _opening_faults(problem)
    yield from _pin_faults(problem)
    yield from _previous_faults(problem)


def whole_number_fault(place: str, value: Any, least: int, most: int = LARGEST_NUMBER) -> Iterator[Fault]:
    """Yield a fault unless the value is a whole number from `least` to `most`."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        yield place, f"must be a whole number from {least} to {most}, not {value!r}"


def _stage_faults(problem: Problem) -> Iterator[Fault]:
    if not isinstance(problem.seed, str):
        yield "seed", f"must be text, not {problem.seed!r}"
    if not problem.stages:
        yield "stages", "must name at least one stage"
    for at, stage in enumerate(problem.stages):
        if not isinstance(stage, str) or stage not in OBJECTIVES:
            yield f"stages[{at}]", f"{stage!r} is not a stage; the stages are {', '.join(OBJECTIVES)}"


def _id_faults(kind: str, parts: Iterable[Any]) -> Iterator[Fault]:
    seen: set[str] = set()
    for at, part in enumerate(parts):
        if not isinstance(part.id, str) or not part.id:
            yield f"{kind}[{at}].id", f"must be text that is not empty, not {part.id!r}"
        elif part.id in seen:
            yield f"{kind}[{at}].id", f"{part.id!r} is there more than once"
        else:
            seen.add(part.id)


def _host_faults(place: str, host: Mentor | Study) -> Iterator[Fault]:
    if _is_plain(host):
        return
    numbers = list(whole_number_fault(f"{place}.capacity", host.capacity, 0))
    for name in ("minimum", "minimum_if_used"):
        numbers += whole_number_fault(f"{place}.{name}", getattr(host, name), 0)
    if isinstance(host, Mentor) and host.hours is not None:
        numbers += whole_number_fault(f"{place}.hours", host.hours, 0)
    yield from numbers
    for name in () if numbers else ("minimum", "minimum_if_used"):
        if getattr(host, name) > host.capacity:
            yield f"{place}.{name}", f"is {getattr(host, name)}, more than the capacity {host.capacity}"


def _is_plain(host: Mentor | Study) -> bool:
    """Whether it has no fault and no budget of hours: mostly so, and quickly seen."""
    return (
        type(host.capacity) is type(host.minimum) is type(host.minimum_if_used) is int
        and 0 <= host.minimum <= host.capacity <= LARGEST_NUMBER
        and 0 <= host.minimum_if_used <= host.capacity
        and getattr(host, "hours", None) is None
    )


def _reference_faults(kind: str, fields: tuple[str, ...], problem: Problem) -> Iterator[Fault]:
    known = {
        "learner": {learner.id for learner in problem.learners},
        "mentor": {mentor.id for mentor in problem.mentors},
        "study": {study.id for study in problem.studies},
    }
    for name in fields:
        ids = known[name]
        for at, part in enumerate(getattr(problem, kind)):
            if getattr(part, name) not in ids:
                yield f"{kind}[{at}].{name}", f"there is no {name} {getattr(part, name)!r}"


def _pair_faults(problem: Problem) -> Iterator[Fault]:
    seen: set[tuple[str, str, str]] = set()
    for at, pair in enumerate(problem.pairs):
        if not (type(pair.score) is int and 0 <= pair.score <= BEST_SCORE):
            yield from whole_number_fault(f"pairs[{at}].score", pair.score, 0, BEST_SCORE)
        if pair.rank is not None:
            yield from whole_number_fault(f"pairs[{at}].rank", pair.rank, 1)
        if pair.hours != 0:
            yield from whole_number_fault(f"pairs[{at}].hours", pair.hours, 0)
        key = (pair.learner, pair.mentor, pair.study)
        if key in seen:
            yield f"pairs[{at}]", f"the pair {' / '.join(map(str, key))} is there more than once"
        seen.add(key)


def _opening_faults(problem: Problem) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for at, opening in enumerate(problem.openings):
        yield from whole_number_fault(f"openings[{at}].capacity", opening.capacity, 0)
        key = (opening.mentor, opening.study)
        if key in seen:
            yield f"openings[{at}]", f"the opening {' / '.join(map(str, key))} is there more than once"
        seen.add(key)


def _pin_faults(problem: Problem) -> Iterator[Fault]:
    if not problem.pins:
        return
    learners = {pin.learner for pin in problem.pins}
    pairs = {pair.key for pair in problem.pairs if pair.learner in learners}
    pinned: set[str] = set()
    for at, pin in enumerate(problem.pins):
        if pin.key not in pairs:
            yield f"pins[{at}]", f"there is no pair {' / '.join(map(str, pin.key))} to pin"
        if pin.learner in pinned:
            yield f"pins[{at}].learner", f"{pin.learner!r} is pinned more than once"
        pinned.add(pin.learner)


def _previous_faults(problem: Problem) -> Iterator[Fault]:
    seen: set[tuple[str, str, str]] = set()
    for at, previous in enumerate(problem.previous):
        if previous.key in seen:
            yield f"previous[{at}]", f"{' / '.join(map(str, previous.key))} is there more than once"
        seen.add(previous.key)
