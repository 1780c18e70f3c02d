"""What a coordinator may see of placements: dates, hours and states, never what was talked or thought about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, load_only, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.models.organisations import Network
from app.models.people import Person
from app.models.placements import Pause, Placement, PlacementState
from app.models.programmes import Level, Module, Programme
from app.models.studies import Opening, Study
from app.models.supervision import SupervisionSession
from app.rules.coordinators import is_overseen_by
from app.rules.course.risk_conditions import Kinds
from app.rules.course.risks import RANKS, Risk
from app.rules.search import named

Mentor = aliased(Person)
ANY, RESCUE = "any", "rescue"
STATES = {
    "current": "Runs or is to begin",
    "begins": "Is to begin",
    "runs": "Runs",
    "paused": "Paused",
    "ended": "Ended",
}
SORTS = {"risk": "At risk first", "learner": "Learner", "mentor": "Mentor", "begins": "First day", "ends": "Last day"}


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to, and its order; all of it stands in the address."""

    q: str = ""
    risk: str = ""
    network: int | None = None
    level: str = ""
    state: str = ""
    sort: str = "risk"

    def values(self) -> dict[str, str | int]:
        """The filters as the address has them, without those that are not used."""
        found = {"q": self.q, "risk": self.risk, "network": self.network or "", "level": self.level}
        found |= {"state": self.state, "sort": self.sort}
        return {name: value for name, value in found.items() if value and (name, value) != ("sort", "risk")}

    def lets_through(self, kinds: Sequence[Risk]) -> bool:
        """True when the reasons are among those asked for."""
        if self.risk == RESCUE:
            return any(kind.needs_rescue for kind in kinds)
        return not self.risk or (self.risk == ANY and bool(kinds)) or self.risk in {kind.name for kind in kinds}


def placement_ids(session: Session, person: Person, filters: Filters, kinds: Kinds, today: date) -> list[int]:
    """Every placement that the filters let through, in the order asked for.

    Ids alone: there may be tens of thousands, and a page shows fifty.
    """
    ids = [id_ for id_ in session.scalars(listed(person, filters, today)) if filters.lets_through(kinds.get(id_, ()))]
    return sorted(ids, key=lambda id_: rank_of(kinds.get(id_, ()))) if filters.sort == "risk" else ids


def rank_of(kinds: Sequence[Risk]) -> int:
    """What needs somebody most comes first, what runs well last."""
    return RANKS[kinds[0]] if kinds else len(RANKS)


def listed(person: Person, filters: Filters, today: date) -> Select[Any]:
    statement = (
        select(Placement.id)
        .join(Person, Person.id == Placement.learner_id)
        .join(Mentor, Mentor.id == Placement.mentor_id)
        .where(is_overseen_by(person), *narrowed(filters, today))
    )
    return statement.order_by(*order_of(filters.sort))


def narrowed(filters: Filters, today: date) -> list[ColumnElement[bool]]:
    found = []
    if filters.q:
        study = select(Study.folded_name).join(Opening, Opening.study_id == Study.id)
        its_study = study.where(Opening.id == Placement.opening_id).scalar_subquery()
        found.append(named(Person.folded_name + " " + Mentor.folded_name + " " + its_study, filters.q))
    if filters.network:
        found.append(Placement.opening_id.in_(select(Opening.id).where(Opening.network_id == filters.network)))
    if filters.level in Level.__members__:
        of_level = select(Module.id).join(Module.programme).where(Programme.level == Level[filters.level])
        found.append(Placement.module_id.in_(of_level))
    return [*found, is_in_state(filters.state, today)]


def is_in_state(state: str, today: date) -> ColumnElement[bool]:
    current, begun = Placement.is_current_on(today), Placement.starts_on <= today
    paused = Placement.pauses.any(Pause.has(today))
    conditions: dict[str, Any] = {
        "current": current,
        "begins": and_(current, ~begun),
        "runs": and_(current, begun, ~paused),
        "paused": and_(current, begun, paused),
        "ended": or_(Placement.state == PlacementState.ENDED, Placement.ends_on < today),
    }
    wanted: ColumnElement[bool] = conditions.get(state, Placement.id.is_not(None))
    return wanted


def order_of(sort: str) -> Sequence[Any]:
    by_name = (Person.folded_name, Placement.id)
    return {
        "mentor": (Mentor.folded_name, *by_name),
        "begins": (Placement.starts_on, *by_name),
        "ends": (Placement.ends_on, *by_name),
    }.get(sort, by_name)


def placements_with_ids(session: Session, person: Person, ids: Sequence[int]) -> list[Placement]:
    """Those of these placements that the person oversees, in the order of the ids, with all that a row shows."""
    rows = session.scalars(select(Placement).where(Placement.id.in_(ids), is_overseen_by(person)).options(*whole_row()))
    found = {one.id: one for one in rows}
    return [found[id_] for id_ in ids if id_ in found]


def whole_row() -> tuple[_AbstractLoad, ...]:
    opening = joinedload(Placement.opening)
    return (
        opening.joinedload(Opening.study),
        opening.joinedload(Opening.network),
        opening.joinedload(Opening.organisation),
        joinedload(Placement.learner).joinedload(Person.learner_profile),
        joinedload(Placement.mentor),
        joinedload(Placement.module).joinedload(Module.programme).joinedload(Programme.provider),
        selectinload(Placement.pauses),
    )


def placement_overseen(
    session: Session, person: Person, placement_id: int, *, to_change: bool = False
) -> Placement | None:
    """The placement, if it is in a network that this person coordinates; `to_change` lets others wait."""
    statement = select(Placement).where(Placement.id == placement_id, is_overseen_by(person)).options(*whole_row())
    if to_change:
        statement = statement.with_for_update(of=Placement).execution_options(populate_existing=True)
    return session.scalar(statement)


def parts_around(session: Session, person: Person, placement: Placement) -> list[tuple[Placement, bool]]:
    """The placement before and the one after it, where there are; each with whether the person may open it."""
    rows = session.scalars(
        select(Placement)
        .where(or_(Placement.id == placement.continues_id, Placement.continues_id == placement.id))
        .options(joinedload(Placement.mentor), joinedload(Placement.opening))
        .order_by(Placement.starts_on, Placement.id)
    )
    return [(one, one.opening.network_id in person.network_ids()) for one in rows]


def number_of_sessions(session: Session, placement: Placement) -> int:
    statement = select(func.count()).where(SupervisionSession.placement_id == placement.id)
    return session.scalar(statement) or 0


def sessions_without_words(
    session: Session, placement: Placement, first: int, number: int
) -> Sequence[SupervisionSession]:
    """Days, lengths and states of sessions, the latest first; what was talked about is not read."""
    shown = (SupervisionSession.held_on, SupervisionSession.minutes, SupervisionSession.form)
    moments = (SupervisionSession.confirmed_at, SupervisionSession.disputed_at, SupervisionSession.withdrawn_at)
    statement = (
        select(SupervisionSession)
        .where(SupervisionSession.placement_id == placement.id)
        .options(load_only(*shown, *moments, raiseload=True))
        .order_by(SupervisionSession.held_on.desc(), SupervisionSession.id.desc())
        .offset(first)
        .limit(number)
    )
    return session.scalars(statement).all()


def networks_of(session: Session, person: Person) -> Sequence[Network]:
    """The networks that this person coordinates, to filter by."""
    return session.scalars(select(Network).where(Network.id.in_(person.network_ids())).order_by(Network.name)).all()
