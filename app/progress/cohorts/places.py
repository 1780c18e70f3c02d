"""Where somebody who is enrolled is on her way to a placement, as conditions of the database."""

import enum
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, exists, select

from app.models.placements import Offer, OfferState, Placement
from app.models.programmes import Enrolment, Module
from app.models.requests import PlacementRequest, RequestState
from app.models.rounds import MatchRound
from app.promises.leaving import looks_for_a_place
from app.rules.enrolments.standing import is_stepped_out_on


class Place(enum.Enum):
    """How far she is; the first that is true of her."""

    STEPPED_OUT = "stepped out"
    RUNS = "in a placement"
    TO_BEGIN = "placement is to begin"
    OFFERED = "has an offer to answer"
    WAITS = "waits for a place"
    OVER = "placement is over"
    NOT_ASKED = "has not asked for a place"


def place_on(today: date) -> ColumnElement[str]:
    """The name of the place of an enrolment."""
    current = Placement.is_current_on(today)
    conditions = {
        Place.STEPPED_OUT: is_stepped_out_on(today),
        Place.RUNS: has_placement(current, Placement.starts_on <= today),
        Place.TO_BEGIN: has_placement(current, Placement.starts_on > today),
        Place.OFFERED: has_request(has_offer(Offer.is_open_on(today))),
        Place.WAITS: has_request(
            PlacementRequest.state == RequestState.SUBMITTED,
            PlacementRequest.asked_again_at.is_(None),
            looks_for_a_place(),
            ~has_offer(Offer.state == OfferState.ACCEPTED),
        ),
        Place.OVER: has_placement(Placement.ends_on >= Placement.starts_on),
    }
    return case(*((true, place.name) for place, true in conditions.items()), else_=Place.NOT_ASKED.name)


def has_placement(*conditions: Any) -> ColumnElement[bool]:
    statement = select(Placement.id).join(Module, Module.id == Placement.module_id)
    return of_enrolment(statement, Placement.learner_id).where(*conditions).correlate(Enrolment).exists()


def has_request(*conditions: Any) -> ColumnElement[bool]:
    statement = (
        select(PlacementRequest.id)
        .join(Module, Module.id == PlacementRequest.module_id)
        .outerjoin(MatchRound, MatchRound.id == PlacementRequest.round_id)
    )
    return of_enrolment(statement, PlacementRequest.learner_id).where(*conditions).correlate(Enrolment).exists()


def has_offer(condition: Any) -> ColumnElement[bool]:
    return exists().where(Offer.request_id == PlacementRequest.id, condition).correlate(PlacementRequest)


def of_enrolment(statement: Any, learner_id: Any) -> Any:
    """Narrowed to what is within the same programme."""
    return statement.where(learner_id == Enrolment.learner_id, Module.programme_id == Enrolment.programme_id)
