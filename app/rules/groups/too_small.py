"""Where fewer learners come together than a study or mentor starts with."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.models.people import MentorProfile, Person
from app.models.placements import Offer, Placement
from app.models.studies import Opening, OpeningState, Study
from app.rules.capacity import Held


@dataclass(frozen=True)
class SmallGroup:
    """A study, or a mentor on one of her studies, with fewer learners than it starts with; offers that wait count.

    `study_id` leads to the page where more can be read. `has_to_begin` is False once all who are there have begun: then
    it runs with those who are left.
    """

    name: str
    study_id: int
    there: int
    starts_with: int
    has_to_begin: bool

    @property
    def missing(self) -> int:
        return self.starts_with - self.there


def small_groups(session: Session, today: date, *conditions: ColumnElement[bool]) -> list[SmallGroup]:
    """Those with an opening that fulfils the conditions, studies first, by name.

    Seven queries where anybody starts with a group, else two.
    """
    studies = rows_of_studies(session, conditions)
    mentors = rows_of_mentors(session, conditions)
    if not studies and not mentors:
        return []
    held, (beginning_studies, beginning_mentors) = Held.on(session, today), yet_to_begin(session, today)
    return [
        *groups_in(studies, held.by_study, beginning_studies),
        *groups_in(mentors, held.by_mentor, beginning_mentors),
    ]


def groups_in(
    rows: Iterable[tuple[int, str, int, int]], there: Mapping[int, int], beginning: Collection[int]
) -> Iterable[SmallGroup]:
    """Of each row the id by which learners are counted, its name, with how many it starts, and a study."""
    for id_, name, starts_with, study_id in rows:
        if 0 < there.get(id_, 0) < starts_with:
            yield SmallGroup(name, study_id, there[id_], starts_with, id_ in beginning)


def rows_of_studies(session: Session, conditions: Iterable[ColumnElement[bool]]) -> list[tuple[int, str, int, int]]:
    statement = (
        select(Study)
        .join(Opening, Opening.study_id == Study.id)
        .where(Study.minimum_if_used > 1, Opening.state != OpeningState.WITHDRAWN, *conditions)
        .distinct()
    )
    found = [(one.id, f"“{one.name}”", one.minimum_if_used, one.id) for one in session.scalars(statement)]
    return sorted(found, key=lambda row: row[1:])


def rows_of_mentors(session: Session, conditions: Iterable[ColumnElement[bool]]) -> list[tuple[int, str, int, int]]:
    """One row for each mentor; of her studies the one of her first opening."""
    statement = (
        select(Person.id, Person.name, MentorProfile.minimum_if_used, Opening.study_id)
        .join(MentorProfile, MentorProfile.person_id == Person.id)
        .join(Opening, Opening.mentor_id == Person.id)
        .join(Study, Opening.study_id == Study.id)
        .where(MentorProfile.minimum_if_used > 1, Opening.state != OpeningState.WITHDRAWN, *conditions)
        .order_by(Person.name, Person.id, Opening.id)
    )
    first: dict[int, Any] = {}
    for row in session.execute(statement):
        first.setdefault(row.id, tuple(row))
    return list(first.values())


def yet_to_begin(session: Session, today: date) -> tuple[set[int], set[int]]:
    """The studies and the mentors with somebody who is offered a place, or has not begun."""
    placed = select(Opening.study_id, Opening.mentor_id).join(Placement, Placement.opening_id == Opening.id)
    offered = select(Opening.study_id, Opening.mentor_id).join(Offer, Offer.opening_id == Opening.id)
    found = [
        *session.execute(placed.where(Placement.is_current_on(today), Placement.starts_on > today).distinct()),
        *session.execute(offered.where(Offer.is_open_on(today)).distinct()),
    ]
    return {study_id for study_id, _ in found}, {mentor_id for _, mentor_id in found}
