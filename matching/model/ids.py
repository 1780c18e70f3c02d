"""The pairs of a problem as numbers: positions of their learner, mentor and study among the ids in ascending order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np

from matching.model.face import Ints, Small
from matching.problem import Learner, Mentor, Pair, Pin, Previous, Problem, Study

Numbers = tuple[Small, Small, Small]


@dataclass(frozen=True, slots=True)
class Names:
    """The ids of a problem, ascending, and the position of each."""

    learners: dict[str, int]
    mentors: dict[str, int]
    studies: dict[str, int]

    def numbers_of(self, pairs: Sequence[Pair | Pin | Previous]) -> Numbers:
        """(learner, mentor, study) of each pair. Raises `KeyError` on an id that is not there. O(m)."""
        return (
            positions(self.learners, map(attrgetter("learner"), pairs)),
            positions(self.mentors, map(attrgetter("mentor"), pairs)),
            positions(self.studies, map(attrgetter("study"), pairs)),
        )

    def know(self, pair: Previous) -> bool:
        """Whether its learner, mentor and study are all there."""
        return pair.learner in self.learners and pair.mentor in self.mentors and pair.study in self.studies

    def openings_of(self, mentor: Small, study: Small) -> Ints:
        """A number for each mentor and study, in their order."""
        return mentor.astype(np.int64) * len(self.studies) + study

    def keys_of(self, learner: Small, mentor: Small, study: Small) -> Ints:
        """A number for each pair, in their order; below 2**63 even with two million ids of each kind."""
        return learner.astype(np.int64) * (len(self.mentors) * len(self.studies)) + self.openings_of(mentor, study)


def names_of(problem: Problem) -> Names:
    """The names of a problem. Raises `TypeError` where an id is no text. O(n log n)."""
    return Names(_numbered(problem.learners), _numbered(problem.mentors), _numbered(problem.studies))


def _numbered(ones: Iterable[Learner | Mentor | Study]) -> dict[str, int]:
    return {id_: number for number, id_ in enumerate(sorted(one.id for one in ones))}


def positions(at: dict[str, int], ids: Iterable[str]) -> Small:
    """The number of each id (k,). Raises `KeyError` on one that is not there."""
    return np.fromiter(map(at.__getitem__, ids), dtype=np.int32)


def positions_among(part: Ints | Small, numbers: Ints | Small, most: int) -> Small:
    """The position in `part`, which ascends and holds all of them, of each of the numbers, which are below `most`.

    O(k log k) for few numbers, else O(k + most).
    """
    if numbers.size < most:
        return np.searchsorted(part, numbers).astype(np.int32)
    at = np.zeros(most, dtype=np.int32)
    at[part] = np.arange(len(part))
    return at[numbers]
