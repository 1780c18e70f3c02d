"""Who would get what if the learners chose one after another in a random order: a baseline beside any policy."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import chain, takewhile

import numpy as np

from matching.pair_columns import NO_RANK, PairColumns
from matching.problem import Mentor, Pair, Problem, Study
from matching.solution import Placed

UNRANKED = 2**31 - 1
Row = tuple[str, ...]


def random_order(problem: Problem, persons: Mapping[str, int] | None = None) -> tuple[Placed, ...] | None:
    """Return what each learner gets when all choose in turn, in an order drawn from the problem's seed.

    Pins are formed first. Then each learner takes, of her pairs that still fit within every capacity and budget of
    hours, one of the best rank; where none that she ranked is left, one of the highest score; equal ones by lot. The
    stages play no part. `persons` says whose request each learner is, where one person has several: nobody takes the
    same mentor and study twice.

    None where this breaks a limit: pins that do not fit together, or a minimum that the choices leave unmet, because
    who chooses in turn looks at nobody else. Depends on the seed and never on the order of the input. O(m log m) for m
    pairs.
    """
    columns = PairColumns.of(problem.pairs)
    room = _Room(problem, persons or {})
    pins = columns.at(np.array(columns.places_of([pin.key for pin in problem.pins]), dtype=np.int64))
    got = list(pins)
    if not all(room.take(pair) for pair in got):
        return None
    for pairs in _in_turn(problem.seed, columns, {pair.learner for pair in pins}):
        liked = _liked(problem.seed, room, pairs)
        if liked is not None and room.take(liked):
            got.append(liked)
    if not room.keeps_minimums(problem):
        return None
    return tuple(
        Placed(pair.learner, pair.mentor, pair.study, pair.score, pair.rank)
        for pair in sorted(got, key=lambda pair: pair.key)
    )


def _in_turn(seed: str, columns: PairColumns, pinned: Set[str]) -> Iterator[PairColumns]:
    """The pairs of one learner after another in the order that is drawn, those that she likes best first."""
    ranks = np.where(columns.rank == NO_RANK, UNRANKED, columns.rank)
    ordered = columns.at(np.lexsort((-columns.score, ranks, columns.learner)))
    names = columns.ids[0]
    ends = np.cumsum(np.bincount(columns.learner, minlength=len(names))).tolist()
    places = {name: slice(start, end) for name, start, end in zip(names, [0, *ends], ends, strict=False)}
    for name in sorted(places.keys() - pinned, key=lambda name: _drawn(seed, name)):
        yield ordered[places[name]]


def _liked(seed: str, room: _Room, pairs: Iterable[Pair]) -> Pair | None:
    """The best of a learner's pairs for which there is room; the pairs come best first."""
    fitting = (pair for pair in pairs if room.has_room_for(pair))
    best = next(fitting, None)
    if best is None:
        return None
    equal = takewhile(lambda pair: (pair.rank, pair.score) == (best.rank, best.score), fitting)
    return min((best, *equal), key=lambda pair: _drawn(seed, *pair.key))


def _drawn(seed: str, *names: str) -> str:
    """A lot for a learner or a pair."""
    text = json.dumps([seed, "in turn", *names], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class _Room:
    """What is left of every limit while learners choose."""

    def __init__(self, problem: Problem, persons: Mapping[str, int]) -> None:
        self._left: dict[Row, int] = {("mentor", one.id): one.capacity for one in problem.mentors}
        self._left |= {("study", one.id): one.capacity for one in problem.studies}
        self._left |= {("opening", one.mentor, one.study): one.capacity for one in problem.openings}
        self._left |= {("hours", one.id): one.hours for one in problem.mentors if one.hours is not None}
        self._persons = persons
        self._taken: set[tuple[int, str, str]] = set()

    def has_room_for(self, pair: Pair) -> bool:
        fits = all(self._left.get(row, load) >= load for row, load in _loads(pair))
        return fits and self._of_person(pair) not in self._taken

    def take(self, pair: Pair) -> bool:
        """Form a pair; False, and nothing is taken, where there is no room for it."""
        if not self.has_room_for(pair):
            return False
        for row, load in _loads(pair):
            if row in self._left:
                self._left[row] -= load
        if pair.learner in self._persons:
            self._taken.add((self._persons[pair.learner], pair.mentor, pair.study))
        return True

    def keeps_minimums(self, problem: Problem) -> bool:
        loads = [(one, one.capacity - self._left["mentor", one.id]) for one in problem.mentors]
        of_studies = [(one, one.capacity - self._left["study", one.id]) for one in problem.studies]
        return all(
            load >= host.minimum and (load == 0 or load >= host.minimum_if_used)
            for host, load in chain[tuple[Mentor | Study, int]](loads, of_studies)
        )

    def _of_person(self, pair: Pair) -> tuple[int, str, str] | None:
        person = self._persons.get(pair.learner)
        return None if person is None else (person, pair.mentor, pair.study)


def _loads(pair: Pair) -> tuple[tuple[Row, int], ...]:
    """What a pair takes of each limit that it may be under."""
    opening = ("opening", pair.mentor, pair.study)
    return (("mentor", pair.mentor), 1), (("study", pair.study), 1), (opening, 1), (("hours", pair.mentor), pair.hours)
