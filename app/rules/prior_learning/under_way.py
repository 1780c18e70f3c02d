"""What stands in the way of recognising a whole practical module: a placement for it that runs or is asked for."""

from datetime import date

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from app.models.pairs.nominations import OPEN, Nomination
from app.models.placements import Placement
from app.models.programmes import Module, ModuleKind
from app.models.requests import PlacementRequest, RequestState
from app.rules.of_learners.places import has_place_for, offer_for


def what_is_under_way(session: Session, learner_id: int, module: Module, today: date) -> str:
    """What has to end first, in words; empty where nothing does."""
    if module.kind is not ModuleKind.RPE:
        return ""
    if has_place_for(session, learner_id, module.id, today):
        return "has a placement for this module, which must end first"
    if offer_for(session, learner_id, module.id, today):
        return "has an offer of a placement for this module, which must be answered first"
    hers = Nomination.learner_id == learner_id, Nomination.module_id == module.id, Nomination.state.in_(OPEN)
    if session.scalar(select(Nomination.id).where(*hers).limit(1)) is not None:
        return "has named a supervisor for this module, and must withdraw that first"
    if session.scalar(select(PlacementRequest.id).where(*waits_for_a_place(learner_id, module)).limit(1)) is not None:
        return "asks for a placement for this module, and must withdraw the request first"
    return ""


def waits_for_a_place(learner_id: int, module: Module) -> tuple[ColumnElement[bool], ...]:
    """The conditions of a request that can still bring a place."""
    placed = exists().where(Placement.learner_id == learner_id, Placement.module_id == module.id)
    return (
        PlacementRequest.learner_id == learner_id,
        PlacementRequest.module_id == module.id,
        PlacementRequest.state == RequestState.SUBMITTED,
        PlacementRequest.asked_again_at.is_(None),
        PlacementRequest.stopped_waiting_at.is_(None),
        ~placed,
    )
