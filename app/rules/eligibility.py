"""What stands between a request and an opening: one answer for the learner's pages and for the round."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.models.programmes import Level
from app.models.requests import PlacementRequest
from app.models.studies import Opening, OpeningState
from app.models.values.registration import Profession

SHORTEST_PLACEMENT = timedelta(weeks=4)


class Obstacle(enum.Enum):
    """What stands between a request and an opening."""

    NOT_PUBLISHED = "not published"
    STUDY_CLOSED = "study closed"
    LEVEL = "level"
    NETWORK = "network"
    PROFESSION = "profession"
    EXCLUDED = "excluded"
    CLOSES_BEFORE = "closes before"
    STARTS_AFTER = "starts after"
    MENTOR_AWAY = "mentor away"
    NO_PLACE = "no place"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks of an opening; what it leaves open is None or empty and no obstacle."""

    learner_id: int
    level: Level | None
    network_ids: frozenset[int]
    profession: Profession | None
    excluded_ids: frozenset[int]
    excluded_emails: frozenset[str]
    window: tuple[date, date] | None

    @classmethod
    def by(cls, request: PlacementRequest) -> "Asked":
        profile = request.learner.learner_profile
        is_dated = request.start_from is not None and request.start_until is not None
        return cls(
            learner_id=request.learner_id,
            level=request.module.programme.level if request.module else None,
            network_ids=frozenset(network.id for network in request.networks),
            profession=profile.profession if profile else None,
            excluded_ids=frozenset(one.mentor_id for one in request.excluded if one.mentor_id is not None),
            excluded_emails=frozenset(one.email.casefold() for one in request.excluded if one.email),
            window=(request.start_from, request.start_until) if is_dated else None,  # type: ignore[arg-type]
        )


@dataclass(frozen=True, slots=True)
class Given:
    """What an opening gives and to whom."""

    is_published: bool
    takes_learners: bool
    levels: frozenset[Level]
    network_id: int
    professions: frozenset[Profession]
    mentor_id: int
    mentor_email: str
    first_day: date
    last_start: date
    absences: tuple[tuple[date, date], ...]

    @classmethod
    def by(cls, opening: Opening) -> "Given":
        profile = opening.mentor.mentor_profile
        return cls(
            is_published=opening.state is OpeningState.PUBLISHED,
            takes_learners=opening.study.status.can_take_learners,
            levels=opening.levels,
            network_id=opening.network_id,
            professions=opening.professions,
            mentor_id=opening.mentor_id,
            mentor_email=opening.mentor.email.casefold(),
            first_day=opening.starts_on,
            last_start=opening.ends_on - SHORTEST_PLACEMENT,
            absences=tuple((one.starts_on, one.ends_on) for one in profile.absences) if profile else (),
        )


def obstacles(request: PlacementRequest, opening: Opening, places_left: int | None = None) -> tuple[Obstacle, ...]:
    """What keeps a request from an opening; empty when it fits."""
    return between(Asked.by(request), Given.by(opening), places_left)


class Obstacles:
    """The same for many pairs of rows that do not change meanwhile: each row is read once."""

    def __init__(self) -> None:
        self._asked: dict[PlacementRequest, Asked] = {}
        self._given: dict[Opening, Given] = {}

    def of(self, request: PlacementRequest, opening: Opening, places_left: int | None = None) -> tuple[Obstacle, ...]:
        asked = self._asked.get(request) or self._asked.setdefault(request, Asked.by(request))
        given = self._given.get(opening) or self._given.setdefault(opening, Given.by(opening))
        return between(asked, given, places_left)


def between(asked: Asked, given: Given, places_left: int | None = None) -> tuple[Obstacle, ...]:
    """The same for what was read from the rows before."""
    checks = (
        (Obstacle.NOT_PUBLISHED, not given.is_published),
        (Obstacle.STUDY_CLOSED, not given.takes_learners),
        (Obstacle.LEVEL, asked.level is not None and asked.level not in given.levels),
        (Obstacle.NETWORK, bool(asked.network_ids) and given.network_id not in asked.network_ids),
        (Obstacle.PROFESSION, not is_accepted(asked.profession, given.professions)),
        (Obstacle.EXCLUDED, is_excluded(asked, given)),
        *date_checks(asked, given),
        (Obstacle.NO_PLACE, places_left == 0),
    )
    return tuple(obstacle for obstacle, stands in checks if stands)


def is_accepted(profession: Profession | None, accepted: frozenset[Profession]) -> bool:
    """True for every profession where an opening names none, and while the learner has not named hers."""
    return not accepted or profession is None or profession in accepted


def is_excluded(asked: Asked, given: Given) -> bool:
    """True for the learner's own opening, and for anybody whom the learner named, here or by e-mail."""
    return (
        given.mentor_id == asked.learner_id
        or given.mentor_id in asked.excluded_ids
        or given.mentor_email in asked.excluded_emails
    )


def date_checks(asked: Asked, given: Given) -> Iterable[tuple[Obstacle, bool]]:
    """Whether four weeks or more can begin on some day when learner, opening and mentor are all there."""
    if asked.window is None:
        return ()
    start_from, start_until = asked.window
    first, last = max(start_from, given.first_day), min(start_until, given.last_start)
    starts_after = given.first_day > start_until
    away = first <= last and any(begins <= first and last <= ends for begins, ends in given.absences)
    return (
        (Obstacle.CLOSES_BEFORE, not starts_after and last < first),
        (Obstacle.STARTS_AFTER, starts_after),
        (Obstacle.MENTOR_AWAY, away),
    )
