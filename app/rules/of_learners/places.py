"""Whether a learner has a place for a module already, by whichever road, or is offered one."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.pairs.nominations import OPEN, Nomination
from app.models.people import Person
from app.models.placements import Offer, Placement
from app.models.requests import PlacementRequest


def has_place_for(session: Session, learner_id: int, module_id: int | None, today: date) -> bool:
    """True while a placement for the module runs, or is to begin."""
    hers = (Placement.learner_id == learner_id, Placement.module_id == module_id, Placement.is_current_on(today))
    return session.scalar(select(Placement.id).where(*hers).limit(1)) is not None


def offer_for(session: Session, learner_id: int, module_id: int, today: date) -> Offer | None:
    """The offer for the module that she can answer."""
    statement = (
        select(Offer)
        .join(Offer.request)
        .where(
            PlacementRequest.learner_id == learner_id, PlacementRequest.module_id == module_id, Offer.is_open_on(today)
        )
    )
    return session.scalar(statement.limit(1))


def needs_no_request(session: Session, learner: Person, today: date) -> bool:
    """True while she has a place that she found herself, or waits to hear about one."""
    placed = select(Placement.id).where(
        Placement.learner_id == learner.id, Placement.nomination_id.is_not(None), Placement.is_current_on(today)
    )
    nominated = select(Nomination.id).where(Nomination.learner_id == learner.id, Nomination.state.in_(OPEN))
    return any(session.scalar(one.limit(1)) is not None for one in (placed, nominated))
