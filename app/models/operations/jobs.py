"""Work that is asked for in one transaction and done in another, and the processes that do it."""

import enum
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base

TRIES_MAX = 3
LEASE = timedelta(seconds=30)  # how long a worker that says nothing keeps what it holds
SILENT_MAX = timedelta(seconds=15)  # a worker that has said nothing for longer is not at work
CRASHED = "The worker stopped while it was at work on this."


class Lane(enum.Enum):
    """What waits for what: a mail never waits behind a count of some seconds, and neither behind a solve."""

    SHORT = "short"
    SECONDS = "seconds"
    LONG = "long"


class JobOutcome(enum.Enum):
    """How a job ended."""

    DONE = "done"
    GIVEN_UP = "given up"


class Worker(Base):
    """A process that does jobs; it beats while it lives."""

    __tablename__ = "workers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    started_at: Mapped[datetime]
    beat_at: Mapped[datetime] = mapped_column(index=True)


class Job(Base):
    """A deed that waits, is held, or has ended; `deed` names it, `arguments` are its plain values as JSON.

    It is held while `lease_until` lies ahead, by whoever took it for the `tries`-th time: number and try together are
    the token without which nothing of it can be written. `complaint` says how the latest try went wrong.
    """

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_due", "outcome", "lane", "due_at"), Index("ix_jobs_of", "deed", "arguments"))

    id: Mapped[int] = mapped_column(primary_key=True)
    deed: Mapped[str]
    arguments: Mapped[str] = mapped_column(default="[]")
    lane: Mapped[Lane]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    most_tries: Mapped[int] = mapped_column(default=TRIES_MAX)
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("workers.id", ondelete="SET NULL"))
    taken_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    outcome: Mapped[JobOutcome | None]
    complaint: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]

    @property
    def given(self) -> list[Any]:
        values: list[Any] = json.loads(self.arguments)
        return values

    @property
    def is_open(self) -> bool:
        return self.outcome is None

    def is_held_at(self, now: datetime) -> bool:
        """True while somebody is at work on it, as far as one can tell."""
        return self.is_open and self.lease_until is not None and self.lease_until > now

    def has_no_try_left(self) -> bool:
        return self.tries >= self.most_tries


def as_arguments(values: Sequence[Any]) -> str:
    """Plain values as a job keeps them, the same text for the same values."""
    return json.dumps(list(values))
