"""Deeds on pins: fixing a pairing with a reason, and lifting it again."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.language.dates_and_times import day_of
from app.language.refusal import Refused
from app.models.people import Person
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.runs import Pin, PinKind
from app.platform.audit import record
from app.rounds.inputs import Inputs
from app.rounds.service import refuse_at_rest
from app.rounds.snapshot import hindrance_of
from app.rules.doubts import ask_about, doubts_about_text


def pin_pairing(
    session: Session,
    actor: Person,
    now: datetime,
    round_: MatchRound,
    inputs: Inputs,
    request: PlacementRequest,
    opening_id: int,
    kind: PinKind,
    reason: str,
    *,
    is_sure: bool,
) -> Pin:
    """Fix a pairing for every run from now on.

    Raises Refused when something stands in its way, when the learner is pinned already, or when all places of the
    opening are pinned to others. The learner's own list does not bind the coordinator, who agreed it with her.
    """
    refuse_at_rest(round_)
    opening = next((opening for opening in inputs.openings if opening.id == opening_id), None)
    hindrance = hindrance_of(request, opening, inputs)
    if opening is None or hindrance:
        raise Refused(f"This pairing cannot be fixed: {hindrance}", "opening_id")
    holding = pins_that_hold(session, round_)
    if any(pin.request_id == request.id for pin in holding):
        raise Refused("This learner is pinned already. Lift that pin first, on the page of the pins.")
    if any(pin.opening_id == opening_id and pin.request.learner_id == request.learner_id for pin in holding):
        raise Refused(
            "Another request of this learner is pinned to this opening. Two modules need two openings.", "opening_id"
        )
    if sum(pin.opening_id == opening_id for pin in holding) >= inputs.places[opening_id]:
        raise Refused(
            "All places of this opening are pinned to other learners. Lift one of those pins first.", "opening_id"
        )
    ask_about(doubts_about_text((reason,), day_of(now)), is_sure)
    pin = Pin(
        round_id=round_.id,
        request=request,
        opening=opening,
        kind=kind,
        reason=reason,
        author_id=actor.id,
        created_at=now,
    )
    session.add(pin)
    record(session, actor, "pinned a pairing", pin, now=now, name=round_.name, request=request.id, opening=opening_id)
    return pin


def lift_pin(session: Session, actor: Person, now: datetime, round_: MatchRound, pin: Pin) -> None:
    """Let runs decide again; the pin stays as history. Lifting it twice changes nothing."""
    refuse_at_rest(round_)
    if pin.lifted_at is None:
        pin.lifted_at = now
        record(session, actor, "lifted a pin", pin, now=now, name=round_.name, request=pin.request_id)


def pins_that_hold(session: Session, round_: MatchRound) -> list[Pin]:
    statement = select(Pin).where(Pin.round_id == round_.id, Pin.lifted_at.is_(None))
    return list(session.scalars(statement.options(joinedload(Pin.request))))
