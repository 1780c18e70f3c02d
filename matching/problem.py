"""The placement problem: learners, mentors, studies, who may be paired, and in which order the aims count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

USUAL_STAGES = ("placed", "score", "lottery")
BEST_SCORE = 1000


@dataclass(frozen=True, slots=True)
class Learner:
    """A person to place, at most once. `groups` are labels for reports, such as (("profession", "nurse"),)."""

    id: str
    groups: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mentor:
    """Takes at most `capacity` learners over all studies, at least `minimum`, and none or at least
    `minimum_if_used`; `hours` is a budget for the hours of the pairs, None for no budget."""

    id: str
    capacity: int
    minimum: int = 0
    minimum_if_used: int = 0
    hours: int | None = None


@dataclass(frozen=True, slots=True)
class Study:
    """Takes at most `capacity` learners over all mentors; minimums as for a mentor."""

    id: str
    capacity: int
    minimum: int = 0
    minimum_if_used: int = 0


@dataclass(frozen=True, slots=True)
class Opening:
    """A limit of its own on the learners of one mentor on one study; absent means no further limit."""

    mentor: str
    study: str
    capacity: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A pairing that may be formed. `score` 0 to 1000, `rank` 1 is the learner's first choice and None
    unranked, `hours` is what it takes of the mentor's budget. A conflict is a pair that is not listed."""

    learner: str
    mentor: str
    study: str
    score: int = 0
    rank: int | None = None
    hours: int = 0

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.learner, self.mentor, self.study)


@dataclass(frozen=True, slots=True)
class Pin:
    """A pairing that must be formed, fixed by a person with a reason."""

    learner: str
    mentor: str
    study: str
    reason: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.learner, self.mentor, self.study)


@dataclass(frozen=True, slots=True)
class Previous:
    """A pairing of an earlier run, which a stage can try to keep."""

    learner: str
    mentor: str
    study: str

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.learner, self.mentor, self.study)


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a solve depends on. The order of the parts never matters, the order of `stages` does.

    `pairs` is a tuple, or a `PairColumns` where there are millions."""

    learners: tuple[Learner, ...]
    mentors: tuple[Mentor, ...]
    studies: tuple[Study, ...]
    pairs: Sequence[Pair]
    stages: tuple[str, ...] = USUAL_STAGES
    seed: str = ""
    pins: tuple[Pin, ...] = ()
    previous: tuple[Previous, ...] = ()
    openings: tuple[Opening, ...] = ()
