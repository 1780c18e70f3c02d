"""What somebody has agreed to do, in the sessions of her placements."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.models.people import Person
from app.models.placements import Placement
from app.models.supervision import ActionOwner, AgreedAction, SupervisionSession
from app.supervision.queries import is_between


def action_of(session: Session, person: Person, action_id: int, today: date) -> AgreedAction | None:
    """The action, if it was agreed with this person and its session was not withdrawn.

    Either can say that it is done, as when they record their next session.
    """
    return session.scalar(
        select(AgreedAction)
        .join(AgreedAction.session)
        .join(SupervisionSession.placement)
        .where(AgreedAction.id == action_id, SupervisionSession.withdrawn_at.is_(None), is_between(person, today))
        .with_for_update(of=AgreedAction)
    )


def open_actions_of(session: Session, person: Person, today: date) -> Sequence[AgreedAction]:
    """What she has still to do in placements that run, what is due first before the rest."""
    return session.scalars(
        select(AgreedAction)
        .join(AgreedAction.session)
        .join(SupervisionSession.placement)
        .where(
            AgreedAction.done_on.is_(None),
            SupervisionSession.withdrawn_at.is_(None),
            Placement.is_current_on(today),
            is_done_by(person),
        )
        .options(
            contains_eager(AgreedAction.session)
            .contains_eager(SupervisionSession.placement)
            .options(joinedload(Placement.learner), joinedload(Placement.mentor))
        )
        .order_by(AgreedAction.due_on.is_(None), AgreedAction.due_on, AgreedAction.id)
    ).all()


def is_done_by(person: Person) -> ColumnElement[bool]:
    return or_(
        and_(AgreedAction.owner == ActionOwner.LEARNER, Placement.learner_id == person.id),
        and_(AgreedAction.owner == ActionOwner.MENTOR, Placement.mentor_id == person.id),
    )
