"""What becomes of a learner's placements, requests and offers on a programme when she steps out of it or leaves it."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from app.models.course.changes_asked import AskedKind, AskedState, ChangeAsked
from app.models.people import Person, Role
from app.models.placements import Offer, OfferState, Placement
from app.models.programmes import Enrolment, Module
from app.models.requests import PlacementRequest, RequestState
from app.models.studies import Opening
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises import mails
from app.promises.course.asking import Wish, ask_coordinators
from app.promises.offer_moves import TAKE_BACK, move_offer
from app.rules.coordinators import coordinators_of_networks

BECAUSE = "you have stepped out of the programme, or left it"


class OfPlacement(enum.Enum):
    """What is to become of a placement that runs or is to begin."""

    PAUSE = "pause"
    END = "end"
    STAYS = "stays"


@dataclass(frozen=True)
class Meanwhile:
    """What a lead says of them; None where nothing was asked."""

    placements: OfPlacement | None = None
    keeps_requests: bool = True


@dataclass(frozen=True)
class Resting:
    """What rests on an enrolment: placements with days from then on, requests that were sent, offers to answer."""

    placements: Sequence[Placement]
    requests: Sequence[PlacementRequest]
    offers: Sequence[Offer]


def resting_on(session: Session, enrolment: Enrolment, day: date, today: date) -> Resting:
    """What rests on an enrolment from a day on."""
    modules = select(Module.id).where(Module.programme_id == enrolment.programme_id)
    placements = (
        select(Placement)
        .where(
            Placement.learner_id == enrolment.learner_id,
            Placement.module_id.in_(modules),
            Placement.is_current_on(max(day, today)),
            Placement.outcome.is_(None),
        )
        .order_by(Placement.id)
        .options(
            joinedload(Placement.learner),
            joinedload(Placement.mentor),
            joinedload(Placement.opening).joinedload(Opening.study),
        )
    )
    offers = (
        select(Offer)
        .join(Offer.request)
        .where(
            PlacementRequest.learner_id == enrolment.learner_id,
            PlacementRequest.module_id.in_(modules),
            Offer.is_open_on(today),
        )
        .options(
            joinedload(Offer.request).joinedload(PlacementRequest.learner),
            joinedload(Offer.opening).options(joinedload(Opening.study), joinedload(Opening.mentor)),
        )
    )
    return Resting(
        session.scalars(placements).all(),
        session.scalars(requests_for(enrolment)).all(),
        session.scalars(offers.order_by(Offer.id)).all(),
    )


def requests_for(enrolment: Enrolment) -> Select[PlacementRequest]:
    """Her requests within the programme that were sent and brought no place."""
    accepted = select(Offer.request_id).where(Offer.state == OfferState.ACCEPTED)
    return (
        select(PlacementRequest)
        .join(Module, Module.id == PlacementRequest.module_id)
        .where(
            PlacementRequest.learner_id == enrolment.learner_id,
            Module.programme_id == enrolment.programme_id,
            PlacementRequest.state == RequestState.SUBMITTED,
            PlacementRequest.asked_again_at.is_(None),
            PlacementRequest.id.not_in(accepted),
        )
        .order_by(PlacementRequest.id)
        .options(joinedload(PlacementRequest.module), joinedload(PlacementRequest.round))
    )


def settle(
    session: Session,
    occasion: Occasion,
    enrolment: Enrolment,
    meanwhile: Meanwhile,
    days: tuple[date, date | None],
    why: str,
) -> None:
    """Do what the lead said: coordinators are asked to pause or end placements, requests and offers are taken back.

    `days` are from when, and when she means to return. Who is concerned is told by what is done.
    """
    resting = resting_on(session, enrolment, days[0], occasion.today)
    if meanwhile.placements in (OfPlacement.PAUSE, OfPlacement.END):
        kind = AskedKind.PAUSE if meanwhile.placements is OfPlacement.PAUSE else AskedKind.END
        for placement in resting.placements:
            ask_for(session, occasion, placement, kind, days, why)
    if not meanwhile.keeps_requests:
        for offer in resting.offers:
            take_back_offer(session, occasion, offer)
        for request in resting.requests:
            request.give_way(occasion.now)
            record(session, occasion.actor, "ended a request of a learner who left", request, now=occasion.now)


def ask_for(
    session: Session,
    occasion: Occasion,
    placement: Placement,
    kind: AskedKind,
    days: tuple[date, date | None],
    why: str,
) -> None:
    """Ask, unless the same waits already."""
    actor, from_on = occasion.actor, max(days[0], occasion.today, placement.starts_on)
    assert isinstance(actor, Person)
    session.refresh(placement, ["state", "outcome", "ends_on"], with_for_update=True)
    waits = (ChangeAsked.placement_id == placement.id, ChangeAsked.state == AskedState.WAITING)
    if session.scalar(select(ChangeAsked.id).where(*waits, ChangeAsked.kind == kind).limit(1)) is not None:
        return
    until = days[1] if kind is AskedKind.PAUSE and days[1] and days[1] > from_on else None
    ask_coordinators(session, occasion, placement, actor, Wish(kind, from_on, until, why))


def take_back_offer(session: Session, occasion: Occasion, offer: Offer) -> None:
    """End an offer that waits, and tell its learner, its mentor and the coordinators of its network."""
    move_offer(session, occasion, offer, TAKE_BACK, BECAUSE)
    offer.taken_back_because = BECAUSE
    learner, mentor = offer.request.learner, offer.opening.mentor
    queue_message(session, learner.email, mails.taken_back(offer, occasion.home), occasion.now)
    if mentor.takes_part_as(Role.MENTOR):
        queue_message(session, mentor.email, mails.taken_back_to_mentor(offer, occasion.home), occasion.now)
    for coordinator in coordinators_of_networks(session, {offer.opening.network_id}):
        mail = mails.learner_stepped_away(coordinator, offer, occasion.home)
        queue_message(session, coordinator.email, mail, occasion.now)
