"""Which earlier placements elsewhere the academics of a university may read, because the learner agreed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from app.models.academic.record_shares import RecordShare
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.programmes import Enrolment, Module, Programme
from app.rules.academic.reach import reaches_enrolment, reaches_placement

ACADEMICS = (Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD)


def is_shared_with(person: Person, *conditions: Any) -> ColumnElement[bool]:
    """True of placements of a learner whom the person reaches at a university that she lets read her earlier record."""
    shared = (
        select(RecordShare.id)
        .join(Enrolment, Enrolment.learner_id == RecordShare.learner_id)
        .join(Programme, Programme.id == Enrolment.programme_id)
        .where(
            RecordShare.learner_id == Placement.learner_id,
            RecordShare.provider_id == Programme.provider_id,
            RecordShare.ended_at.is_(None),
            reaches_enrolment(person, *ACADEMICS),
            *conditions,
        )
    )
    return shared.correlate(Placement).exists()


def shared_placements(session: Session, person: Person, learner: Person) -> Sequence[Placement]:
    """Her placements at other universities that the person may read because she agreed."""
    statement = (
        select(Placement)
        .where(Placement.learner_id == learner.id, is_shared_with(person), ~reaches_placement(person, *ACADEMICS))
        .order_by(Placement.starts_on, Placement.id)
        .options(
            joinedload(Placement.mentor),
            joinedload(Placement.module).joinedload(Module.programme).joinedload(Programme.provider),
        )
    )
    return session.scalars(statement).all()
