"""What a learner may see of her hours."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from app.language.folding import as_searched
from app.language.local_times import A_DAY
from app.models.hours import HoursEntry
from app.models.people import Person
from app.models.placements import Placement
from app.models.studies import Opening
from app.models.supervision import SupervisionSession


def placement_of_learner(session: Session, learner: Person, placement_id: int) -> Placement | None:
    """The placement, if it is the learner's own."""
    return session.scalar(
        select(Placement)
        .where(Placement.id == placement_id, Placement.learner_id == learner.id)
        .options(joinedload(Placement.mentor), joinedload(Placement.opening).joinedload(Opening.study))
    )


def entry_of_learner(session: Session, learner: Person, entry_id: int) -> HoursEntry | None:
    """The entry, if the learner logged it."""
    return session.scalar(
        select(HoursEntry)
        .join(HoursEntry.placement)
        .where(HoursEntry.id == entry_id, Placement.learner_id == learner.id)
        .options(joinedload(HoursEntry.placement).joinedload(Placement.mentor), joinedload(HoursEntry.verified_by))
    )


def latest_entry(session: Session, placement: Placement) -> HoursEntry | None:
    """What was logged last and still counts."""
    return session.scalar(entries_of(placement).order_by(HoursEntry.id.desc()).limit(1))


def latest_version(session: Session, entry: HoursEntry) -> HoursEntry:
    """What an entry became through corrections: the last version, which counts unless it was withdrawn."""
    after = session.scalar(select(HoursEntry).where(HoursEntry.corrects_id == entry.id))
    return latest_version(session, after) if after else entry


def same_entries(session: Session, learner_id: int, day: date, minutes: int, did: str) -> list[HoursEntry]:
    """What a learner has on record with the same day, time and words, in any of her placements, the latest first."""
    rows = session.scalars(
        select(HoursEntry)
        .join(HoursEntry.placement)
        .where(
            Placement.learner_id == learner_id,
            HoursEntry.worked_on == day,
            HoursEntry.minutes == minutes,
            HoursEntry.withdrawn_at.is_(None),
        )
        .order_by(HoursEntry.id.desc())
    )
    return [row for row in rows if as_searched(row.did) == as_searched(did)]


def timed_entries_around(session: Session, learner_id: int, day: date) -> Sequence[HoursEntry]:
    """What stands on a learner's record with its times, in any placement, of a day and those before and after it."""
    return session.scalars(
        select(HoursEntry)
        .join(HoursEntry.placement)
        .where(
            Placement.learner_id == learner_id,
            HoursEntry.worked_on.between(day - A_DAY, day + A_DAY),
            HoursEntry.started.is_not(None),
            HoursEntry.withdrawn_at.is_(None),
        )
        .order_by(HoursEntry.worked_on, HoursEntry.id)
    ).all()


def entries_of(placement: Placement) -> Select[Any]:
    return select(HoursEntry).where(HoursEntry.placement_id == placement.id, HoursEntry.withdrawn_at.is_(None))


def sessions_on(session: Session, placement: Placement, day: date) -> list[SupervisionSession]:
    """The sessions of a placement on a day that nobody has withdrawn."""
    return list(
        session.scalars(
            select(SupervisionSession).where(
                SupervisionSession.placement_id == placement.id,
                SupervisionSession.held_on == day,
                SupervisionSession.withdrawn_at.is_(None),
            )
        )
    )
