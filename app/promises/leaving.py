"""Who is concerned when a person no longer takes part as learner or mentor, and what happens to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.models.people import MentorProfile, Person, Role
from app.models.placements import Offer, OfferState, Placement
from app.models.requests import PlacementRequest, RankedOpening, RequestState
from app.models.rounds import MatchRound
from app.models.studies import Opening, OpeningState
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises import mails
from app.promises.consequences import take_back_broken
from app.promises.course.deputies import end_deputies_by
from app.promises.live_offers import live_offers
from app.promises.swaps.ending import end_swaps_of
from app.rules.coordinators import coordinators_of_network

TAKING_PART = frozenset({Role.LEARNER, Role.MENTOR})


@dataclass(frozen=True)
class Concerned:
    """What rests on a person: her requests that look for a place, her openings and who ranked them, offers, placements.

    Placements go on, because their record is needed; everything else ends or rests while she does not take part.
    """

    requests: Sequence[PlacementRequest]
    openings: Sequence[Opening]
    ranked_by: int
    offers: Sequence[Offer]
    placements: Sequence[Placement]

    @property
    def is_anybody(self) -> bool:
        return bool(self.requests or self.openings or self.offers or self.placements)


def concerned_by(session: Session, person: Person, roles: frozenset[Role], today: date) -> Concerned:
    """Whom it concerns when the person leaves these of her roles."""
    left = roles & TAKING_PART
    openings = openings_of(session, person) if Role.MENTOR in left else []
    return Concerned(
        requests=requests_of(session, person) if Role.LEARNER in left else [],
        openings=openings,
        ranked_by=ranked_by(session, openings),
        offers=live_offers(session, today, offers_in(person, left)),
        placements=placements_of(session, person, left, today),
    )


def leave(session: Session, occasion: Occasion, person: Person, roles: frozenset[Role]) -> None:
    """Take back what nobody can accept any more, and tell the others of her placements; the role has ended already."""
    left = frozenset(role for role in roles & TAKING_PART if not person.takes_part_as(role))
    session.get(MentorProfile, person.id, with_for_update=True)  # whoever publishes a round with her waits
    take_back_broken(session, occasion, offers_in(person, left))
    if Role.MENTOR in left:
        end_deputies_by(session, occasion, person)
    if Role.LEARNER in left:
        end_swaps_of(session, occasion, accepted_by(session, person))
    for placement in placements_of(session, person, left, occasion.today):
        others = [one for one in (placement.learner, placement.mentor) if one is not person and one.is_active]
        for reader in [*others, *coordinators_of_network(session, placement.opening.network_id)]:
            mail = mails.partner_left(placement, reader, person, occasion.home)
            queue_message(session, reader.email, mail, occasion.now)


def accepted_by(session: Session, learner: Person) -> Sequence[int]:
    """Her accepted offers, whose places she keeps until somebody ends them, but with which she answers to no swap."""
    hers = (Offer.state == OfferState.ACCEPTED, Offer.request.has(PlacementRequest.learner_id == learner.id))
    return session.scalars(select(Offer.id).where(*hers).order_by(Offer.id)).all()


def offers_in(person: Person, roles: frozenset[Role]) -> ColumnElement[bool]:
    """True of offers to her as a learner and with her as a mentor, for those of the roles that are named."""
    return or_(
        PlacementRequest.learner_id == person.id if Role.LEARNER in roles else false(),
        Opening.mentor_id == person.id if Role.MENTOR in roles else false(),
    )


def requests_of(session: Session, learner: Person) -> Sequence[PlacementRequest]:
    """Her sent requests that look for a place: in a round, or waiting for one or for the next turn of one."""
    statement = (
        select(PlacementRequest)
        .outerjoin(PlacementRequest.round)
        .where(
            PlacementRequest.learner_id == learner.id,
            PlacementRequest.state == RequestState.SUBMITTED,
            PlacementRequest.asked_again_at.is_(None),
            looks_for_a_place(),
        )
        .order_by(PlacementRequest.id)
        .options(joinedload(PlacementRequest.module), joinedload(PlacementRequest.round))
    )
    return session.scalars(statement).all()


def looks_for_a_place() -> ColumnElement[bool]:
    """True of requests whose round is not published, or that wait for its next turn without an offer."""
    holds = (OfferState.WAITING, OfferState.ACCEPTED)
    has_offer = exists().where(Offer.request_id == PlacementRequest.id, Offer.state.in_(holds))
    return or_(MatchRound.published_at.is_(None), and_(PlacementRequest.stopped_waiting_at.is_(None), ~has_offer))


def openings_of(session: Session, mentor: Person) -> Sequence[Opening]:
    """Her openings that learners can ask for."""
    statement = (
        select(Opening)
        .where(Opening.mentor_id == mentor.id, Opening.state == OpeningState.PUBLISHED)
        .order_by(Opening.id)
        .options(joinedload(Opening.study))
    )
    return session.scalars(statement).all()


def ranked_by(session: Session, openings: Sequence[Opening]) -> int:
    """How many sent requests that still look for a place have one of the openings on their list."""
    statement = (
        select(func.count(func.distinct(PlacementRequest.id)))
        .join(RankedOpening, RankedOpening.request_id == PlacementRequest.id)
        .outerjoin(PlacementRequest.round)
        .where(
            RankedOpening.opening_id.in_([opening.id for opening in openings]),
            PlacementRequest.state == RequestState.SUBMITTED,
            PlacementRequest.asked_again_at.is_(None),
            looks_for_a_place(),
        )
    )
    return session.scalar(statement) or 0


def placements_of(session: Session, person: Person, roles: frozenset[Role], today: date) -> Sequence[Placement]:
    """Her placements that run or are to begin."""
    hers = or_(
        Placement.learner_id == person.id if Role.LEARNER in roles else false(),
        Placement.mentor_id == person.id if Role.MENTOR in roles else false(),
    )
    statement = (
        select(Placement)
        .where(Placement.is_current_on(today), hers)
        .order_by(Placement.id)
        .options(
            joinedload(Placement.learner),
            joinedload(Placement.mentor),
            joinedload(Placement.opening).joinedload(Opening.study),
        )
    )
    return session.scalars(statement).all()
