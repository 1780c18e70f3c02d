"""Where a request stands on its way from draft to place."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_of
from app.models.placements import Offer, OfferState, Placement
from app.models.requests import PlacementRequest, RequestState
from app.models.rounds import MatchRound, RoundTurn
from app.models.runs import Run, UnplacedRequest
from app.rules.of_learners.places import ended_without_completion


class Stage(enum.Enum):
    """How far a request has come; the value is the word of its tag."""

    DRAFT = "draft"
    WAITING = "waiting for a round"
    IN_ROUND = "submitted"
    CLOSED = "round closed"
    OFFERED = "offer waiting"
    PLACED = "placed"
    ANSWERED = "offer over"
    ENDED = "placement ended"
    UNPLACED = "not placed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The stage of a request, with the round and the offer that make it.

    Where it was not placed, `reason` and `next_step` are what the mail of the round said. With `waits` it is in the
    next turn of the round; with `can_wait_again` its learner can say that she wants that after all. `ended` is the
    placement that ended incomplete or withdrawn, after which she can ask again.
    """

    stage: Stage
    round: MatchRound | None
    offer: Offer | None = None
    reason: str = ""
    next_step: str = ""
    waits: bool = False
    can_wait_again: bool = False
    ended: Placement | None = None

    @property
    def turn(self) -> RoundTurn | None:
        """The clearing turn that is open."""
        return self.round.open_turn if self.round else None

    @property
    def ending(self) -> str:
        """How an offer that is over ended, to be read after its name."""
        by_state = {OfferState.DECLINED: "was declined", OfferState.TAKEN_BACK: "was taken back"}
        return by_state.get(self.offer.state, "lapsed") if self.offer else ""

    @property
    def taken_back_because(self) -> str:
        """The sentence that her mail gave for an offer that was taken back."""
        clause = self.offer.taken_back_because if self.offer else ""
        return f"{clause[0].upper()}{clause[1:]}." if clause else ""


def whereabouts_of(session: Session, requests: Sequence[PlacementRequest], now: datetime) -> dict[int, Whereabouts]:
    """Where each request stands, by its id; three queries however many there are."""
    ids = [request.id for request in requests]
    made = select(Offer).where(Offer.request_id.in_(ids), Offer.taken_back_with_id.is_(None)).order_by(Offer.id)
    offers = {offer.request_id: offer for offer in session.scalars(made)}
    unplaced = (
        select(UnplacedRequest)
        .join(UnplacedRequest.run)
        .where(UnplacedRequest.request_id.in_(ids), Run.published_at.is_not(None))
        .order_by(UnplacedRequest.id)
    )
    told = {row.request_id: row for row in session.scalars(unplaced)}
    found = {one.id: _whereabouts(one, offers.get(one.id), told.get(one.id), now) for one in requests}
    placed = {
        one.id: (one.learner_id, one.module_id)
        for one in requests
        if found[one.id].stage is Stage.PLACED and one.module_id is not None
    }
    ended = ended_without_completion(session, placed.values(), day_of(now)) if placed else {}
    for id_, key in placed.items():
        if key in ended:
            found[id_] = replace(found[id_], stage=Stage.ENDED, ended=ended[key])
    return {one.id: _with_waiting(found[one.id], one) for one in requests}


def _with_waiting(known: Whereabouts, request: PlacementRequest) -> Whereabouts:
    """Whether she is in the next turn: not before it is written down that an offer has lapsed."""
    is_over = known.offer is None or known.offer.state is not OfferState.WAITING
    if known.stage not in (Stage.UNPLACED, Stage.ANSWERED) or request.asked_again_at or not is_over:
        return known
    return replace(known, waits=request.wants_a_place, can_wait_again=not request.wants_a_place)


def _whereabouts(
    request: PlacementRequest, offer: Offer | None, told: UnplacedRequest | None, now: datetime
) -> Whereabouts:
    if request.state is RequestState.SUBMITTED and offer is not None:
        return Whereabouts(_stage_of(offer, now), request.round, offer)
    stage = _stage_without_offer(request, now)
    return Whereabouts(stage, request.round, None, told.reason if told else "", told.next_step if told else "")


def _stage_of(offer: Offer, now: datetime) -> Stage:
    by_state = {OfferState.WAITING: Stage.OFFERED, OfferState.ACCEPTED: Stage.PLACED}
    return by_state.get(offer.state_at(now), Stage.ANSWERED)


def _stage_without_offer(request: PlacementRequest, now: datetime) -> Stage:
    if request.state is not RequestState.SUBMITTED:
        return Stage.DRAFT if request.state is RequestState.DRAFT else Stage.WITHDRAWN
    if request.round is None:
        return Stage.WAITING
    if request.round.published_at is not None:
        return Stage.UNPLACED
    return Stage.CLOSED if request.is_frozen_at(now) else Stage.IN_ROUND
