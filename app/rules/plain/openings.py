"""Published openings as the rules see them, read in five queries without an object for each."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from app.models.organisations import Network
from app.models.people import MentorAbsence, MentorProfile, Person, Role
from app.models.programmes import Level
from app.models.requests import PlacementRequest
from app.models.studies import Opening, OpeningLevel, OpeningProfession, OpeningState, Study
from app.models.values.registration import Profession
from app.models.values.study_status import StudyStatus
from app.rules.capacity import Held, Limits, hours_needed
from app.rules.eligibility import SHORTEST_PLACEMENT, Given
from app.rules.length import Length, length_within

Absences = tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True)
class PlainOpening:
    """What an opening gives and what limits it."""

    given: Given
    limits: Limits
    network: Network

    @property
    def id(self) -> int:
        return self.given.opening_id

    @property
    def network_id(self) -> int:
        return self.given.network_id

    def places_for(self, request: PlacementRequest, held: Held) -> int:
        """How many learners like this one it has room for."""
        return held.places_within(self.limits, hours_needed(request))

    def length_for(self, request: PlacementRequest, today: date) -> Length | None:
        """What it leaves of the time that the module takes."""
        given = self.given
        return length_within(request, given.first_day, given.last_start + SHORTEST_PLACEMENT, given.absences, today)

    def with_length(self, score: int, request: PlacementRequest, today: date) -> int:
        """How well interests fit, with the weeks counted in that it leaves."""
        length = self.length_for(request, today)
        return length.pulled(score) if length else score


def published(network_ids: Collection[int] | None, level: Level | None, *columns: Any) -> Select[Any]:
    """Columns of the openings that are published by somebody who takes part, in some networks (None: in all) and for
    one level where one is given."""
    statement = (
        select(*columns)
        .select_from(Opening)
        .join(Person, Person.id == Opening.mentor_id)
        .where(Opening.state == OpeningState.PUBLISHED, Person.takes_part_as(Role.MENTOR))
    )
    if network_ids is not None:
        statement = statement.where(Opening.network_id.in_(list(network_ids)))
    if level is not None:
        statement = statement.where(Opening.level_rows.any(OpeningLevel.level == level))
    return statement


def could_still_begin(today: date) -> Iterator[ColumnElement[bool]]:
    """Conditions on an opening and its study without which nobody at all can begin there any more."""
    yield Study.status.in_([status for status in StudyStatus if status.can_take_learners])
    yield Opening.ends_on >= today + SHORTEST_PLACEMENT


def could_fit(request: PlacementRequest, today: date) -> Iterator[ColumnElement[bool]]:
    """Conditions on an opening and its study that all that fit fulfil; the rules ask them again, and more."""
    yield from could_still_begin(today)
    if request.networks:
        yield Opening.network_id.in_([network.id for network in request.networks])
    if request.start_from and request.start_until:
        yield Opening.starts_on <= request.start_until
        yield Opening.ends_on >= max(request.start_from, today) + SHORTEST_PLACEMENT
    profile = request.learner.learner_profile
    if profile and profile.profession:
        names_hers = Opening.profession_rows.any(OpeningProfession.profession == profile.profession)
        yield or_(~Opening.profession_rows.any(), names_hers)
    if request.module:
        yield Opening.level_rows.any(OpeningLevel.level == request.module.programme.level)


def plain_openings(
    session: Session,
    network_ids: Collection[int] | None,
    level: Level | None,
    today: date,
    *conditions: ColumnElement[bool],
) -> list[PlainOpening]:
    """Those openings in the order of their ids, where they fulfil conditions; five queries however many there are."""
    networks = {network.id: network for network in session.scalars(select(Network))}
    columns = (
        Opening.id,
        Opening.network_id,
        Opening.mentor_id,
        Opening.study_id,
        Opening.places,
        Opening.starts_on,
        Opening.ends_on,
        Study.status,
        Study.learner_limit,
        Person.name,
        Person.email,
        MentorProfile.learners_max,
        MentorProfile.hours_a_month,
    )

    def of_those(*columns: Any) -> Select[Any]:
        """Columns of the same openings: what the others accept is not read."""
        return published(network_ids, level, *columns).join(Study, Study.id == Opening.study_id).where(*conditions)

    rows = session.execute(
        of_those(*columns).outerjoin(MentorProfile, MentorProfile.person_id == Opening.mentor_id).order_by(Opening.id)
    )
    accepted = (OpeningProfession.opening_id, OpeningProfession.profession)
    levels = by_key(session.execute(of_those(OpeningLevel.opening_id, OpeningLevel.level).join(OpeningLevel)))
    professions = by_key(session.execute(of_those(*accepted).join(OpeningProfession)))
    absences = absences_from(session, today)
    nobody: frozenset[Profession] = frozenset()
    return [
        PlainOpening(
            Given(
                id_,
                OpeningState.PUBLISHED,
                status.can_take_learners,
                levels.get(id_, frozenset()),
                network_id,
                professions.get(id_, nobody),
                mentor_id,
                True,
                name,
                email.casefold(),
                starts_on,
                ends_on - SHORTEST_PLACEMENT,
                absences.get(mentor_id, ()),
            ),
            Limits(id_, mentor_id, study_id, places, learners_max, hours, study_limit),
            networks[network_id],
        )
        for (
            id_,
            network_id,
            mentor_id,
            study_id,
            places,
            starts_on,
            ends_on,
            status,
            study_limit,
            name,
            email,
            learners_max,
            hours,
        ) in rows
    ]


def by_key(rows: Iterable[Any]) -> dict[int, frozenset[Any]]:
    """The values of each key."""
    found: defaultdict[int, set[Any]] = defaultdict(set)
    for key, value in rows:
        found[key].add(value)
    return {key: frozenset(values) for key, values in found.items()}


def absences_from(session: Session, today: date) -> dict[int, Absences]:
    """When each mentor is away from a day on, by mentor."""
    found: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    columns = (MentorAbsence.mentor_id, MentorAbsence.starts_on, MentorAbsence.ends_on)
    statement = select(*columns).where(MentorAbsence.ends_on >= today).order_by(MentorAbsence.starts_on)
    for mentor_id, starts_on, ends_on in session.execute(statement):
        found[mentor_id].append((starts_on, ends_on))
    return {mentor_id: tuple(days) for mentor_id, days in found.items()}
