"""The record of placements in order of time, sessions and hours mixed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.models.hours import HoursCategory, HoursEntry
from app.models.placements import Placement
from app.models.supervision import SessionState, SupervisionSession
from app.rules.workplace_hours import running_total


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
            return self.entry.withdrawn_at is None
        return self.session is not None and self.session.state is SessionState.CONFIRMED

    @property
    def state(self) -> str:
        """The word for its tag; empty for an entry that counts. What a correction replaced is not just withdrawn."""
        if self.is_corrected:
            return "corrected"
        if self.session:
            return self.session.state.value
        return "withdrawn" if self.entry and self.entry.withdrawn_at else ""


def records_in_time(session: Session, placements: Iterable[Placement]) -> dict[int, list[Moment]]:
    """Everything on record by placement id, what was withdrawn too, the latest day first; two queries for all."""
    ids = [placement.id for placement in placements]
    found: dict[int, list[Moment]] = {id_: [] for id_ in ids}
    meetings = session.scalars(
        select(SupervisionSession)
        .where(SupervisionSession.placement_id.in_(ids))
        .options(selectinload(SupervisionSession.actions))
        .order_by(SupervisionSession.id.desc())
    ).all()
    entries = session.scalars(
        select(HoursEntry).where(HoursEntry.placement_id.in_(ids)).order_by(HoursEntry.id.desc())
    ).all()
    corrected = {one.corrects_id for one in meetings}
    for meeting in meetings:
        found[meeting.placement_id].append(Moment(meeting.held_on, meeting, None, meeting.id in corrected))
    corrected = {one.corrects_id for one in entries}
    for entry in entries:
        found[entry.placement_id].append(Moment(entry.worked_on, None, entry, entry.id in corrected))
    return {id_: sorted(moments, key=lambda moment: moment.day, reverse=True) for id_, moments in found.items()}


def workplace_steps(entries: Iterable[HoursEntry]) -> list[tuple[date, int]]:
    """The days with hours in the workplace, each with the minutes up to then; withdrawn entries are left out."""
    return running_total(
        (entry.worked_on, entry.minutes)
        for entry in entries
        if entry.category is HoursCategory.WORKPLACE and entry.withdrawn_at is None
    )
