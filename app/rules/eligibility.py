"""What stands between a request and an opening: one answer for the learner's pages and for the round."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.language.person_names import could_be_same_person
from app.models.people import Role
from app.models.programmes import Level
from app.models.requests import PlacementRequest
from app.models.studies import Opening, OpeningState
from app.models.values.registration import Profession
from app.rules.capacity import Held

SHORTEST_PLACEMENT = timedelta(weeks=4)
LAST_BUT_ONE = date.max - timedelta(days=1)


class Obstacle(enum.Enum):
    """What stands between a request and an opening."""

    LEARNER_GONE = "learner gone"
    MENTOR_GONE = "mentor gone"
    WITHDRAWN = "withdrawn"
    NOT_PUBLISHED = "not published"
    STUDY_CLOSED = "study closed"
    LEVEL = "level"
    NETWORK = "network"
    PROFESSION = "profession"
    EXCLUDED = "excluded"
    PERHAPS_EXCLUDED = "perhaps excluded"
    CONFLICT = "conflict"
    CLOSES_BEFORE = "closes before"
    STARTS_AFTER = "starts after"
    MENTOR_AWAY = "mentor away"
    ALREADY_THERE = "already there"
    NO_PLACE = "no place"


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom a learner excluded by a name that no mentor is known to have; `others` are known to be others."""

    name: str
    others: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks of an opening on a day; what it leaves open is None or empty and no obstacle.

    `holds` are the openings on which the learner has, or is offered, a place for another module; `conflict_ids` the
    mentors with whom a coordinator recorded a conflict that stands.
    """

    takes_part: bool
    learner_id: int
    level: Level | None
    network_ids: frozenset[int]
    profession: Profession | None
    excluded_ids: frozenset[int]
    excluded_emails: frozenset[str]
    perhaps_excluded: tuple[Named, ...]
    window: tuple[date, date] | None
    today: date
    holds: frozenset[int] = frozenset()
    conflict_ids: frozenset[int] = frozenset()

    @classmethod
    def by(cls, request: PlacementRequest, today: date, holds: frozenset[int] = frozenset()) -> "Asked":
        profile = request.learner.learner_profile
        return cls(
            takes_part=request.learner.takes_part_as(Role.LEARNER),
            learner_id=request.learner_id,
            level=request.module.programme.level if request.module else None,
            network_ids=frozenset(network.id for network in request.networks),
            profession=profile.profession if profile else None,
            excluded_ids=frozenset().union(*(one.excluded_ids for one in request.excluded)),
            excluded_emails=frozenset(one.email.casefold() for one in request.excluded if one.email),
            perhaps_excluded=tuple(Named(one.name, one.other_ids) for one in request.excluded if one.mentor_id is None),
            window=window_of(request),
            today=today,
            holds=holds,
            conflict_ids=frozenset(one.mentor_id for one in request.conflicts),
        )


@dataclass(frozen=True, slots=True)
class Given:
    """What an opening gives and to whom."""

    opening_id: int
    state: OpeningState
    takes_learners: bool
    levels: frozenset[Level]
    network_id: int
    professions: frozenset[Profession]
    mentor_id: int
    mentor_takes_part: bool
    mentor_name: str
    mentor_email: str
    first_day: date
    last_start: date
    absences: tuple[tuple[date, date], ...]

    @classmethod
    def by(cls, opening: Opening) -> "Given":
        dates = Dates.of(opening)
        return cls(
            opening_id=opening.id,
            state=opening.state,
            takes_learners=opening.study.status.can_take_learners,
            levels=opening.levels,
            network_id=opening.network_id,
            professions=opening.professions,
            mentor_id=opening.mentor_id,
            mentor_takes_part=opening.mentor.takes_part_as(Role.MENTOR),
            mentor_name=opening.mentor.name,
            mentor_email=opening.mentor.email.casefold(),
            first_day=dates.first_day,
            last_start=dates.last_start,
            absences=dates.absences,
        )


@dataclass(frozen=True, slots=True)
class Dates:
    """When an opening begins, on which day one can start at the latest, and when its mentor is away."""

    first_day: date
    last_start: date
    absences: tuple[tuple[date, date], ...]

    @classmethod
    def of(cls, opening: Opening) -> "Dates":
        profile = opening.mentor.mentor_profile
        absences = [(one.starts_on, one.ends_on) for one in profile.absences] if profile else ()
        return cls.between(opening.starts_on, opening.ends_on, absences)

    @classmethod
    def between(cls, starts_on: date, ends_on: date, absences: Iterable[tuple[date, date]]) -> "Dates":
        """The same for the first and the last day of an opening."""
        return cls(starts_on, ends_on - SHORTEST_PLACEMENT, tuple(absences))


class Obstacles:
    """What keeps requests from openings on a day, for rows that do not change meanwhile: each is read once.

    `held` says what is taken already; without it nothing is taken, and nobody holds a place.
    """

    def __init__(self, today: date, held: Held | None = None) -> None:
        self.today, self.held = today, held
        self._asked: dict[PlacementRequest, Asked] = {}
        self._given: dict[Opening, Given] = {}

    def of(self, request: PlacementRequest, opening: Opening) -> tuple[Obstacle, ...]:
        """What keeps a request from an opening; empty when it fits."""
        left = self.held.places_for(request, opening) if self.held else None
        return between(self.asked_by(request), self.given_by(opening), left)

    def asked_by(self, request: PlacementRequest) -> Asked:
        asked = self._asked.get(request)
        if asked is None:
            holds = self.held.by_learner.get(request.learner_id, frozenset()) if self.held else frozenset()
            asked = self._asked[request] = Asked.by(request, self.today, holds)
        return asked

    def given_by(self, opening: Opening) -> Given:
        return self._given.get(opening) or self._given.setdefault(opening, Given.by(opening))


def obstacles(
    request: PlacementRequest, opening: Opening, today: date, held: Held | None = None
) -> tuple[Obstacle, ...]:
    """What keeps a request from an opening on a day; empty when it fits."""
    return Obstacles(today, held).of(request, opening)


def between(asked: Asked, given: Given, places_left: int | None = None) -> tuple[Obstacle, ...]:
    """May this learner be with this mentor on this opening, and if not, why: what every page and every deed asks.

    `eligibility_of_many` gives the same answer for all pairs of a round at once.
    """
    checks = (
        (Obstacle.LEARNER_GONE, not asked.takes_part),
        *checks_of_opening(given),
        (Obstacle.LEVEL, is_of_other_level(asked.level, given.levels)),
        (Obstacle.NETWORK, is_out_of_reach(asked.network_ids, given.network_id)),
        (Obstacle.PROFESSION, not is_accepted(asked.profession, given.professions)),
        (Obstacle.EXCLUDED, is_excluded(asked, given)),
        (Obstacle.PERHAPS_EXCLUDED, is_perhaps_excluded(asked, given)),
        (Obstacle.CONFLICT, is_in_conflict(asked, given)),
        *date_checks(asked, given),
        (Obstacle.ALREADY_THERE, given.opening_id in asked.holds),
        (Obstacle.NO_PLACE, places_left == 0),
    )
    return tuple(obstacle for obstacle, stands in checks if stands)


def checks_of_opening(given: Given) -> tuple[tuple[Obstacle, bool], ...]:
    """What an opening puts in everybody's way."""
    return (
        (Obstacle.MENTOR_GONE, not given.mentor_takes_part),
        (Obstacle.WITHDRAWN, given.state is OpeningState.WITHDRAWN),
        (Obstacle.NOT_PUBLISHED, given.state is OpeningState.PAUSED),
        (Obstacle.STUDY_CLOSED, not given.takes_learners),
    )


