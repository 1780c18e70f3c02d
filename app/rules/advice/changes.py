"""What a learner asks and an opening gives with one thing changed, asked again through the rule that says what fits."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from app.models.organisations import Network
from app.models.requests import PlacementRequest
from app.models.studies import Opening, OpeningState
from app.rules.capacity import Held
from app.rules.eligibility import LAST_BUT_ONE, Asked, Given, Obstacle, Obstacles, between, first_day_within
from app.rules.plain.openings import PlainOpening

AHEAD = timedelta(days=365)  # nobody is advised to wait for longer


class Wish(enum.Enum):
    """What the learner herself put between her and an opening."""

    NOT_LISTED = "not listed"


Hindrance = Obstacle | Wish
OF_DATES = frozenset({Obstacle.CLOSES_BEFORE, Obstacle.STARTS_AFTER, Obstacle.MENTOR_AWAY})


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a learner asks, and which openings she takes: those on her list, or any that fits (rule R3)."""

    asked: Asked
    listed_ids: frozenset[int] = frozenset()
    takes_any_other: bool = True

    @classmethod
    def by(cls, request: PlacementRequest, asked: Asked) -> "Wishes":
        listed = frozenset(row.opening_id for row in request.ranked)
        return cls(asked, listed, bool(request.takes_any_other))


@dataclass(frozen=True, slots=True)
class Candidate:
    """An opening with what the rules read of it, and how many places it has left for a learner."""

    opening: Opening | PlainOpening
    given: Given
    places: int


def candidates_for(rules: Obstacles, request: PlacementRequest, openings: Iterable[Opening]) -> list[Candidate]:
    """The same openings as a request sees them; `rules` must know what is taken."""
    assert rules.held is not None
    return [Candidate(one, rules.given_by(one), rules.held.places_for(request, one)) for one in openings]


def plain_candidates(held: Held, request: PlacementRequest, openings: Iterable[PlainOpening]) -> list[Candidate]:
    """The same of openings that were read without objects."""
    return [Candidate(one, one.given, one.places_for(request, held)) for one in openings]


def hindrances(wishes: Wishes, candidate: Candidate) -> tuple[Hindrance, ...]:
    """Everything that keeps an opening from a learner, her own wish included; empty when she could be given it."""
    is_wanted = wishes.takes_any_other or candidate.opening.id in wishes.listed_ids
    unwanted: tuple[Hindrance, ...] = () if is_wanted else (Wish.NOT_LISTED,)
    return (*between(wishes.asked, candidate.given, candidate.places), *unwanted)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would be different, or the few that must be so together.

    The learner could also go to `network`, could also start on `day`, or took openings that are not on her list;
    `of_openings` are the obstacles that the openings themselves would no longer put in her way.
    """

    network: Network | None = None
    day: date | None = None
    takes_any_other: bool = False
    of_openings: frozenset[Obstacle] = frozenset()

    def in_wishes(self, wishes: Wishes) -> Wishes:
        asked = wishes.asked
        if self.network is not None and asked.network_ids:
            asked = replace(asked, network_ids=asked.network_ids | {self.network.id})
        if self.day is not None and asked.window is not None:
            asked = replace(asked, window=widened(asked.window, self.day))
        if Obstacle.PERHAPS_EXCLUDED in self.of_openings:
            asked = replace(asked, perhaps_excluded=())
        return replace(wishes, asked=asked, takes_any_other=wishes.takes_any_other or self.takes_any_other)

    def in_candidate(self, candidate: Candidate, asked: Asked) -> Candidate:
        given, gone = candidate.given, self.of_openings
        if Obstacle.NOT_PUBLISHED in gone:
            given = replace(given, state=OpeningState.PUBLISHED)
        if Obstacle.LEVEL in gone and asked.level is not None:
            given = replace(given, levels=given.levels | {asked.level})
        if Obstacle.PROFESSION in gone and asked.profession is not None:
            given = replace(given, professions=given.professions | {asked.profession})
        if gone & OF_DATES:
            given = with_other_dates(given, gone, asked)
        places = candidate.places or 1 if Obstacle.NO_PLACE in gone else candidate.places
        return Candidate(candidate.opening, given, places)


def widened(window: tuple[date, date], day: date) -> tuple[date, date]:
    """The days between which she can start, when she can also start on this one."""
    return min(window[0], day), max(window[1], day)


def with_other_dates(given: Given, gone: frozenset[Obstacle], asked: Asked) -> Given:
    """An opening that begins in time, runs for long enough, or whose mentor is there, as far as that is changed."""
    start_from, start_until = asked.window or (asked.today, asked.today)
    if Obstacle.STARTS_AFTER in gone:
        given = replace(given, first_day=min(given.first_day, start_until))
    if gone & {Obstacle.STARTS_AFTER, Obstacle.CLOSES_BEFORE}:
        given = replace(given, last_start=max(given.last_start, given.first_day, start_from, asked.today))
    return replace(given, absences=()) if Obstacle.MENTOR_AWAY in gone else given


def opened_by(change: Change, wishes: Wishes, candidates: Iterable[Candidate]) -> tuple[Any, ...]:
    """The openings that she could not be given and could with exactly this change."""
    changed = change.in_wishes(wishes)
    return tuple(
        one.opening
        for one in candidates
        if hindrances(wishes, one) and not hindrances(changed, change.in_candidate(one, wishes.asked))
    )


def number_fitting(wishes: Wishes, candidates: Iterable[Candidate]) -> int:
    return sum(not hindrances(wishes, one) for one in candidates)


def days_to_start(asked: Asked, given: Given, earliest: date) -> Sequence[date]:
    """The days outside her window, the nearest before and the nearest after, on which she could start at an opening.

    None of them is before `earliest` or more than a year after it.
    """
    if asked.window is None:
        return ()
    start_from, start_until = asked.window
    begins, ends = given.first_day, given.last_start
    days = {begins, ends, max(begins, earliest), *(day for absence in given.absences for day in around(absence))}
    possible = [
        day
        for day in sorted(days)
        if max(begins, earliest) <= day <= min(ends, earliest + AHEAD)
        and first_day_within(widened(asked.window, day), asked.today, given) is not None
    ]
    before = [day for day in possible if day < start_from][-1:]
    return (*before, *[day for day in possible if day > start_until][:1])


def around(absence: tuple[date, date]) -> tuple[date, date]:
    """The last day before an absence and the first after it; of one that never ends, the last day that there is."""
    begins, ends = absence
    return max(begins, date.min + timedelta(days=1)) - timedelta(days=1), min(ends, LAST_BUT_ONE) + timedelta(days=1)
