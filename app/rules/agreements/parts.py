"""In which part somebody stands to a learning agreement: who writes it, who signs it, who only reads it."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from app.models.operations.parties import Party
from app.models.people import Person, Role, RoleGrant
from app.models.placements import Placement
from app.models.programmes import Module, Programme

OF_A_UNIVERSITY = (Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD)


def part_of(person: Person, placement: Placement) -> Party | None:
    """The part in which this person can sign; None for who only reads. The programme of the module must be loaded."""
    if placement.learner_id == person.id:
        return Party.LEARNER if Role.LEARNER in person.roles else None
    if placement.mentor_id == person.id:
        return Party.MENTOR if Role.MENTOR in person.roles else None
    at_hers = placement.module.programme.provider_id in person.provider_ids(Role.ACADEMIC_SUPERVISOR)
    return Party.ACADEMIC_SUPERVISOR if at_hers else None


def is_read_by(person: Person) -> ColumnElement[bool]:
    """True of placements whose agreement this person may read: hers, and those of learners of her university."""
    return or_(
        Placement.learner_id == person.id,
        Placement.mentor_id == person.id,
        is_at_university_of(person, *OF_A_UNIVERSITY),
    )


def is_at_university_of(person: Person, *roles: Role) -> ColumnElement[bool]:
    programmes = select(Programme.id).where(Programme.provider_id.in_(person.provider_ids(*roles)))
    return Placement.module_id.in_(select(Module.id).where(Module.programme_id.in_(programmes)))


def is_missing(session: Session, party: Party, placement: Placement) -> bool:
    """True where nobody can sign in this part: the mentor has left, or the university has named no supervisor."""
    if party is Party.LEARNER:
        return not placement.learner.takes_part_as(Role.LEARNER)
    if party is Party.MENTOR:
        return not placement.mentor.takes_part_as(Role.MENTOR)
    return not session.scalar(select(exists().where(*supervises(placement))))


def supervisors_of(session: Session, placement: Placement) -> list[Person]:
    """The academic supervisors at the learner's university, any of whom can sign."""
    ids = select(Person.id).where(*supervises(placement))
    return list(session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id)))


def supervises(placement: Placement) -> tuple[Any, ...]:
    """That somebody is academic supervisor at the learner's university, and neither of the two."""
    holds = Person.grants.any(
        and_(
            RoleGrant.role == Role.ACADEMIC_SUPERVISOR,
            RoleGrant.ended_at.is_(None),
            RoleGrant.provider_id == placement.module.programme.provider_id,
        )
    )
    return Person.is_active, holds, Person.id.not_in([placement.learner_id, placement.mentor_id])
