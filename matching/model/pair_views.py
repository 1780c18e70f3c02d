"""Some pairs of a component or of a whole problem, as the objective stages look at them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matching.model.component import Component
from matching.model.face import Ints
from matching.model.pair_table import Columns
from matching.pair_columns import NO_RANK
from matching.problem import Problem

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class ComponentPairs:
    """The pairs of a component at the positions `at` (m,); each column is made when it is asked for, in O(m)."""

    component: Component
    at: Ints

    def __len__(self) -> int:
        return len(self.at)

    @property
    def score(self) -> Ints:
        return self.component.score[self.at]

    @property
    def rank(self) -> Ints:
        return self.component.rank[self.at].astype(np.int64)

    @property
    def stays(self) -> Ints:
        return self.component.stays[self.at].astype(np.int64)

    @property
    def mentor(self) -> Ints:
        return self.component.pair_keys.mentors_at(self.at)

    @property
    def keys(self) -> list[Key]:
        return self.component.pair_keys.at(self.at)


class ProblemPairs:
    """The pairs of a problem with these keys, all of which must be there.

    Raises `KeyError` on an unknown id. O(m + k log m) for k keys.
    """

    def __init__(self, problem: Problem, columns: Columns, keys: Iterable[Key]) -> None:
        self.problem, self.columns, self.keys = problem, columns, list(keys)
        self.at = columns.places_of(self.keys)
        self.score = columns.score[self.at].astype(np.int64)
        self.mentor = columns.numbers[1][self.at].astype(np.int64)

    def __len__(self) -> int:
        return len(self.at)

    @property
    def rank(self) -> Ints:
        rank = self.columns.rank[self.at].astype(np.int64)
        return np.where(rank == NO_RANK, self.columns.last_rank, rank)

    @property
    def stays(self) -> Ints:
        names = self.columns.names
        before = [one for one in self.problem.previous if names.know(one)]
        kept = np.isin(self.columns.keys[self.at], names.keys_of(*names.numbers_of(before)))
        return kept.astype(np.int64)
