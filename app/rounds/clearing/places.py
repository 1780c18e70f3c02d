"""The places of a published round that are free, why, and how many learners wait for one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.models.organisations import Network
from app.models.people import MentorProfile, Person
from app.models.placements import Offer, OfferState
from app.models.programmes import Level
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.studies import Opening, Study
from app.rounds.inputs import requests_in_any
from app.rules.capacity import Held, Limits
from app.rules.fit import has_level, published_in
from app.rules.plain.openings import could_still_begin

OVER = (OfferState.DECLINED, OfferState.LAPSED, OfferState.TAKEN_BACK)


@dataclass(frozen=True)
class FreePlaces:
    """An opening with places that nobody holds, and the offers of it that are over, the latest first."""

    opening: Opening
    places: int
    over: Sequence[Offer]
    is_new: bool


def free_by_round(session: Session, rounds: Sequence[MatchRound], today: date) -> dict[int, dict[int, int]]:
    """How many places are free, by opening and round; the number of queries grows with levels, not with rounds."""
    held = Held.on(session, today)
    networks = {network.id for round_ in rounds for network in round_.networks}
    found: dict[int, dict[int, int]] = {round_.id: {} for round_ in rounds}
    for level in {round_.level for round_ in rounds}:
        of_network: defaultdict[int, list[int]] = defaultdict(list)
        for round_ in rounds:
            for network in round_.networks if round_.level is level else ():
                of_network[network.id].append(round_.id)
        for network_id, limits in limits_in(session, networks, level, today):
            if places := held.places_within(limits):
                for round_id in of_network[network_id]:
                    found[round_id][limits.opening_id] = places
    return found


def limits_in(
    session: Session, network_ids: Collection[int], level: Level, today: date
) -> Iterable[tuple[int, Limits]]:
    """Network and limits of each published opening for a level on which somebody could still begin."""
    columns = (Opening.id, Opening.mentor_id, Opening.study_id, Opening.places)
    limits = (MentorProfile.learners_max, MentorProfile.hours_a_month, Study.learner_limit)
    statement = (
        published_in(network_ids)
        .join(Opening.study)
        .outerjoin(MentorProfile, MentorProfile.person_id == Opening.mentor_id)
        .where(has_level(level), *could_still_begin(today))
        .with_only_columns(Opening.network_id, *columns, *limits)
    )
    return ((network_id, Limits(*of_opening)) for network_id, *of_opening in session.execute(statement))


def waiting_by_round(session: Session, rounds: Sequence[MatchRound], today: date) -> Mapping[int, int]:
    """How many learners still look for a place, by round."""
    statement = requests_in_any(rounds, today).with_only_columns(PlacementRequest.round_id, func.count())
    rows = session.execute(statement.group_by(PlacementRequest.round_id))
    return {round_id: number for round_id, number in rows if round_id is not None}


def openings_freed(session: Session, round_: MatchRound) -> set[int]:
    """The ids of openings of which an offer of this round is over."""
    statement = select(Offer.opening_id).where(Offer.round_id == round_.id, Offer.state.in_(OVER))
    return set(session.scalars(statement))


def free_places(session: Session, round_: MatchRound, places: Mapping[int, int]) -> list[FreePlaces]:
    """These openings with all that a list shows of them, in the order of `places`."""
    shown = (joinedload(Opening.mentor), joinedload(Opening.study), joinedload(Opening.network))
    found = session.scalars(select(Opening).where(Opening.id.in_(list(places))).options(*shown))
    openings = {opening.id: opening for opening in found}
    over: dict[int, list[Offer]] = {}
    for offer in offers_over(session, round_, places):
        over.setdefault(offer.opening_id, []).append(offer)
    return [
        FreePlaces(openings[one], number, over.get(one, []), is_new_since(openings[one], round_))
        for one, number in places.items()
    ]


def offers_over(session: Session, round_: MatchRound, opening_ids: Iterable[int]) -> Sequence[Offer]:
    statement = (
        select(Offer)
        .join(Offer.request)
        .join(PlacementRequest.learner)
        .where(Offer.round_id == round_.id, Offer.state.in_(OVER), Offer.opening_id.in_(list(opening_ids)))
        .order_by(Offer.id.desc())
        .options(contains_eager(Offer.request).contains_eager(PlacementRequest.learner))
    )
    return session.scalars(statement).all()


def is_new_since(opening: Opening, round_: MatchRound) -> bool:
    """True when it was made after the publication of the round."""
    return round_.published_at is not None and opening.created_at > round_.published_at


def opening_of_round(session: Session, round_: MatchRound, opening_id: int) -> Opening | None:
    """The opening, if it is one of the round."""
    networks = [network.id for network in round_.networks]
    statement = published_in(networks).where(Opening.id == opening_id, has_level(round_.level))
    return session.scalar(statement)


def waiting_in(session: Session, round_: MatchRound, today: date) -> Sequence[PlacementRequest]:
    """The requests that wait for a place of the round, by the names of their learners."""
    statement = requests_in_any([round_], today).order_by(Person.name, PlacementRequest.id)
    return session.scalars(statement.options(contains_eager(PlacementRequest.learner))).all()


def network_names(networks: Iterable[Network]) -> str:
    return ", ".join(network.name for network in networks)
