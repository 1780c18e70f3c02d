"""What would help many learners of one round: the same answers as `nearest_change`, from one table of obstacles."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.rules.advice.changes import OF_DATES, Change, Hindrance, Wish, Wishes, widened, with_other_dates
from app.rules.advice.nearest_change import (
    CHANGEABLE,
    Nearest,
    best_day,
    change_for,
    nearest_first,
    obstacle_before,
)
from app.rules.eligibility import Given, Obstacle, first_day_within
from app.rules.eligibility_of_many import BIT, Bits, ObstacleTable

NOT_LISTED = np.uint32(1 << len(BIT))  # the one hindrance that is no obstacle
DATES = np.bitwise_or.reduce([BIT[obstacle] for obstacle in OF_DATES])
REQUESTS_AT_ONCE = 250  # 250 requests x 5,000 openings x 2 bytes = 2.5 MB
HINDRANCES: dict[Hindrance, int] = {**{one: int(bit) for one, bit in BIT.items()}, Wish.NOT_LISTED: int(NOT_LISTED)}
BY_BIT = {bit: hindrance for hindrance, bit in HINDRANCES.items()}
CHANGEABLE_BITS = sum(bit for hindrance, bit in HINDRANCES.items() if hindrance in CHANGEABLE)

Columns = NDArray[np.intp]


class Column(NamedTuple):
    """An opening of a table, with what the rules read of it."""

    opening: Opening
    given: Given


@dataclass(frozen=True)
class Hindered:
    """What keeps each opening of a table from one learner, her own wish included: a bit for each hindrance."""

    table: ObstacleTable
    wishes: Wishes
    bits: Bits

    def first_of(self, columns: Sequence[int]) -> Counter[Hindrance]:
        """How many of some openings each hindrance keeps from her, the first of each opening counted.

        None of them may be one that she could be given.
        """
        bits = self.bits[list(columns)].astype(np.int32)
        counted = Counter((bits & -bits).tolist())
        return Counter({BY_BIT[bit]: number for bit, number in counted.items()})

    def nearest(self, homes: Sequence[str], earliest: date) -> Nearest | None:
        """As `nearest_of`: the fewest changes that open the most openings, whoever has to make them."""
        groups = dict(zip(*(found.tolist() for found in np.unique(self.bits, return_counts=True)), strict=True))
        groups.pop(0, None)
        movable = [bits for bits in groups if not bits & ~CHANGEABLE_BITS]
        if not movable:
            fixed = max(groups, key=lambda bits: (-bits.bit_count(), groups[bits], str(told(bits))), default=None)
            return Nearest(told(fixed), self._openings(np.flatnonzero(self.bits == fixed))) if fixed else None
        fewest = min(map(int.bit_count, movable))
        found = [self._changed(bits, homes, earliest) for bits in movable if bits.bit_count() == fewest]
        return max(found, key=lambda one: (len(one.openings), str(one.hindrances)))

    def _changed(self, bits: int, homes: Sequence[str], earliest: date) -> Nearest:
        """What would remove all of these hindrances from some openings."""
        group = [
            Column(self.table.openings[one], self.table.given[one])
            for one in np.flatnonzero(self.bits == bits).tolist()
        ]
        change = change_for(told(bits), self.wishes, group, homes, earliest)
        return Nearest(told(bits), self._openings(self._opened_by(change)), change)

    def _opened_by(self, change: Change) -> Columns:
        """As `opened_by`: what she could not be given and could with exactly this change."""
        left = self.bits & ~np.uint32(removed_by(change))
        if change.network is not None:
            left[self.table.network_ids == change.network.id] &= ~BIT[Obstacle.NETWORK]
        columns = np.flatnonzero((self.bits != 0) & (left == 0))
        gone = change.of_openings & OF_DATES
        if change.day is None and not gone:
            return columns
        asked, changed = self.wishes.asked, change.in_wishes(self.wishes).asked
        given = (with_other_dates(one, gone, asked) if gone else one for one in self._given(columns))
        return columns[[first_day_within(changed.window, changed.today, one) is not None for one in given]]

    def own_change(self, homes: Iterable[str], earliest: date) -> Nearest | None:
        """The first of `own_changes`; None where nothing that is hers to change stands in the way."""
        found = [*self._another_day(earliest), *self._another_network(homes), *self._any_other()]
        return max(found, key=lambda one: len(one.openings), default=None)

    def _another_day(self, earliest: date) -> Iterator[Nearest]:
        columns = np.flatnonzero((self.bits != 0) & (self.bits & ~DATES == 0))
        asked = self.wishes.asked
        day = best_day(asked, self._given(columns), earliest)
        if day is None or asked.window is None:
            return
        window = widened(asked.window, day)
        opened = [first_day_within(window, asked.today, given) is not None for given in self._given(columns)]
        yield Nearest((obstacle_before(day, asked),), self._openings(columns[opened]), Change(day=day))

    def _another_network(self, homes: Iterable[str]) -> Iterator[Nearest]:
        columns = np.flatnonzero(self.bits == BIT[Obstacle.NETWORK])
        numbers = Counter(self.table.network_ids[columns].tolist())
        networks = [self.table.networks[network_id] for network_id in numbers]
        for network in nearest_first(networks, numbers, homes)[:1]:
            within = columns[self.table.network_ids[columns] == network.id]
            yield Nearest((Obstacle.NETWORK,), self._openings(within), Change(network=network))

    def _any_other(self) -> Iterator[Nearest]:
        columns = np.flatnonzero(self.bits == NOT_LISTED)
        if columns.size:
            yield Nearest((Wish.NOT_LISTED,), self._openings(columns), Change(takes_any_other=True))

    def _given(self, columns: Columns) -> Iterator[Given]:
        return (self.table.given[column] for column in columns.tolist())

    def _openings(self, columns: Columns) -> tuple[Opening, ...]:
        return tuple(self.table.openings[column] for column in columns.tolist())

    @cached_property
    def possible(self) -> int:
        """How many openings nothing keeps from her."""
        return int((self.bits == 0).sum())


def told(bits: int) -> tuple[Hindrance, ...]:
    """The hindrances of a pair, in the order in which `hindrances` tells them."""
    return tuple(hindrance for hindrance, bit in HINDRANCES.items() if bits & bit)


def removed_by(change: Change) -> int:
    """The hindrances that a change may remove: all of them wherever they stand, but those of dates and networks."""
    gone: set[Hindrance] = set(change.of_openings)
    if change.day is not None or change.of_openings & OF_DATES:
        gone |= OF_DATES
    if Obstacle.NOT_PUBLISHED in gone:
        gone.add(Obstacle.WITHDRAWN)  # an opening that is published is not withdrawn
    if change.takes_any_other:
        gone.add(Wish.NOT_LISTED)
    return sum(HINDRANCES[one] for one in gone)


def hindered_in(
    table: ObstacleTable, requests: Sequence[PlacementRequest], wishes_of: Callable[[PlacementRequest], Wishes]
) -> Iterator[Hindered]:
    """What keeps all openings of a table from each of the requests, in their order."""
    for start in range(0, len(requests), REQUESTS_AT_ONCE):
        block = requests[start : start + REQUESTS_AT_ONCE]
        for request, bits in zip(block, table.rows(block), strict=True):
            wishes = wishes_of(request)
            if not wishes.takes_any_other:
                listed = [table.columns[one] for one in wishes.listed_ids if one in table.columns]
                is_listed = np.zeros(len(bits), dtype=bool)
                is_listed[listed] = True
                bits[~is_listed] |= NOT_LISTED
            yield Hindered(table, wishes, bits)


def first_hindrances_in(
    table: ObstacleTable,
    requests: Sequence[PlacementRequest],
    wishes_of: Callable[[PlacementRequest], Wishes],
    openings: Sequence[Opening],
) -> Iterator[Counter[Hindrance]]:
    """How many learners who can go to its network each hindrance keeps from an opening, the first of each counted.

    For some openings of a table, none of which anybody within reach could be given; what comes first in the order of
    the requests stands first.
    """
    columns = [table.columns[opening.id] for opening in openings]
    first = np.zeros((len(openings), len(requests)), dtype=np.uint32)
    for at, hindered in enumerate(hindered_in(table, requests, wishes_of)):
        if hindered.wishes.asked.network_ids:
            bits = hindered.bits[columns].astype(np.int32)
            first[:, at] = np.where(bits & int(BIT[Obstacle.NETWORK]), 0, bits & -bits)
    for row in first:
        found, places, numbers = np.unique(row[row != 0], return_index=True, return_counts=True)
        order = np.argsort(places)
        yield Counter(
            {BY_BIT[bit]: number for bit, number in zip(found[order].tolist(), numbers[order].tolist(), strict=True)}
        )
