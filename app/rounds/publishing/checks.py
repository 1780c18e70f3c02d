"""What a coordinator should look at before she publishes a run: whom it concerns, by kind of concern."""

import enum
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select
from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.operations.outbox import Message
from app.models.people import MentorProfile, Person
from app.models.programmes import Module, Programme
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.runs import Proposal, Run, UnplacedRequest
from app.models.studies import Opening, Study
from app.rounds.openings import openings_of
from app.rounds.publishing.told import Absences, absences_of
from app.rules.eligibility import first_day_without
from app.rules.length import weeks_needed
from matching.interest import fit_word

LITTLE = "little"
LATELY = timedelta(days=30)


class Concern(enum.Enum):
    """What may be wrong with a publication; the value stands in the address of its list."""

    NO_ADDRESS = "no-address"
    WEAK_FIT = "weak-fit"
    TOO_SHORT = "too-short"
    AWAY = "away"
    MAIL_REFUSED = "mail-refused"
    NO_CAPACITY = "no-capacity"

    @property
    def is_blocking(self) -> bool:
        """True of what nobody can wave through: whoever has no address would never learn what was decided."""
        return self is Concern.NO_ADDRESS


@dataclass(frozen=True)
class Case:
    """One of those whom a concern is about: a request, or an opening where nobody could go."""

    request_id: int | None = None
    opening_id: int | None = None
    person_id: int | None = None
    score: int = 0
    weeks: int = 0
    needed: int = 0
    begins: date | None = None


@dataclass(frozen=True)
class Finding:
    """A concern with everybody whom it is about."""

    concern: Concern
    cases: Sequence[Case]


def findings(session: Session, run: Run, today: date, now: datetime) -> list[Finding]:
    """What there is to look at, what blocks first; nothing of what is all right. A constant number of queries."""
    rows = rows_of(session, run)
    absences = absences_of(session, run)
    found = {
        Concern.NO_ADDRESS: list(without_address(session, run)),
        Concern.WEAK_FIT: [Case(row.request_id, row.opening_id, score=row.score) for row in rows if is_weak(row)],
        Concern.TOO_SHORT: list(too_short(rows, absences, today)),
        Concern.AWAY: list(away(rows, absences, today)),
        Concern.MAIL_REFUSED: list(refused_lately(session, run, now)),
        Concern.NO_CAPACITY: list(without_capacity(session, run.round)),
    }
    return [Finding(concern, cases) for concern, cases in found.items() if cases]


def mark_of(found: Sequence[Finding]) -> str:
    """A short text that changes with what there is to look at, so that a tick counts for what was seen."""
    said = repr([(one.concern.value, one.cases) for one in found if not one.concern.is_blocking])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def refuse_unlooked(found: Sequence[Finding], *, has_looked: bool, seen: str) -> None:
    """Raise Refused where something blocks, or where there is something at which nobody has said that she looked."""
    if any(one.concern.is_blocking for one in found):
        raise Refused("Somebody could not be told: this run cannot be published before that is put right.")
    if not found:
        return
    if not has_looked:
        raise Refused("Look at these first, then tick the box and publish", "has_looked")
    if seen and seen != mark_of(found):
        raise Refused("What there is to look at has changed. Look again, then publish", "has_looked")


def rows_of(session: Session, run: Run) -> Sequence[Row[*tuple[Any, ...]]]:
    """What the checks read of each proposal, and no more: there may be thousands."""
    statement = (
        select(
            Proposal.request_id,
            Proposal.opening_id,
            Proposal.score,
            PlacementRequest.start_from,
            Opening.mentor_id,
            Opening.starts_on,
            Opening.ends_on,
            Module.credits,
            Programme.level,
        )
        .join_from(Proposal, PlacementRequest, Proposal.request_id == PlacementRequest.id)
        .join(Opening, Proposal.opening_id == Opening.id)
        .join(Module, PlacementRequest.module_id == Module.id)
        .join(Programme, Module.programme_id == Programme.id)
        .where(Proposal.run_id == run.id)
        .order_by(Proposal.id)
    )
    return session.execute(statement).all()


def is_weak(row: Row[*tuple[Any, ...]]) -> bool:
    return fit_word(row.score) == LITTLE


def wanted_start(row: Row[*tuple[Any, ...]], today: date) -> date:
    """The day on which both could begin if nobody were away."""
    return max(row.start_from or today, row.starts_on, today)


def too_short(rows: Sequence[Row[*tuple[Any, ...]]], absences: Absences, today: date) -> Iterator[Case]:
    """Where fewer weeks are left than the learner's module usually takes."""
    for row in rows:
        begins = first_day_without(absences.get(row.mentor_id, ()), wanted_start(row, today))
        weeks, needed = (row.ends_on - begins).days // 7, weeks_needed(row.credits, row.level)
        if weeks < needed:
            yield Case(row.request_id, row.opening_id, weeks=max(weeks, 0), needed=needed)


def away(rows: Sequence[Row[*tuple[Any, ...]]], absences: Absences, today: date) -> Iterator[Case]:
    """Whose mentor is away on the day when both could begin, so that it begins later."""
    for row in rows:
        wanted = wanted_start(row, today)
        begins = first_day_without(absences.get(row.mentor_id, ()), wanted)
        if begins != wanted:
            yield Case(row.request_id, row.opening_id, begins=begins)


def told_by(run: Run) -> ColumnElement[bool]:
    """True of whoever is written to when the run is published: its learners, and the mentors of its proposals."""
    proposed = select(PlacementRequest.learner_id).join(Proposal, Proposal.request_id == PlacementRequest.id)
    unplaced = select(PlacementRequest.learner_id).join(
        UnplacedRequest, UnplacedRequest.request_id == PlacementRequest.id
    )
    mentors = select(Opening.mentor_id).join(Proposal, Proposal.opening_id == Opening.id)
    return or_(
        Person.id.in_(proposed.where(Proposal.run_id == run.id)),
        Person.id.in_(unplaced.where(UnplacedRequest.run_id == run.id)),
        Person.id.in_(mentors.where(Proposal.run_id == run.id)),
    )


def without_address(session: Session, run: Run) -> Iterator[Case]:
    """Those to whom no mail can be sent."""
    nowhere = select(Person.id).where(told_by(run), ~Person.email.contains("@")).order_by(Person.id)
    yield from (Case(person_id=person_id) for person_id in session.scalars(nowhere))


def refused_lately(session: Session, run: Run, now: datetime) -> Iterator[Case]:
    """Those to whom a mail of the last weeks could not be delivered."""
    refused = select(Message.recipient).where(
        Message.sent_at.is_(None),
        Message.attempts > 0,
        Message.withdrawn_at.is_(None),
        Message.queued_at > now - LATELY,
    )
    unreached = select(Person.id).where(told_by(run), Person.email.in_(refused)).order_by(Person.id)
    yield from (Case(person_id=person_id) for person_id in session.scalars(unreached))


def without_capacity(session: Session, round_: MatchRound) -> Iterator[Case]:
    """Openings of the round that could take nobody, because they, their mentor or their study have a limit of 0."""
    nobody = or_(
        Opening.places == 0,
        MentorProfile.learners_max == 0,
        MentorProfile.hours_a_month == 0,
        Study.learner_limit == 0,
    )
    statement = (
        openings_of(round_)
        .with_only_columns(Opening.id)
        .join(Study, Opening.study_id == Study.id)
        .outerjoin(MentorProfile, MentorProfile.person_id == Opening.mentor_id)
        .where(nobody)
    )
    yield from (Case(opening_id=opening_id) for opening_id in session.scalars(statement))
