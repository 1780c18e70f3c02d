"""What learner and mentor may see of hours that are submitted, verified and returned."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.hours import HoursEntry, HoursState, HoursSubmission
from app.models.people import Person
from app.models.placements import Placement
from app.models.programmes import Module
from app.models.studies import Opening
from app.rules.hours.verifiers import placements_verified_by

AT_ONCE = 100  # lines that a mentor reads on one page


def placement_seen_by(session: Session, person: Person, placement_id: int, today: date) -> Placement | None:
    """The placement, if the person is its learner or its mentor, or verifies its hours today."""
    placement = session.scalar(
        select(Placement)
        .where(Placement.id == placement_id)
        .options(
            joinedload(Placement.learner),
            joinedload(Placement.mentor),
            joinedload(Placement.opening).joinedload(Opening.study),
            joinedload(Placement.module).joinedload(Module.programme),
            selectinload(Placement.pauses),
        )
    )
    if placement is None or person.id in (placement.learner_id, placement.mentor_id):
        return placement
    return placement if placement_id in placements_verified_by(session, person, today) else None


def entry_seen_by(session: Session, person: Person, entry_id: int, today: date) -> HoursEntry | None:
    """The entry, if the person may see its placement."""
    entry = session.scalar(
        select(HoursEntry)
        .where(HoursEntry.id == entry_id)
        .options(
            joinedload(HoursEntry.verified_by),
            joinedload(HoursEntry.placement).options(joinedload(Placement.learner), joinedload(Placement.mentor)),
        )
    )
    if entry is None or placement_seen_by(session, person, entry.placement_id, today) is None:
        return None
    return entry


def entries_in(placement_id: int, *states: HoursState) -> Select[Any]:
    return (
        select(HoursEntry)
        .where(HoursEntry.placement_id == placement_id, HoursEntry.state.in_(states))
        .order_by(HoursEntry.worked_on, HoursEntry.id)
    )


def drafts_of(session: Session, placement: Placement) -> Sequence[HoursEntry]:
    return session.scalars(entries_in(placement.id, HoursState.DRAFT)).all()


def returned_in(session: Session, placement: Placement) -> Sequence[HoursEntry]:
    return session.scalars(entries_in(placement.id, HoursState.RETURNED)).all()


def lines_to_verify(session: Session, placement: Placement) -> Sequence[HoursEntry]:
    """What waits for the mentor, the oldest first, as many as she reads on one page."""
    return session.scalars(entries_in(placement.id, HoursState.SUBMITTED).limit(AT_ONCE)).all()


def waiting_lines(session: Session, placement_ids: Sequence[int]) -> dict[int, tuple[int, datetime | None]]:
    """How many lines wait to be verified, and since when, by placement."""
    rows = session.execute(
        select(HoursEntry.placement_id, func.count(), func.min(HoursSubmission.submitted_at))
        .outerjoin(HoursSubmission, HoursSubmission.id == HoursEntry.submission_id)
        .where(HoursEntry.placement_id.in_(placement_ids), HoursEntry.state == HoursState.SUBMITTED)
        .group_by(HoursEntry.placement_id)
    )
    return {id_: (number, since) for id_, number, since in rows}


def open_lines_of(session: Session, learner: Person) -> list[tuple[Placement, HoursState, int, datetime]]:
    """The drafts and returned lines of a learner: in which placement, how many, and when the first was logged."""
    rows = session.execute(
        select(HoursEntry.placement_id, HoursEntry.state, func.count(), func.min(HoursEntry.logged_at))
        .join(HoursEntry.placement)
        .where(
            Placement.learner_id == learner.id,
            HoursEntry.state.in_((HoursState.DRAFT, HoursState.RETURNED)),
        )
        .group_by(HoursEntry.placement_id, HoursEntry.state)
        .order_by(HoursEntry.placement_id, HoursEntry.state)
    ).all()
    with_mentor = select(Placement).where(Placement.learner_id == learner.id).options(joinedload(Placement.mentor))
    own = {one.id: one for one in session.scalars(with_mentor)}
    return [(own[id_], state, number, first) for id_, state, number, first in rows]


def sent_by_placement(session: Session, placement: Placement) -> Sequence[tuple[HoursSubmission, HoursState, int]]:
    """What was submitted, the newest first, each with the states of its lines and how many there are of each."""
    rows = session.execute(
        select(HoursSubmission, HoursEntry.state, func.count())
        .join(HoursEntry, HoursEntry.submission_id == HoursSubmission.id)
        .where(HoursSubmission.placement_id == placement.id, HoursEntry.withdrawn_at.is_(None))
        .group_by(HoursSubmission.id, HoursEntry.state)
        .order_by(HoursSubmission.id.desc(), HoursEntry.state)
    )
    return [(sent, state, number) for sent, state, number in rows]
