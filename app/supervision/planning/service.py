"""Deeds with planned sessions: learner or mentor plans one, changes it or cancels it, and the other is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.language.dates_and_times import day_in_words, day_of
from app.language.refusal import Refused
from app.models.meetings.planned import PlannedSession, PlanState
from app.models.people import Person
from app.models.placements import Placement
from app.models.supervision import SessionForm
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.course.plans import CANCEL, CHANGE, PLANS, party_in, planned_in
from app.rules.course.deputies import deputies_on
from app.rules.doubts import ask_about, doubts_about_text
from app.supervision.planning import mails

PlanAddress = Callable[[PlannedSession], str]


@dataclass(frozen=True, slots=True)
class NewPlan:
    """When the two mean to meet, for how long, how and where, and what about."""

    starts_at: datetime
    minutes: int
    form: SessionForm
    place: str
    agenda: str

    def meets_otherwise(self, before: "NewPlan") -> bool:
        """True when more is different than what they talk about."""
        return replace(self, agenda="") != replace(before, agenda="")

    @classmethod
    def of(cls, plan: PlannedSession) -> "NewPlan":
        return cls(plan.starts_at, plan.minutes, plan.form, plan.place, plan.agenda)


def plan_session(
    session: Session,
    occasion: Occasion,
    placement: Placement,
    new: NewPlan,
    address_of: PlanAddress,
    *,
    is_sure: bool,
    group_id: int | None = None,
    others: Sequence[str] = (),
) -> PlannedSession:
    """Plan a session and tell the other; raises Refused for a time that cannot be, and to ask about a doubtful one.

    `others` are the names of the other learners where it is with several, whose plans have the `group_id` in common.
    """
    actor = occasion.actor
    assert actor is not None
    check_plan(session, occasion, placement, new, None, is_sure)
    plan = PlannedSession(
        placement=placement,
        starts_at=new.starts_at,
        minutes=new.minutes,
        form=new.form,
        place=new.place,
        agenda=new.agenda,
        planned_by_id=actor.id,
        planned_at=occasion.now,
        state=PlanState.PLANNED,
        group_id=group_id,
    )
    session.add(plan)
    record(session, actor, "planned a session", plan, now=occasion.now)
    for reader in readers_of(session, plan, actor):
        queue_message(session, reader.email, mails.planned(plan, actor, reader, address_of(plan), others), occasion.now)
    return plan


def check_plan(
    session: Session,
    occasion: Occasion,
    placement: Placement,
    new: NewPlan,
    changed: PlannedSession | None,
    is_sure: bool,
) -> None:
    """Refuse what cannot be, ask about what is unlikely; a time that stays as it was is not asked about again."""
    if changed is None or new.starts_at != changed.starts_at:
        if new.starts_at <= occasion.now:
            raise Refused("Choose a time that is still to come. If you have met already, log the session.", "starts_at")
        check_day(placement, day_of(new.starts_at))
    doubts = doubts_about_text((new.place, new.agenda), occasion.today)
    until = new.starts_at + timedelta(minutes=new.minutes)
    for other in planned_in(session, placement):
        if other is not changed and other.starts_at < until and new.starts_at < other.ends_at:
            doubts.append(f"You have planned a session {mails.when(other)} already. It need not be again.")
    ask_about(doubts, is_sure)


def check_day(placement: Placement, day: date) -> None:
    first, last = placement.starts_on, placement.ends_on
    if not first <= day <= last:
        days = f"from {day_in_words(first)} to {day_in_words(last)}"
        raise Refused(f"The placement runs {days}: choose a day within it.", "starts_at")
    pause = placement.pause_on(day)
    if pause:
        until = day_in_words(pause.resumes_on)
        raise Refused(f"The placement is paused then: choose {until}, when it goes on, or a later day.", "starts_at")


def change_plan(
    session: Session, occasion: Occasion, plan: PlannedSession, new: NewPlan, address: str, *, is_sure: bool
) -> None:
    """Move a planned session, or change how, where and what about; the other is told when and where it is now.

    What stands on the agenda is read when they meet, and is no mail each time.
    Raises Overtaken when it was recorded or cancelled meanwhile, Refused as `plan_session` does.
    """
    actor, before = occasion.actor, NewPlan.of(hold(session, plan))
    assert actor is not None
    if not may_change(plan, actor):
        raise Refused("This session is with several learners. Ask whoever planned it to change it.")
    PLANS.check(CHANGE, plan.state, party_in(plan.placement, actor))
    if new == before:
        return
    check_plan(session, occasion, plan.placement, new, plan, is_sure)
    PLANS.move(session, plan, CHANGE, party_in(plan.placement, actor), actor, occasion.now)
    plan.starts_at, plan.minutes, plan.form = new.starts_at, new.minutes, new.form
    plan.place, plan.agenda = new.place, new.agenda
    if new.meets_otherwise(before):
        for reader in readers_of(session, plan, actor):
            queue_message(session, reader.email, mails.changed(plan, before, actor, reader, address), occasion.now)


def may_change(plan: PlannedSession, person: Person) -> bool:
    """A session with several learners is moved and recorded by who planned it; others can cancel one learner's part."""
    return plan.group_id is None or person.id == plan.planned_by_id


def plans_together(session: Session, plan: PlannedSession, person: Person) -> Sequence[PlannedSession]:
    """What somebody changes or cancels at once: one plan, or those of all learners whom she has invited."""
    if plan.group_id is None or not may_change(plan, person):
        return [plan]
    hers = (PlannedSession.group_id == plan.group_id, PlannedSession.state == PlanState.PLANNED)
    together = select(PlannedSession).where(*hers)
    return session.scalars(together.order_by(PlannedSession.id).options(*with_learner())).all()


def with_learner() -> tuple[_AbstractLoad, ...]:
    placement = joinedload(PlannedSession.placement)
    return (placement.options(joinedload(Placement.learner), joinedload(Placement.mentor)),)


def cancel_plan(
    session: Session, occasion: Occasion, plan: PlannedSession, reason: str, address: str, *, is_sure: bool
) -> None:
    """Cancel a planned session and tell the other; raises Overtaken when it was recorded or cancelled meanwhile."""
    actor = occasion.actor
    assert actor is not None
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    hold(session, plan)
    PLANS.move(session, plan, CANCEL, party_in(plan.placement, actor), actor, occasion.now, reason=reason)
    for reader in readers_of(session, plan, actor):
        queue_message(session, reader.email, mails.cancelled(plan, actor, reader, reason, address), occasion.now)


def hold(session: Session, plan: PlannedSession) -> PlannedSession:
    """Let whoever changes it meanwhile wait, and read what became of it."""
    session.refresh(plan, ["state", "starts_at", "minutes", "form", "place", "agenda"], with_for_update=True)
    return plan


def readers_of(session: Session, plan: PlannedSession, actor: Person) -> list[Person]:
    """The other of the two, and who stands in for the mentor on that day, where mail still reaches them."""
    other = plan.other_than(actor)
    deputies = deputies_on(session, plan.placement, plan.day) if other.id == plan.placement.mentor_id else ()
    return [one for one in (other, *deputies) if one.is_active]
