"""The pairs of a problem as columns of numbers, read once for all that work on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from types import NoneType
from typing import Any

import numpy as np

from matching.model.face import Ints, Small
from matching.model.ids import Names, Numbers, names_of, positions
from matching.pair_columns import NO_RANK, PairColumns
from matching.problem import BEST_SCORE, Pair, Problem

LARGEST_NUMBER = 1_000_000
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Columns:
    """The pairs in the problem's order.

    names    the ids and their positions
    numbers  learner, mentor and study of each pair, (m,) each
    keys     (m,) a number for each pair, in the order of the ids; order (m,) sorts by it
    score, rank, hours   (m,) as given; the rank is 0 where there is none

    Of 32 bits where nothing larger can come: there are millions of pairs, and many columns.
    """

    names: Names
    numbers: Numbers
    keys: Ints
    order: Ints
    score: Small
    rank: Small
    hours: Small

    @property
    def last_rank(self) -> int:
        """The rank that unranked pairs count as: one worse than the worst given anywhere, or 1."""
        return 1 + int(self.rank.max(initial=0))

    @property
    def ranks(self) -> tuple[int, ...]:
        """Every rank that a pair counts as, ascending."""
        ranks: list[int] = np.unique(np.where(self.rank == NO_RANK, self.last_rank, self.rank)).tolist()
        return tuple(ranks)

    def places_of(self, keys: Iterable[tuple[str, str, str]]) -> Ints:
        """Where the pairs with these (learner, mentor, study) stand; all must be there. Raises `KeyError` on
        an unknown id. O(m + k log m)."""
        learners, mentors, studies = zip(*keys, strict=True) if (keys := list(keys)) else ((), (), ())
        names = self.names
        sought = names.keys_of(
            positions(names.learners, learners), positions(names.mentors, mentors), positions(names.studies, studies)
        )
        return self.order[np.searchsorted(self.keys[self.order], sought)]


def columns_of(problem: Problem) -> Columns | None:
    """Return the columns, or None when a pair has any fault: that one has is known sooner than which. O(m log m)."""
    score = _whole_numbers(problem.pairs, "score", 0, BEST_SCORE)
    rank = _whole_numbers(problem.pairs, "rank", 1, LARGEST_NUMBER)
    hours = _whole_numbers(problem.pairs, "hours", 0, LARGEST_NUMBER)
    if score is None or rank is None or hours is None:
        return None
    try:
        names = names_of(problem)
        numbers = _numbers_of(problem.pairs, names)
    except (KeyError, TypeError):  # an id that is unknown, or no text
        return None
    keys = names.keys_of(*numbers)
    order = np.argsort(keys, kind="stable")
    if (np.diff(keys[order]) == 0).any():  # a pair twice
        return None
    return Columns(names, numbers, keys, order, score, rank, hours)


def _numbers_of(pairs: Sequence[Pair], names: Names) -> Numbers:
    """(learner, mentor, study) of each pair among the names. Raises `KeyError` on an id that is not there."""
    if not isinstance(pairs, PairColumns):
        return names.numbers_of(pairs)
    learners, mentors, studies = pairs.ids
    return (
        _renumbered(pairs.learner, learners, names.learners),
        _renumbered(pairs.mentor, mentors, names.mentors),
        _renumbered(pairs.study, studies, names.studies),
    )


def _renumbered(column: Small, ids: Sequence[str], at: dict[str, int]) -> Small:
    """The positions of the ids in use among the names; ids that no pair uses may be unknown."""
    numbers = np.array([at.get(one, UNKNOWN) for one in ids], dtype=np.int32)[column]
    if (numbers == UNKNOWN).any():
        raise KeyError("an id that is not there")
    return numbers


def _whole_numbers(pairs: Sequence[Pair], name: str, least: int, most: int) -> Small | None:
    """The numbers, 0 for a rank that is not given; None when one is no whole number or out of range."""
    if isinstance(pairs, PairColumns):
        column: Small = getattr(pairs, name)
        lowest = NO_RANK if name == "rank" else least
        return column if lowest <= column.min(initial=lowest) and column.max(initial=lowest) <= most else None
    given: list[Any] = list(map(attrgetter(name), pairs))
    kinds = set(map(type, given))
    if name == "rank" and NoneType in kinds:
        if 0 in given:
            return None
        kinds, least = kinds - {NoneType}, NO_RANK
        given = [NO_RANK if one is None else one for one in given]
    if kinds - {int}:
        return None
    try:
        numbers = np.array(given, dtype=np.int64)
    except OverflowError:
        return None
    fit = least <= numbers.min(initial=least) and numbers.max(initial=least) <= most
    return numbers.astype(np.int32) if fit else None
