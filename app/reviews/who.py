"""Who may answer a review: a coordinator of the round other than the one who published, and not its learner."""

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from app.models.people import Person, Role, RoleGrant
from app.models.publications import Publication
from app.models.requests import PlacementRequest
from app.models.reviews import Review
from app.models.rounds import round_networks
from app.rules.coordinators import coordinators_of_round


def reviewers_of(session: Session, publication: Publication, learner_id: int) -> list[Person]:
    """Everybody who may answer a review of this publication by this learner."""
    not_they = {publication.published_by_id, learner_id}
    return [one for one in coordinators_of_round(session, publication.round_id) if one.id not in not_they]


def may_answer(person: Person, review: Review) -> bool:
    """Of a coordinator of its round."""
    return person.id not in (review.publication.published_by_id, review.request.learner_id)


def is_for(person: Person) -> ColumnElement[bool]:
    """True of reviews that this coordinator may answer."""
    publisher, learner = Publication.published_by_id, PlacementRequest.learner_id
    return (publisher.is_(None) | (publisher != person.id)) & (learner != person.id)


def has_nobody() -> ColumnElement[bool]:
    """True of reviews that no coordinator may answer as things stand."""
    coordinator = aliased(Person)
    publisher, learner = Publication.published_by_id, PlacementRequest.learner_id
    return ~exists(
        select(RoleGrant.id)
        .join(round_networks, round_networks.c.network_id == RoleGrant.network_id)
        .join(coordinator, coordinator.id == RoleGrant.person_id)
        .where(
            round_networks.c.round_id == Review.round_id,
            RoleGrant.role == Role.COORDINATOR,
            RoleGrant.ended_at.is_(None),
            coordinator.is_active,
            publisher.is_(None) | (coordinator.id != publisher),
            coordinator.id != learner,
        )
    )
