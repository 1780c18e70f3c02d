"""Where placements can go on: what keeps each from an opening, from which day it could, and how well it fits."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.models.course.changes_asked import AskedKind, AskedState, ChangeAsked
from app.models.people import Role
from app.models.placements import Placement
from app.models.requests import ExcludedMentor, PlacementRequest, RequestState
from app.models.studies import Opening
from app.rules.capacity import Held, Limits
from app.rules.eligibility import (
    Asked,
    Given,
    Named,
    Obstacle,
    between,
    first_day_of,
    is_accepted,
    is_of_other_level,
    is_out_of_reach,
)
from app.rules.fit import all_of_a_request
from app.rules.plain.openings import PlainOpening

# Longer than this nobody should wait between two parts of one placement.
GAP_MAX = timedelta(weeks=8)


class NextOpenings:
    """What some placements ask of the opening on which they go on, each from a day; a constant number of queries.

    What they take up themselves, and what was offered to them to go on, counts as free: they leave the one for the
    other. `first_days` are by the ids of the placements.
    """

    def __init__(
        self, session: Session, placements: Sequence[Placement], first_days: Mapping[int, date], today: date
    ) -> None:
        self.today, self.first_days = today, first_days
        self.held = Held.beside_placements(session, today, [one.id for one in placements])
        self.requests = requests_behind(session, placements)
        self.excluded = excluded_by(session, placements)
        self.left_by_mentor = left_by_mentor(session, placements)
        self._asked = {one.id: self._asked_by(one) for one in placements}
        self._given: dict[int, tuple[Given, Limits]] = {}

    def obstacles(self, placement: Placement, opening: Opening | PlainOpening) -> tuple[Obstacle, ...]:
        """What keeps the placement from going on there; empty when it can."""
        given, limits = self._read(opening)
        if given.mentor_id == placement.mentor_id and placement.id in self.left_by_mentor:
            return (Obstacle.MENTOR_GONE,)
        left = self.held.places_within(limits, placement.module.supervision_hours_a_month)
        return between(self._asked[placement.id], given, left)

    def is_in_reach(self, placement: Placement, given: Given) -> bool:
        """False where level, network or profession stand in the way: quickly asked of many, before all else is."""
        asked = self._asked[placement.id]
        return not (
            is_of_other_level(asked.level, given.levels)
            or is_out_of_reach(asked.network_ids, given.network_id)
            or not is_accepted(asked.profession, given.professions)
        )

    def first_day(self, placement: Placement, opening: Opening | PlainOpening) -> date | None:
        """The first day when learner, opening and mentor are all there, and four weeks are left."""
        return first_day_of(self._asked[placement.id], self._read(opening)[0])

    def _read(self, opening: Opening | PlainOpening) -> tuple[Given, Limits]:
        """What an opening gives and what limits it, read once for all placements."""
        if isinstance(opening, PlainOpening):
            return opening.given, opening.limits
        found = self._given.get(opening.id)
        if found is None:
            found = self._given[opening.id] = (Given.by(opening), Limits.of(opening))
        return found

    def _asked_by(self, placement: Placement) -> Asked:
        request, first = self.requests.get(placement.id), self.first_days[placement.id]
        holds = self.held.by_learner.get(placement.learner_id, frozenset()) | {placement.opening_id}
        asked = Asked.by(request, self.today, holds) if request else self._asked_without_request(placement, holds)
        return replace(asked, window=(first, first + GAP_MAX))

    def _asked_without_request(self, placement: Placement, holds: frozenset[int]) -> Asked:
        """Whoever came by a nomination has said whom she excludes, and nothing of where she can go."""
        excluded = [one for one in self.excluded if one.learner_id == placement.learner_id]
        profile = placement.learner.learner_profile
        return Asked(
            takes_part=placement.learner.takes_part_as(Role.LEARNER),
            learner_id=placement.learner_id,
            level=placement.module.programme.level,
            network_ids=frozenset(),
            profession=profile.profession if profile else None,
            excluded_ids=frozenset().union(*(one.excluded_ids for one in excluded)),
            excluded_emails=frozenset(one.email.casefold() for one in excluded if one.email),
            perhaps_excluded=tuple(Named(one.name, one.other_ids) for one in excluded if one.mentor_id is None),
            window=None,
            today=self.today,
            holds=holds,
        )


def requests_behind(session: Session, placements: Sequence[Placement]) -> dict[int, PlacementRequest]:
    """What each learner asked for last for the same module, by the placement's id."""
    rows = session.scalars(
        select(PlacementRequest)
        .where(
            PlacementRequest.learner_id.in_({one.learner_id for one in placements}),
            PlacementRequest.module_id.in_({one.module_id for one in placements}),
            PlacementRequest.state == RequestState.SUBMITTED,
        )
        .options(*all_of_a_request())
        .order_by(PlacementRequest.id)
    )
    latest = {(row.learner_id, row.module_id): row for row in rows}
    found = {one.id: latest.get((one.learner_id, one.module_id)) for one in placements}
    return {id_: request for id_, request in found.items() if request}


def excluded_by(session: Session, placements: Sequence[Placement]) -> Sequence[ExcludedMentor]:
    statement = select(ExcludedMentor).where(ExcludedMentor.learner_id.in_({one.learner_id for one in placements}))
    return session.scalars(statement.options(selectinload(ExcludedMentor.answers))).all()


def left_by_mentor(session: Session, placements: Sequence[Placement]) -> frozenset[int]:
    """Those of which the mentor has said that she leaves."""
    statement = select(ChangeAsked.placement_id).where(
        ChangeAsked.placement_id.in_([one.id for one in placements]),
        ChangeAsked.kind == AskedKind.MENTOR_LEAVES,
        ChangeAsked.state == AskedState.WAITING,
    )
    return frozenset(session.scalars(statement))
