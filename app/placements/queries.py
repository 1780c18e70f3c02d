"""What learners and mentors may see of offers and placements."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.models.people import MentorProfile, Person
from app.models.placements import Offer, OfferTerms, Placement, PlacementState
from app.models.programmes import Module, Programme
from app.models.requests import PlacementRequest, RankedOpening
from app.models.runs import Proposal
from app.models.studies import Opening, Study
from app.rules.course.deputies import stands_in
from app.rules.fit import all_of_a_request, all_of_an_opening


def offer_of_learner(session: Session, learner: Person, offer_id: int) -> Offer | None:
    """The offer, if it was made to this learner, with all that its page shows."""
    ranked = selectinload(PlacementRequest.ranked).joinedload(RankedOpening.opening)
    return session.scalar(
        select(Offer)
        .join(Offer.request)
        .where(Offer.id == offer_id, PlacementRequest.learner_id == learner.id)
        .options(
            joinedload(Offer.opening).options(*all_of_an_opening()),
            joinedload(Offer.round),
            selectinload(Offer.terms_said).joinedload(OfferTerms.organisation),
            joinedload(Offer.request).options(*all_of_a_request(), ranked.options(*all_of_an_opening())),
        )
    )


def opening_page() -> tuple[_AbstractLoad, ...]:
    """What a page that shows an opening needs with it."""
    return (
        joinedload(Opening.study).options(selectinload(Study.identifiers), selectinload(Study.specialties)),
        joinedload(Opening.mentor).joinedload(Person.mentor_profile).joinedload(MentorProfile.organisation),
        joinedload(Opening.organisation),
        joinedload(Opening.network),
    )


def proposal_behind(session: Session, offer: Offer) -> Proposal | None:
    """The pairing of the run that was published as this offer: its score, rank and reasons."""
    return session.get(Proposal, offer.proposal_id)


def placement_of_offer(session: Session, offer: Offer) -> Placement | None:
    """The placement that an accepted offer became."""
    return session.scalar(select(Placement).where(Placement.offer_id == offer.id))


def placement_seen_by(session: Session, person: Person, placement_id: int, today: date) -> Placement | None:
    """The placement, if the person is its learner or its mentor, or stands in for the mentor today."""
    return session.scalar(
        select(Placement)
        .where(Placement.id == placement_id, or_(is_of(person), stands_in(person, today)))
        .options(
            joinedload(Placement.opening).options(*opening_page()),
            joinedload(Placement.learner).joinedload(Person.learner_profile),
            joinedload(Placement.mentor),
            joinedload(Placement.module).joinedload(Module.programme).joinedload(Programme.provider),
            selectinload(Placement.pauses),
        )
    )


def parts_around(session: Session, placement: Placement) -> Sequence[Placement]:
    """The placement that this one continues, and the one that continues it, where there are."""
    is_beside = or_(Placement.id == placement.continues_id, Placement.continues_id == placement.id)
    statement = select(Placement).where(is_beside).options(joinedload(Placement.mentor))
    return session.scalars(statement.order_by(Placement.starts_on, Placement.id)).all()


def placements_of(session: Session, person: Person) -> Sequence[Placement]:
    """All placements of a learner or mentor: running ones first, then by their beginning, the latest first."""
    return session.scalars(
        select(Placement)
        .where(is_of(person))
        .options(
            joinedload(Placement.opening).joinedload(Opening.study),
            joinedload(Placement.learner),
            joinedload(Placement.mentor),
            joinedload(Placement.module).joinedload(Module.programme),
            selectinload(Placement.pauses),
        )
        .order_by(Placement.state != PlacementState.ACTIVE, Placement.starts_on.desc(), Placement.id)
    ).all()


def is_of(person: Person) -> ColumnElement[bool]:
    return or_(Placement.learner_id == person.id, Placement.mentor_id == person.id)
