"""Whom a publication concerns, with all that their mails say, as plain rows: there may be thousands."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from app.models.organisations import Organisation
from app.models.people import MentorAbsence, Person
from app.models.placements import Offer
from app.models.requests import PlacementRequest
from app.models.runs import Proposal, Run, UnplacedRequest
from app.models.studies import Opening, Study
from app.rules.eligibility import Dates, first_day_in, window_between

Absences = Mapping[int, Sequence[tuple[date, date]]]


class Placed(NamedTuple):
    """A learner with the place that she is offered; `start_from` and `start_until` are hers, the other days its own."""

    offer_id: int
    learner: str
    learner_email: str
    start_from: date | None
    start_until: date | None
    mentor_id: int
    mentor: str
    mentor_email: str
    study: str
    organisation: str
    starts_on: date
    ends_on: date
    rank: int | None
    why: str

    def first_day(self, today: date, absences: Absences) -> date:
        """The first on which she can begin."""
        dates = Dates.between(self.starts_on, self.ends_on, absences.get(self.mentor_id, ()))
        return first_day_in(window_between(self.start_from, self.start_until), today, dates)


class Unplaced(NamedTuple):
    """A learner without a place, why, and what she can do."""

    learner: str
    learner_email: str
    reason: str
    next_step: str


class ToTell(NamedTuple):
    """Everybody whom a run concerns, those of its proposals in their order."""

    placed: Sequence[Placed]
    unplaced: Sequence[Unplaced]

    def by_mentor(self) -> list[list[Placed]]:
        """What was offered of each mentor's."""
        found: dict[int, list[Placed]] = {}
        for one in self.placed:
            found.setdefault(one.mentor_id, []).append(one)
        return list(found.values())


def to_tell(session: Session, run: Run) -> ToTell:
    """Two queries, however many it concerns."""
    return ToTell(placed_by(session, Proposal.run_id == run.id), unplaced_by(session, run))


def absences_of(session: Session, run: Run) -> Absences:
    """When the mentors of the proposals are away, by mentor."""
    mentors = select(Opening.mentor_id).join(Proposal, Proposal.opening_id == Opening.id)
    columns = (MentorAbsence.mentor_id, MentorAbsence.starts_on, MentorAbsence.ends_on)
    of_them = select(*columns).where(MentorAbsence.mentor_id.in_(mentors.where(Proposal.run_id == run.id)))
    away: dict[int, list[tuple[date, date]]] = {}
    for mentor_id, starts_on, ends_on in session.execute(of_them.order_by(MentorAbsence.id)).all():
        away.setdefault(mentor_id, []).append((starts_on, ends_on))
    return away


def placed_by(session: Session, *wanted: ColumnElement[bool]) -> list[Placed]:
    """The offers for which these conditions on offer or proposal hold."""
    mentor = aliased(Person)
    rows = session.execute(
        select(
            Offer.id,
            Person.name,
            Person.email,
            PlacementRequest.start_from,
            PlacementRequest.start_until,
            mentor.id,
            mentor.name,
            mentor.email,
            Study.title,
            Organisation.name,
            Opening.starts_on,
            Opening.ends_on,
            Proposal.rank,
            Proposal.why,
        )
        .join_from(Proposal, Offer, Offer.proposal_id == Proposal.id)
        .join(PlacementRequest, Proposal.request_id == PlacementRequest.id)
        .join(Person, PlacementRequest.learner_id == Person.id)
        .join(Opening, Proposal.opening_id == Opening.id)
        .join(mentor, Opening.mentor_id == mentor.id)
        .join(Study, Opening.study_id == Study.id)
        .join(Organisation, Opening.organisation_id == Organisation.id)
        .where(*wanted)
        .order_by(Proposal.id)
    ).all()
    return list(map(Placed._make, rows))


def unplaced_by(session: Session, run: Run) -> list[Unplaced]:
    rows = session.execute(
        select(Person.name, Person.email, UnplacedRequest.reason, UnplacedRequest.next_step)
        .join_from(UnplacedRequest, PlacementRequest, UnplacedRequest.request_id == PlacementRequest.id)
        .join(Person, PlacementRequest.learner_id == Person.id)
        .where(UnplacedRequest.run_id == run.id)
        .order_by(UnplacedRequest.id)
    ).all()
    return list(map(Unplaced._make, rows))
