"""Which change would open most openings to a learner: the one that is hers to make, and the nearest of anybody's."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from app.models.organisations import Network
from app.models.studies import Opening
from app.models.values.neighbours import borders_between
from app.rules.advice.changes import (
    OF_DATES,
    Candidate,
    Change,
    Hindrance,
    Wish,
    Wishes,
    days_to_start,
    hindrances,
    opened_by,
)
from app.rules.eligibility import Asked, Given, Obstacle
from app.rules.plain.openings import PlainOpening

# What somebody can change; anything else stands fast, and is counted last when the nearest change is looked for.
OF_OPENINGS = frozenset(
    {
        Obstacle.NOT_PUBLISHED,
        Obstacle.LEVEL,
        Obstacle.PROFESSION,
        Obstacle.PERHAPS_EXCLUDED,
        Obstacle.NO_PLACE,
    }
)
CHANGEABLE: frozenset[Hindrance] = OF_OPENINGS | OF_DATES | {Obstacle.NETWORK, Wish.NOT_LISTED}
NOT_FAR = timedelta(weeks=13)  # a day that a learner may well be able to wait for


@dataclass(frozen=True)
class Nearest:
    """The openings that need the fewest changes before a learner could be given one, and what would have to change.

    `openings` are those that exactly this change would open. Where nobody can or should make it, there is no change,
    and they are those that it would concern.
    """

    hindrances: tuple[Hindrance, ...]
    openings: tuple[Any, ...]
    change: Change | None = None

    @property
    def can_be_changed(self) -> bool:
        return self.change is not None


class Offered(Protocol):
    """An opening with what the rules read of it, however it was found."""

    @property
    def opening(self) -> Opening | PlainOpening: ...
    @property
    def given(self) -> Given: ...


Hindered = Mapping[tuple[Hindrance, ...], Sequence[Candidate]]


def hindered(wishes: Wishes, candidates: Iterable[Candidate]) -> Hindered:
    """The openings that she could not be given, by all that stands between."""
    groups: dict[tuple[Hindrance, ...], list[Candidate]] = {}
    for candidate in candidates:
        found = hindrances(wishes, candidate)
        if found:
            groups.setdefault(found, []).append(candidate)
    return groups


def nearest_of(wishes: Wishes, candidates: Sequence[Candidate], homes: Iterable[str], earliest: date) -> Nearest | None:
    """The fewest changes that open the most openings, whoever has to make them; None when nothing stands in the way.

    `homes` are the names of the networks from which the way to another is counted.
    """
    groups = hindered(wishes, candidates)
    movable = {found: group for found, group in groups.items() if CHANGEABLE.issuperset(found)}
    if not movable:
        fixed = max(groups, key=lambda found: (-len(found), len(groups[found]), str(found)), default=None)
        return Nearest(fixed, tuple(one.opening for one in groups[fixed])) if fixed else None
    fewest = min(map(len, movable))
    found = [
        Nearest(what, opened_by(change, wishes, candidates), change)
        for what, group in movable.items()
        if len(what) == fewest
        for change in [change_for(what, wishes, group, homes, earliest)]
    ]
    return max(found, key=lambda one: (len(one.openings), str(one.hindrances)))


def change_for(
    what: tuple[Hindrance, ...], wishes: Wishes, group: Sequence[Offered], homes: Iterable[str], earliest: date
) -> Change:
    """One change that removes all of these hindrances from some openings of a group."""
    network = best_network(group, homes) if Obstacle.NETWORK in what else None
    within = [one for one in group if network is None or one.opening.network_id == network.id]
    day = best_day(wishes.asked, (one.given for one in within), earliest) if OF_DATES.intersection(what) else None
    of_openings = {one for one in what if isinstance(one, Obstacle) and (one in OF_OPENINGS or one in OF_DATES)}
    if day is not None:
        of_openings -= OF_DATES
    elif of_openings & OF_DATES:
        of_openings.add(Obstacle.MENTOR_AWAY)  # what begins or ends too late to meet an absence may meet it then
    return Change(network, day, Wish.NOT_LISTED in what, frozenset(of_openings))


def own_changes(wishes: Wishes, candidates: Sequence[Candidate], homes: Iterable[str], earliest: date) -> list[Nearest]:
    """The single changes that are the learner's own to make, the one that opens most first.

    One more day, one more network, or openings that are not on her list: at most one of each kind.
    """
    groups = hindered(wishes, candidates)
    of_dates = [one for found, group in groups.items() if OF_DATES.issuperset(found) for one in group]
    day = best_day(wishes.asked, (one.given for one in of_dates), earliest)
    network = best_network(groups.get((Obstacle.NETWORK,), ()), homes)
    changes: list[tuple[Hindrance, Change]] = []
    if day is not None:
        changes.append((obstacle_before(day, wishes.asked), Change(day=day)))
    if network is not None:
        changes.append((Obstacle.NETWORK, Change(network=network)))
    if (Wish.NOT_LISTED,) in groups:
        changes.append((Wish.NOT_LISTED, Change(takes_any_other=True)))
    found = [Nearest((what,), opened_by(change, wishes, candidates), change) for what, change in changes]
    return sorted(found, key=lambda one: -len(one.openings))


def obstacle_before(day: date, asked: Asked) -> Obstacle:
    """What a day outside her window removes."""
    is_later = asked.window is not None and day > asked.window[1]
    return Obstacle.STARTS_AFTER if is_later else Obstacle.CLOSES_BEFORE


def best_network(group: Iterable[Offered], homes: Iterable[str]) -> Network | None:
    """The network with most of these openings among those that lie nearest."""
    return next(iter(nearest_networks(group, homes)), None)


def nearest_networks(group: Iterable[Offered], homes: Iterable[str]) -> list[Network]:
    """Of the networks of these openings those that lie nearest to her own, the one with most of them first.

    Neighbours come before all others, and others only where no neighbour has any of them.
    """
    openings = [one.opening for one in group]
    known = {opening.network_id: opening.network for opening in openings}
    return nearest_first(known.values(), Counter(opening.network_id for opening in openings), homes)


def nearest_first(networks: Iterable[Network], numbers: Mapping[int, int], homes: Iterable[str]) -> list[Network]:
    """The same of networks, where `numbers` says how many openings each has, by its id."""
    origins = frozenset(homes)
    borders = {network: borders_between(origins, network.name) for network in networks}
    nearest = [network for network in borders if borders[network] == min(borders.values())]
    return sorted(nearest, key=lambda one: (-numbers[one.id], one.name))


def best_day(asked: Asked, group: Iterable[Given], earliest: date) -> date | None:
    """The nearest day on which half of what can be had within a quarter of a year could start; else the nearest at all.

    Whatever a day opens, a day further away on the same side opens too.
    """
    if asked.window is None:
        return None
    start_from, start_until = asked.window
    days = [day for one in group for day in days_to_start(asked, one, earliest)]
    later = sorted(day - start_until for day in days if day > start_until)
    sooner = sorted(start_from - day for day in days if day < start_from)
    after, before = half_way(later), half_way(sooner)
    if after is None and before is None:
        return None
    if before is None or (after is not None and reached(later, after) >= reached(sooner, before)):
        assert after is not None
        return start_until + after
    return start_from - before


def half_way(distances: Sequence[timedelta]) -> timedelta | None:
    """Of distances in order: the one that reaches half of those that are not far, or the first where all are far."""
    near = [distance for distance in distances if distance <= NOT_FAR]
    return near[(len(near) - 1) // 2] if near else next(iter(distances), None)


def reached(distances: Iterable[timedelta], farthest: timedelta) -> int:
    return sum(distance <= farthest for distance in distances)
