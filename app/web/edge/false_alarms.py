"""The reason for which words were kept that look like a patient's details: noted by a form, written with its deed."""

from typing import Any

from flask import g

from app.models.operations.false_alarms import FalseAlarm
from app.models.operations.parties import Outsider
from app.models.people import Person
from app.models.values.free_text import DetailKind
from app.platform.audit import newest_line, record
from app.platform.clock import now
from app.platform.db import db

KEPT = "kept words that look like a patient’s"


def note_false_alarm(kinds: list[DetailKind], reason: str) -> None:
    """Remember it until the deed is done; what is refused leaves nothing."""
    g.false_alarm = (kinds, reason)


def keep_false_alarms(answer: Any = None) -> None:
    """Write down what was noted, in the transaction of the deed; nothing where its `answer` is a refusal.

    Who it was and in which record the words stand is told by the line in the audit trail that the deed has just
    written: who answers by a link is not signed in. A deed that wrote none has kept no words. The trail knows what they
    looked like, and neither them nor the reason.
    """
    noted = g.pop("false_alarm", None)
    if noted is None or getattr(answer, "status_code", 200) >= 400:
        return
    session = db.session()
    line = newest_line(session)
    if line is None:
        return
    kinds, reason = noted
    session.flush()
    kept = FalseAlarm(
        person_id=line.actor_id,
        person_name=line.actor_name,
        at=now(),
        kinds=[kind.name for kind in kinds],
        reason=reason,
        deed=line.deed,
        subject_type=line.subject_type,
        subject_id=line.subject_id,
    )
    session.add(kept)
    session.flush()
    looked_like = ", ".join(kind.words for kind in kinds)
    person = session.get(Person, line.actor_id) if line.actor_id else Outsider(line.actor_name)
    record(session, person, KEPT, kept, now=now(), looked_like=looked_like)
