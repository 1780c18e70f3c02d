"""Deeds with what was agreed: one of the two says that it is done, or that it is not done after all."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.people import Person
from app.models.supervision import ActionOwner, AgreedAction, SupervisionSession
from app.platform.audit import record


def note_done(session: Session, actor: Person, action: AgreedAction, today: date, now: datetime) -> None:
    """Tick it off, once; what a mentor agreed with several learners at once is done for all of them."""
    if action.done_on is None:
        for one in same_of_group(session, action):
            one.done_on = today
        record(session, actor, "did what was agreed", action, now=now)


def note_open(session: Session, actor: Person, action: AgreedAction, now: datetime) -> None:
    """Take the tick away: it stands on its owner's home page again."""
    if action.done_on is not None:
        for one in same_of_group(session, action):
            one.done_on = None
        record(session, actor, "has still to do what was agreed", action, now=now)


def same_of_group(session: Session, action: AgreedAction) -> list[AgreedAction]:
    """The action, and where its mentor agreed it with several learners at once, what stands with each of them."""
    group_id = action.session.group_id
    if group_id is None or action.owner is ActionOwner.LEARNER:
        return [action]
    same = (AgreedAction.what == action.what, AgreedAction.owner == ActionOwner.MENTOR)
    statement = select(AgreedAction).join(AgreedAction.session).where(SupervisionSession.group_id == group_id, *same)
    return list(session.scalars(statement.order_by(AgreedAction.id)))
