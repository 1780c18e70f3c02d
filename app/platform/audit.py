"""Adds a line to the audit trail, within the transaction of the deed itself, and reads the newest about a record."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Base
from app.models.operations.audit import AuditLine
from app.models.operations.parties import Outsider
from app.models.people import Person

LOOKED = "opened a record"
NEWEST = "newest line of the audit trail"


def record(
    session: Session,
    actor: Person | Outsider | None,
    deed: str,
    subject: Base | None = None,
    *,
    now: datetime,
    name: str = "",
    **details: Any,
) -> None:
    """Note that `actor` (None: the system, or somebody not signed in) did `deed` to `subject` at `now`.

    `deed` is verb and object in the past ("published a run"); `details` must fit JSON and hold nothing that a
    learner wrote.
    """
    if subject is not None:
        session.flush()
    add_line(session, line_of(actor, deed, subject, now=now, name=name, **details))


def add_line(session: Session, line: AuditLine) -> None:
    session.add(line)
    session.info[NEWEST] = line


def newest_line(session: Session) -> AuditLine | None:
    """The line that this transaction wrote last, once: the newest in the table may be that of somebody else."""
    line: AuditLine | None = session.info.pop(NEWEST, None)
    return line


def line_of(
    actor: Person | Outsider | None,
    deed: str,
    subject: Base | None = None,
    *,
    now: datetime,
    name: str = "",
    **details: Any,
) -> AuditLine:
    """The same line, written nowhere yet, about a subject that has its id."""
    return AuditLine(
        at=now,
        actor_id=actor.id if actor else None,
        actor_name=actor.name if actor else "System",
        deed=deed,
        subject_type=type(subject).__name__ if subject is not None else "",
        subject_id=id_of(subject),
        subject_name=name,
        details=details,
    )


def id_of(subject: Base | None) -> int | None:
    return getattr(subject, "id", None) or getattr(subject, "person_id", None)


def latest_deed_on(session: Session, subject: Base) -> AuditLine | None:
    """The newest line about a change of a record."""
    return session.scalar(
        select(AuditLine)
        .where(AuditLine.subject_type == type(subject).__name__, AuditLine.subject_id == id_of(subject))
        .where(AuditLine.deed != LOOKED)
        .order_by(AuditLine.id.desc())
        .limit(1)
    )
