"""Which academic supervisor a learner has, and whom a university can ask where she has none.

An assignment counts while its supervisor supervises for the university; whoever left it supervises nobody there.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from app.models.academic.supervisors import SupervisorAssignment
from app.models.people import Person, Role, RoleGrant
from app.models.placements import Placement
from app.models.programmes import Enrolment, Module, Programme


def supervisor_of(session: Session, placement: Placement) -> Person | None:
    """The supervisor of a placement's learner, where one was named who still can be it."""
    stands = (
        select(SupervisorAssignment)
        .join(SupervisorAssignment.enrolment)
        .where(
            Enrolment.learner_id == placement.learner_id,
            Enrolment.programme_id == placement.module.programme_id,
            SupervisorAssignment.supervisor_id != placement.mentor_id,
            counts(placement.module.programme.provider_id),
        )
        .options(joinedload(SupervisorAssignment.supervisor))
    )
    assignment = session.scalar(stands)
    return assignment.supervisor if assignment else None


def assignments_of(session: Session, enrolment_ids: Collection[int]) -> dict[int, SupervisorAssignment]:
    """The assignment that counts of each enrolment that has one; one query."""
    statement = (
        select(SupervisorAssignment)
        .join(SupervisorAssignment.enrolment)
        .join(Enrolment.programme)
        .where(SupervisorAssignment.enrolment_id.in_(enrolment_ids), counts(Programme.provider_id))
        .options(joinedload(SupervisorAssignment.supervisor))
    )
    return {one.enrolment_id: one for one in session.scalars(statement)}


def counts(provider_id: Any) -> ColumnElement[bool]:
    """True of an assignment that stands, and whose supervisor supervises for the university."""
    grant, person = aliased(RoleGrant), aliased(Person)
    holds = exists().where(
        grant.person_id == SupervisorAssignment.supervisor_id,
        grant.role == Role.ACADEMIC_SUPERVISOR,
        grant.ended_at.is_(None),
        grant.provider_id == provider_id,
        person.id == grant.person_id,
        person.is_active,
    )
    return and_(SupervisorAssignment.ended_on.is_(None), holds.correlate_except(grant, person))


def has_supervisor(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """True of an enrolment with an assignment that counts and is like that; needs the programme joined."""
    of_it = SupervisorAssignment.enrolment_id == Enrolment.id, counts(Programme.provider_id)
    return exists().where(*of_it, *conditions).correlate_except(SupervisorAssignment)


def is_with_another(person: Person) -> ColumnElement[bool]:
    """True of an enrolment that somebody else supervises."""
    provider = select(Programme.provider_id).where(Programme.id == Enrolment.programme_id).scalar_subquery()
    of_it = SupervisorAssignment.enrolment_id == Enrolment.id, SupervisorAssignment.supervisor_id != person.id
    return exists().where(*of_it, counts(provider)).correlate(Enrolment)


def is_placed_with_another(person: Person) -> ColumnElement[bool]:
    """True of a placement whose learner somebody else supervises who is not its mentor."""
    named = (
        select(SupervisorAssignment.id)
        .join(Enrolment, Enrolment.id == SupervisorAssignment.enrolment_id)
        .join(Programme, Programme.id == Enrolment.programme_id)
        .join(Module, Module.programme_id == Programme.id)
        .where(
            Enrolment.learner_id == Placement.learner_id,
            Module.id == Placement.module_id,
            SupervisorAssignment.supervisor_id != person.id,
            SupervisorAssignment.supervisor_id != Placement.mentor_id,
            counts(Programme.provider_id),
        )
    )
    return named.correlate(Placement).exists()


def supervisors_at(session: Session, provider_ids: Collection[int]) -> Sequence[Person]:
    """Everybody who supervises for one of the universities, by name."""
    holds = Person.grants.any(
        (RoleGrant.role == Role.ACADEMIC_SUPERVISOR)
        & RoleGrant.ended_at.is_(None)
        & RoleGrant.provider_id.in_(provider_ids)
    )
    statement = select(Person).where(Person.is_active, holds).order_by(Person.folded_name, Person.id)
    return session.scalars(statement).all()


def leads_at(session: Session, provider_id: int) -> Sequence[Person]:
    """The programme leads of a university."""
    holds = Person.grants.any(
        (RoleGrant.role == Role.PROGRAMME_LEAD) & RoleGrant.ended_at.is_(None) & (RoleGrant.provider_id == provider_id)
    )
    return session.scalars(select(Person).where(Person.is_active, holds).order_by(Person.id)).all()


def is_enrolled_on(today: date) -> ColumnElement[bool]:
    """True of an enrolment that has not ended."""
    return or_(Enrolment.ended_on.is_(None), Enrolment.ended_on >= today)


def names_by_enrolment(session: Session, enrolment_ids: Collection[int]) -> Mapping[int, str]:
    """The name of each enrolment's supervisor; those without one are left out."""
    return {id_: one.supervisor.name for id_, one in assignments_of(session, enrolment_ids).items()}
