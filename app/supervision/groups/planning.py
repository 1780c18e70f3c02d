"""Deeds with meetings of several learners to come: planned once, and recorded once for those who were there."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.language.refusal import Overtaken, Refused
from app.models.meetings.groups import GroupMeeting
from app.models.meetings.planned import PlannedSession
from app.models.placements import Placement
from app.platform.occasion import Occasion
from app.supervision.groups.service import Circumstances, NewMeeting, log_meeting, new_group
from app.supervision.planning.service import NewPlan, PlanAddress, cancel_plan, plan_session


def plan_meeting(
    session: Session,
    occasion: Occasion,
    placements: Sequence[Placement],
    new: NewPlan,
    form_key: str,
    address_of: PlanAddress,
    *,
    is_sure: bool,
) -> list[PlannedSession]:
    """Plan a session with several learners, and tell each with whom; raises Refused as `plan_session` does."""
    actor = occasion.actor
    assert actor is not None
    group = new_group(session, actor, "planned a session with several learners", form_key, occasion.now)
    names, planned = {one.id: one.learner.name for one in placements}, []
    for placement in placements:
        others = [name for id_, name in names.items() if id_ != placement.id]
        try:
            plan = plan_session(
                session, occasion, placement, new, address_of, is_sure=is_sure, group_id=group.id, others=others
            )
            planned.append(plan)
        except Refused as refusal:
            raise Refused(f"{placement.learner.name}: {refusal.message}", refusal.field) from refusal
    return planned


def record_meeting(
    session: Session,
    given: Circumstances,
    occasion: Occasion,
    placements: Sequence[Placement],
    new: NewMeeting,
    plans: Sequence[PlannedSession],
    address_of: PlanAddress,
) -> GroupMeeting:
    """Put a planned session on the record of each learner who was there; for the others it is cancelled."""
    if not plans:
        raise Overtaken("This planned session was recorded or cancelled by now. Nothing was saved.")
    by_placement = {one.placement_id: one for one in plans}
    group = log_meeting(session, given, placements, new, by_placement)
    there = {one.id for one in placements}
    for plan in plans:
        if plan.placement_id not in there:
            cancel_plan(session, occasion, plan, "You were not there.", address_of(plan), is_sure=True)
    return group
