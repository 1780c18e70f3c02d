"""What is left of the wishes of requests today: how many choices could still be given, and how many openings fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_
from sqlalchemy.orm import Session

from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.rules.advice.changes import Wishes, candidates_for, number_fitting, plain_candidates
from app.rules.capacity import Held
from app.rules.eligibility import Obstacles
from app.rules.plain.openings import PlainOpening, could_fit, plain_openings


@dataclass(frozen=True, slots=True)
class Chances:
    """`listed` openings are on the list and `still` of them could be given; `fitting` fit, on the list or not.

    `fitting` is counted where nothing on the list is left, else it is None.
    """

    listed: int
    still: int
    fitting: int | None

    @property
    def are_over(self) -> bool:
        """True when nothing that was chosen can be given any more, or nothing was chosen and nothing fits."""
        return self.still == 0 and (self.listed > 0 or self.fitting == 0)


def chances_of(session: Session, requests: Sequence[PlacementRequest], today: date) -> Mapping[int, Chances]:
    """The chances of each request by its id; a constant number of queries, and few where lists are alive."""
    if not requests:
        return {}
    listed = [row.opening for request in requests for row in request.ranked]
    rules = Obstacles(today, Held.around(session, today, listed, {one.learner_id for one in requests}))
    still = {one.id: number_of(one, [row.opening for row in one.ranked], rules) for one in requests}
    fitting = numbers_of_any(session, [one for one in requests if not still[one.id]], today)
    return {one.id: Chances(len(one.ranked), still[one.id], fitting.get(one.id)) for one in requests}


def numbers_of_any(session: Session, requests: Sequence[PlacementRequest], today: date) -> Mapping[int, int]:
    """How many openings fit each request, on its list or not; what all openings have left is read only for some."""
    if not requests:
        return {}
    held = Held.on(session, today)
    rules, openings = Obstacles(today, held), openings_for(session, requests, today)
    return {
        one.id: number_fitting(Wishes(rules.asked_by(one)), plain_candidates(held, one, openings)) for one in requests
    }


def openings_for(session: Session, requests: Sequence[PlacementRequest], today: date) -> list[PlainOpening]:
    """The openings in all networks of these requests that one of them could fit; none where none names a network."""
    networks = {network.id for request in requests for network in request.networks}
    if not networks:
        return []
    for_one_of_them = or_(*(and_(*could_fit(request, today)) for request in requests))
    return plain_openings(session, networks, None, today, for_one_of_them)


def number_of(request: PlacementRequest, openings: Sequence[Opening], rules: Obstacles) -> int:
    """How many of these openings the learner could be given, whether or not they are on her list."""
    return number_fitting(Wishes(rules.asked_by(request)), candidates_for(rules, request, openings))
