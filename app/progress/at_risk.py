"""Which learners of a university are in a placement and which of those are at risk, read without loading them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app.models.hours import HoursCategory, HoursEntry
from app.models.people import Person
from app.models.placements import Placement, PlacementState
from app.models.programmes import Enrolment, Module, Programme
from app.models.supervision import SupervisionSession
from app.progress.queries import READERS, is_seen_by
from app.rules.record_totals import risks_while_it_runs
from app.rules.workplace_hours import Workplace


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A learner at risk, and the reasons as sentences."""

    enrolment_id: int
    learner_name: str
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class Running:
    """How many learners are in a placement that runs, and those of them who are at risk, by name."""

    number: int
    at_risk: Sequence[AtRisk]


def running_of(session: Session, person: Person, today: date) -> Running:
    """What runs at the person's universities; three queries for plain numbers, however many learners there are."""
    latest = latest_placements(session, person)
    running = [one for one in latest.values() if runs_on(one, today)]
    minutes = workplace_minutes(session, person)
    met = last_sessions(session, person)
    found = []
    for one in running:
        band = one.level.workplace_band_hours
        workplace = Workplace(band, one.starts_on, one.ends_on, minutes.get((one.learner_id, one.programme_id), 0))
        reasons = risks_while_it_runs(workplace, met.get(one.id), today)
        if reasons:
            found.append((one.folded_name, AtRisk(one.enrolment_id, one.name, reasons)))
    found.sort(key=lambda pair: (pair[0], pair[1].enrolment_id))
    return Running(len(running), [one for _, one in found])


def runs_on(placement: Row[Any], today: date) -> bool:
    return bool(placement.state is PlacementState.ACTIVE and placement.starts_on <= today <= placement.ends_on)


def latest_placements(session: Session, person: Person) -> dict[int, Row[Any]]:
    """Of each enrolment its latest placement, by the enrolment's id."""
    columns = (
        Placement.id,
        Placement.state,
        Placement.starts_on,
        Placement.ends_on,
        Placement.learner_id,
        Enrolment.id.label("enrolment_id"),
        Programme.id.label("programme_id"),
        Programme.level,
        Person.name,
        Person.folded_name,
    )
    rows = session.execute(
        of_placements(person, *columns)
        .join(Programme, Programme.id == Enrolment.programme_id)
        .join(Person, Person.id == Placement.learner_id)
        .order_by(Placement.starts_on, Placement.id)
    )
    return {row.enrolment_id: row for row in rows}


def workplace_minutes(session: Session, person: Person) -> dict[tuple[int, int], int]:
    """What counts in the workplace, by learner and programme: hours count for the module wherever they were logged."""
    rows = session.execute(
        of_placements(person, Placement.learner_id, Enrolment.programme_id, func.sum(HoursEntry.minutes))
        .join(HoursEntry, HoursEntry.placement_id == Placement.id)
        .where(HoursEntry.category == HoursCategory.WORKPLACE, HoursEntry.withdrawn_at.is_(None))
        .group_by(Placement.learner_id, Enrolment.programme_id)
    )
    return {(learner_id, programme_id): minutes for learner_id, programme_id, minutes in rows}


def last_sessions(session: Session, person: Person) -> dict[int, date]:
    """When they last met, by placement."""
    rows = session.execute(
        of_placements(person, Placement.id, func.max(SupervisionSession.held_on))
        .join(SupervisionSession, SupervisionSession.placement_id == Placement.id)
        .where(SupervisionSession.withdrawn_at.is_(None))
        .group_by(Placement.id)
    )
    return dict(rows.all())


def of_placements(person: Person, *columns: Any) -> Any:
    """Columns of the placements within enrolments at the person's universities."""
    return (
        select(*columns)
        .select_from(Placement)
        .join(Module, Module.id == Placement.module_id)
        .join(
            Enrolment,
            (Enrolment.learner_id == Placement.learner_id) & (Enrolment.programme_id == Module.programme_id),
        )
        .where(is_seen_by(person, *READERS))
    )
