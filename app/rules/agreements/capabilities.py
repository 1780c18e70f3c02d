"""The capabilities that objectives can be about: those of the learner's programme, as they are worded now."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.models.course.capabilities import Capability, CapabilityWording


def wordings_now(session: Session, programme_id: int) -> Sequence[CapabilityWording]:
    """In the order of the programme; what is retired is asked of nobody any more."""
    statement = (
        select(Capability)
        .where(Capability.programme_id == programme_id, Capability.retired_at.is_(None))
        .options(selectinload(Capability.wordings))
        .order_by(Capability.position, Capability.id)
    )
    return [one.wording for one in session.scalars(statement)]
