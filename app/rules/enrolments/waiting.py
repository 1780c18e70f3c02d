"""Whether a learner waits for a place on a programme, so that nobody enrols her past the answer to it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.academic.way_asked import WayAsked, WayAskedKind, WayAskedState

TO_BEGIN = [kind for kind in WayAskedKind if kind.is_to_begin]


def waits_to_begin(session: Session, learner_id: int, programme_id: int) -> bool:
    """True while a university has not answered that she asks for a place there, or for a transfer."""
    waiting = select(WayAsked.id).where(
        WayAsked.learner_id == learner_id,
        WayAsked.programme_id == programme_id,
        WayAsked.kind.in_(TO_BEGIN),
        WayAsked.state == WayAskedState.WAITING,
    )
    return session.scalar(waiting) is not None
