"""Notes who looked at what: the one thing that may be written when a page is only read."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Base
from app.models.operations.audit import AuditLine
from app.models.people import Person
from app.platform.audit import LOOKED, id_of, record
from app.platform.db import after_commit, write_patiently


def note_looking(
    actor: Person, deed: str, subject: Base | None = None, *, now: datetime, name: str = "", **details: Any
) -> None:
    """Note that `actor` did `deed` ("downloaded the studies") with `subject`; told as in `record`.

    A GET cannot write. The line is written in a short transaction of its own, once all was read and before anything is
    sent: who is not found gets no line, and where the line cannot be written nothing is shown.
    """
    after_commit(
        lambda: write_patiently(
            lambda session: record(session, actor, deed, subject, now=now, name=name, **details),
        )
    )


def note_opened(session: Session, actor: Person, subject: Base, *, now: datetime, name: str = "") -> None:
    """Note that `actor` has opened a record, unless she has within a day: so the trail can still be read."""
    before = select(AuditLine.id).where(
        AuditLine.actor_id == actor.id,
        AuditLine.at > now - timedelta(days=1),
        AuditLine.deed == LOOKED,
        AuditLine.subject_type == type(subject).__name__,
        AuditLine.subject_id == id_of(subject),
    )
    if session.scalar(before.limit(1)) is None:
        note_looking(actor, LOOKED, subject, now=now, name=name)
