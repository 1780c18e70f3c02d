"""What a round has to work with as things stand now: its requests, its openings, and who could be given what."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session, aliased

from app.models.people import Person, Role
from app.models.placements import Offer, OfferState
from app.models.requests import PlacementRequest, RequestState
from app.models.rounds import MatchRound
from app.models.studies import Opening
from app.rounds.openings import openings_of
from app.rules.advice.changes import Candidate, Wishes, candidates_for
from app.rules.capacity import Held
from app.rules.eligibility import Obstacle, Obstacles
from app.rules.eligibility_of_many import ObstacleTable
from app.rules.fit import all_of_a_request, all_of_an_opening, openings_in


@dataclass(frozen=True)
class Inputs:
    """The requests and published openings of a round, in the order of their ids, and what is taken already.

    `earliest` is the first day on which anybody could start; what is advised names none before it. `declined` are the
    openings that a request was offered and its learner did not want, by request id. What a round must give holds until
    it is published (`holds_minimums`); its further turns only fill what is left.
    """

    requests: Sequence[PlacementRequest]
    openings: Sequence[Opening]
    held: Held
    today: date
    earliest: date = date.min
    declined: Mapping[int, frozenset[int]] = field(default_factory=dict)
    holds_minimums: bool = True

    @cached_property
    def places(self) -> Mapping[int, int]:
        """How many more learners each opening can take, by opening id."""
        return {opening.id: self.held.places_left(opening) for opening in self.openings}

    @cached_property
    def _obstacles(self) -> Obstacles:
        return Obstacles(self.today, self.held)

    @cached_property
    def obstacle_table(self) -> ObstacleTable:
        """The obstacles between requests and all openings of the round at once."""
        return self.table_of(self.openings)

    def table_of(self, openings: Sequence[Opening]) -> ObstacleTable:
        """The same of any openings, of the round or not."""
        return ObstacleTable(self._obstacles, openings)

    def obstacles_between(self, request: PlacementRequest, opening: Opening) -> tuple[Obstacle, ...]:
        """What stands between a request and an opening, which may be one outside the round; empty when it fits."""
        return self._obstacles.of(request, opening)

    def candidates_for(self, request: PlacementRequest, openings: Sequence[Opening]) -> list[Candidate]:
        """Openings, of the round or not, with what the rules read of them and the places that they have for her."""
        return candidates_for(self._obstacles, request, openings)

    def wishes_of(self, request: PlacementRequest) -> Wishes:
        return Wishes.by(request, self._obstacles.asked_by(request))

    @cached_property
    def openings_by_network(self) -> Mapping[int, list[Opening]]:
        by_network: dict[int, list[Opening]] = {}
        for opening in self.openings:
            by_network.setdefault(opening.network_id, []).append(opening)
        return by_network

    def possible_for(self, request: PlacementRequest) -> Iterator[Opening]:
        """The openings that this learner could be given: nothing stands in the way, and she wants them (rule R3)."""
        reach = [self.openings_by_network.get(network.id, ()) for network in request.networks]
        for opening in (opening for openings in reach for opening in openings):
            if self.is_wanted(request, opening) and not self.obstacles_between(request, opening):
                yield opening

    def is_wanted(self, request: PlacementRequest, opening: Opening) -> bool:
        """True when the learner wants it, and has not declined it already."""
        return wants(request, opening) and opening.id not in self.declined.get(request.id, ())

    @cached_property
    def without_opening(self) -> list[PlacementRequest]:
        """The requests for which there is no possible opening at all."""
        return [request for request in self.requests if self.is_without_opening(request)]

    def is_without_opening(self, request: PlacementRequest) -> bool:
        return next(self.possible_for(request), None) is None


def wants(request: PlacementRequest, opening: Opening) -> bool:
    """True when the opening is on the learner's list, or she takes any other that fits (rule R3)."""
    return bool(request.takes_any_other) or rank_of(request, opening) is not None


def rank_of(request: PlacementRequest, opening: Opening) -> int | None:
    """The place of the opening on the learner's list, 1 for the first, None when it is not on it."""
    return request.rank_of(opening.id)


def inputs_of(session: Session, round_: MatchRound, today: date) -> Inputs:
    """Everything that a run of this round works with; a constant number of queries."""
    return inputs_by_round(session, [round_], today)[round_.id]


