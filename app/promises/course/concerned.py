"""Who is told when a placement changes its course, beside its learner, its mentor and the coordinators."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.people import Person, Role, RoleGrant
from app.models.placements import Placement


def leads_of_university(session: Session, placement: Placement) -> Sequence[Person]:
    """The programme leads at the learner's university, who decide her credit."""
    holds = Person.grants.any(
        (RoleGrant.role == Role.PROGRAMME_LEAD)
        & RoleGrant.ended_at.is_(None)
        & (RoleGrant.provider_id == placement.module.programme.provider_id)
    )
    return session.scalars(select(Person).where(Person.is_active, holds).order_by(Person.id)).all()
