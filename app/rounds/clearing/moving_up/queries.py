"""Better places of a round, as its coordinators see them, and the offers from which learners can move up."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from app.models.course.better_places import BetterPlace, BetterPlaceState
from app.models.placements import Offer
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.studies import Opening
from app.rules.fit import all_of_a_request, all_of_an_opening


def offer_in_round(session: Session, round_: MatchRound, offer_id: int) -> Offer | None:
    """The offer, if it is one of the round."""
    statement = select(Offer).where(Offer.id == offer_id, Offer.round_id == round_.id)
    return session.scalar(
        statement.options(
            joinedload(Offer.request).options(*all_of_a_request()),
            joinedload(Offer.opening).options(*all_of_an_opening()),
        )
    )


def kept_in(session: Session, round_: MatchRound) -> Sequence[BetterPlace]:
    """Those that wait for an answer, the first to be answered first."""
    waits = better_places_in(round_).where(BetterPlace.state == BetterPlaceState.WAITING)
    return session.scalars(waits.order_by(BetterPlace.answer_by, BetterPlace.id)).all()


def better_place_in(session: Session, round_: MatchRound, better_place_id: int) -> BetterPlace | None:
    """The better place, if it is or was one of the round."""
    return session.scalar(better_places_in(round_).where(BetterPlace.id == better_place_id))


def moved_away(session: Session, round_: MatchRound, opening_ids: Iterable[int]) -> dict[int, list[BetterPlace]]:
    """Who has moved up from these openings, by opening id, the latest first."""
    found: dict[int, list[BetterPlace]] = {}
    moved = better_places_in(round_).where(
        BetterPlace.state == BetterPlaceState.MOVED_UP, BetterPlace.from_opening_id.in_(list(opening_ids))
    )
    for place in session.scalars(moved.order_by(BetterPlace.id.desc())):
        found.setdefault(place.from_opening_id, []).append(place)
    return found


def better_places_in(round_: MatchRound) -> Select[BetterPlace]:
    shown = (joinedload(Opening.mentor), joinedload(Opening.study))
    return (
        select(BetterPlace)
        .where(BetterPlace.round_id == round_.id)
        .options(
            joinedload(BetterPlace.offer).joinedload(Offer.request).joinedload(PlacementRequest.learner),
            joinedload(BetterPlace.opening).options(*shown),
            joinedload(BetterPlace.from_opening).options(*shown),
        )
    )
