"""The exception by which a line manager or an assessor may supervise all the same, kept like any other."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.pairs.conflicts import Conflict, ConflictKind
from app.models.pairs.nominations import Nomination
from app.models.people import Person
from app.platform.audit import record
from app.platform.occasion import Occasion


def make_exception(
    session: Session, actor: Person, nomination: Nomination, mentor: Person, reason: str, occasion: Occasion
) -> None:
    """Lift the conflict between the two, or record one as lifted, with today's date and the reason (rule P10)."""
    conflict = session.scalar(
        select(Conflict).where(
            Conflict.learner_id == nomination.learner_id,
            Conflict.mentor_id == mentor.id,
            Conflict.excepted_at.is_(None),
        )
    )
    if conflict is None:
        conflict = Conflict(
            learner=nomination.learner,
            mentor=mentor,
            kind=ConflictKind.LINE_MANAGER,
            reason="Line manager or assessor, as a coordinator found who checked a nomination.",
            author_id=actor.id,
            created_at=occasion.now,
        )
        session.add(conflict)
    conflict.except_pair(actor, occasion.today, reason, occasion.now)
    name = nomination.learner.name
    record(session, actor, "made an exception from a conflict", conflict, now=occasion.now, name=name, mentor=mentor.id)
