"""Who is enrolled on a practical module that starts soon and has no placement for it, as conditions of the database.

Each is asked of an enrolment and a module of its programme; the learner is joined as `Person`.
"""

import enum
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.models.academic.unplaced import UnplacedAcknowledgement
from app.models.organisations import Network
from app.models.pairs.nominations import OPEN, Nomination
from app.models.people import Person, Role
from app.models.placements import Offer, Placement
from app.models.programmes import Enrolment, Module, ModuleKind
from app.models.requests import PlacementRequest, RequestState
from app.rules.academic.reach import reaches_enrolment
from app.rules.credit.counting import is_credited
from app.rules.enrolments.standing import is_stepped_out_on
from app.rules.of_learners.places import ASKS_AGAIN
from app.rules.programmes.standing import can_be_taken

OF_A_UNIVERSITY = (Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD)


class Looking(enum.Enum):
    """How far a learner without a placement is; the first that is true of her."""

    OFFERED = "has an offer to answer"
    NAMED = "has named a supervisor, and nothing is agreed yet"
    ASKED = "has asked for a place"
    NOT_ASKED = "has not asked for a place"


def is_unplaced_soon(today: date, days: int) -> ColumnElement[bool]:
    """True where the module is to start within so many days, or was to have started, and the learner has no place.

    She is on the programme and not away, and has no credit for the module. A placement that ended incomplete or was
    withdrawn is none.
    """
    placed = exists().where(
        Placement.learner_id == Enrolment.learner_id,
        Placement.module_id == Module.id,
        or_(Placement.outcome.is_(None), Placement.outcome.not_in(ASKS_AGAIN)),
    )
    return and_(
        Module.kind == ModuleKind.RPE,
        can_be_taken(),
        Enrolment.ended_on.is_(None),
        starts_by() <= today + timedelta(days=days),
        Person.takes_part_as(Role.LEARNER),
        ~placed.correlate(Enrolment, Module),
        ~is_stepped_out_on(today),
        ~is_credited(Module.id),
    )


def starts_by() -> ColumnElement[date]:
    """The last day on which she wants to start, where she has asked; else the first of her programme."""
    wanted = of_request(select(PlacementRequest.start_until)).scalar_subquery()
    return func.coalesce(wanted, Enrolment.started_on)


def is_watched_by(person: Person) -> ColumnElement[bool]:
    """True of learners whom she reaches for a university, and who ask for a place in a network that she coordinates.

    Nobody watches over herself.
    """
    hers = of_request(select(PlacementRequest.id)).where(
        PlacementRequest.networks.any(Network.id.in_(person.network_ids()))
    )
    reached = or_(reaches_enrolment(person, *OF_A_UNIVERSITY), hers.exists())
    return and_(reached, Enrolment.learner_id != person.id)


def has_asked() -> ColumnElement[bool]:
    return of_request(select(PlacementRequest.id)).exists()


def has_offer(today: date) -> ColumnElement[bool]:
    offered = of_request(select(Offer.id).join(PlacementRequest, PlacementRequest.id == Offer.request_id))
    return offered.where(Offer.is_open_on(today)).exists()


def has_named() -> ColumnElement[bool]:
    """True while she waits to hear about a supervisor whom she found herself."""
    named = exists().where(
        Nomination.learner_id == Enrolment.learner_id, Nomination.module_id == Module.id, Nomination.state.in_(OPEN)
    )
    return named.correlate(Enrolment, Module)


def of_request(statement: Any) -> Any:
    """Narrowed to the one request for the module with which she looks for a place."""
    return statement.where(
        PlacementRequest.learner_id == Enrolment.learner_id,
        PlacementRequest.module_id == Module.id,
        PlacementRequest.state == RequestState.SUBMITTED,
        PlacementRequest.asked_again_at.is_(None),
        PlacementRequest.stopped_waiting_at.is_(None),
    ).correlate(Enrolment, Module)


def is_put_aside(today: date) -> ColumnElement[bool]:
    """True until its last day, unless somebody had it back or the start has come nearer; the newest counts."""
    known, later = UnplacedAcknowledgement, aliased(UnplacedAcknowledgement)
    same = later.enrolment_id == known.enrolment_id, later.module_id == known.module_id, later.id > known.id
    counting = select(known.id).where(
        known.enrolment_id == Enrolment.id,
        known.module_id == Module.id,
        known.until_on >= today,
        known.ended_at.is_(None),
        known.starts_by <= starts_by(),
        ~exists().where(*same).correlate(known),
    )
    return counting.correlate(Enrolment, Module).exists()
