"""In which part somebody stands to a learning agreement: who writes it, who signs it, who only reads it."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import Session

from app.models.operations.parties import Party
from app.models.people import Person, Role, RoleGrant
from app.models.placements import Placement
from app.rules.academic.reach import reaches_placement
from app.rules.academic.supervisors import supervisor_of

OF_A_UNIVERSITY = (Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD)


def part_of(session: Session, person: Person, placement: Placement) -> Party | None:
    """The part in which this person can sign; None for who only reads. The programme of the module must be loaded.

    Of the academic supervisors it is the learner's own; while she has none, any of her university.
    """
    if person.id in (placement.learner_id, placement.mentor_id):
        return part_in_pair(person, placement)
    if placement.module.programme.provider_id not in person.provider_ids(Role.ACADEMIC_SUPERVISOR):
        return None
    own = supervisor_of(session, placement)
    return Party.ACADEMIC_SUPERVISOR if own is None or own.id == person.id else None


def part_in_pair(person: Person, placement: Placement) -> Party | None:
    """Which of the two this person is, while she takes part as such; None for anybody else."""
    if placement.learner_id == person.id:
        return Party.LEARNER if Role.LEARNER in person.roles else None
    if placement.mentor_id == person.id:
        return Party.MENTOR if Role.MENTOR in person.roles else None
    return None


def is_read_by(person: Person) -> ColumnElement[bool]:
    """True of placements whose agreement this person may read: hers, and those of learners whom she reaches."""
    return or_(
        Placement.learner_id == person.id,
        Placement.mentor_id == person.id,
        reaches_placement(person, *OF_A_UNIVERSITY),
    )


def is_missing(session: Session, party: Party, placement: Placement) -> bool:
    """True where nobody can sign in this part: the mentor has left, or the university has named no supervisor."""
    if party is Party.LEARNER:
        return not placement.learner.takes_part_as(Role.LEARNER)
    if party is Party.MENTOR:
        return not placement.mentor.takes_part_as(Role.MENTOR)
    return not session.scalar(select(exists().where(*supervises(session, placement))))


def supervisors_of(session: Session, placement: Placement) -> list[Person]:
    """Her own academic supervisor; while she has none, those at her university, any of whom can sign."""
    ids = select(Person.id).where(*supervises(session, placement))
    return list(session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id)))


def supervises(session: Session, placement: Placement) -> tuple[Any, ...]:
    """That somebody can sign as academic supervisor, and is neither of the two."""
    own = supervisor_of(session, placement)
    is_asked = true() if own is None else Person.id == own.id
    holds = Person.grants.any(
        and_(
            RoleGrant.role == Role.ACADEMIC_SUPERVISOR,
            RoleGrant.ended_at.is_(None),
            RoleGrant.provider_id == placement.module.programme.provider_id,
        )
    )
    return Person.is_active, holds, is_asked, Person.id.not_in([placement.learner_id, placement.mentor_id])
