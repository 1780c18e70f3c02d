"""What stands between many requests and many openings, all pairs at once, as `eligibility` says it of each.

Checks over few values (level, networks, profession, hours) are those of `eligibility`, asked once for each combination
that occurs. Checks of persons are asked of the pairs where an index finds anything alike. Only the dates, which are
nearly all different, are compared anew, as columns; tests hold that every pair is told the same obstacles.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from app.language.person_names import whole_words
from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.rules.capacity import hours_needed
from app.rules.eligibility import (
    LAST_BUT_ONE,
    Asked,
    Given,
    Obstacle,
    Obstacles,
    checks_of_opening,
    is_accepted,
    is_excluded,
    is_in_conflict,
    is_of_other_level,
    is_out_of_reach,
    is_perhaps_excluded,
)

Bits = NDArray[np.uint32]
Days = NDArray[np.int32]
Absences = tuple[tuple[date, date], ...]
Value = TypeVar("Value", bound=Hashable)
BIT = {obstacle: np.uint32(1 << at) for at, obstacle in enumerate(Obstacle)}


class ObstacleTable:
    """The obstacles between requests and some openings, a bit for each; rows are worked out for the requests asked for.

    `rules` says what is taken, and on which day. Its rows must not change meanwhile.
    """

    def __init__(self, rules: Obstacles, openings: Sequence[Opening]) -> None:
        self.rules, self.openings = rules, openings
        self.given = [rules.given_by(opening) for opening in openings]
        self.columns = {opening.id: column for column, opening in enumerate(openings)}
        self.network_ids = np.array([given.network_id for given in self.given], dtype=np.int64)
        self.networks = {opening.network_id: opening.network for opening in openings}
        self._of_opening = np.array([bits_of(checks_of_opening(given)) for given in self.given], dtype=np.uint32)
        self._levels = Crossed((given.levels for given in self.given), is_of_other_level, Obstacle.LEVEL)
        self._networks = Crossed((given.network_id for given in self.given), is_out_of_reach, Obstacle.NETWORK)
        self._professions = Crossed((given.professions for given in self.given), is_refused, Obstacle.PROFESSION)
        self._first_day = days(given.first_day for given in self.given)
        self._last_start = days(given.last_start for given in self.given)
        self._full: dict[int, Bits] = {}

    def rows(self, requests: Sequence[PlacementRequest]) -> Bits:
        """The bits of each request (rows) and each opening (columns); 0 where nothing stands in the way."""
        asked = [self.rules.asked_by(request) for request in requests]
        found = np.repeat(self._of_opening[None, :], len(asked), axis=0)
        found[[not one.takes_part for one in asked]] |= BIT[Obstacle.LEARNER_GONE]
        found |= self._levels.rows(one.level for one in asked)
        found |= self._networks.rows(one.network_ids for one in asked)
        found |= self._professions.rows(one.profession for one in asked)
        self._add_dates(found, asked)
        for row, (request, one) in enumerate(zip(requests, asked, strict=True)):
            found[row] |= self._without_place(hours_needed(request))
            for column, obstacle in self._of_persons(one):
                found[row, column] |= BIT[obstacle]
        return found

    def _without_place(self, hours: int) -> Bits:
        """The openings without a place for a learner who needs so many hours a month."""
        held = self.rules.held
        if hours not in self._full:
            full = [held is not None and held.places_at(opening, hours) == 0 for opening in self.openings]
            self._full[hours] = np.array(full, dtype=np.uint32) * BIT[Obstacle.NO_PLACE]
        return self._full[hours]

    def _add_dates(self, found: Bits, asked: Sequence[Asked]) -> None:
        """As `date_checks`, with days as numbers; who has not said when can start on any day."""
        today = self.rules.today.toordinal()
        start_from = days(one.window[0] if one.window else one.today for one in asked)[:, None]
        start_until = days(one.window[1] if one.window else date.max for one in asked)[:, None]
        first = np.maximum(np.maximum(start_from, self._first_day), today)
        last = np.minimum(start_until, self._last_start)
        starts_after = self._first_day > start_until
        found[starts_after] |= BIT[Obstacle.STARTS_AFTER]
        found[~starts_after & (last < first)] |= BIT[Obstacle.CLOSES_BEFORE]
        for absences, columns in self._away.items():
            begins = first_days_without(absences, first[:, columns])
            is_away = (first[:, columns] <= last[:, columns]) & (begins > last[:, columns])
            found[:, columns] |= is_away * BIT[Obstacle.MENTOR_AWAY]

    def _of_persons(self, asked: Asked) -> Iterator[tuple[int, Obstacle]]:
        """The openings that she must not, or perhaps must not, or need not have once more, because of who is there."""
        for mentor_id in (asked.learner_id, *asked.excluded_ids):
            yield from self._confirmed(asked, self._by_mentor.get(mentor_id, ()), is_excluded, Obstacle.EXCLUDED)
        for email in asked.excluded_emails:
            yield from self._confirmed(asked, self._by_email.get(email, ()), is_excluded, Obstacle.EXCLUDED)
        alike = {column for named in asked.perhaps_excluded for column in self._with_a_word_of(named.name)}
        yield from self._confirmed(asked, alike, is_perhaps_excluded, Obstacle.PERHAPS_EXCLUDED)
        for mentor_id in asked.conflict_ids:
            yield from self._confirmed(asked, self._by_mentor.get(mentor_id, ()), is_in_conflict, Obstacle.CONFLICT)
        for opening_id in asked.holds:
            if opening_id in self.columns:
                yield self.columns[opening_id], Obstacle.ALREADY_THERE

    def _confirmed(
        self, asked: Asked, columns: Iterable[int], stands: Callable[[Asked, Given], bool], obstacle: Obstacle
    ) -> Iterator[tuple[int, Obstacle]]:
        return ((column, obstacle) for column in columns if stands(asked, self.given[column]))

    def _with_a_word_of(self, name: str) -> Iterator[int]:
        return (column for word in whole_words(name) for column in self._by_word.get(word, ()))

    @cached_property
    def _by_mentor(self) -> dict[int, list[int]]:
        return grouped((given.mentor_id, column) for column, given in enumerate(self.given))

    @cached_property
    def _by_email(self) -> dict[str, list[int]]:
        return grouped((given.mentor_email, column) for column, given in enumerate(self.given))

    @cached_property
    def _by_word(self) -> dict[str, list[int]]:
        return grouped(
            (word, column) for column, given in enumerate(self.given) for word in whole_words(given.mentor_name)
        )

    @cached_property
    def _away(self) -> dict[Absences, list[int]]:
        """The openings of mentors who are away at some time, those with the same absences together."""
        return grouped((given.absences, column) for column, given in enumerate(self.given) if given.absences)


class Crossed:
    """An obstacle that stands between values of the requests and of the openings, asked once for each two of them."""

    def __init__(self, given: Iterable[Any], stands: Callable[[Any, Any], bool], obstacle: Obstacle) -> None:
        number: dict[Any, int] = {}
        self._codes = np.array([number.setdefault(value, len(number)) for value in given], dtype=np.intp)
        self._values, self._stands, self._bit = list(number), stands, BIT[obstacle]
        self._rows: dict[Any, Bits] = {}

    def rows(self, asked: Iterable[Any]) -> Bits:
        """The bit of the obstacle between each asked (rows) and each given value (columns), where it stands."""
        number: dict[Any, int] = {}
        codes = [number.setdefault(value, len(number)) for value in asked]
        table = np.array([self._row(value) for value in number], dtype=np.uint32)
        bits: Bits = table.reshape(len(number), len(self._values))[:, self._codes][codes]
        return bits

    def _row(self, asked: Any) -> Bits:
        if asked not in self._rows:
            stands = [self._stands(asked, given) for given in self._values]
            self._rows[asked] = np.array(stands, dtype=np.uint32) * self._bit
        return self._rows[asked]


def is_refused(profession: Any, accepted: Any) -> bool:
    return not is_accepted(profession, accepted)


def bits_of(checks: Iterable[tuple[Obstacle, bool]]) -> int:
    return sum(int(BIT[obstacle]) for obstacle, stands in checks if stands)


def obstacles_in(bits: int) -> tuple[Obstacle, ...]:
    """The obstacles of a pair, in the order in which `between` tells them."""
    return tuple(obstacle for obstacle, bit in BIT.items() if bits & bit)


def days(of: Iterable[date]) -> Days:
    """Dates as numbers of days."""
    return np.array([day.toordinal() for day in of], dtype=np.int32)


def first_days_without(absences: Absences, days_: Days) -> Days:
    """As `first_day_without` for many days, each as a number."""
    for begins, ends in sorted(absences):
        after = min(ends, LAST_BUT_ONE).toordinal() + 1
        days_ = np.where((begins.toordinal() <= days_) & (days_ <= ends.toordinal()), np.int32(after), days_)
    return days_


def grouped(pairs: Iterable[tuple[Value, int]]) -> dict[Value, list[int]]:
    groups: dict[Value, list[int]] = {}
    for value, column in pairs:
        groups.setdefault(value, []).append(column)
    return groups
