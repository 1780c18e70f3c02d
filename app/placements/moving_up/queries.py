"""The better places that a learner is, or was, offered."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.models.course.better_places import BetterPlace, BetterPlaceState
from app.models.people import Person
from app.models.placements import Offer
from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.placements.swaps.queries import with_everything
from app.rules.fit import all_of_an_opening


def better_place_of_learner(session: Session, learner: Person, better_place_id: int) -> BetterPlace | None:
    """The better place, if it is, or was, offered to this learner."""
    return session.scalar(all_of_better_places(learner).where(BetterPlace.id == better_place_id))


def better_places_to_answer(session: Session, learner: Person) -> Sequence[BetterPlace]:
    """Those that wait for her, with what a line about each says; whether she can have it is asked on its own page."""
    opening = joinedload(BetterPlace.opening).options(joinedload(Opening.mentor), joinedload(Opening.study))
    statement = (
        select(BetterPlace)
        .join(BetterPlace.offer)
        .join(Offer.request)
        .where(BetterPlace.state == BetterPlaceState.WAITING, PlacementRequest.learner_id == learner.id)
        .order_by(BetterPlace.id)
    )
    return session.scalars(statement.options(contains_eager(BetterPlace.offer), opening)).all()


def better_place_beside(session: Session, offer: Offer) -> BetterPlace | None:
    """What waits for an answer beside an offer."""
    waits = BetterPlace.state == BetterPlaceState.WAITING
    return session.scalar(select(BetterPlace).where(BetterPlace.offer_id == offer.id, waits))


def move_behind(session: Session, offer: Offer) -> BetterPlace | None:
    """The latest move up that was done with the offer, which made it one of another place than it was made with."""
    statement = (
        select(BetterPlace)
        .where(BetterPlace.offer_id == offer.id, BetterPlace.state == BetterPlaceState.MOVED_UP)
        .order_by(BetterPlace.ended_at.desc(), BetterPlace.id.desc())
        .limit(1)
        .options(joinedload(BetterPlace.from_opening).joinedload(Opening.mentor))
    )
    return session.scalar(statement)


def all_of_better_places(learner: Person) -> Select[BetterPlace]:
    """Hers, with all that eligibility and pages ask of both places; a constant number of queries."""
    return (
        select(BetterPlace)
        .join(BetterPlace.offer)
        .join(Offer.request)
        .where(PlacementRequest.learner_id == learner.id)
        .options(
            joinedload(BetterPlace.round),
            joinedload(BetterPlace.offer).options(*with_everything()),
            joinedload(BetterPlace.opening).options(*all_of_an_opening()),
            joinedload(BetterPlace.from_opening).options(*all_of_an_opening()),
        )
    )