def is_of_other_level(level: Level | None, levels: frozenset[Level]) -> bool:
    return level is not None and level not in levels


def is_out_of_reach(network_ids: frozenset[int], network_id: int) -> bool:
    """False for every network while the learner has not said which she can reach."""
    return bool(network_ids) and network_id not in network_ids


def is_accepted(profession: Profession | None, accepted: frozenset[Profession]) -> bool:
    """True for every profession where an opening names none, and while the learner has not named hers."""
    return not accepted or profession is None or profession in accepted


def is_excluded(asked: Asked, given: Given) -> bool:
    """True for the learner's own opening, and for anybody whom the learner named, here or by email."""
    return (
        given.mentor_id == asked.learner_id
        or given.mentor_id in asked.excluded_ids
        or given.mentor_email in asked.excluded_emails
    )


def is_in_conflict(asked: Asked, given: Given) -> bool:
    """True while a coordinator's conflict between the two stands (rules P10 and P11)."""
    return given.mentor_id in asked.conflict_ids


def is_perhaps_excluded(asked: Asked, given: Given) -> bool:
    """True while nobody has said whether the mentor is somebody whom the learner named."""
    return not is_excluded(asked, given) and any(is_perhaps(named, given) for named in asked.perhaps_excluded)


def is_perhaps(named: Named, given: Given) -> bool:
    return given.mentor_id not in named.others and could_be_same_person(named.name, given.mentor_name)


