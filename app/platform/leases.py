"""Who may do a job and for how long: taking it, keeping it, and writing nothing of it once somebody else has it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from app.models.operations.jobs import CRASHED, LEASE, TRIES_MAX, Job, JobOutcome, Lane, as_arguments

FIRST_PAUSE = timedelta(seconds=5)  # before the second try; each later pause is six times as long


class LeaseLost(Exception):
    """Somebody else does the job by now, or it has ended: whoever believed to hold it writes nothing more."""


@dataclass(frozen=True, slots=True)
class Held:
    """A job in somebody's hands: nobody else can hold the same try of the same job."""

    job_id: int
    tries: int
    deed: str
    given: tuple[Any, ...]

    def row(self) -> ColumnElement[bool]:
        return and_(Job.id == self.job_id, Job.tries == self.tries, Job.outcome.is_(None))


def ask_for(session: Session, deed: str, lane: Lane, given: Sequence[Any], now: datetime) -> Job:
    """Write down a job; it is there for workers once the transaction is committed."""
    job = Job(deed=deed, arguments=as_arguments(given), lane=lane, created_at=now, due_at=now)
    session.add(job)
    session.flush()
    return job


def can_be_taken(now: datetime) -> ColumnElement[bool]:
    """Jobs that are due and in nobody's hands; also those whose worker has said nothing for too long."""
    return and_(
        Job.outcome.is_(None),
        Job.tries < Job.most_tries,
        or_(and_(Job.lease_until.is_(None), Job.due_at <= now), Job.lease_until <= now),
    )


def is_any_waiting(session: Session, among: ColumnElement[bool], now: datetime) -> bool:
    """True when a look at the database says that there is something to take; nobody is kept from writing."""
    return session.scalar(select(Job.id).where(can_be_taken(now), among).limit(1)) is not None


def take(session: Session, among: ColumnElement[bool], now: datetime, worker_id: int | None = None) -> Held | None:
    """Take the job that has waited longest among those that can be taken; None where there is none."""
    job = session.scalar(
        select(Job)
        .where(can_be_taken(now), among)
        .order_by(Job.due_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if job is None:
        return None
    if job.lease_until is not None:
        job.complaint = CRASHED
    job.tries, job.worker_id, job.taken_at, job.lease_until = job.tries + 1, worker_id, now, now + LEASE
    return Held(job.id, job.tries, job.deed, tuple(job.given))


def abandoned(session: Session, now: datetime) -> Sequence[Job]:
    """Jobs whose worker died at the last try that they had."""
    return session.scalars(
        select(Job)
        .where(Job.outcome.is_(None), Job.tries >= Job.most_tries, Job.lease_until <= now)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()


def keep(session: Session, held: Held, now: datetime) -> bool:
    """Hold it for a while longer; False when it is held no more."""
    kept = session.execute(
        update(Job).where(held.row()).values(lease_until=now + LEASE).returning(Job.id),
        execution_options={"synchronize_session": False},
    )
    return kept.first() is not None


def is_held(connection: Connection | Session, held: Held) -> bool:
    return connection.scalar(select(Job.id).where(held.row())) is not None


def refuse_lost(session: Session, held: Held) -> None:
    """Raise LeaseLost unless the job is still held; until this transaction ends nobody else can take it.

    The weakest lock will do: taking a job needs the strongest one, and keeping it goes on meanwhile.
    """
    row = select(Job.id).where(held.row()).with_for_update(read=True, key_share=True)
    if session.scalar(row) is None:
        raise LeaseLost(f"{held.deed}{held.given}, try {held.tries}")


def end(session: Session, held: Held, now: datetime) -> None:
    """Note that the job is done, in the transaction of what it did or in one that follows."""
    session.execute(
        update(Job).where(held.row()).values(outcome=JobOutcome.DONE, ended_at=now, lease_until=None, complaint=""),
        execution_options={"synchronize_session": False},
    )


def note_failure(session: Session, held: Held, complaint: str, now: datetime) -> Job | None:
    """Note that a try failed, and when the next is due; None where it was not ours any more."""
    job = session.scalar(select(Job).where(held.row()).with_for_update().execution_options(populate_existing=True))
    if job is not None:
        job.complaint, job.lease_until, job.due_at = complaint, None, now + pause_after(job.tries)
    return job


def pause_after(tries: int) -> timedelta:
    return FIRST_PAUSE * 6 ** ((tries - 1) % TRIES_MAX)


def give_up(job: Job, complaint: str, now: datetime) -> None:
    job.outcome, job.ended_at, job.lease_until, job.complaint = JobOutcome.GIVEN_UP, now, None, complaint


def give_back(session: Session, held: Held, now: datetime) -> None:
    """Let somebody else begin it at once; a worker that was told to end has not failed."""
    session.execute(
        update(Job).where(held.row()).values(lease_until=None, due_at=now, most_tries=Job.most_tries + 1),
        execution_options={"synchronize_session": False},
    )
