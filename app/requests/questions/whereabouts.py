"""Where a request stands on its way from draft to place, and what its learner's home page says of it."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.times import day_in_words
from app.models.people import Person, Role
from app.models.placements import Offer, OfferState
from app.models.requests import PlacementRequest, RequestState
from app.models.rounds import MatchRound
from app.models.runs import Run, UnplacedRequest
from app.requests.parts import parts_of
from app.requests.queries import live_requests_of, round_of
from app.rules.home_items import Standing, Task


class Stage(enum.Enum):
    """How far a request has come; the value is the word of its tag."""

    DRAFT = "draft"
    WAITING = "waiting for a round"
    IN_ROUND = "submitted"
    CLOSED = "round closed"
    OFFERED = "offer waiting"
    PLACED = "placed"
    ANSWERED = "offer over"
    UNPLACED = "not placed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The stage of a request, with the round and the offer that make it, and the reason where it was not placed."""

    stage: Stage
    round: MatchRound | None
    offer: Offer | None = None
    reason: str = ""


def whereabouts_of(session: Session, requests: Sequence[PlacementRequest], today: date) -> dict[int, Whereabouts]:
    """Where each request stands, by its id; two queries however many there are."""
    ids = [request.id for request in requests]
    offers = {
        offer.request_id: offer
        for offer in session.scalars(select(Offer).where(Offer.request_id.in_(ids)).order_by(Offer.id))
    }
    unplaced = (
        select(UnplacedRequest)
        .join(UnplacedRequest.run)
        .where(UnplacedRequest.request_id.in_(ids), Run.published_at.is_not(None))
        .order_by(UnplacedRequest.id)
    )
    reasons = {row.request_id: row.reason for row in session.scalars(unplaced)}
    return {one.id: _whereabouts(one, offers.get(one.id), reasons.get(one.id, ""), today) for one in requests}


def _whereabouts(request: PlacementRequest, offer: Offer | None, reason: str, today: date) -> Whereabouts:
    if request.state is RequestState.SUBMITTED and offer is not None:
        return Whereabouts(_stage_of(offer, today), request.round, offer)
    return Whereabouts(_stage_without_offer(request, today), request.round, reason=reason)


def _stage_of(offer: Offer, today: date) -> Stage:
    by_state = {OfferState.WAITING: Stage.OFFERED, OfferState.ACCEPTED: Stage.PLACED}
    return by_state.get(offer.state_on(today), Stage.ANSWERED)


def _stage_without_offer(request: PlacementRequest, today: date) -> Stage:
    if request.state is not RequestState.SUBMITTED:
        return Stage.DRAFT if request.state is RequestState.DRAFT else Stage.WITHDRAWN
    if request.round is None:
        return Stage.WAITING
    if request.round.published_at is not None:
        return Stage.UNPLACED
    return Stage.CLOSED if request.is_frozen_on(today) else Stage.IN_ROUND


def items_for_home(session: Session, person: Person, today: date) -> list[Task | Standing]:
    """What a learner's requests ask of her, or how they stand."""
    if Role.LEARNER not in person.roles:
        return []
    requests = live_requests_of(session, person)
    if not requests:
        return [
            Task(
                "Ask for a placement",
                "You have no request yet. Say what interests you, and see which openings fit.",
                "requests.start",
            )
        ]
    known = whereabouts_of(session, requests, today)
    return [item for one in requests for item in [_item(session, one, known[one.id], today)] if item]


def _item(session: Session, request: PlacementRequest, known: Whereabouts, today: date) -> Task | Standing | None:
    """One line of the home page; offers and placements say themselves what they ask."""
    if known.stage is Stage.DRAFT:
        return _task_to_finish(session, request, today)
    words = _WORDS.get(known.stage)
    if words is None:
        return None
    text, why = words
    closes, answer_by = (known.round.closes_on, known.round.answer_by) if known.round else (None, None)
    dates = {"closes": closes and day_in_words(closes), "answer_by": answer_by and day_in_words(answer_by)}
    name = known.round.name if known.round else ""
    return Standing(
        text.format(name=name, **dates),
        known.reason or why.format(name=name, **dates),
        "requests.show",
        {"request_id": request.id},
    )


def _task_to_finish(session: Session, request: PlacementRequest, today: date) -> Task:
    parts = parts_of(request)
    done = sum(part.is_done for part in parts)
    round_ = round_of(session, request, today)
    closes = f" {round_.name} closes on {day_in_words(round_.closes_on)}." if round_ else ""
    return Task(
        "Finish your request",
        f"It is not sent yet: {done} of {len(parts)} parts are done.{closes}",
        "requests.show",
        {"request_id": request.id},
        round_.closes_on if round_ else None,
    )


_WORDS = {
    Stage.WAITING: (
        "Your request is in and waits for a round",
        "It joins the next round for your networks by itself. You can change it until that round closes.",
    ),
    Stage.IN_ROUND: (
        "Your request is in: {name} closes on {closes}",
        "You can change it until then. If you are offered a place, you answer by {answer_by}.",
    ),
    Stage.CLOSED: (
        "{name} closed on {closes}",
        "The coordinator is matching now. If you are offered a place, you answer by {answer_by}.",
    ),
    Stage.ANSWERED: ("Your offer from {name} is over", "Open your request to ask again."),
    Stage.UNPLACED: ("You have no place from {name}", "Open your request to see why, and to ask again."),
}
