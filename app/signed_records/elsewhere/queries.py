"""Whose record a programme lead may read from elsewhere, and who sees what was taken."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, undefer

from app.models.course.records_of_elsewhere import RecordOfElsewhere
from app.models.people import Person, Role
from app.models.programmes import Enrolment, Programme


def enrolment_led_by(session: Session, person: Person, enrolment_id: int) -> tuple[Enrolment, Person] | None:
    """The enrolment and its learner, if the person leads programmes of that university."""
    row = session.execute(
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.learner_id)
        .join(Enrolment.programme)
        .where(Enrolment.id == enrolment_id, Programme.provider_id.in_(person.provider_ids(Role.PROGRAMME_LEAD)))
        .options(joinedload(Enrolment.programme).joinedload(Programme.provider))
    ).first()
    return (row[0], row[1]) if row else None


def record_seen_by(session: Session, person: Person, record_id: int) -> tuple[RecordOfElsewhere, Person] | None:
    """A record with its learner, for all at the university who see progress; one that was not taken says so."""
    at = person.provider_ids(Role.PROGRAMME_LEAD) | person.provider_ids(Role.ACADEMIC_SUPERVISOR)
    row = session.execute(
        select(RecordOfElsewhere, Person)
        .join(RecordOfElsewhere.enrolment)
        .join(Person, Person.id == Enrolment.learner_id)
        .where(RecordOfElsewhere.id == record_id, RecordOfElsewhere.provider_id.in_(at))
        .options(undefer(RecordOfElsewhere.says), joinedload(RecordOfElsewhere.enrolment))
    ).first()
    return (row[0], row[1]) if row else None


def record_to_take(session: Session, person: Person, record_id: int) -> tuple[RecordOfElsewhere, Person] | None:
    """One that she may take: where she leads programmes, and has read it herself."""
    found = record_seen_by(session, person, record_id)
    if found is None or found[0].provider_id not in person.provider_ids(Role.PROGRAMME_LEAD):
        return None
    return found if found[0].read_by_id == person.id else None


def file_of(session: Session, row: RecordOfElsewhere) -> bytes:
    statement = select(RecordOfElsewhere.file).where(RecordOfElsewhere.id == row.id)
    return session.scalars(statement).one()
