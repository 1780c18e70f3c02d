"""What can become of a planned session, and which ones end because their placement changed its course."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.language.refusal import Refused
from app.models.meetings.planned import PlannedSession, PlanState
from app.models.people import Person
from app.models.placements import Placement
from app.platform.lifecycle import Lifecycle, Move, Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.course import mails

CHANGE, CANCEL, RECORD = "changed a planned session", "cancelled a planned session", "recorded a planned session"
PLANNED, BOTH = frozenset({PlanState.PLANNED}), frozenset({Party.LEARNER, Party.MENTOR})

PLANS = Lifecycle(
    "planned session",
    (
        Move(CHANGE, PLANNED, PlanState.PLANNED, BOTH),
        Move(CANCEL, PLANNED, PlanState.CANCELLED, BOTH | {Party.SERVICE}),
        Move(RECORD, PLANNED, PlanState.RECORDED, BOTH),
    ),
)


def party_in(placement: Placement, person: Person) -> Party:
    return Party.LEARNER if placement.learner_id == person.id else Party.MENTOR


def cancel_what_cannot_be(session: Session, occasion: Occasion, placement: Placement) -> None:
    """Cancel what is planned for a day that the placement no longer has, and tell both."""
    for plan in planned_in(session, placement):
        try:
            placement.check_day(plan.day, plan.day, "")
        except Refused:
            why = "The placement does not run on that day any more."
            PLANS.move(session, plan, CANCEL, Party.SERVICE, occasion.actor, occasion.now, reason=why)
            tell_of_cancelling(session, occasion, plan)


def planned_in(session: Session, placement: Placement) -> Sequence[PlannedSession]:
    statement = (
        select(PlannedSession)
        .where(PlannedSession.placement_id == placement.id, PlannedSession.state == PlanState.PLANNED)
        .options(joinedload(PlannedSession.placement))
        .order_by(PlannedSession.starts_at, PlannedSession.id)
        .with_for_update(of=PlannedSession)
    )
    return session.scalars(statement).all()


def tell_of_cancelling(session: Session, occasion: Occasion, plan: PlannedSession) -> None:
    for reader in (plan.placement.learner, plan.placement.mentor):
        if reader.is_active and reader is not occasion.actor:
            queue_message(session, reader.email, mails.plan_cancelled(reader, plan, occasion.home), occasion.now)
