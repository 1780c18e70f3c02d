"""The rows behind the cases of a check, a page of them at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.models.people import Person
from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.rounds.publishing.check_words import about
from app.rounds.publishing.checks import Case, Concern


@dataclass(frozen=True)
class CaseLine:
    """A case as its list shows it."""

    request: PlacementRequest | None
    opening: Opening | None
    person: Person | None
    words: str


def case_lines(session: Session, concern: Concern, cases: Sequence[Case]) -> list[CaseLine]:
    """The cases of one page with their rows; three queries."""
    requests = requests_by_id(session, [one.request_id for one in cases if one.request_id])
    openings = openings_by_id(session, [one.opening_id for one in cases if one.opening_id])
    person_ids = [one.person_id for one in cases if one.person_id]
    people = {one.id: one for one in session.scalars(select(Person).where(Person.id.in_(person_ids)))}
    return [
        CaseLine(
            requests.get(one.request_id or 0),
            openings.get(one.opening_id or 0),
            people.get(one.person_id or 0),
            about(concern, one),
        )
        for one in cases
    ]


def requests_by_id(session: Session, ids: Sequence[int]) -> Mapping[int, PlacementRequest]:
    learner = joinedload(PlacementRequest.learner).joinedload(Person.learner_profile)
    statement = select(PlacementRequest).where(PlacementRequest.id.in_(ids)).options(learner)
    return {one.id: one for one in session.scalars(statement)}


def openings_by_id(session: Session, ids: Sequence[int]) -> Mapping[int, Opening]:
    with_names = (joinedload(Opening.mentor), joinedload(Opening.study), joinedload(Opening.organisation))
    return {one.id: one for one in session.scalars(select(Opening).where(Opening.id.in_(ids)).options(*with_names))}
