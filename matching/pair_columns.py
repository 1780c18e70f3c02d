"""Pairs as columns of numbers: for problems with millions of pairs, which need not exist one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import starmap
from typing import Any, SupportsIndex, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.problem import Pair

NO_RANK = 0
AT_ONCE = 20_000
FIELDS = ("learner", "mentor", "study", "score", "rank", "hours")

Key = tuple[str, str, str]


class PairColumns(Sequence[Pair]):
    """A sequence of `Pair` that holds 24 bytes for each; reading it makes each pair when it comes to it.

    learners, mentors, studies   ids, each once
    learner, mentor, study       (m,) positions among these ids
    score, rank, hours           (m,) as a `Pair` has them; the rank is 0 where there is none

    Equal to any sequence of the same pairs in the same order. Raises ValueError where the columns differ in length,
    where a position is none, and where a number is not whole or does not fit into 32 bits.
    """

    __slots__ = ("hours", "ids", "learner", "mentor", "rank", "score", "study")

    def __init__(
        self,
        learners: Iterable[str],
        mentors: Iterable[str],
        studies: Iterable[str],
        *,
        learner: ArrayLike,
        mentor: ArrayLike,
        study: ArrayLike,
        score: ArrayLike,
        rank: ArrayLike,
        hours: ArrayLike,
    ) -> None:
        self.ids = (tuple(learners), tuple(mentors), tuple(studies))
        given = (learner, mentor, study, score, rank, hours)
        self.learner, self.mentor, self.study, self.score, self.rank, self.hours = map(_column, FIELDS, given)
        if len({len(column) for column in self._columns}) != 1:
            raise ValueError("All columns of pairs must be of one length.")
        for name, ids, column in zip(FIELDS, self.ids, self._columns, strict=False):
            if column.size and not 0 <= column.min() <= column.max() < len(ids):
                raise ValueError(f"Each {name} of a pair must be a position among the {len(ids)} ids.")

    @classmethod
    def of(cls, pairs: Sequence[Pair]) -> PairColumns:
        """The columns of any pairs. O(m)."""
        if isinstance(pairs, PairColumns):
            return pairs
        ids = [dict.fromkeys(getattr(pair, name) for pair in pairs) for name in FIELDS[:3]]
        places = [{one: at for at, one in enumerate(own)} for own in ids]
        named = [[at[getattr(pair, name)] for pair in pairs] for name, at in zip(FIELDS, places, strict=False)]
        numbers = [[getattr(pair, name) or 0 for pair in pairs] for name in FIELDS[3:]]
        columns: dict[str, Any] = dict(zip(FIELDS, [*named, *numbers], strict=True))
        return cls(*ids, **columns)

    @property
    def _columns(self) -> tuple[NDArray[np.int32], ...]:
        return (self.learner, self.mentor, self.study, self.score, self.rank, self.hours)

    def __len__(self) -> int:
        return len(self.learner)

    @overload
    def __getitem__(self, at: SupportsIndex) -> Pair: ...
    @overload
    def __getitem__(self, at: slice) -> PairColumns: ...
    def __getitem__(self, at: Any) -> Pair | PairColumns:
        if isinstance(at, slice):
            return self._of(*(column[at] for column in self._columns))
        return next(self._told(*(column[[at]] for column in self._columns)))

    def __iter__(self) -> Iterator[Pair]:
        for start in range(0, len(self), AT_ONCE):
            yield from self._told(*(column[start : start + AT_ONCE] for column in self._columns))

    def _told(self, *columns: NDArray[np.int32]) -> Iterator[Pair]:
        named = [map(ids.__getitem__, column.tolist()) for ids, column in zip(self.ids, columns, strict=False)]
        score, rank, hours = (column.tolist() for column in columns[3:])
        return starmap(Pair, zip(*named, score, (one or None for one in rank), hours, strict=True))

    def _of(self, *columns: NDArray[np.int32]) -> PairColumns:
        return PairColumns(*self.ids, **dict(zip(FIELDS, columns, strict=True)))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PairColumns) and self.ids == other.ids:
            return all(map(np.array_equal, self._columns, other._columns))
        if isinstance(other, str) or not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"<{len(self):,} pairs in columns>"

    def places_of(self, keys: Collection[Key]) -> list[int]:
        """Where those of the keys (learner, mentor, study) that are here stand, ascending. O(m + k) for k keys."""
        at = [{one: number for number, one in enumerate(ids)} for ids in self.ids]
        known = [key for key in keys if all(one in own for one, own in zip(key, at, strict=True))]
        sought = np.array([[own[one] for one, own in zip(key, at, strict=True)] for key in known], dtype=np.int64)
        found = np.isin(self._as_one(*self._columns[:3]), self._as_one(*sought.reshape(-1, 3).T))
        return np.flatnonzero(found).tolist()

    def _as_one(self, learner: NDArray[Any], mentor: NDArray[Any], study: NDArray[Any]) -> NDArray[np.int64]:
        """A number for each key; below 2**63 even with two million ids of each kind."""
        _, mentors, studies = map(len, self.ids)
        return (learner.astype(np.int64) * mentors + mentor) * studies + study

    def by_learner(self, learners: Iterable[str]) -> Iterator[tuple[str, list[Pair]]]:
        """Each of the learners with her pairs, made when it comes to her. O(m + k log k) for k pairs of theirs."""
        names, at = list(learners), {one: number for number, one in enumerate(self.ids[0])}
        is_asked = np.zeros(len(at), dtype=bool)
        is_asked[[at[one] for one in names if one in at]] = True
        theirs = np.flatnonzero(is_asked[self.learner])
        order = theirs[np.argsort(self.learner[theirs], kind="stable")]
        ends = np.cumsum(np.bincount(self.learner[theirs], minlength=len(at))).tolist()
        for one in names:
            number = at.get(one)
            places = order[:0] if number is None else order[ends[number - 1] if number else 0 : ends[number]]
            yield one, list(self._told(*(column[places] for column in self._columns)))

    def without(self, places: Sequence[int]) -> PairColumns:
        """All pairs but those at some places. O(m)."""
        kept = np.ones(len(self), dtype=bool)
        kept[list(places)] = False
        return self._of(*(column[kept] for column in self._columns))

    def at(self, places: NDArray[Any]) -> PairColumns:
        """The pairs at these places, in the order of the places. O(k)."""
        return self._of(*(column[places] for column in self._columns))

    def with_more(self, pairs: Sequence[Pair]) -> PairColumns:
        """These pairs and some more at the end. O(m)."""
        more = PairColumns.of(pairs)
        ids = [tuple(dict.fromkeys((*own, *others))) for own, others in zip(self.ids, more.ids, strict=True)]
        places = [[own.index(one) for one in others] for own, others in zip(ids, more.ids, strict=True)]
        named = [np.array(at, dtype=np.int32)[column] for at, column in zip(places, more._columns, strict=False)]
        joined = map(np.concatenate, zip(self._columns, [*named, *more._columns[3:]], strict=True))
        return PairColumns(*ids, **dict(zip(FIELDS, joined, strict=True)))

    def has_rank(self, rank: int | None) -> bool:
        """Whether any pair has this rank; None asks for pairs without one. O(m)."""
        return bool((self.rank == (rank or NO_RANK)).any())


def _column(name: str, given: ArrayLike) -> NDArray[np.int32]:
    numbers = np.asarray(given)
    if not numbers.size:
        return np.zeros(0, dtype=np.int32)
    limits = np.iinfo(np.int32)
    if numbers.ndim != 1 or not np.issubdtype(numbers.dtype, np.integer):
        raise ValueError(f"The {name} of pairs must be a column of whole numbers.")
    if numbers.min() < limits.min or numbers.max() > limits.max:
        raise ValueError(f"A {name} of pairs does not fit into 32 bits.")
    return numbers.astype(np.int32, copy=False)
