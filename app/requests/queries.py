"""Questions about requests: a learner's own ones, loaded whole, and the round that would take one."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.organisations import Network, Organisation, Specialty
from app.models.people import LearnerProfile, Person
from app.models.placements import Offer
from app.models.programmes import Level, Module, Programme
from app.models.requests import ExcludedMentor, PlacementRequest, RankedOpening, RequestState
from app.models.rounds import MatchRound
from app.models.studies import Opening, OpeningState
from app.rules.fit import all_of_a_request, all_of_an_opening


def request_of(session: Session, learner: Person, request_id: int, to_change: bool = False) -> PlacementRequest | None:
    """The learner's own request with all that its pages ask, or None; `to_change` makes others who change it wait."""
    statement = (
        select(PlacementRequest)
        .where(PlacementRequest.id == request_id, PlacementRequest.learner_id == learner.id)
        .options(*all_of_its_pages())
    )
    if to_change:
        statement = statement.with_for_update(of=PlacementRequest)
    return session.scalar(statement)


def all_of_its_pages() -> tuple[Any, ...]:
    """What to load with a request for its pages, beyond what its fit asks."""
    profile = joinedload(PlacementRequest.learner).joinedload(Person.learner_profile)
    round_ = joinedload(PlacementRequest.round)
    return (
        *all_of_a_request(),
        profile.joinedload(LearnerProfile.employer).joinedload(Organisation.network),
        joinedload(PlacementRequest.module).joinedload(Module.programme).joinedload(Programme.provider),
        round_.selectinload(MatchRound.networks),
        round_.selectinload(MatchRound.seeds),
        round_.selectinload(MatchRound.announcements),
        selectinload(PlacementRequest.ranked).joinedload(RankedOpening.opening).options(*all_of_an_opening()),
        selectinload(PlacementRequest.excluded).joinedload(ExcludedMentor.mentor),
    )


def is_live() -> ColumnElement[bool]:
    """The condition that a request is the learner's present one for its module."""
    return and_(PlacementRequest.state != RequestState.WITHDRAWN, PlacementRequest.asked_again_at.is_(None))


def live_requests_of(session: Session, learner: Person) -> list[PlacementRequest]:
    """The learner's present requests, newest first, each with its round; `load_whole` gets the rest."""
    statement = (
        select(PlacementRequest)
        .where(PlacementRequest.learner_id == learner.id, is_live())
        .order_by(PlacementRequest.id.desc())
        .options(joinedload(PlacementRequest.round))
    )
    return list(session.scalars(statement))


def load_whole(session: Session, requests: Sequence[PlacementRequest]) -> None:
    """Load with these requests all that their pages ask, in a dozen queries however many there are."""
    if requests:
        ids = [request.id for request in requests]
        statement = select(PlacementRequest).where(PlacementRequest.id.in_(ids)).options(*all_of_its_pages())
        session.scalars(statement.execution_options(populate_existing=True)).all()


def present_request_of(session: Session, learner: Person) -> PlacementRequest | None:
    """The request to go on with: the one that is not sent yet, else the newest."""
    live = live_requests_of(session, learner)
    load_whole(session, live)
    drafts = [request for request in live if request.state is RequestState.DRAFT]
    return next(iter(drafts + live), None)


def other_request_for(session: Session, request: PlacementRequest, module_id: int | None) -> int | None:
    """The id of another present request of the same learner for this module."""
    return session.scalar(
        select(PlacementRequest.id).where(
            PlacementRequest.learner_id == request.learner_id,
            PlacementRequest.module_id == module_id,
            PlacementRequest.id != request.id,
            is_live(),
        )
    )


def round_for(session: Session, level: Level, network_ids: Iterable[int], now: datetime) -> MatchRound | None:
    """The round that takes requests of this level in these networks now: the one that closes first."""
    statement = (
        select(MatchRound)
        .where(
            MatchRound.level == level,
            MatchRound.opens_at <= now,
            MatchRound.closes_at > now,
            MatchRound.published_at.is_(None),
            MatchRound.networks.any(Network.id.in_(list(network_ids))),
        )
        .order_by(MatchRound.closes_at, MatchRound.id)
        .options(selectinload(MatchRound.networks))
        .limit(1)
    )
    return session.scalar(statement)


def round_of(session: Session, request: PlacementRequest, now: datetime) -> MatchRound | None:
    """The round that a request is in or would join: its own while that suits it, else the one that closes first."""
    if request.module is None:
        return None
    level = request.module.programme.level
    network_ids = {network.id for network in request.networks}
    own = request.round
    if own and own.takes_requests(now) and own.level is level and network_ids & {n.id for n in own.networks}:
        return own
    return round_for(session, level, network_ids, now)


def opening_to_read(session: Session, request: PlacementRequest, opening_id: int) -> Opening | None:
    """An opening that a learner may read about: a published one, one on her list, or one that she was offered."""
    was_offered = exists().where(Offer.request_id == request.id, Offer.opening_id == Opening.id)
    listed = [row.opening_id for row in request.ranked]
    return session.scalar(
        select(Opening)
        .where(
            Opening.id == opening_id,
            or_(Opening.state == OpeningState.PUBLISHED, Opening.id.in_(listed), was_offered),
        )
        .options(*all_of_an_opening())
    )


def others_on_study(session: Session, opening: Opening) -> list[Opening]:
    """The other published openings on its study, by mentor."""
    statement = (
        select(Opening)
        .join(Opening.mentor)
        .where(Opening.study_id == opening.study_id, Opening.id != opening.id, Opening.state == OpeningState.PUBLISHED)
        .order_by(Person.name, Opening.id)
        .options(*all_of_an_opening())
    )
    return list(session.scalars(statement))


def openings_with_ids(session: Session, ids: Collection[int]) -> dict[int, Opening]:
    """These openings by id, with all that a page asks."""
    statement = select(Opening).where(Opening.id.in_(ids)).options(*all_of_an_opening())
    return {opening.id: opening for opening in session.scalars(statement)}


def specialties_named(session: Session, names: Collection[str]) -> list[Specialty]:
    """The specialties with these names, by name."""
    return list(session.scalars(select(Specialty).where(Specialty.name.in_(names)).order_by(Specialty.name)))
