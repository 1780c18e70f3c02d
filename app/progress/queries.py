"""What people of a university may see of the learners enrolled there."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.programmes import CreditDecision, Enrolment, Module, Programme
from app.models.studies import Opening

READERS = (Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD)


def enrolments_seen_by(session: Session, person: Person) -> list[tuple[Enrolment, Person]]:
    """Every enrolment at the person's universities with its learner, by the learner's name."""
    statement = enrolments_at(person, *READERS).order_by(Person.name, Enrolment.id)
    return [(row[0], row[1]) for row in session.execute(statement)]


def enrolment_seen_by(session: Session, person: Person, enrolment_id: int) -> tuple[Enrolment, Person] | None:
    """The enrolment and its learner, if it is at one of the person's universities."""
    return one(session, enrolments_at(person, *READERS), enrolment_id)


def enrolment_decided_by(session: Session, person: Person, enrolment_id: int) -> tuple[Enrolment, Person] | None:
    """The enrolment and its learner, if the person leads programmes of that university."""
    return one(session, enrolments_at(person, Role.PROGRAMME_LEAD), enrolment_id)


def one(session: Session, statement: Select[Enrolment, Person], enrolment_id: int) -> tuple[Enrolment, Person] | None:
    row = session.execute(statement.where(Enrolment.id == enrolment_id)).first()
    return (row[0], row[1]) if row else None


def enrolments_at(person: Person, *roles: Role) -> Select[Enrolment, Person]:
    """Enrolments at the universities where the person holds one of the roles, with what the pages show."""
    programme = joinedload(Enrolment.programme).options(joinedload(Programme.provider), selectinload(Programme.modules))
    return (
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.learner_id)
        .join(Programme, Programme.id == Enrolment.programme_id)
        .where(Programme.provider_id.in_(person.provider_ids(*roles)))
        .options(
            programme,
            selectinload(Enrolment.decisions).joinedload(CreditDecision.module),
            joinedload(Person.learner_profile),
        )
    )


def placements_by_enrolment(session: Session, enrolments: Iterable[Enrolment]) -> dict[int, list[Placement]]:
    """The placements within each enrolment by its id, oldest first; one query for all."""
    by_key = {(enrolment.learner_id, enrolment.programme_id): enrolment.id for enrolment in enrolments}
    rows = session.scalars(
        select(Placement)
        .join(Placement.module)
        .where(
            Placement.learner_id.in_({learner_id for learner_id, _ in by_key}),
            Module.programme_id.in_({programme_id for _, programme_id in by_key}),
        )
        .options(
            joinedload(Placement.module).joinedload(Module.programme),
            joinedload(Placement.mentor),
            joinedload(Placement.opening).options(joinedload(Opening.study), joinedload(Opening.organisation)),
        )
        .order_by(Placement.starts_on, Placement.id)
    )
    found: defaultdict[int, list[Placement]] = defaultdict(list)
    for placement in rows:
        enrolment_id = by_key.get((placement.learner_id, placement.module.programme_id))
        if enrolment_id is not None:
            found[enrolment_id].append(placement)
    return dict(found)


def names_of(session: Session, person_ids: Iterable[int]) -> dict[int, str]:
    """The name of each person, by id."""
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(set(person_ids))))
    return {row[0]: row[1] for row in rows}
