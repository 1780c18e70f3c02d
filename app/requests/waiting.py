"""Waiting for the next turn of a round that had no place, or no longer: it is the learner's to say."""

from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.requests import PlacementRequest
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.requests.questions.whereabouts import Whereabouts, whereabouts_of


def stop_waiting(session: Session, occasion: Occasion, request: PlacementRequest) -> None:
    """Take no part in further turns; raises Refused when she does not wait."""
    if not standing_of(session, occasion, request).waits:
        raise Refused("This request does not wait for a place. Its page says how it stands.")
    request.stop_waiting(occasion.now)
    record(session, occasion.actor, "stopped waiting for a place", request, now=occasion.now)


def wait_again(session: Session, occasion: Occasion, request: PlacementRequest) -> None:
    """Be in the next turn after all; raises Refused when that cannot be."""
    if not standing_of(session, occasion, request).can_wait_again:
        raise Refused("This request cannot wait for a place. Its page says how it stands.")
    request.stopped_waiting_at = None
    record(session, occasion.actor, "waits for a place again", request, now=occasion.now)


def standing_of(session: Session, occasion: Occasion, request: PlacementRequest) -> Whereabouts:
    return whereabouts_of(session, [request], occasion.now)[request.id]
