"""Which placements and dissertations somebody watches over, for a network or a university, and those at risk."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.models.academic.dissertations import Dissertation
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.programmes import Enrolment, Module, Programme
from app.models.studies import Opening
from app.rules.academic.reach import reaches_enrolment, reaches_placement
from app.rules.coordinators import is_overseen_by
from app.rules.course.risk_conditions import Kinds
from app.rules.course.risks import RANKS
from app.rules.dissertations.late import is_late
from app.rules.search import named

LATE = "DISSERTATION_LATE"  # what the list is narrowed to by it are no placements
LATE_MAX = 20
OF_A_UNIVERSITY = (Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD)


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; all of it stands in the address. `aside` shows what is put aside instead."""

    q: str = ""
    risk: str = ""
    aside: bool = False

    def values(self) -> dict[str, str]:
        found = {"q": self.q, "risk": self.risk, "aside": "1" if self.aside else ""}
        return {name: value for name, value in found.items() if value}

    @property
    def shows_placements(self) -> bool:
        return self.risk != LATE

    @property
    def shows_dissertations(self) -> bool:
        """They cannot be put aside: their days can be set."""
        return self.risk in ("", LATE) and not self.aside


def is_watched_by(person: Person) -> ColumnElement[bool]:
    """True of placements in networks that she coordinates, and of learners whom she reaches for a university."""
    return or_(is_overseen_by(person), reaches_placement(person, *OF_A_UNIVERSITY))


def ids_in_order(session: Session, kinds: Kinds, filters: Filters) -> list[int]:
    """The placements of the list: what needs somebody most first, then by the learner's name."""
    wanted = [id_ for id_, found in kinds.items() if not filters.risk or filters.risk in {one.name for one in found}]
    statement = (
        select(Placement.id)
        .join(Person, Person.id == Placement.learner_id)
        .where(Placement.id.in_(wanted), named(Person.folded_name, filters.q))
        .order_by(Person.folded_name, Placement.id)
    )
    return sorted(session.scalars(statement), key=lambda id_: RANKS[kinds[id_][0]])


def placements_with_ids(session: Session, person: Person, ids: Sequence[int]) -> list[Placement]:
    """Those of these placements that the person watches over, in the order of the ids, with all that a row shows."""
    rows = session.scalars(select(Placement).where(Placement.id.in_(ids), is_watched_by(person)).options(*whole_row()))
    found = {one.id: one for one in rows}
    return [found[id_] for id_ in ids if id_ in found]


def whole_row() -> tuple[_AbstractLoad, ...]:
    return (
        joinedload(Placement.learner),
        joinedload(Placement.mentor),
        joinedload(Placement.opening).options(joinedload(Opening.study), joinedload(Opening.network)),
        joinedload(Placement.module).joinedload(Module.programme).joinedload(Programme.provider),
        selectinload(Placement.pauses),
    )


def placement_watched(session: Session, person: Person, placement_id: int) -> Placement | None:
    statement = select(Placement).where(Placement.id == placement_id, is_watched_by(person))
    return session.scalar(statement.options(*whole_row()))


def enrolment_ids(session: Session, person: Person, ids: Collection[int]) -> dict[int, int]:
    """Where somebody of a university finds the learner's record, by placement; those she coordinates only are not."""
    enrolled = (Enrolment.learner_id == Placement.learner_id) & (Enrolment.programme_id == Module.programme_id)
    rows = session.execute(
        select(Placement.id, Enrolment.id)
        .join(Module, Module.id == Placement.module_id)
        .join(Enrolment, enrolled)
        .where(Placement.id.in_(ids), reaches_placement(person, *OF_A_UNIVERSITY))
    )
    return {row[0]: row[1] for row in rows}


def late_dissertations(
    session: Session, person: Person, today: date, filters: Filters
) -> tuple[Sequence[tuple[Dissertation, Person]], int]:
    """The first of those that are late of learners whom she reaches for a university, by name; and how many there are.

    Never her own.
    """
    if not filters.shows_dissertations:
        return [], 0
    wanted = (
        is_late(today),
        reaches_enrolment(person, *OF_A_UNIVERSITY),
        Enrolment.learner_id != person.id,
        named(Person.folded_name, filters.q),
    )
    statement = (
        select(Dissertation, Person)
        .join(Dissertation.enrolment)
        .join(Person, Person.id == Enrolment.learner_id)
        .where(*wanted)
    )
    number = session.scalar(select(func.count()).select_from(statement.with_only_columns(Dissertation.id).subquery()))
    programme = contains_eager(Dissertation.enrolment).joinedload(Enrolment.programme).joinedload(Programme.provider)
    whole = statement.options(programme, selectinload(Dissertation.milestones))
    rows = session.execute(whole.order_by(Person.folded_name, Dissertation.id).limit(LATE_MAX))
    return [(row[0], row[1]) for row in rows], number or 0
