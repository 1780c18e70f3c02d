"""Which boards somebody keeps or reads, whom one can decide about, and what a learner reads of her own credit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.models.academic.boards import Board, BoardLine, BoardMember, BoardState
from app.models.academic.dissertations import Dissertation, DissertationState
from app.models.course.sign_offs import SignOff, SignOffState
from app.models.people import Person, Role, RoleGrant
from app.models.placements import Placement
from app.models.programmes import (
    Cohort,
    CreditDecision,
    CreditOutcome,
    Enrolment,
    Module,
    ModuleKind,
    Programme,
    Provider,
)
from app.rules.academic.supervisors import is_enrolled_on
from app.rules.credit.counting import counts, is_credited
from app.rules.programmes.standing import can_be_taken
from app.rules.search import named
from app.web.paging import Page, page_of, page_of_rows

LEFT_BEFORE = timedelta(days=365)
LEADS = Role.PROGRAMME_LEAD
OF_UNIVERSITY = (Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD)


def is_kept_by(person: Person) -> ColumnElement[bool]:
    """True of boards of a university where she leads programmes."""
    return Board.provider_id.in_(person.provider_ids(LEADS))


def is_read_by(person: Person) -> ColumnElement[bool]:
    """True of those, and of boards on which she sits."""
    sits = exists().where(BoardMember.board_id == Board.id, BoardMember.person_id == person.id)
    return or_(
        is_kept_by(person), and_(sits.correlate(Board), Board.provider_id.in_(person.provider_ids(*OF_UNIVERSITY)))
    )


def whole() -> tuple[_AbstractLoad, ...]:
    return selectinload(Board.members), joinedload(Board.provider)


def board_kept(session: Session, lead: Person, board_id: int, *, to_change: bool = False) -> Board | None:
    """The board, if she leads programmes of its university; held, where it is to be changed."""
    if to_change:
        session.execute(select(Board.id).where(Board.id == board_id).with_for_update()).all()
    return session.scalar(select(Board).where(Board.id == board_id, is_kept_by(lead)).options(*whole()))


def board_read(session: Session, person: Person, board_id: int) -> Board | None:
    return session.scalar(select(Board).where(Board.id == board_id, is_read_by(person)).options(*whole()))


def line_kept(session: Session, lead: Person, board_id: int, line_id: int, *, to_change: bool = False) -> Any:
    """A line of a board that she keeps, with its learner."""
    board = board_kept(session, lead, board_id, to_change=to_change)
    line = session.get(BoardLine, line_id) if board else None
    if board is None or line is None or line.board_id != board.id:
        return None
    return line, session.get_one(Person, line.enrolment.learner_id)


def boards_read(session: Session, person: Person, page: int) -> Page:
    """Boards that she keeps or sits on, the latest first."""
    statement = select(Board).where(is_read_by(person)).order_by(Board.meets_on.desc(), Board.id.desc())
    return page_of(session, statement.options(joinedload(Board.provider)), page)


def numbers_of_lines(session: Session, board_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """How many lines each board has, and how many of them without an outcome."""
    without = func.sum(case((BoardLine.outcome.is_(None), 1), else_=0))
    rows = session.execute(
        select(BoardLine.board_id, func.count(), without)
        .where(BoardLine.board_id.in_(board_ids))
        .group_by(BoardLine.board_id)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def providers_led(session: Session, lead: Person) -> Sequence[Provider]:
    hers = Provider.id.in_(lead.provider_ids(LEADS))
    return session.scalars(select(Provider).where(hers).order_by(Provider.name)).all()


def people_at(session: Session, provider_ids: Collection[int], board: Board | None = None) -> Sequence[Person]:
    """Everybody who leads or supervises for one of the universities, by name; and who sits on the board, if she has
    left since: she may have sat there when it met.
    """
    sitting = [one.person_id for one in board.members if one.person_id] if board else []
    can_sit = or_(is_at(provider_ids), Person.id.in_(sitting))
    return session.scalars(select(Person).where(can_sit).order_by(Person.folded_name, Person.id)).all()


def is_at(provider_ids: Collection[int]) -> ColumnElement[bool]:
    """True of somebody who leads or supervises for one of the universities."""
    holds = Person.grants.any(
        RoleGrant.role.in_(OF_UNIVERSITY) & RoleGrant.ended_at.is_(None) & RoleGrant.provider_id.in_(provider_ids)
    )
    return and_(Person.is_active, holds)


def ids_of_those_who_left(session: Session, board: Board) -> set[int]:
    """Who sits on a board and is of its university no more."""
    sitting = Person.id.in_([one.person_id for one in board.members if one.person_id])
    return set(session.scalars(select(Person.id).where(sitting, ~is_at([board.provider_id]))))


@dataclass(frozen=True)
class Filters:
    """What the learners who can be put on a list are narrowed to; all of it stands in the address."""

    q: str = ""
    programme: int | None = None
    cohort: str = ""
    module: int | None = None
    is_everybody: bool = False

    def values(self) -> dict[str, Any]:
        found = {
            "q": self.q,
            "programme": self.programme,
            "cohort": self.cohort,
            "module": self.module,
            "who": "all" if self.is_everybody else "",
        }
        return {name: value for name, value in found.items() if value}


Candidate = tuple[Enrolment, Person, Module]


def can_be_listed(board: Board, today: date) -> Select[Enrolment, Person, Module]:
    """Learners of the university with each module whose credits they do not have, and that no list has yet.

    Boards meet after the last day of those whom they decide about: who has left within a year is among them.
    """
    others = aliased(Board)
    is_listed = exists().where(
        BoardLine.enrolment_id == Enrolment.id,
        BoardLine.module_id == Module.id,
        BoardLine.board_id == others.id,
        others.state == BoardState.PREPARING,
    )
    return (
        select(Enrolment, Person, Module)
        .join(Person, Person.id == Enrolment.learner_id)
        .join(Programme, Programme.id == Enrolment.programme_id)
        .join(Module, Module.programme_id == Enrolment.programme_id)
        .where(
            Programme.provider_id == board.provider_id,
            is_enrolled_on(today - LEFT_BEFORE),
            can_be_taken(),
            ~is_credited(Module.id),
            ~is_listed.correlate(Enrolment, Module),
        )
    )


def is_ready(board: Board) -> ColumnElement[bool]:
    """True of a module whose placement is signed off or whose dissertation is submitted, or whose marks are kept
    elsewhere; but of one that was deferred or is submitted again only once its day has come."""
    signed_off = (
        exists()
        .where(
            SignOff.placement_id == Placement.id,
            SignOff.state == SignOffState.SIGNED_OFF,
            Placement.learner_id == Enrolment.learner_id,
            Placement.module_id == Module.id,
        )
        .correlate(Enrolment, Module)
    )
    waits = (
        exists()
        .where(
            CreditDecision.enrolment_id == Enrolment.id,
            CreditDecision.module_id == Module.id,
            CreditDecision.outcome.in_([CreditOutcome.RESUBMISSION, CreditOutcome.DEFERRED]),
            counts(),
        )
        .correlate(Enrolment, Module)
    )
    submitted = exists().where(
        Dissertation.enrolment_id == Enrolment.id,
        Dissertation.module_id == Module.id,
        Dissertation.state == DissertationState.SUBMITTED,
    )
    is_done = or_(signed_off, submitted.correlate(Enrolment, Module), Module.kind == ModuleKind.TAUGHT)
    return or_(waits.where(CreditDecision.until_on <= board.meets_on), and_(~waits, is_done))


def candidates(session: Session, board: Board, filters: Filters, today: date, page: int) -> Page:
    """Those whom the filters let through, by name, a page at a time."""
    statement = narrowed(can_be_listed(board, today), board, filters)
    total = session.scalar(select(func.count()).select_from(statement.with_only_columns(Enrolment.id).subquery())) or 0
    shape = page_of_rows(range(total), page)
    ordered = statement.order_by(Person.folded_name, Enrolment.id, Module.id).options(*for_labels())
    rows = session.execute(ordered.limit(max(len(shape.rows), 1)).offset(shape.rows[0] if shape.rows else 0)).all()
    return Page([(row[0], row[1], row[2]) for row in rows], shape.number, shape.pages, total)


def narrowed(
    statement: Select[Enrolment, Person, Module], board: Board, filters: Filters
) -> Select[Enrolment, Person, Module]:
    found = statement.where(named(Person.folded_name, filters.q))
    if filters.programme is not None:
        found = found.where(Enrolment.programme_id == filters.programme)
    if filters.cohort:
        found = found.where(cohort_name() == filters.cohort)
    if filters.module is not None:
        found = found.where(Module.id == filters.module)
    return found if filters.is_everybody else found.where(is_ready(board))


def candidates_with(
    session: Session, board: Board, keys: Collection[tuple[int, int]], today: date
) -> dict[str, Candidate]:
    """Those of these enrolments and modules that can be put on the list, by the value of their box."""
    enrolment_ids, module_ids = {key[0] for key in keys}, {key[1] for key in keys}
    statement = can_be_listed(board, today).where(Enrolment.id.in_(enrolment_ids), Module.id.in_(module_ids))
    rows = session.execute(statement.options(*for_labels()))
    return {box(row[0], row[2]): (row[0], row[1], row[2]) for row in rows if (row[0].id, row[2].id) in keys}


def for_labels() -> tuple[_AbstractLoad, ...]:
    return joinedload(Enrolment.programme), joinedload(Enrolment.in_cohort)


def box(enrolment: Enrolment, module: Module) -> str:
    return f"{enrolment.id}-{module.id}"


def programmes_of(session: Session, board: Board) -> Sequence[Programme]:
    statement = select(Programme).where(Programme.provider_id == board.provider_id)
    return session.scalars(
        statement.options(selectinload(Programme.modules)).order_by(Programme.title, Programme.id)
    ).all()


def cohorts_of(session: Session, board: Board) -> Sequence[str]:
    name = cohort_name().label("name")
    of_university = select(name).join(Enrolment.programme).where(Programme.provider_id == board.provider_id)
    return [one for one in session.scalars(of_university.distinct().order_by(name)) if one]


def cohort_name() -> ColumnElement[str]:
    """With whom somebody who is enrolled began, as `Enrolment.cohort_name`."""
    described = select(Cohort.name).where(Cohort.id == Enrolment.cohort_id).correlate(Enrolment).scalar_subquery()
    return func.coalesce(described, Enrolment.cohort)


def since_decided(session: Session, keys: Collection[tuple[int, int]]) -> dict[tuple[int, int], list[CreditDecision]]:
    """All decisions about each of these enrolments and modules, the oldest first."""
    enrolment_ids, module_ids = {key[0] for key in keys}, {key[1] for key in keys}
    statement = select(CreditDecision).where(
        CreditDecision.enrolment_id.in_(enrolment_ids), CreditDecision.module_id.in_(module_ids)
    )
    found: dict[tuple[int, int], list[CreditDecision]] = {}
    for one in session.scalars(statement.order_by(CreditDecision.id)):
        found.setdefault((one.enrolment_id, one.module_id), []).append(one)
    return found


def own_enrolments(session: Session, learner: Person) -> Sequence[Enrolment]:
    """Her enrolments with what was decided, the latest first."""
    return session.scalars(
        select(Enrolment)
        .where(Enrolment.learner_id == learner.id)
        .options(
            joinedload(Enrolment.programme).joinedload(Programme.provider),
            selectinload(Enrolment.decisions).joinedload(CreditDecision.module),
        )
        .order_by(Enrolment.started_on.desc(), Enrolment.id.desc())
    ).all()
