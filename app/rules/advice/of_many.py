"""What would help many learners of one round: the same answers as `nearest_change`, from one table of obstacles."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.rules.advice.changes import OF_DATES, Change, Hindrance, Wish, Wishes, widened
from app.rules.advice.nearest_change import Nearest, best_day, nearest_first, obstacle_before
from app.rules.eligibility import Given, Obstacle, first_day_within
from app.rules.eligibility_of_many import BIT, Bits, ObstacleTable

NOT_LISTED = np.uint16(1 << len(BIT))  # the one hindrance that is no obstacle
DATES = np.bitwise_or.reduce([BIT[obstacle] for obstacle in OF_DATES])
REQUESTS_AT_ONCE = 250  # 250 requests x 5,000 openings x 2 bytes = 2.5 MB
HINDRANCES: dict[Hindrance, int] = {**{one: int(bit) for one, bit in BIT.items()}, Wish.NOT_LISTED: int(NOT_LISTED)}

Columns = NDArray[np.intp]


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
        by_bit = {bit: hindrance for hindrance, bit in HINDRANCES.items()}
        return Counter({by_bit[bit]: number for bit, number in counted.items()})

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
