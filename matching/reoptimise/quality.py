"""How good a set of pairs is, seen from many sides: ranks, stability, envy, loads, places left, groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from matching.problem import Pair, Problem
from matching.solution import Solution

UNRANKED = 10**9
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupRate:
    """How the learners with one label fared."""

    group: str
    label: str
    learners: int
    placed: int
    first_choices: int

    @property
    def placed_share(self) -> float:
        """The part of them that is placed, 0 to 1."""
        return self.placed / self.learners


@dataclass(frozen=True, slots=True)
class Quality:
    """profile  learners by rank; None counts who got an opening they had not ranked
    unplaced  learners without a place
    blocking_pairs  pairs that learner and host would both rather form (see `quality`)
    envious   learners who would rather have an opening that another learner holds
    loads     number of mentors by number of learners
    mentor_places_left, study_places_left   capacity not used, over all
    groups    rates by group label
    """

    profile: dict[int | None, int]
    unplaced: int
    blocking_pairs: tuple[tuple[str, str, str], ...]
    envious: tuple[str, ...]
    loads: dict[int, int]
    mentor_places_left: int
    study_places_left: int
    groups: tuple[GroupRate, ...]


def quality(problem: Problem, solution: Solution) -> Quality:
    """Return measures of a solution that no stage may have asked for.

    A pair blocks when its learner likes it better than what she has (a better rank; any pair is better than none)
    and it fits, either as it is or in place of one learner with a lower score. This is stability for two limits at
    once, with scores as the hosts' preference (Abraham, Irving and Manlove 2007, student-project allocation).
    O(pairs * capacity²). Raises `KeyError` when the solution places a pair that the problem does not have.
    """
    pairs = {pair.key: pair for pair in problem.pairs}
    got = {one.learner: pairs[one.learner, one.mentor, one.study] for one in solution.placed}
    held = {(pair.mentor, pair.study) for pair in got.values()}
    liked = [pair for pair in problem.pairs if _rank(pair) < _rank(got.get(pair.learner))]
    room = _Room(problem, list(got.values()))
    load = Counter(pair.mentor for pair in got.values())
    return Quality(
        profile=dict(sorted(Counter(p.rank for p in got.values()).items(), key=lambda told: told[0] or UNRANKED)),
        unplaced=len(problem.learners) - len(got),
        blocking_pairs=tuple(sorted(pair.key for pair in liked if room.could_take(pair))),
        envious=tuple(sorted({pair.learner for pair in liked if (pair.mentor, pair.study) in held})),
        loads=dict(sorted(Counter(load[mentor.id] for mentor in problem.mentors).items())),
        mentor_places_left=sum(mentor.capacity for mentor in problem.mentors) - len(got),
        study_places_left=sum(study.capacity for study in problem.studies) - len(got),
        groups=tuple(_group_rates(problem, got)),
    )


def _rank(pair: Pair | None) -> int:
    if pair is None:
        return UNRANKED + 1
    return UNRANKED if pair.rank is None else pair.rank


class _Room:
    """Who sits where, to see whether one more would fit, perhaps for another."""

    def __init__(self, problem: Problem, placed: list[Pair]) -> None:
        self._limits: dict[Row, int] = {("mentor", one.id): one.capacity for one in problem.mentors}
        self._limits |= {("study", one.id): one.capacity for one in problem.studies}
        self._limits |= {("opening", one.mentor, one.study): one.capacity for one in problem.openings}
        self._hours = {one.id: one.hours for one in problem.mentors if one.hours is not None}
        self._at: defaultdict[Row, list[Pair]] = defaultdict(list)
        for pair in placed:
            for row in _rows(pair):
                self._at[row].append(pair)

    def could_take(self, pair: Pair) -> bool:
        """Whether the pair fits as it is, or in place of one learner with a lower score. O(capacity²)."""
        if self._fits(pair, None):
            return True
        near = self._at["mentor", pair.mentor] + self._at["study", pair.study]
        return any(self._fits(pair, other) for other in near if other.score < pair.score)

    def _fits(self, pair: Pair, leaving: Pair | None) -> bool:
        """The learner's own present place does not count: she would leave it."""
        gone = {pair.learner} | ({leaving.learner} if leaving else set())
        for row in _rows(pair):
            staying = sum(one.learner not in gone for one in self._at[row])
            if row in self._limits and staying + 1 > self._limits[row]:
                return False
        if pair.mentor not in self._hours:
            return True
        hours = sum(one.hours for one in self._at["mentor", pair.mentor] if one.learner not in gone)
        return hours + pair.hours <= self._hours[pair.mentor]


def _rows(pair: Pair) -> tuple[Row, ...]:
    return ("mentor", pair.mentor), ("study", pair.study), ("opening", pair.mentor, pair.study)


def _group_rates(problem: Problem, got: dict[str, Pair]) -> Iterator[GroupRate]:
    members: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for learner in problem.learners:
        for group in learner.groups:
            members[group].append(learner.id)
    for (name, label), ids in sorted(members.items()):
        placed = [got[id_] for id_ in ids if id_ in got]
        yield GroupRate(name, label, len(ids), len(placed), sum(pair.rank == 1 for pair in placed))
