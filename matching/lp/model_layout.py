"""Which row and column of a linear model stands for what, as arrays that any solver would take."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.model.face import HOURS, Floats, Ints
from matching.model.subproblem import Subproblem

Int32s = NDArray[np.int32]


class Column(NamedTuple):
    """A column between 0 and `high`, with its entries in some rows."""

    cost: float
    high: float
    rows: Int32s
    values: Floats


class ModelLayout:
    """The rows: learners, limits before `lazy_from`, links of extra columns, held goals, and then lazy limits.

    The extra columns come before the pairs: for each limit that may be empty or full a switch, whose two links say
    that the load is at most the one and at least the other bound where it is on; then for each mentor whose squared
    load counts a level for each learner more, whose link says that they add up to the load. The k-th learner costs
    2k - 1, so that k of them cost k squared.

    learner_count, limit_count  the rows of learners, then of limits, that there are from the beginning
    squared, switched           limits with levels, and with a switch
    first_...                   where the rows of each kind begin
    """

    def __init__(self, subproblem: Subproblem, lazy_from: int | None) -> None:
        face = subproblem.face
        self.subproblem = subproblem
        self.learner_count = subproblem.learner_count
        self.limit_count = face.none if lazy_from is None else lazy_from
        self.squared: Ints = np.flatnonzero(face.is_mentor & subproblem.counts_squares)
        self.switched: Ints = np.flatnonzero(face.zero_ok)
        self.first_link = self.learner_count + self.limit_count
        self.first_switch_link = self.first_link + len(self.squared)
        self.first_held = self.first_switch_link + 2 * len(self.switched)
        self.first_lazy = self.first_held + len(face.held)

    @property
    def is_plain(self) -> bool:
        """Whether it has nothing but learners, limits and pairs at the beginning."""
        return self.first_link == self.first_lazy

    def row_bounds(self) -> tuple[Floats, Floats]:
        """The least and the most that each row may come to, lazy ones aside. O(n + r)."""
        face, switches = self.subproblem.face, len(self.switched)
        low, high = face.low[: self.limit_count].astype(float), face.high[: self.limit_count].astype(float)
        low[self.switched], high[self.switched] = -math.inf, math.inf
        level_links, held = np.zeros(len(self.squared)), np.array([held.value for held in face.held], dtype=float)
        lower = [face.must.astype(float), low, level_links, np.tile([-math.inf, 0.0], switches), held]
        upper = [np.ones(len(face.must)), high, level_links, np.tile([0.0, math.inf], switches)]
        return np.concatenate(lower), np.concatenate([*upper, np.full(len(held), math.inf)])

    def switches(self) -> Iterator[Column]:
        """A column for each of `switched`."""
        face = self.subproblem.face
        for position, row in enumerate(self.switched.tolist()):
            link = self.first_switch_link + 2 * position
            limits = np.array([-face.high[row], -face.low[row]], dtype=float)
            high = 0.0 if face.low[row] > face.high[row] else 1.0
            yield Column(0.0, high, np.array([link, link + 1], dtype=np.int32), limits)

    def levels(self) -> Iterator[Column]:
        """Columns for each of `squared`, as many as learners can be there."""
        face = self.subproblem.face
        reach = np.bincount(face.rows[:, 0], minlength=face.none + 1)
        held = [self.first_held + at for at, held in enumerate(face.held) if held.squares]
        for position, row in enumerate(self.squared.tolist()):
            index = np.array([self.first_link + position, *held], dtype=np.int32)
            for level in range(min(int(face.high[row]), int(reach[row]))):
                cost = 2.0 * level + 1
                value = np.array([-1.0, *[-cost] * len(held)])
                yield Column(cost * self.subproblem.goal.squares, 1.0, index, value)

    def entries(self, pairs: Ints) -> tuple[Int32s, Int32s, Floats]:
        """Column starts, row indices and values of these pairs, lazy limits aside. O(pairs)."""
        face = self.subproblem.face
        rows = face.rows[pairs]
        ones = np.ones(rows.shape)
        ones[:, HOURS] = face.hours[pairs]
        index = [face.learner[pairs][:, None], np.where(rows >= self.limit_count, -1, self.learner_count + rows)]
        value = [np.ones((len(pairs), 1)), ones]
        for link in self._links():
            if (link >= 0).any():
                index.append(link[rows])
                value.append(ones)
        for at, held in enumerate(face.held):
            index.append(np.full((len(pairs), 1), self.first_held + at))
            value.append(held.worth[pairs][:, None].astype(float))
        indices, values = np.concatenate(index, axis=1), np.concatenate(value, axis=1)
        real = (indices >= 0) & (values != 0)
        starts = np.concatenate([[0], np.cumsum(real.sum(axis=1))])[:-1]
        return starts.astype(np.int32), indices[real].astype(np.int32), values[real]

    def _links(self) -> Ints:
        """The link of levels and both links of a switch that each limit has (3, r + 1), or -1."""
        links = np.full((3, self.subproblem.face.none + 1), -1)
        links[0, self.squared] = self.first_link + np.arange(len(self.squared))
        links[1, self.switched] = self.first_switch_link + 2 * np.arange(len(self.switched))
        links[2, self.switched] = links[1, self.switched] + 1
        return links

    def switch_of(self, row: int) -> int | None:
        """The column of a limit's switch."""
        at = np.flatnonzero(self.switched == row)
        return int(at[0]) if len(at) else None

    def duals_of_limits(self, dual: Floats, lazy: list[int], limits: int) -> Floats:
        """What duals of the model's rows say about so many limits (limits + 1,), of which some are `lazy` rows."""
        duals = np.zeros(limits + 1)
        duals[: self.limit_count] = -dual[self.learner_count : self.first_link]
        duals[lazy] = -dual[self.first_lazy :]
        duals[self.squared] -= dual[self.first_link : self.first_switch_link]
        duals[self.switched] -= dual[self.first_switch_link : self.first_held : 2]
        duals[self.switched] -= dual[self.first_switch_link + 1 : self.first_held : 2]
        return duals

    def weights_of_held(self, dual: Floats) -> Floats:
        """What duals of the model's rows say about the held goals."""
        return dual[self.first_held : self.first_lazy]