def inputs_by_round(session: Session, rounds: Sequence[MatchRound], today: date) -> dict[int, Inputs]:
    """The same for rounds by their ids, in as many queries as for one."""
    requests: dict[int | None, list[PlacementRequest]] = {round_.id: [] for round_ in rounds}
    statement = requests_in_any(rounds, today).options(*all_of_a_request()).order_by(PlacementRequest.id)
    for request in session.scalars(statement):
        requests[request.round_id].append(request)
    levels = {round_.level for round_ in rounds}
    network_ids = {network.id for round_ in rounds for network in round_.networks}
    openings = openings_in(session, network_ids, levels.pop() if len(levels) == 1 else None)
    held, declined = Held.on(session, today), declined_by_request(session, requests)
    return {
        round_.id: Inputs(
            requests=requests[round_.id],
            openings=[opening for opening in openings if is_of_round(opening, round_)],
            held=held,
            today=today,
            earliest=max(today, round_.offers_by),
            declined=declined,
            holds_minimums=round_.published_at is None,
        )
        for round_ in rounds
    }


def inputs_among(
    session: Session, round_: MatchRound, today: date, request_ids: Collection[int], opening_ids: Collection[int]
) -> Inputs:
    """The same with only some of its requests and openings, where nothing is asked about the others."""
    statement = requests_in(round_, today).where(PlacementRequest.id.in_(request_ids))
    requests = session.scalars(statement.options(*all_of_a_request()).order_by(PlacementRequest.id)).all()
    wanted = openings_of(round_).where(Opening.id.in_(opening_ids))
    openings = session.scalars(wanted.options(*all_of_an_opening()).order_by(Opening.id)).all()
    held = Held.around(session, today, openings, [request.learner_id for request in requests])
    declined = declined_by_request(session, [round_.id])
    return Inputs(requests, openings, held, today, earliest=max(today, round_.offers_by), declined=declined)


def declined_by_request(session: Session, round_ids: Iterable[int | None]) -> dict[int, frozenset[int]]:
    """The openings that learners of these rounds have declined, by request id: no turn offers them again."""
    found: dict[int, frozenset[int]] = {}
    statement = select(Offer.request_id, Offer.opening_id).where(
        Offer.round_id.in_(list(round_ids)), Offer.state == OfferState.DECLINED
    )
    for request_id, opening_id in session.execute(statement):
        found[request_id] = found.get(request_id, frozenset()) | {opening_id}
    return found


def is_of_round(opening: Opening, round_: MatchRound) -> bool:
    return round_.level in opening.levels and any(network.id == opening.network_id for network in round_.networks)


def requests_in(round_: MatchRound, today: date) -> Select[PlacementRequest]:
    """The submitted requests of a round that still look for a place, of learners who take part.

    After a publication these are those that wait for the next turn.
    """
    return requests_in_any([round_], today)


def requests_in_any(rounds: Sequence[MatchRound], today: date) -> Select[PlacementRequest]:
    """The same for several rounds."""
    return (
        select(PlacementRequest)
        .join(PlacementRequest.learner)
        .where(
            Person.takes_part_as(Role.LEARNER),
            PlacementRequest.round_id.in_([round_.id for round_ in rounds]),
            PlacementRequest.state == RequestState.SUBMITTED,
            PlacementRequest.asked_again_at.is_(None),
            PlacementRequest.stopped_waiting_at.is_(None),
            ~has_unanswered_offer(),
            ~has_live_offer(today),
        )
    )


def has_unanswered_offer() -> ColumnElement[bool]:
    """True of requests with an offer that waits; also past its last day, until it is written down that it lapsed."""
    unanswered = aliased(Offer)
    return exists().where(unanswered.request_id == PlacementRequest.id, unanswered.state == OfferState.WAITING)


def has_live_offer(today: date) -> ColumnElement[bool]:
    """True of requests whose learner has an offer that can still be answered, or was accepted."""
    live = aliased(Offer)  # so that a query about offers can ask it too
    is_live = or_(live.state == OfferState.ACCEPTED, live.is_open_on(today))
    return exists().where(live.request_id == PlacementRequest.id, is_live)
