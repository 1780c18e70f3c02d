"""Whom somebody of a university reaches: a lead all its learners, a supervisor her own and those who have none yet."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, or_, select

from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.programmes import Enrolment, Module, Programme
from app.rules.academic.supervisors import is_placed_with_another, is_with_another


def reaches_enrolment(person: Person, *roles: Role) -> ColumnElement[bool]:
    """True of enrolments that the person reaches in one of the roles."""

    def of(role: Role) -> ColumnElement[bool]:
        programmes = select(Programme.id).where(Programme.provider_id.in_(person.provider_ids(role)))
        return and_(Enrolment.programme_id.in_(programmes), *narrowed(role, is_with_another(person)))

    return or_(*(of(role) for role in roles))


def reaches_placement(person: Person, *roles: Role) -> ColumnElement[bool]:
    """True of placements of learners whom the person reaches in one of the roles."""

    def of(role: Role) -> ColumnElement[bool]:
        provider_ids = person.provider_ids(role)
        modules = select(Module.id).join(Module.programme).where(Programme.provider_id.in_(provider_ids))
        return and_(Placement.module_id.in_(modules), *narrowed(role, is_placed_with_another(person)))

    return or_(*(of(role) for role in roles))


def narrowed(role: Role, is_with_another: ColumnElement[bool]) -> Iterable[ColumnElement[bool]]:
    """A learner whom nobody supervises yet is with all of the supervisors, so that nothing waits for want of one."""
    return (~is_with_another,) if role is Role.ACADEMIC_SUPERVISOR else ()
