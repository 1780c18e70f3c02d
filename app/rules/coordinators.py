"""Who coordinates a network or a round today, and who is told when something there needs somebody."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.models.people import Person, Role, RoleGrant
from app.models.placements import Placement
from app.models.rounds import round_networks
from app.models.studies import Opening


def is_overseen_by(person: Person) -> ColumnElement[bool]:
    """True of placements on openings in a network that this person coordinates."""
    return Placement.opening_id.in_(select(Opening.id).where(Opening.network_id.in_(person.network_ids())))


def coordinators_of_network(session: Session, network_id: int) -> Sequence[Person]:
    """Everybody who coordinates the network today."""
    return coordinators(session, RoleGrant.network_id == network_id)


def coordinators_of_networks(session: Session, network_ids: Iterable[int]) -> Sequence[Person]:
    """Everybody who coordinates one of the networks today."""
    return coordinators(session, RoleGrant.network_id.in_(list(network_ids)))


def coordinators_of_round(session: Session, round_id: int) -> Sequence[Person]:
    """Everybody who coordinates a network of the round today."""
    networks = select(round_networks.c.network_id).where(round_networks.c.round_id == round_id)
    return coordinators(session, RoleGrant.network_id.in_(networks))


def coordinators(session: Session, reaches: ColumnElement[bool]) -> Sequence[Person]:
    holds = Person.grants.any((RoleGrant.role == Role.COORDINATOR) & RoleGrant.ended_at.is_(None) & reaches)
    return session.scalars(select(Person).where(Person.is_active, holds).order_by(Person.id)).all()


def administrators(session: Session) -> Sequence[Person]:
    """Who is told where no coordinator may decide: they can make somebody one."""
    return session.scalars(select(Person).where(Person.takes_part_as(Role.ADMINISTRATOR)).order_by(Person.id)).all()
