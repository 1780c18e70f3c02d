"""What people of a university may see of the learners enrolled there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.academic.supervisors import SupervisorAssignment
from app.models.course.records_of_elsewhere import RecordOfElsewhere
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.programmes import (
    CreditDecision,
    Enrolment,
    Module,
    PartModule,
    Programme,
    ProgrammeVersion,
    VersionPart,
)
from app.models.studies import Opening
from app.rules.academic.reach import reaches_enrolment
from app.rules.academic.supervisors import has_supervisor
from app.rules.search import named

READERS = (Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD)


WHOSE = {"mine": "Whom I supervise", "none": "Without a supervisor"}


def enrolment_ids_seen_by(
    session: Session, person: Person, q: str = "", programme_id: int | None = None, whose: str = ""
) -> list[int]:
    """Every enrolment that the person reaches, by the learner's name; narrowed by words of her name, by programme and
    by who supervises her: one of WHOSE.

    Ids alone: there may be tens of thousands, and a page shows fifty.
    """
    statement = (
        select(Enrolment.id)
        .join(Person, Person.id == Enrolment.learner_id)
        .where(is_seen_by(person, *READERS), named(Person.folded_name, q))
        .order_by(Person.folded_name, Enrolment.id)
    )
    if programme_id is not None:
        statement = statement.where(Enrolment.programme_id == programme_id)
    if whose in WHOSE:
        mine = has_supervisor(SupervisorAssignment.supervisor_id == person.id)
        statement = statement.join(Enrolment.programme).where(mine if whose == "mine" else ~has_supervisor())
    return list(session.scalars(statement))


def number_enrolled(session: Session, person: Person) -> int:
    """How many enrolments the person reaches."""
    statement = select(func.count()).select_from(Enrolment).where(is_seen_by(person, *READERS))
    return session.scalar(statement) or 0


def enrolments_with_ids(session: Session, person: Person, ids: Sequence[int]) -> list[tuple[Enrolment, Person]]:
    """Those of these enrolments that the person may see, each with its learner, in the order of the ids."""
    rows = session.execute(enrolments_at(person, *READERS).where(Enrolment.id.in_(ids)))
    found = {row[0].id: (row[0], row[1]) for row in rows}
    return [found[id_] for id_ in ids if id_ in found]


def programmes_seen_by(session: Session, person: Person) -> Sequence[Programme]:
    """The programmes at the person's universities on which anybody is enrolled, by title."""
    statement = (
        select(Programme)
        .where(Programme.provider_id.in_(person.provider_ids(*READERS)))
        .where(exists().where(Enrolment.programme_id == Programme.id))
        .order_by(Programme.title, Programme.id)
    )
    return session.scalars(statement).all()


def enrolment_seen_by(session: Session, person: Person, enrolment_id: int) -> tuple[Enrolment, Person] | None:
    """The enrolment and its learner, if the person leads at its university or supervises the learner."""
    return one(session, enrolments_at(person, *READERS), enrolment_id)


def enrolment_decided_by(session: Session, person: Person, enrolment_id: int) -> tuple[Enrolment, Person] | None:
    """The enrolment and its learner, if the person leads programmes of that university."""
    return one(session, enrolments_at(person, Role.PROGRAMME_LEAD), enrolment_id)


def decision_decided_by(
    session: Session, person: Person, decision_id: int
) -> tuple[Enrolment, Person, CreditDecision] | None:
    """A decision with the enrolment and its learner, if the person leads programmes of that university."""
    decision = session.get(CreditDecision, decision_id)
    found = enrolment_decided_by(session, person, decision.enrolment_id) if decision else None
    return (*found, decision) if found and decision else None


def records_of_elsewhere(session: Session, enrolment: Enrolment) -> Sequence[RecordOfElsewhere]:
    """Prior learning that the university has taken from elsewhere for this learner, the oldest first."""
    taken = (RecordOfElsewhere.enrolment_id == enrolment.id, RecordOfElsewhere.taken_at.is_not(None))
    return session.scalars(select(RecordOfElsewhere).where(*taken).order_by(RecordOfElsewhere.id)).all()


def one(session: Session, statement: Select[Enrolment, Person], enrolment_id: int) -> tuple[Enrolment, Person] | None:
    row = session.execute(statement.where(Enrolment.id == enrolment_id)).first()
    return (row[0], row[1]) if row else None


def enrolments_at(person: Person, *roles: Role) -> Select[Enrolment, Person]:
    """Enrolments that the person reaches in one of the roles, with what the pages show."""
    programme = joinedload(Enrolment.programme).options(joinedload(Programme.provider), selectinload(Programme.modules))
    parts = joinedload(Enrolment.version).selectinload(ProgrammeVersion.parts)
    cohort = joinedload(Enrolment.in_cohort)
    return (
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.learner_id)
        .where(is_seen_by(person, *roles))
        .options(
            programme,
            cohort,
            parts.joinedload(VersionPart.lines).joinedload(PartModule.module),
            selectinload(Enrolment.decisions).joinedload(CreditDecision.module),
            joinedload(Person.learner_profile),
        )
    )


def is_seen_by(person: Person, *roles: Role) -> ColumnElement[bool]:
    """The condition that the person reaches an enrolment in one of the roles."""
    return reaches_enrolment(person, *roles)


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
            joinedload(Placement.pauses),  # one or two at most
        )
        .order_by(Placement.starts_on, Placement.id)
    ).unique()
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
