"""Changes that a coordinator may think of, each applied to a problem without touching the original."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from matching.errors import BadProblem
from matching.problem import Pair, Pin, Problem


class Change(Protocol):
    """Something that makes one problem out of another."""

    def apply(self, problem: Problem) -> Problem:
        """Return the changed problem; the parts that stay are the same objects.

        Raises `BadProblem` when the change names what is not there. O(m).
        """


@dataclass(frozen=True, slots=True)
class MorePlaces:
    """`by` more places (fewer if negative) for a "mentor", a "study", or an "opening", whose mentor, study and own
    limit then all grow. `of` is the id, or (mentor, study).

    `apply` raises `BadProblem` where these are not there.
    """

    kind: str
    of: str | tuple[str, str]
    by: int = 1

    def apply(self, problem: Problem) -> Problem:
        mentor, study = _hosts_of(self.kind, self.of)
        _require(mentor is None or any(one.id == mentor for one in problem.mentors), "mentor", mentor)
        _require(study is None or any(one.id == study for one in problem.studies), "study", study)
        return replace(
            problem,
            mentors=tuple(_resized(one, self.by) if one.id == mentor else one for one in problem.mentors),
            studies=tuple(_resized(one, self.by) if one.id == study else one for one in problem.studies),
            openings=tuple(
                _resized(one, self.by) if (one.mentor, one.study) == (mentor, study) else one
                for one in problem.openings
            ),
        )


@dataclass(frozen=True, slots=True)
class WithoutMentor:
    """The mentor is gone, with all pairs, pins and minimums. `apply` raises `BadProblem` where there is none."""

    mentor: str

    def apply(self, problem: Problem) -> Problem:
        _require(any(one.id == self.mentor for one in problem.mentors), "mentor", self.mentor)
        return replace(
            problem,
            mentors=tuple(one for one in problem.mentors if one.id != self.mentor),
            pairs=tuple(pair for pair in problem.pairs if pair.mentor != self.mentor),
            pins=tuple(pin for pin in problem.pins if pin.mentor != self.mentor),
            openings=tuple(one for one in problem.openings if one.mentor != self.mentor),
        )


@dataclass(frozen=True, slots=True)
class WithPin:
    """The pair has to be formed; another pin of the same learner is lifted.

    A pair that is not there is found out when the changed problem is read, as a fault of its pins.
    """

    learner: str
    mentor: str
    study: str

    def apply(self, problem: Problem) -> Problem:
        kept = tuple(pin for pin in problem.pins if pin.learner != self.learner)
        return replace(problem, pins=(*kept, Pin(self.learner, self.mentor, self.study, "what if")))


@dataclass(frozen=True, slots=True)
class WithoutPin:
    """The pin of the learner is lifted, so that the aims decide. `apply` raises `BadProblem` where there is none."""

    learner: str

    def apply(self, problem: Problem) -> Problem:
        _require(any(pin.learner == self.learner for pin in problem.pins), "pin of learner", self.learner)
        return replace(problem, pins=tuple(pin for pin in problem.pins if pin.learner != self.learner))


@dataclass(frozen=True, slots=True)
class WithConflict:
    """The learner may never be paired with the mentor, or only not on this study.

    `apply` raises `BadProblem` where there is no such learner.
    """

    learner: str
    mentor: str
    study: str | None = None

    def apply(self, problem: Problem) -> Problem:
        _require(any(one.id == self.learner for one in problem.learners), "learner", self.learner)

        def is_hit(one: Pair | Pin) -> bool:
            named = one.learner == self.learner and one.mentor == self.mentor
            return named and self.study in (None, one.study)

        return replace(
            problem,
            pairs=tuple(pair for pair in problem.pairs if not is_hit(pair)),
            pins=tuple(pin for pin in problem.pins if not is_hit(pin)),
        )


def applied(problem: Problem, changes: Iterable[Change]) -> Problem:
    """The problem with all changes, one after the other. Raises `BadProblem` as they do. O(m) for each."""
    for change in changes:
        problem = change.apply(problem)
    return problem


def _hosts_of(kind: str, of: str | tuple[str, str]) -> tuple[str | None, str | None]:
    if kind == "opening" and isinstance(of, tuple):
        return of
    if kind in ("mentor", "study") and isinstance(of, str):
        return (of, None) if kind == "mentor" else (None, of)
    raise BadProblem([("", f"There are no places of {kind} {of!r} to change.")])


def _require(known: bool, kind: str, id_: str | None) -> None:
    if not known:
        raise BadProblem([("", f"There is no {kind} {id_!r}.")])


def _resized(host: Any, by: int) -> Any:
    return replace(host, capacity=max(0, host.capacity + by))