def date_checks(asked: Asked, given: Given) -> Iterable[tuple[Obstacle, bool]]:
    """Whether four weeks or more can begin on some day when learner, opening and mentor are all there."""
    first, last = start_window(asked, given)
    starts_after = asked.window is not None and given.first_day > asked.window[1]
    return (
        (Obstacle.CLOSES_BEFORE, not starts_after and last < first),
        (Obstacle.STARTS_AFTER, starts_after),
        (Obstacle.MENTOR_AWAY, first <= last and first_day_of(asked, given) is None),
    )


def start_window(asked: Asked, given: Given) -> tuple[date, date]:
    """The first and the last day on which a placement could begin, the mentor's absences aside."""
    return start_window_within(asked.window, asked.today, given)


def window_of(request: PlacementRequest) -> tuple[date, date] | None:
    """The days between which a learner can start; None until she has named both."""
    return window_between(request.start_from, request.start_until)


def window_between(start_from: date | None, start_until: date | None) -> tuple[date, date] | None:
    return None if start_from is None or start_until is None else (start_from, start_until)


def start_window_within(window: tuple[date, date] | None, today: date, given: Given | Dates) -> tuple[date, date]:
    """The same for a learner who can start between the days of a window, or on any day."""
    start_from, start_until = window or (today, given.last_start)
    return max(start_from, given.first_day, today), min(start_until, given.last_start)


def first_day_of(asked: Asked, given: Given) -> date | None:
    """The first day when learner, opening and mentor are all there and four weeks are left; None when there is none."""
    return first_day_within(asked.window, asked.today, given)


def first_day_within(window: tuple[date, date] | None, today: date, given: Given | Dates) -> date | None:
    """The same for a window; there is one exactly where none of `date_checks` stands in the way."""
    first, last = start_window_within(window, today, given)
    day = first_day_without(given.absences, first)
    return day if day <= last else None


def first_day_together(request: PlacementRequest, opening: Opening, today: date) -> date:
    """The same for rows, as pages, mails and placements say it; the opening's own first day where there is none."""
    return first_day_in(window_of(request), today, Dates.of(opening))


def first_day_in(window: tuple[date, date] | None, today: date, dates: Dates) -> date:
    return first_day_within(window, today, dates) or dates.first_day


def first_day_without(absences: Iterable[tuple[date, date]], day: date) -> date:
    """The first day from a day on when somebody is not away; the last that there is, where she never comes back."""
    for begins, ends in sorted(absences):
        if begins <= day <= ends:
            day = min(ends, LAST_BUT_ONE) + timedelta(days=1)
    return day
