"""Deeds on pins: fixing a pairing with a reason, saying that its evidence was seen, and lifting it again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.language.dates_and_times import day_of
from app.language.refusal import Overtaken, Refused
from app.models.people import Person
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.runs import Circumstance, EvidenceKind, Pin, PinEvidence, PinKind
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.rounds.inputs import Inputs
from app.rounds.pins import mails
from app.rounds.service import refuse_at_rest
from app.rounds.snapshot import hindrance_of
from app.rules.coordinators import coordinators_of_round
from app.rules.doubts import ask_about, doubts_about_text

EVIDENCE_PAST = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Why:
    """Why a pairing is fixed, and whether that has to be shown to a second person before it counts."""

    kind: PinKind
    reason: str
    circumstance: Circumstance | None = None
    needs_evidence: bool = False


def pin_pairing(
    session: Session,
    actor: Person,
    round_: MatchRound,
    inputs: Inputs,
    request: PlacementRequest,
    opening_id: int,
    why: Why,
    *,
    is_sure: bool,
    occasion: Occasion,
) -> Pin:
    """Fix a pairing for every run from now on; where evidence is needed, others who can see it are told.

    Raises Refused as `pin_of_pairing` does.
    """
    holding = pins_that_hold(session, round_)
    pin = pin_of_pairing(actor, occasion.now, round_, inputs, holding, request, opening_id, why, is_sure=is_sure)
    write_pin(session, actor, round_, pin, occasion)
    return pin


def write_pin(session: Session, actor: Person, round_: MatchRound, pin: Pin, occasion: Occasion) -> None:
    """Let a pin hold that can, and tell those who have to see what it rests on."""
    session.add(pin)
    session.flush()
    ids = {"request": pin.request_id, "opening": pin.opening_id}
    record(session, actor, "pinned a pairing", pin, now=occasion.now, name=round_.name, **ids)
    if pin.needs_evidence:
        for other in others_of_round(session, round_, actor):
            mail = mails.evidence_wanted(other, pin, round_, occasion.home)
            queue_message(session, other.email, mail, occasion.now)


def pin_of_pairing(
    actor: Person,
    now: datetime,
    round_: MatchRound,
    inputs: Inputs,
    holding: Iterable[Pin],
    request: PlacementRequest,
    opening_id: int,
    why: Why,
    *,
    is_sure: bool,
) -> Pin:
    """The pin as it would be beside those that hold; it is written nowhere yet.

    Raises Refused for the learner herself, when something stands in its way, when the learner is pinned already, or
    when all places of the opening are pinned to others. The learner's own list does not bind the coordinator, who
    agreed it with her.
    """
    refuse_at_rest(round_)
    if actor.id == request.learner_id:
        raise Refused("This is your own request. Ask another coordinator of this round to fix the pairing.")
    opening = next((opening for opening in inputs.openings if opening.id == opening_id), None)
    hindrance = hindrance_of(request, opening, inputs)
    if opening is None or hindrance:
        raise Refused(f"This pairing cannot be fixed: {hindrance}", "opening_id")
    refuse_beside(holding, request, opening_id, inputs.places[opening_id])
    ask_about(doubts_about_text((why.reason,), day_of(now)), is_sure)
    return Pin(
        round_id=round_.id,
        request=request,
        opening=opening,
        kind=why.kind,
        circumstance=why.circumstance,
        reason=why.reason,
        needs_evidence=why.needs_evidence,
        author_id=actor.id,
        created_at=now,
    )


def refuse_beside(holding: Iterable[Pin], request: PlacementRequest, opening_id: int, places: int) -> None:
    """Raise Refused where the pins that hold leave no room for another one."""
    pins = list(holding)
    if any(pin.request.id == request.id for pin in pins):
        raise Refused("This learner is pinned already. Lift that pin first, on the page of the pins.")
    on_it = [pin for pin in pins if pin.opening.id == opening_id]
    if any(pin.request.learner_id == request.learner_id for pin in on_it):
        raise Refused(
            "Another request of this learner is pinned to this opening. Two modules need two openings.", "opening_id"
        )
    if len(on_it) >= places:
        raise Refused(
            "All places of this opening are pinned to other learners. Lift one of those pins first.", "opening_id"
        )


def say_evidence_seen(
    session: Session, actor: Person, round_: MatchRound, pin: Pin, kind: EvidenceKind, seen_on: date, occasion: Occasion
) -> None:
    """Keep that a second person has seen what a pin rests on; nothing of it is kept here.

    Raises Overtaken when it was seen or lifted already, Refused for its author and for anybody whom it concerns.
    """
    refuse_at_rest(round_)
    if pin.lifted_at is not None or not pin.lacks_evidence:
        raise Overtaken("This pin needs no evidence any more. The list of pins says how it stands.")
    if actor.id == pin.author_id:
        raise Refused("You made this pin. Ask another coordinator of this round to look at the evidence.")
    if actor.id in (pin.request.learner_id, pin.opening.mentor_id):
        raise Refused("This pairing concerns you. Ask another coordinator of this round to look at the evidence.")
    if not occasion.today - EVIDENCE_PAST <= seen_on <= occasion.today:
        raise Refused("The day must be today or within the last year", "seen_on")
    pin.evidence = PinEvidence(kind=kind, seen_on=seen_on, seen_by_id=actor.id, recorded_at=occasion.now)
    record(
        session, actor, "saw the evidence for a pin", pin, now=occasion.now, name=round_.name, request=pin.request_id,
        kind=kind.value,
    )  # fmt: skip


def others_of_round(session: Session, round_: MatchRound, actor: Person) -> list[Person]:
    return [one for one in coordinators_of_round(session, round_.id) if one.id != actor.id]


def lift_pin(session: Session, actor: Person, now: datetime, round_: MatchRound, pin: Pin) -> None:
    """Let runs decide again; the pin stays as history. Lifting it twice changes nothing."""
    refuse_at_rest(round_)
    if pin.lifted_at is None:
        pin.lifted_at = now
        record(session, actor, "lifted a pin", pin, now=now, name=round_.name, request=pin.request_id)


def pins_that_hold(session: Session, round_: MatchRound) -> list[Pin]:
    statement = select(Pin).where(Pin.round_id == round_.id, Pin.lifted_at.is_(None))
    return list(session.scalars(statement.options(joinedload(Pin.request), joinedload(Pin.opening))))
