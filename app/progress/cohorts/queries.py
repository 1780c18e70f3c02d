"""Who of a lead's learners is where, cohort by cohort, and the hours that they log from week to week."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from app.models.hours import HoursEntry
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.programmes import Cohort as RealCohort
from app.models.programmes import Enrolment, Module, Programme
from app.progress.cohorts.places import Place, place_on
from app.progress.queries import is_seen_by
from app.rules.academic.supervisors import is_enrolled_on
from app.rules.doubts import week_of
from app.rules.search import named

WEEKS = 12
ID_DIGITS = 18


@dataclass(frozen=True)
class Filters:
    """What the board is narrowed to; all of it stands in the address.

    `cohort` is the id of a cohort, or the name of one that nobody has described.
    """

    q: str = ""
    programme: int | None = None
    cohort: str = ""
    place: str = ""

    def values(self) -> dict[str, Any]:
        found = {"q": self.q, "programme": self.programme, "cohort": self.cohort, "place": self.place}
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True)
class Cohort:
    """How many of one cohort are in each place."""

    programme_id: int
    programme: str
    key: str
    name: str
    numbers: dict[Place, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.numbers.values())


def is_on_board(lead: Person, filters: Filters, today: date) -> list[ColumnElement[bool]]:
    """True of enrolments that have not ended, where she leads, as far as the filters let them through."""
    found = [is_seen_by(lead, Role.PROGRAMME_LEAD), is_enrolled_on(today)]
    if filters.programme is not None:
        found.append(Enrolment.programme_id == filters.programme)
    if filters.cohort:
        found.append(is_of_cohort(filters.cohort))
    if filters.place in Place.__members__:
        found.append(place_on(today) == filters.place)
    if filters.q:
        found.append(Enrolment.learner_id.in_(select(Person.id).where(named(Person.folded_name, filters.q))))
    return found


def is_of_cohort(key: str) -> ColumnElement[bool]:
    cohort_id = int(key) if key.isdecimal() and len(key) <= ID_DIGITS else None
    by_name = and_(Enrolment.cohort_id.is_(None), Enrolment.cohort == key)
    return by_name if cohort_id is None else Enrolment.cohort_id == cohort_id


def cohort_name() -> ColumnElement[str]:
    """The name of an enrolment's cohort; needs `RealCohort` joined, where there is one."""
    return func.coalesce(RealCohort.name, Enrolment.cohort)


def cohorts(session: Session, lead: Person, filters: Filters, today: date) -> list[Cohort]:
    """The cohorts, by programme and name; one query."""
    placed = (
        select(
            Enrolment.programme_id,
            Enrolment.cohort_id,
            cohort_name().label("cohort"),
            place_on(today).label("place"),
        )
        .outerjoin(RealCohort, RealCohort.id == Enrolment.cohort_id)
        .where(*is_on_board(lead, filters, today))
        .subquery()
    )
    rows = session.execute(
        select(
            placed.c.programme_id, Programme.title, placed.c.cohort_id, placed.c.cohort, placed.c.place, func.count()
        )
        .join(Programme, Programme.id == placed.c.programme_id)
        .group_by(placed.c.programme_id, Programme.title, placed.c.cohort_id, placed.c.cohort, placed.c.place)
        .order_by(Programme.title, placed.c.programme_id, placed.c.cohort, placed.c.cohort_id)
    )
    found: dict[tuple[int, str, str], Cohort] = {}
    for programme_id, title, cohort_id, name, place, number in rows:
        key = name if cohort_id is None else str(cohort_id)
        cohort = found.setdefault((programme_id, key, name), Cohort(programme_id, title, key, name))
        cohort.numbers[Place[place]] = number
    return list(found.values())


def learners(lead: Person, filters: Filters, today: date) -> Select[int, str, str, str, date, str]:
    """Each learner of the board with her programme and place, by name."""
    return (
        select(
            Enrolment.id,
            Person.name,
            Programme.title.label("programme"),
            cohort_name().label("cohort"),
            Enrolment.started_on,
            place_on(today).label("place"),
        )
        .join(Person, Person.id == Enrolment.learner_id)
        .join(Programme, Programme.id == Enrolment.programme_id)
        .outerjoin(RealCohort, RealCohort.id == Enrolment.cohort_id)
        .where(*is_on_board(lead, filters, today))
        .order_by(Person.folded_name, Enrolment.id)
    )


def minutes_by_week(session: Session, lead: Person, filters: Filters, today: date) -> list[tuple[date, int]]:
    """What the learners of the board logged and counts, by the Monday of each of the last weeks; one query."""
    first = week_of(today)[0] - timedelta(weeks=WEEKS - 1)
    rows = session.execute(
        select(HoursEntry.worked_on, func.sum(HoursEntry.minutes))
        .join(Placement, Placement.id == HoursEntry.placement_id)
        .join(Module, Module.id == Placement.module_id)
        .join(
            Enrolment,
            (Enrolment.learner_id == Placement.learner_id) & (Enrolment.programme_id == Module.programme_id),
        )
        .where(HoursEntry.counts, HoursEntry.worked_on.between(first, today), *is_on_board(lead, filters, today))
        .group_by(HoursEntry.worked_on)
    )
    found: defaultdict[date, int] = defaultdict(int)
    for day, minutes in rows:
        found[week_of(day)[0]] += minutes
    return [(monday, found[monday]) for monday in (first + timedelta(weeks=n) for n in range(WEEKS))]


def cohorts_to_choose(session: Session, lead: Person) -> list[tuple[str, str]]:
    """Every cohort in which somebody is enrolled, to filter by: what the address has for it, and its name."""
    statement = (
        select(Enrolment.cohort_id, cohort_name())
        .outerjoin(RealCohort, RealCohort.id == Enrolment.cohort_id)
        .where(is_seen_by(lead, Role.PROGRAMME_LEAD), cohort_name() != "")
        .distinct()
        .order_by(cohort_name(), Enrolment.cohort_id)
    )
    return [(name if id_ is None else str(id_), name) for id_, name in session.execute(statement)]


def programmes_led(session: Session, lead: Person) -> Sequence[Programme]:
    hers = Programme.provider_id.in_(lead.provider_ids(Role.PROGRAMME_LEAD))
    return session.scalars(select(Programme).where(hers).order_by(Programme.title, Programme.id)).all()
