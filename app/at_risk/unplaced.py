"""Learners without a placement whom somebody watches over: the list, one of them, and what was put aside."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select, type_coerce
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.types import Date

from app.models.academic.unplaced import UnplacedAcknowledgement
from app.models.organisations import Network
from app.models.people import Person
from app.models.programmes import Enrolment, Module, Programme
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.rules.academic.reach import reaches_enrolment
from app.rules.of_learners.unplaced import (
    OF_A_UNIVERSITY,
    Looking,
    has_asked,
    has_named,
    has_offer,
    is_put_aside,
    is_unplaced_soon,
    is_watched_by,
    of_request,
    starts_by,
)
from app.rules.search import named


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; all of it stands in the address. `aside` shows what is put aside instead."""

    q: str = ""
    aside: bool = False

    def values(self) -> dict[str, str]:
        found = {"q": self.q, "aside": "1" if self.aside else ""}
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True)
class Unplaced:
    """A learner without a placement for a module; `round_id` is the round of her request, where the reader runs it."""

    enrolment: Enrolment
    learner: Person
    module: Module
    starts_by: date
    looking: Looking
    is_reached: bool
    round_id: int | None

    @property
    def key(self) -> tuple[int, int]:
        return self.enrolment.id, self.module.id


def number_of(session: Session, reader: Person, today: date, days: int, filters: Filters) -> int:
    ids = listed(select(Enrolment.id, Module.id.label("module_id")), reader, today, days, filters)
    return session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def part_of(
    session: Session, reader: Person, today: date, days: int, filters: Filters, first: int, rows: int
) -> list[Unplaced]:
    """Some rows of the list: who starts first, then by name."""
    in_order = whole(reader, today).order_by(starts_by(), Person.folded_name, Enrolment.id, Module.id)
    wanted = listed(in_order, reader, today, days, filters).offset(first).limit(rows)
    return [unplaced_in(row) for row in session.execute(wanted)]


def one_of(
    session: Session, reader: Person, today: date, days: int, enrolment_id: int, module_id: int
) -> Unplaced | None:
    """One learner and module of the list, put aside or not."""
    wanted = joined(whole(reader, today)).where(
        is_watched_by(reader), is_unplaced_soon(today, days), Enrolment.id == enrolment_id, Module.id == module_id
    )
    row = session.execute(wanted).first()
    return unplaced_in(row) if row else None


def watched(session: Session, reader: Person, enrolment_id: int, module_id: int) -> tuple[Enrolment, Person] | None:
    """An enrolment with a module of its programme, and the learner, if the reader watches over her."""
    statement = joined(select(Enrolment, Person)).where(is_watched_by(reader))
    row = session.execute(statement.where(Enrolment.id == enrolment_id, Module.id == module_id)).first()
    return (row[0], row[1]) if row else None


def listed(statement: Any, reader: Person, today: date, days: int, filters: Filters) -> Any:
    aside = is_put_aside(today)
    return joined(statement).where(
        is_watched_by(reader),
        is_unplaced_soon(today, days),
        aside if filters.aside else ~aside,
        named(Person.folded_name, filters.q),
    )


def joined(statement: Any) -> Any:
    modules = statement.select_from(Enrolment).join(Module, Module.programme_id == Enrolment.programme_id)
    return modules.join(Person, Person.id == Enrolment.learner_id)


def whole(reader: Person, today: date) -> Select[Any]:
    """All that a row shows."""
    looking = case(
        (has_offer(today), Looking.OFFERED.name),
        (has_named(), Looking.NAMED.name),
        (has_asked(), Looking.ASKED.name),
        else_=Looking.NOT_ASKED.name,
    )
    hers = MatchRound.networks.any(Network.id.in_(reader.network_ids()))
    run_by_reader = of_request(select(MatchRound.id).join(PlacementRequest, PlacementRequest.round_id == MatchRound.id))
    columns: tuple[ColumnElement[Any], ...] = (
        type_coerce(starts_by(), Date).label("starts_by"),
        looking.label("looking"),
        case((reaches_enrolment(reader, *OF_A_UNIVERSITY), 1), else_=0).label("is_reached"),
        run_by_reader.where(hers).scalar_subquery().label("round_id"),
    )
    provider = joinedload(Enrolment.programme).joinedload(Programme.provider)
    return select(Enrolment, Person, Module, *columns).options(provider)


def unplaced_in(row: Any) -> Unplaced:
    enrolment, learner, module, day, looking, is_reached, round_id = row
    return Unplaced(enrolment, learner, module, day, Looking[looking], bool(is_reached), round_id)


def known_about(
    session: Session, today: date, keys: Collection[tuple[int, int]]
) -> Mapping[tuple[int, int], UnplacedAcknowledgement]:
    """The newest about each enrolment and module, where it can still count; one query."""
    by_key = UnplacedAcknowledgement.enrolment_id, UnplacedAcknowledgement.module_id
    newest = select(func.max(UnplacedAcknowledgement.id)).group_by(*by_key)
    statement = (
        select(UnplacedAcknowledgement)
        .where(
            UnplacedAcknowledgement.id.in_(newest),
            UnplacedAcknowledgement.enrolment_id.in_([enrolment_id for enrolment_id, _ in keys]),
            UnplacedAcknowledgement.until_on >= today,
            UnplacedAcknowledgement.ended_at.is_(None),
        )
        .options(joinedload(UnplacedAcknowledgement.by))
    )
    found: Sequence[UnplacedAcknowledgement] = session.scalars(statement).all()
    return {(one.enrolment_id, one.module_id): one for one in found}
