"""Which learners of a university are in a placement and which of those are at risk, read without loading them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.models.people import Person
from app.models.placements import Placement, PlacementState
from app.models.programmes import Enrolment, Module
from app.phrasebook.risks import risks_in_words
from app.progress.queries import READERS, is_seen_by
from app.rules.course.courses import risks_by_placement


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

    @property
    def reasons(self) -> dict[int, Sequence[str]]:
        """Why each is at risk, by enrolment."""
        return {one.enrolment_id: one.reasons for one in self.at_risk}


def running_of(session: Session, person: Person, today: date) -> Running:
    """What runs at the person's universities; plain numbers in a constant number of queries."""
    latest = latest_placements(session, person)
    risks = risks_by_placement(session, today, Placement.id.in_(of_placements(person, Placement.id)))
    at_risk = sorted(
        (one for one in latest.values() if one.id in risks), key=lambda one: (one.folded_name, one.enrolment_id)
    )
    return Running(
        sum(runs_on(one, today) for one in latest.values()),
        [AtRisk(one.enrolment_id, one.name, risks_in_words(risks[one.id], today)) for one in at_risk],
    )


def reasons_about(session: Session, placement_id: int, today: date) -> list[str]:
    """Why one placement is at risk, as sentences; none where it is not."""
    risks = risks_by_placement(session, today, Placement.id == placement_id)
    return risks_in_words(risks.get(placement_id, ()), today)


def runs_on(placement: Row[Any], today: date) -> bool:
    return bool(placement.state is PlacementState.ACTIVE and placement.starts_on <= today <= placement.ends_on)


def latest_placements(session: Session, person: Person) -> dict[int, Row[Any]]:
    """Of each enrolment its latest placement, by the enrolment's id."""
    columns = (
        Placement.id,
        Placement.state,
        Placement.starts_on,
        Placement.ends_on,
        Enrolment.id.label("enrolment_id"),
        Person.name,
        Person.folded_name,
    )
    rows = session.execute(
        of_placements(person, *columns)
        .join(Person, Person.id == Placement.learner_id)
        .order_by(Placement.starts_on, Placement.id)
    )
    return {row.enrolment_id: row for row in rows}


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
