"""Which deputies somebody reaches: those of placements that she mentors, and what she was asked herself."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from app.models.course.deputies import Deputy
from app.models.people import Person
from app.models.placements import Placement
from app.supervision.queries import placement_with_people


def placement_of_mentor(session: Session, mentor: Person, placement_id: int) -> Placement | None:
    """The placement, if the person is its mentor: only she names deputies."""
    hers = (Placement.id == placement_id, Placement.mentor_id == mentor.id)
    return session.scalar(select(Placement).where(*hers).options(*placement_with_people()))


def deputies_of(session: Session, placement: Placement) -> Sequence[Deputy]:
    """Everybody who was ever named, the latest first."""
    return session.scalars(
        select(Deputy)
        .where(Deputy.placement_id == placement.id)
        .options(joinedload(Deputy.person))
        .order_by(Deputy.starts_on.desc(), Deputy.id.desc())
    ).all()


def deputy_seen_by(session: Session, person: Person, deputy_id: int) -> Deputy | None:
    """The deputy, if the person is who was named, or the mentor of the placement."""
    is_hers = or_(Deputy.person_id == person.id, Placement.mentor_id == person.id)
    return session.scalar(
        select(Deputy)
        .join(Deputy.placement)
        .where(Deputy.id == deputy_id, is_hers)
        .options(joinedload(Deputy.person), joinedload(Deputy.placement).options(*placement_with_people()))
    )
