"""Which enrolments somebody reads the ledgers of, and within them which placements."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

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
from app.rules.academic.reach import reaches_enrolment

READERS = (Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD)
Found = tuple[Enrolment, Person]


def enrolled() -> Select[Enrolment, Person]:
    """Enrolments with their learners, and with all that a ledger asks of them."""
    programme = joinedload(Enrolment.programme).options(joinedload(Programme.provider), selectinload(Programme.modules))
    parts = joinedload(Enrolment.version).selectinload(ProgrammeVersion.parts)
    return (
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.learner_id)
        .options(
            programme,
            parts.joinedload(VersionPart.lines).joinedload(PartModule.module),
            selectinload(Enrolment.decisions).joinedload(CreditDecision.module),
        )
    )


def enrolments_of(session: Session, learner: Person) -> Sequence[Enrolment]:
    """All of her enrolments, what she began last first."""
    hers = enrolled().where(Enrolment.learner_id == learner.id)
    return [row[0] for row in session.execute(hers.order_by(Enrolment.started_on.desc(), Enrolment.id.desc()))]


def enrolment_of_university(session: Session, person: Person, enrolment_id: int) -> Found | None:
    """The enrolment and its learner, if she leads there or supervises the learner."""
    row = session.execute(enrolled().where(Enrolment.id == enrolment_id, reaches_enrolment(person, *READERS))).first()
    return (row[0], row[1]) if row else None


def enrolment_mentored(session: Session, mentor: Person, enrolment_id: int) -> Found | None:
    """The enrolment and its learner, if she mentors a placement within it."""
    hers = (
        select(Placement.id)
        .join(Module, Module.id == Placement.module_id)
        .where(
            Placement.learner_id == Enrolment.learner_id,
            Module.programme_id == Enrolment.programme_id,
            Placement.mentor_id == mentor.id,
        )
        .correlate(Enrolment)
    )
    row = session.execute(enrolled().where(Enrolment.id == enrolment_id, hers.exists())).first()
    return (row[0], row[1]) if row else None


def placements_within(session: Session, enrolments: Sequence[Enrolment]) -> dict[int, list[Placement]]:
    """The placements within each enrolment by its id, the oldest first; one query for all."""
    by_key = {(one.learner_id, one.programme_id): one.id for one in enrolments}
    statement = (
        select(Placement)
        .join(Placement.module)
        .where(
            Placement.learner_id.in_({learner_id for learner_id, _ in by_key}),
            Module.programme_id.in_({programme_id for _, programme_id in by_key}),
        )
        .options(
            joinedload(Placement.module).joinedload(Module.programme).joinedload(Programme.provider),
            joinedload(Placement.mentor),
            joinedload(Placement.learner),
            selectinload(Placement.pauses),
        )
        .order_by(Placement.starts_on, Placement.id)
    )
    found: dict[int, list[Placement]] = {one.id: [] for one in enrolments}
    for placement in session.scalars(statement):
        enrolment_id = by_key.get((placement.learner_id, placement.module.programme_id))
        if enrolment_id is not None:
            found[enrolment_id].append(placement)
    return found
