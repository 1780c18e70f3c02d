"""The record of placements in order of time, sessions and hours mixed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from app.models.hours import HoursCategory, HoursEntry
from app.models.meetings.planned import PlannedSession, PlanState
from app.models.placements import Placement
from app.models.supervision import SessionState, SupervisionSession
from app.rules.record_totals import part_ids_of
from app.rules.workplace_hours import running_total

MANY = 1_000  # lines at once, where nobody says how many


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the record: a session or an hours entry; `counts` is False for what adds nothing to the totals."""

    day: date
    session: SupervisionSession | None
    entry: HoursEntry | None
    is_corrected: bool = False

    @property
    def counts(self) -> bool:
        if self.entry:
            return self.entry.counts
        return self.session is not None and self.session.state is SessionState.CONFIRMED

    @property
    def state(self) -> str:
        """The word for its tag. What a correction replaced is not just withdrawn."""
        if self.is_corrected:
            return "corrected"
        if self.session:
            return self.session.state.value
        return self.entry.state.value if self.entry else ""


def number_on_record(session: Session, placement: Placement) -> int:
    """How many lines the record of a placement has, what was withdrawn too."""
    counted = (
        select(func.count()).select_from(model).where(model.placement_id == placement.id).scalar_subquery()
        for model in (SupervisionSession, HoursEntry)
    )
    return session.scalar(select(sum(counted, literal(0)))) or 0


def moments_of(session: Session, placement: Placement, first: int = 0, number: int = MANY) -> list[Moment]:
    """Lines of the record from the `first`, counted from 0: the latest day first, within a day sessions before entries
    and what was logged last before the rest.

    The database picks the lines, so that a record of years costs no more than one of weeks.
    """
    picked = union_all(
        select(literal(0).label("kind"), SupervisionSession.id, SupervisionSession.held_on.label("day")).where(
            SupervisionSession.placement_id == placement.id
        ),
        select(literal(1).label("kind"), HoursEntry.id, HoursEntry.worked_on.label("day")).where(
            HoursEntry.placement_id == placement.id
        ),
    ).subquery()
    order = (picked.c.day.desc(), picked.c.kind, picked.c.id.desc())
    lines = session.execute(select(picked.c.kind, picked.c.id).order_by(*order).offset(first).limit(number)).all()
    meetings, entries = ([id_ for kind, id_ in lines if kind == wanted] for wanted in (0, 1))
    known = {0: sessions_on_record(session, meetings), 1: entries_on_record(session, entries)}
    return [known[kind][id_] for kind, id_ in lines]


def sessions_on_record(session: Session, ids: Sequence[int]) -> dict[int, Moment]:
    rows = session.scalars(select(SupervisionSession).where(SupervisionSession.id.in_(ids)))
    corrected = set(
        session.scalars(select(SupervisionSession.corrects_id).where(SupervisionSession.corrects_id.in_(ids)))
    )
    return {row.id: Moment(row.held_on, row, None, row.id in corrected) for row in rows}


def entries_on_record(session: Session, ids: Sequence[int]) -> dict[int, Moment]:
    rows = session.scalars(select(HoursEntry).where(HoursEntry.id.in_(ids)))
    corrected = set(session.scalars(select(HoursEntry.corrects_id).where(HoursEntry.corrects_id.in_(ids))))
    return {row.id: Moment(row.worked_on, None, row, row.id in corrected) for row in rows}


def sessions_to_confirm(session: Session, placement: Placement) -> Sequence[SupervisionSession]:
    """The sessions to which the one who is asked has said neither yes nor no, the latest first."""
    return session.scalars(
        select(SupervisionSession)
        .where(
            SupervisionSession.placement_id == placement.id,
            SupervisionSession.withdrawn_at.is_(None),
            SupervisionSession.confirmed_at.is_(None),
            SupervisionSession.disputed_at.is_(None),
        )
        .order_by(SupervisionSession.held_on.desc(), SupervisionSession.id.desc())
    ).all()


def planned_sessions(session: Session, placement: Placement) -> Sequence[PlannedSession]:
    """What is planned and neither recorded nor cancelled, in order of time; it is no part of the record."""
    return session.scalars(
        select(PlannedSession)
        .where(PlannedSession.placement_id == placement.id, PlannedSession.state == PlanState.PLANNED)
        .order_by(PlannedSession.starts_at, PlannedSession.id)
    ).all()


def workplace_steps(session: Session, placement: Placement) -> list[tuple[date, int]]:
    """The days with hours in the workplace, each with the minutes up to then; what does not count is left out.

    Those of the parts that the placement continues come first.
    """
    days = session.execute(
        select(HoursEntry.worked_on, func.sum(HoursEntry.minutes))
        .where(
            HoursEntry.placement_id.in_(part_ids_of(session, placement)),
            HoursEntry.category == HoursCategory.WORKPLACE,
            HoursEntry.counts,
        )
        .group_by(HoursEntry.worked_on)
    )
    return running_total((day, minutes) for day, minutes in days)
