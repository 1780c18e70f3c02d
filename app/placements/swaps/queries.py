"""Whose places and swaps learners and coordinators reach."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.models.course.swaps import Swap, SwapCode, SwapState
from app.models.organisations import Network
from app.models.people import Person
from app.models.placements import Offer, Placement
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.studies import Opening
from app.promises.swaps.ending import OPEN
from app.rules.course.swapping import Hold
from app.rules.fit import all_of_a_request, all_of_an_opening
from app.web.paging import Page, page_of


def hold_of_learner(session: Session, learner: Person, offer_id: int) -> Hold | None:
    """What the learner holds by an offer of hers."""
    hers = select(Offer).join(Offer.request).where(Offer.id == offer_id, PlacementRequest.learner_id == learner.id)
    offer = session.scalar(hers.options(*with_everything()))
    return hold_by(session, offer) if offer else None


def hold_by_code(session: Session, mine: Offer, code: str) -> Hold | None:
    """What somebody else holds who gave away this code, of the same round."""
    statement = (
        select(Offer)
        .join(Offer.request)
        .join(SwapCode, SwapCode.offer_id == Offer.id)
        .where(
            SwapCode.code == code,
            SwapCode.ended_at.is_(None),
            Offer.round_id == mine.round_id,
            PlacementRequest.learner_id != mine.request.learner_id,
        )
    )
    offer = session.scalar(statement.options(*with_everything()))
    return hold_by(session, offer) if offer else None


def hold_by(session: Session, offer: Offer) -> Hold:
    placement = select(Placement).where(Placement.offer_id == offer.id).options(selectinload(Placement.pauses))
    return Hold(offer, session.scalar(placement))


def with_everything() -> tuple[_AbstractLoad, ...]:
    """What eligibility and pages ask of an offer."""
    return (
        joinedload(Offer.request).options(*all_of_a_request()),
        joinedload(Offer.opening).options(*all_of_an_opening()),
        joinedload(Offer.round),
    )


def good_code(session: Session, offer: Offer) -> SwapCode | None:
    """The code of a place that its learner can give away now."""
    return session.scalar(select(SwapCode).where(SwapCode.offer_id == offer.id, SwapCode.ended_at.is_(None)))


def swap_of_learner(session: Session, learner: Person, swap_id: int) -> Swap | None:
    """The swap, if the learner is one of its two."""
    return session.scalar(all_of_swaps().where(Swap.id == swap_id, is_of(learner)))


def swap_of_coordinator(session: Session, person: Person, swap_id: int) -> Swap | None:
    """The swap, if she coordinates its round, both learners have said yes to it, and she is none of them."""
    return session.scalar(all_of_swaps().where(Swap.id == swap_id, *seen_by_coordinator(person)))


def open_swaps_of_learner(session: Session, learner: Person) -> Sequence[Swap]:
    """With the names that home says."""
    return session.scalars(swaps_by_name().where(is_of(learner), Swap.state.in_(OPEN)).order_by(Swap.id)).all()


def swaps_of_offer(session: Session, offer: Offer) -> Sequence[Swap]:
    """Every swap that the offer was in, the latest first."""
    is_in_it = or_(Swap.one_id == offer.id, Swap.other_id == offer.id)
    return session.scalars(all_of_swaps().where(is_in_it).order_by(Swap.id.desc())).all()


def swap_behind(session: Session, offer: Offer) -> Swap | None:
    """The latest swap that was done with the offer, which made it one of another place than it was published with."""
    return next((swap for swap in swaps_of_offer(session, offer) if swap.state is SwapState.DONE), None)


def swaps_to_decide(session: Session, person: Person) -> Sequence[Swap]:
    """With the names that home says."""
    statement = swaps_by_name().where(Swap.state == SwapState.AGREED, *seen_by_coordinator(person))
    return session.scalars(statement.order_by(Swap.id)).all()


def swaps_listed(session: Session, person: Person, round_: MatchRound, page: int) -> Page:
    """Those of a round that a coordinator was asked about, those to be decided first."""
    statement = all_of_swaps().where(Swap.round_id == round_.id, *seen_by_coordinator(person))
    return page_of(session, statement.order_by(Swap.state != SwapState.AGREED, Swap.id.desc()), page)


def round_of_coordinator(session: Session, person: Person, round_id: int) -> MatchRound | None:
    return session.scalar(
        select(MatchRound)
        .where(MatchRound.id == round_id, MatchRound.networks.any(Network.id.in_(person.network_ids())))
        .options(selectinload(MatchRound.networks))
    )


def is_of(learner: Person) -> ColumnElement[bool]:
    hers = select(Offer.id).join(Offer.request).where(PlacementRequest.learner_id == learner.id)
    return or_(Swap.one_id.in_(hers), Swap.other_id.in_(hers))


def seen_by_coordinator(person: Person) -> tuple[Any, ...]:
    """What two learners have not agreed on is between them."""
    reached = select(MatchRound.id).where(MatchRound.networks.any(Network.id.in_(person.network_ids())))
    return Swap.round_id.in_(reached), Swap.other_agreed_to != "", ~is_of(person)


def all_of_swaps() -> Select[Swap]:
    """Swaps with all that eligibility and pages ask of both places; a constant number of queries."""
    return select(Swap).options(
        joinedload(Swap.round),
        joinedload(Swap.one).options(*with_everything()),
        joinedload(Swap.other).options(*with_everything()),
        *(joinedload(opening).options(*all_of_an_opening()) for opening in (Swap.one_opening, Swap.other_opening)),
    )


def swaps_by_name() -> Select[Swap]:
    """Swaps with the names of their learners, mentors and studies, and no more; one query."""
    return select(Swap).options(joinedload(Swap.round), *named(Swap.one), *named(Swap.other))


def named(side: Any) -> tuple[_AbstractLoad, ...]:
    opening = joinedload(side).joinedload(Offer.opening)
    learner = joinedload(side).joinedload(Offer.request).joinedload(PlacementRequest.learner)
    return learner, opening.joinedload(Opening.mentor), opening.joinedload(Opening.study)
