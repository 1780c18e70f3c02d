"""The keys (learner, mentor, study) of many pairs, kept as numbers and told as names one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.model.face import Ints, Small
from matching.model.ids import positions_among

Key = tuple[str, str, str]


class PairKeys:
    """A sequence of keys that holds each name once; equal when the keys are."""

    __slots__ = ("_names", "_numbers")

    def __init__(
        self, ids: tuple[list[str], list[str], list[str]], learner: Small, mentor: Small, study: Small
    ) -> None:
        """The pairs with these positions among the ids of learners, mentors and studies; only ids in use are kept."""
        kept = [_used(*one) for one in zip(ids, (learner, mentor, study), strict=True)]
        self._names = [names for names, _ in kept]
        self._numbers = [numbers for _, numbers in kept]

    def __len__(self) -> int:
        return len(self._numbers[0])

    def __getitem__(self, at: int) -> Key:
        learner, mentor, study = (
            ids[int(numbers[at])] for ids, numbers in zip(self._names, self._numbers, strict=True)
        )
        return learner, mentor, study

    def at(self, places: Ints) -> list[Key]:
        """The keys at these positions (k,). O(k)."""
        return list(self._told(numbers[places] for numbers in self._numbers))

    def mentors_at(self, places: Ints) -> Ints:
        """A number for the mentor of each key at these positions."""
        return self._numbers[1][places].astype(np.int64)

    def __iter__(self) -> Iterator[Key]:
        return self._told(self._numbers)

    def _told(self, numbers: Iterable[NDArray[np.int32]]) -> Iterator[Key]:
        names = (map(ids.__getitem__, some.tolist()) for ids, some in zip(self._names, numbers, strict=True))
        return zip(*names, strict=True)

    def positions_of(self, keys: Iterable[Key]) -> Ints:
        """Where those of the keys that are here stand, ascending; all keys here must ascend. O(k log m)."""
        learners, mentors, studies = ({name: number for number, name in enumerate(ids)} for ids in self._names)
        sought = [
            (learners[learner], mentors[mentor], studies[study])
            for learner, mentor, study in keys
            if learner in learners and mentor in mentors and study in studies
        ]
        own = self._as_one(self._numbers)
        wanted = np.sort(self._as_one(np.array(sought, dtype=np.int64).reshape(-1, 3).T))
        places = np.searchsorted(own, wanted)
        return places[np.append(own, -1)[places] == wanted]

    def _as_one(self, numbers: Iterable[NDArray[Any]]) -> Ints:
        """A number for each key, in their order."""
        learner, mentor, study = (some.astype(np.int64) for some in numbers)
        return (learner * len(self._names[1]) + mentor) * len(self._names[2]) + study

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PairKeys):
            return NotImplemented
        return self._names == other._names and all(map(np.array_equal, self._numbers, other._numbers))

    __hash__ = None  # type: ignore[assignment]  # as of other sequences that compare by what they hold


def _used(ids: list[str], numbers: Small) -> tuple[list[str], NDArray[np.int32]]:
    """The ids in use, and the positions among them."""
    many = len(numbers) > len(ids)
    used = np.flatnonzero(np.bincount(numbers, minlength=len(ids))) if many else np.unique(numbers)
    return [ids[at] for at in used.tolist()], positions_among(used, numbers, len(ids))
