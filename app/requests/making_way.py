"""A request whose placement ended too soon makes way for another one for the same module."""

from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.models.people import Person
from app.models.placements import Offer, OfferState
from app.models.requests import PlacementRequest
from app.platform.audit import record
from app.requests.queries import is_live
from app.rules.of_learners.places import ended_without_completion


def make_way(
    session: Session, actor: Person, request: PlacementRequest, module_id: int, today: date, now: datetime
) -> None:
    """Let her present request for the module count as asked again, where its placement ended too soon."""
    if not ended_without_completion(session, [(request.learner_id, module_id)], today):
        return
    was_placed = exists().where(Offer.request_id == PlacementRequest.id, Offer.state == OfferState.ACCEPTED)
    placed = select(PlacementRequest).where(
        PlacementRequest.learner_id == request.learner_id,
        PlacementRequest.module_id == module_id,
        PlacementRequest.id != request.id,
        is_live(),
        was_placed,
    )
    for other in session.scalars(placed.with_for_update()).all():
        other.asked_again_at = now
        session.flush()
        record(session, actor, "asked again", request, now=now, after=other.id)
