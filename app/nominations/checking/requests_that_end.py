"""What becomes of a learner's requests for a module for which she has found a place herself."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.pairs.nominations import Nomination
from app.models.people import Person
from app.models.requests import PlacementRequest, RequestState
from app.models.runs import Pin
from app.nominations import mails
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.rules.coordinators import coordinators_of_round


def end_requests(session: Session, actor: Person, nomination: Nomination, occasion: Occasion) -> None:
    """End them, with the pins that held them; the coordinators of a round that one leaves are told."""
    live = select(PlacementRequest).where(
        PlacementRequest.learner_id == nomination.learner_id,
        PlacementRequest.module_id == nomination.module_id,
        PlacementRequest.state != RequestState.WITHDRAWN,
        PlacementRequest.asked_again_at.is_(None),
    )
    for request in session.scalars(live.with_for_update()).all():
        end_request(session, actor, nomination, request, occasion)


def end_request(
    session: Session, actor: Person, nomination: Nomination, request: PlacementRequest, occasion: Occasion
) -> None:
    round_ = request.round
    was_looking = request.state is RequestState.SUBMITTED and round_ is not None and round_.published_at is None
    lift_pins(session, actor, request, occasion)
    request.give_way(occasion.now)
    record(session, actor, "ended a request", request, now=occasion.now, nomination=nomination.id)
    if round_ is None or not was_looking:
        return
    for coordinator in coordinators_of_round(session, round_.id):
        if coordinator.id != actor.id:
            mail = mails.request_gave_way(coordinator, nomination, round_.name, occasion.home)
            queue_message(session, coordinator.email, mail, occasion.now)


def lift_pins(session: Session, actor: Person, request: PlacementRequest, occasion: Occasion) -> None:
    """A pin has nothing to hold any more: what it promised is the placement."""
    for pin in session.scalars(select(Pin).where(Pin.request_id == request.id, Pin.lifted_at.is_(None))):
        pin.lifted_at = occasion.now
        record(session, actor, "lifted a pin", pin, now=occasion.now, request=request.id)
