"""Where a job stands: what a page that waits for it asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.operations.jobs import SILENT_MAX, Job, Worker, as_arguments
from app.phrasebook.jobs import NOBODY_AT_WORK, job_in_words


@dataclass(frozen=True)
class JobStanding:
    """The latest job of its kind for one thing, if there is one, and whether anybody is there to do it."""

    job: Job | None
    is_held: bool
    is_nobody_at_work: bool
    is_at_once: bool

    @property
    def must_be_asked_again(self) -> bool:
        """True when nobody is at work on it, and nobody will be as things stand, whoever starts."""
        is_waiting = self.job is not None and self.job.is_open
        return not self.is_held and (self.is_at_once or not is_waiting)

    @property
    def words(self) -> str:
        return job_in_words(self.job, self.is_held)

    @property
    def warning(self) -> str:
        return NOBODY_AT_WORK if self.is_nobody_at_work else ""


def job_standing(
    session: Session, deed: str, given: Sequence[Any], now: datetime, is_at_once: bool = False
) -> JobStanding:
    """Where the latest job of this name with these values stands; two queries."""
    job = session.scalar(
        select(Job)
        .where(Job.deed == deed, Job.arguments == as_arguments(given))
        .order_by(Job.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    is_held = job is not None and job.is_held_at(now)
    is_alone = not is_at_once and not is_held and not is_anybody_at_work(session, now)
    return JobStanding(job, is_held, is_alone, is_at_once)


def is_anybody_at_work(session: Session, now: datetime) -> bool:
    """True when a worker has beaten of late."""
    return session.scalar(select(Worker.id).where(Worker.beat_at > now - SILENT_MAX).limit(1)) is not None
