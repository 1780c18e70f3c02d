"""Notes who looked at what: the one thing that may be written when a page is only read."""

from datetime import datetime
from typing import Any

from app.models import Base
from app.models.people import Person
from app.platform.audit import record
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
