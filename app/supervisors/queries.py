"""Which learners a lead names supervisors for, how many each supervisor has, and which notes somebody reads."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.models.academic.notes import SupervisorNote
from app.models.academic.supervisors import SupervisorAssignment
from app.models.people import Person, Role
from app.models.programmes import Enrolment, Programme
from app.rules.academic.reach import reaches_enrolment
from app.rules.academic.supervisors import counts, has_supervisor, is_enrolled_on
from app.rules.search import named

READERS = (Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD)
NONE = "none"


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; all of it stands in the address. `supervisor` is an id, or "none"."""

    q: str = ""
    programme: int | None = None
    supervisor: str = ""

    def values(self) -> dict[str, Any]:
        """The filters as the address has them, without those that are not used."""
        found = {"q": self.q, "programme": self.programme or "", "now": self.supervisor}
        return {name: value for name, value in found.items() if value}


def is_led_on(lead: Person, today: date) -> ColumnElement[bool]:
    """True of enrolments that have not ended, at a university where the person leads programmes."""
    programmes = select(Programme.id).where(Programme.provider_id.in_(lead.provider_ids(Role.PROGRAMME_LEAD)))
    return Enrolment.programme_id.in_(programmes) & is_enrolled_on(today)


def enrolment_ids_led(session: Session, lead: Person, filters: Filters, today: date) -> list[int]:
    """Every enrolment that the filters let through, by the learner's name; ids alone, as there may be thousands."""
    statement = (
        select(Enrolment.id)
        .join(Person, Person.id == Enrolment.learner_id)
        .join(Enrolment.programme)
        .where(is_led_on(lead, today), named(Person.folded_name, filters.q))
        .order_by(Person.folded_name, Enrolment.id)
    )
    if filters.programme is not None:
        statement = statement.where(Enrolment.programme_id == filters.programme)
    if filters.supervisor == NONE:
        statement = statement.where(~has_supervisor())
    elif filters.supervisor:
        statement = statement.where(has_supervisor(SupervisorAssignment.supervisor_id == int(filters.supervisor)))
    return list(session.scalars(statement))


def enrolments_led(
    session: Session, lead: Person, ids: Collection[int], today: date
) -> dict[int, tuple[Enrolment, Person]]:
    """Those of these enrolments that the person leads, each with its learner."""
    rows = session.execute(
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.learner_id)
        .where(Enrolment.id.in_(ids), is_led_on(lead, today))
        .options(joinedload(Enrolment.programme).joinedload(Programme.provider), joinedload(Enrolment.in_cohort))
    )
    return {enrolment.id: (enrolment, learner) for enrolment, learner in rows}


def numbers_supervised(session: Session, provider_ids: Collection[int], today: date) -> dict[int, int]:
    """How many learners each supervisor of these universities has, by her id."""
    rows: Sequence[Row[int, int]] = session.execute(
        select(SupervisorAssignment.supervisor_id, func.count())
        .join(SupervisorAssignment.enrolment)
        .join(Enrolment.programme)
        .where(Programme.provider_id.in_(provider_ids), is_enrolled_on(today), counts(Programme.provider_id))
        .group_by(SupervisorAssignment.supervisor_id)
    ).all()
    return {row[0]: row[1] for row in rows}


def number_without(session: Session, lead: Person, today: date) -> int:
    """How many learners of her universities have no supervisor."""
    statement = select(func.count()).select_from(Enrolment).join(Enrolment.programme)
    return session.scalar(statement.where(is_led_on(lead, today), ~has_supervisor())) or 0


def programmes_led(session: Session, lead: Person) -> Sequence[Programme]:
    hers = Programme.provider_id.in_(lead.provider_ids(Role.PROGRAMME_LEAD))
    return session.scalars(select(Programme).where(hers).order_by(Programme.title, Programme.id)).all()


def history_of(session: Session, enrolment: Enrolment) -> Sequence[SupervisorAssignment]:
    """Everybody who ever supervised the learner, the latest first."""
    return session.scalars(
        select(SupervisorAssignment)
        .where(SupervisorAssignment.enrolment_id == enrolment.id)
        .options(joinedload(SupervisorAssignment.supervisor))
        .order_by(SupervisorAssignment.id.desc())
    ).all()


def enrolment_read(session: Session, person: Person, enrolment_id: int) -> tuple[Enrolment, Person] | None:
    """The enrolment and its learner, if she leads at its university or supervises the learner."""
    return enrolment_reached(session, person, enrolment_id, *READERS)


def enrolment_supervised(session: Session, person: Person, enrolment_id: int) -> tuple[Enrolment, Person] | None:
    """The enrolment and its learner, if the person supervises her."""
    return enrolment_reached(session, person, enrolment_id, Role.ACADEMIC_SUPERVISOR)


def enrolment_reached(
    session: Session, person: Person, enrolment_id: int, *roles: Role
) -> tuple[Enrolment, Person] | None:
    row = session.execute(
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.learner_id)
        .where(Enrolment.id == enrolment_id, reaches_enrolment(person, *roles))
        .options(joinedload(Enrolment.programme).joinedload(Programme.provider))
    ).first()
    return (row[0], row[1]) if row else None


def notes_about(session: Session, enrolment: Enrolment) -> Sequence[SupervisorNote]:
    """The notes about a learner, the latest first."""
    about = select(SupervisorNote).where(SupervisorNote.enrolment_id == enrolment.id)
    return session.scalars(about.options(*_people()).order_by(SupervisorNote.id.desc())).all()


def note_to_answer(session: Session, lead: Person, note_id: int) -> tuple[SupervisorNote, Person] | None:
    """The note, with the learner whom it is about, if the person leads programmes of her university."""
    row = session.execute(notes_of_led(lead).where(SupervisorNote.id == note_id)).first()
    return (row[0], row[1]) if row else None


def unanswered_notes(session: Session, lead: Person, at_most: int) -> list[tuple[SupervisorNote, Person]]:
    """Those that wait for an answer of a lead, the oldest first."""
    waiting = notes_of_led(lead).where(SupervisorNote.answered_at.is_(None)).order_by(SupervisorNote.id)
    return [(note, learner) for note, learner in session.execute(waiting.limit(at_most))]


def notes_of_led(lead: Person) -> Select[SupervisorNote, Person]:
    return (
        select(SupervisorNote, Person)
        .join(SupervisorNote.enrolment)
        .join(Person, Person.id == Enrolment.learner_id)
        .where(reaches_enrolment(lead, Role.PROGRAMME_LEAD))
        .options(*_people(), joinedload(SupervisorNote.enrolment).joinedload(Enrolment.programme))
    )


def _people() -> tuple[_AbstractLoad, ...]:
    return joinedload(SupervisorNote.author), joinedload(SupervisorNote.answered_by)
