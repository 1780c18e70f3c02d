"""The placements that a return rests on, a row for each, with what was done in the period."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.language.local_times import end_of_day, start_of_day
from app.models.course.sign_offs import SignOff, SignOffState, SignOffWords
from app.models.hours import COUNTING, HoursCategory, HoursEntry
from app.models.operations.parties import Party
from app.models.organisations import Network
from app.models.people import Person
from app.models.placements import ELSEWHERE, Outcome, Placement
from app.models.programmes import Module, Programme
from app.models.studies import Opening
from app.models.supervision import SupervisionSession

NOT_STATED = "not stated"


class Ending(enum.Enum):
    """What became of a placement, as far as it is known today."""

    RUNS = "still running"
    RAN_OUT = "ran until its last day"
    COMPLETED = "completed early"
    INCOMPLETE = "ended incomplete"
    WITHDRAWN = "withdrawn"
    WENT_ON = "went on with another mentor or study"


OF_OUTCOME = {
    Outcome.COMPLETED_EARLY: Ending.COMPLETED,
    Outcome.INCOMPLETE: Ending.INCOMPLETE,
    Outcome.WITHDRAWN: Ending.WITHDRAWN,
    **dict.fromkeys(ELSEWHERE, Ending.WENT_ON),
}


@dataclass(frozen=True)
class Row:
    """One placement that ran on a day of the period; minutes and sessions are those of the period alone.

    `ending` is what became of it within the period; what ended after it was still running then.
    """

    placement: Placement
    profession: str
    began: bool
    ending: Ending
    is_signed_off: bool
    sessions: int
    minutes: Mapping[HoursCategory, int]

    @property
    def total_minutes(self) -> int:
        return sum(self.minutes.values())


@dataclass(frozen=True)
class Span:
    """A network and a period of it, both days included."""

    network: Network
    first: date
    last: date


def placement_ids(session: Session, span: Span, today: date) -> list[int]:
    """The ids of the placements that ran on a day of the period up to today, by learner."""
    statement = (
        select(Placement.id)
        .join(Person, Person.id == Placement.learner_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .where(*ran_in(span, today))
    )
    return list(session.scalars(statement.order_by(Person.folded_name, Placement.starts_on, Placement.id)))


def ran_in(span: Span, today: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Opening.network_id == span.network.id,
        Placement.starts_on <= min(span.last, today),
        Placement.ends_on >= span.first,
        Placement.ends_on >= Placement.starts_on,
    )


def rows_of(session: Session, span: Span, ids: Sequence[int] | None, today: date) -> list[Row]:
    """A row for each of these placements of the period, or for all of them, by learner; four queries."""
    wanted = ran_in(span, today) if ids is None else (*ran_in(span, today), Placement.id.in_(ids))
    these = select(Placement.id).join(Placement.opening).where(*wanted)
    hours, met = hours_in(session, span, these), sessions_in(session, span, these)
    signed = signed_off_in(session, span, these)
    return [
        row_of(one, span, today, hours.get(one.id, {}), met.get(one.id, (0, 0)), one.id in signed)
        for one in session.scalars(
            select(Placement)
            .join(Placement.opening)
            .join(Placement.learner)
            .where(*wanted)
            .options(*whole_row())
            .order_by(Person.folded_name, Placement.starts_on, Placement.id)
        )
    ]


def whole_row() -> tuple[_AbstractLoad, ...]:
    opening = joinedload(Placement.opening)
    return (
        opening.joinedload(Opening.study),
        opening.joinedload(Opening.organisation),
        joinedload(Placement.learner).joinedload(Person.learner_profile),
        joinedload(Placement.mentor),
        joinedload(Placement.module).joinedload(Module.programme).joinedload(Programme.provider),
    )


def row_of(
    placement: Placement,
    span: Span,
    today: date,
    hours: Mapping[HoursCategory, int],
    met: tuple[int, int],
    is_signed_off: bool,
) -> Row:
    number, supervised = met
    profile = placement.learner.learner_profile
    minutes = {category: hours.get(category, 0) for category in HoursCategory}
    minutes[HoursCategory.SUPERVISION] += supervised
    return Row(
        placement,
        profile.profession.value if profile and profile.profession else NOT_STATED,
        placement.starts_on >= span.first,
        ending_of(placement, span, today),
        is_signed_off,
        number,
        minutes,
    )


def ending_of(placement: Placement, span: Span, today: date) -> Ending:
    """What became of it by the end of the period, or by today."""
    if placement.is_current_on(today) or placement.ends_on > span.last:
        return Ending.RUNS
    return OF_OUTCOME[placement.outcome] if placement.outcome else Ending.RAN_OUT


def hours_in(session: Session, span: Span, these: Any) -> dict[int, dict[HoursCategory, int]]:
    """The minutes of each placement by category that were submitted or verified for days of the period."""
    found: dict[int, dict[HoursCategory, int]] = {}
    for id_, category, minutes in session.execute(
        select(HoursEntry.placement_id, HoursEntry.category, func.sum(HoursEntry.minutes))
        .where(
            HoursEntry.placement_id.in_(these),
            HoursEntry.withdrawn_at.is_(None),
            HoursEntry.state.in_(COUNTING),
            HoursEntry.worked_on.between(span.first, span.last),
        )
        .group_by(HoursEntry.placement_id, HoursEntry.category)
    ):
        found.setdefault(id_, {})[category] = int(minutes)
    return found


def sessions_in(session: Session, span: Span, these: Any) -> dict[int, tuple[int, int]]:
    """The number and the minutes of each placement's confirmed sessions of the period."""
    rows = session.execute(
        select(SupervisionSession.placement_id, func.count(), func.sum(SupervisionSession.minutes))
        .where(
            SupervisionSession.placement_id.in_(these),
            SupervisionSession.withdrawn_at.is_(None),
            SupervisionSession.confirmed_at.is_not(None),
            SupervisionSession.held_on.between(span.first, span.last),
        )
        .group_by(SupervisionSession.placement_id)
    )
    return {id_: (number, int(minutes)) for id_, number, minutes in rows}


def signed_off_in(session: Session, span: Span, these: Any) -> set[int]:
    """The placements that an academic supervisor signed off in the period, of those that are signed off still."""
    decided = (
        select(SignOff.placement_id)
        .join(SignOffWords, SignOffWords.sign_off_id == SignOff.id)
        .where(
            SignOff.placement_id.in_(these),
            SignOff.state == SignOffState.SIGNED_OFF,
            SignOffWords.party == Party.ACADEMIC_SUPERVISOR.value,
            SignOffWords.revision == SignOff.revision,
            SignOffWords.said_at >= start_of_day(span.first),
            SignOffWords.said_at < end_of_day(span.last),
        )
    )
    return set(session.scalars(decided))
