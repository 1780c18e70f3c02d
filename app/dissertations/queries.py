"""Which dissertations somebody reaches, and who can begin one."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.models.academic.dissertations import (
    ApprovalEntry,
    Dissertation,
    DissertationState,
    Milestone,
    MilestoneChange,
)
from app.models.people import Person, Role
from app.models.programmes import Enrolment, Module, ModuleKind, Programme
from app.models.studies import Study
from app.rules.academic.reach import reaches_enrolment
from app.rules.academic.supervisors import is_enrolled_on
from app.rules.credit.counting import is_credited
from app.rules.dissertations.late import is_late, is_under_way
from app.rules.programmes.standing import can_be_taken
from app.rules.search import named
from app.web.paging import Page, page_of_rows

OF_UNIVERSITY = (Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD)
Found = tuple[Dissertation, Person]


def is_of_university(person: Person, *roles: Role) -> ColumnElement[bool]:
    """True of enrolments that she reaches in one of the roles; never her own."""
    return and_(reaches_enrolment(person, *roles), Enrolment.learner_id != person.id)


def dissertation_seen(session: Session, person: Person, dissertation_id: int) -> Found | None:
    """The dissertation with its learner, if it is hers, or if she leads there or supervises the learner."""
    return one(
        session, dissertation_id, or_(Enrolment.learner_id == person.id, is_of_university(person, *OF_UNIVERSITY))
    )


def dissertation_of(session: Session, person: Person, dissertation_id: int, *, to_change: bool = True) -> Found | None:
    """Her own."""
    return one(session, dissertation_id, Enrolment.learner_id == person.id, to_change=to_change)


def dissertation_reached(
    session: Session, person: Person, dissertation_id: int, *roles: Role, to_change: bool = False
) -> Found | None:
    return one(session, dissertation_id, is_of_university(person, *roles), to_change=to_change)


def one(session: Session, dissertation_id: int, may: ColumnElement[bool], *, to_change: bool = False) -> Found | None:
    if to_change:
        held = select(Dissertation.id).where(Dissertation.id == dissertation_id)
        session.execute(held.with_for_update()).all()
    row = session.execute(with_learners().where(Dissertation.id == dissertation_id, may).options(*whole())).first()
    return (row[0], row[1]) if row else None


def with_learners() -> Select[Dissertation, Person]:
    return (
        select(Dissertation, Person)
        .join(Dissertation.enrolment)
        .join(Person, Person.id == Enrolment.learner_id)
        .options(
            contains_eager(Dissertation.enrolment).joinedload(Enrolment.programme).joinedload(Programme.provider),
            joinedload(Dissertation.study).selectinload(Study.identifiers),
            selectinload(Dissertation.milestones),
        )
    )


def whole() -> tuple[_AbstractLoad, ...]:
    return (
        joinedload(Dissertation.module),
        selectinload(Dissertation.proposals),
        selectinload(Dissertation.approvals).joinedload(ApprovalEntry.by),
        selectinload(Dissertation.milestones).selectinload(Milestone.changes).joinedload(MilestoneChange.by),
    )


def own(session: Session, learner: Person, *conditions: ColumnElement[bool]) -> Sequence[Dissertation]:
    """Hers, the latest first."""
    hers = with_learners().where(Enrolment.learner_id == learner.id, *conditions)
    return [row[0] for row in session.execute(hers.order_by(Dissertation.id.desc()))]


def own_under_way(session: Session, learner: Person, today: date) -> Sequence[Dissertation]:
    """Those on programmes that she is on today, and has not stepped out of, whose credits she has not."""
    return own(session, learner, is_under_way(today), ~is_credited(Dissertation.module_id))


def is_to_begin(today: date) -> ColumnElement[bool]:
    """True of an enrolment and a module, where the learner has that dissertation to write and has not begun any."""
    begun = exists().where(Dissertation.enrolment_id == Enrolment.id).correlate(Enrolment)
    is_open = and_(Module.kind == ModuleKind.DISSERTATION, can_be_taken(), ~is_credited(Module.id))
    return and_(is_under_way(today), is_open, ~begun)


def can_begin(session: Session, learner: Person, today: date) -> Sequence[tuple[Enrolment, Module]]:
    """Her enrolments with a dissertation that she has not begun."""
    rows = session.execute(
        select(Enrolment, Module)
        .join(Module, Module.programme_id == Enrolment.programme_id)
        .where(Enrolment.learner_id == learner.id, is_to_begin(today))
        .options(
            joinedload(Enrolment.programme),
            joinedload(Enrolment.in_cohort),
        )
        .order_by(Enrolment.id, Module.id)
    )
    return [(row[0], row[1]) for row in rows]


def reached(person: Person, today: date, q: str = "", *, only_late: bool = False) -> Select[Dissertation, Person]:
    """Those of learners whom she reaches, by the learner's name."""
    statement = with_learners().where(is_of_university(person, *OF_UNIVERSITY), named(Person.folded_name, q))
    return (statement.where(is_late(today)) if only_late else statement).order_by(Person.folded_name, Dissertation.id)


def page_reached(session: Session, person: Person, today: date, q: str, page: int, *, only_late: bool) -> Page:
    statement = reached(person, today, q, only_late=only_late)
    ids = statement.order_by(None).with_only_columns(Dissertation.id).subquery()
    total = session.scalar(select(func.count()).select_from(ids)) or 0
    shape = page_of_rows(range(total), page)
    rows = session.execute(statement.limit(max(len(shape.rows), 1)).offset(shape.rows[0] if shape.rows else 0)).all()
    return Page([(row[0], row[1]) for row in rows], shape.number, shape.pages, total)


def not_begun(session: Session, person: Person, today: date) -> int:
    """How many learners whom she reaches have a dissertation to write, and have not begun it."""
    statement = (
        select(func.count(Enrolment.id.distinct()))
        .join(Module, Module.programme_id == Enrolment.programme_id)
        .where(is_of_university(person, *OF_UNIVERSITY), is_to_begin(today))
    )
    return session.scalar(statement) or 0


def waiting_for_answer(session: Session, person: Person, today: date, at_most: int) -> Sequence[Found]:
    """Proposals that this academic supervisor can answer, what was sent first on top."""
    hers = and_(is_of_university(person, Role.ACADEMIC_SUPERVISOR), is_enrolled_on(today))
    statement = with_learners().where(hers, Dissertation.state == DissertationState.PROPOSED)
    return [(row[0], row[1]) for row in session.execute(statement.order_by(Dissertation.id).limit(at_most))]
