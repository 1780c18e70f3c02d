"""Deeds with meetings of several learners: written down once, corrected or withdrawn for all of them at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.refusal import Overtaken, Refused
from app.models.meetings.groups import GroupMeeting
from app.models.meetings.planned import PlannedSession
from app.models.people import Person
from app.models.placements import Placement
from app.models.supervision import SessionState, SupervisionSession
from app.platform.audit import record
from app.platform.outbox import queue_message
from app.rules.sent_before import SentBefore
from app.supervision import mails
from app.supervision.answering import withdraw_session
from app.supervision.confirm_links import AddressOf
from app.supervision.groups.queries import sessions_of_group
from app.supervision.service import NewAction, NewSession, correct_session, log_session

LOGGED = "wrote down a session with several learners"


@dataclass(frozen=True)
class NewMeeting:
    """What was said of the meeting, and each action with the placement of whom it is for; None is for everybody."""

    said: NewSession
    actions: Sequence[tuple[NewAction, int | None]]

    def of(self, placement: Placement) -> NewSession:
        """The session of one learner, with her own actions alone."""
        hers = [action for action, for_id in self.actions if for_id in (None, placement.id)]
        return replace(self.said, actions=hers, form_key=f"{self.said.form_key} {placement.id}")


@dataclass(frozen=True)
class Circumstances:
    """Who writes it down, when, whether doubts were answered, and where the links of the mails lead."""

    actor: Person
    now: datetime
    today: date
    is_sure: bool
    address_of: AddressOf


def log_meeting(
    session: Session,
    given: Circumstances,
    placements: Sequence[Placement],
    new: NewMeeting,
    plans: Mapping[int, PlannedSession] | None = None,
) -> GroupMeeting:
    """Put a session on the record of each learner who was there, and ask each of them to confirm it.

    `plans` are what was planned, by placement. Raises Refused as `log_session` does, with the learner whom it concerns.
    """
    group = new_group(session, given.actor, LOGGED, new.said.form_key, given.now)
    for placement in placements:
        plan = plans.get(placement.id) if plans else None
        log_one(session, given, placement, new, group, None, plan)
    return group


def correct_meeting(
    session: Session, given: Circumstances, group: GroupMeeting, placements: Sequence[Placement], new: NewMeeting
) -> GroupMeeting:
    """Withdraw the session of every learner and log it as it should be; each is asked again.

    Whoever was not there after all is told, and whoever was is asked for the first time; a deputy who held it for the
    mentor still did, and is told. Raises as `log_meeting` does.
    """
    standing = standing_sessions(session, group)
    before = {one.placement_id: one for one in standing}
    held_by = standing[0].deputy_id
    new = replace(new, said=replace(new.said, deputy_id=None if held_by == given.actor.id else held_by))
    after = new_group(session, given.actor, LOGGED, new.said.form_key, given.now)
    for placement in placements:
        log_one(session, given, placement, new, after, before.pop(placement.id, None), None)
    for meeting in before.values():
        why = f"{given.actor.name} has corrected it: you were not there."
        withdraw_one(session, given, meeting, why)
    for author in deputies_among(standing, given.actor):
        queue_message(session, author.email, mails.corrected_for_you(standing, given.actor, author), given.now)
    return after


def deputies_among(meetings: Sequence[SupervisionSession], actor: Person) -> list[Person]:
    """Who wrote it down in the mentor's place, where the mentor changes it now."""
    return list({one.logged_by_id: one.author for one in meetings if one.logged_by_id != actor.id}.values())


def withdraw_meeting(session: Session, given: Circumstances, group: GroupMeeting, reason: str) -> None:
    """Take the session back for every learner; raises Overtaken when nothing of it stands any more."""
    standing = standing_sessions(session, group)
    counted = [one for one in standing if one.state is SessionState.CONFIRMED]
    for meeting in standing:
        withdraw_one(session, given, meeting, reason)
    if counted:
        mail = mails.you_withdrew_for_all(standing, given.actor, reason)
        queue_message(session, given.actor.email, mail, given.now)
    for author in deputies_among(standing, given.actor):
        told = mails.withdrawn_for_you(standing, given.actor, author, reason)
        queue_message(session, author.email, told, given.now)


def new_group(session: Session, actor: Person, deed: str, key: str, now: datetime) -> GroupMeeting:
    """Made once for each form; raises Refused where this one has made one already."""
    if session.scalar(select(GroupMeeting.id).where(GroupMeeting.form_key == key)) is not None:
        raise Refused("This form was sent already, with other words. Open that session to change or correct it.")
    group = GroupMeeting(made_by_id=actor.id, made_at=now, form_key=key)
    session.add(group)
    record(session, actor, deed, group, now=now)
    return group


def log_one(
    session: Session,
    given: Circumstances,
    placement: Placement,
    new: NewMeeting,
    group: GroupMeeting,
    before: SupervisionSession | None,
    plan: PlannedSession | None,
) -> None:
    """The session of one learner; what a rule refuses is said with her name."""
    one, is_sure, now, today = new.of(placement), given.is_sure, given.now, given.today
    at = given.address_of
    try:
        if before:
            correct_session(session, given.actor, before, one, at, group=group, is_sure=is_sure, now=now, today=today)
        else:
            log_session(
                session, given.actor, placement, one, at, plan=plan, group=group, is_sure=is_sure, now=now, today=today
            )
    except (Overtaken, SentBefore):
        raise
    except Refused as refusal:
        raise Refused(f"{placement.learner.name}: {refusal.message}", refusal.field) from refusal


def withdraw_one(session: Session, given: Circumstances, meeting: SupervisionSession, reason: str) -> None:
    withdraw_session(
        session,
        given.actor,
        meeting,
        reason,
        is_sure=given.is_sure,
        now=given.now,
        today=given.today,
        for_all=True,
    )


def standing_sessions(session: Session, group: GroupMeeting) -> list[SupervisionSession]:
    """What was not withdrawn; raises Overtaken where nothing is left."""
    standing = [one for one in sessions_of_group(session, group) if one.state is not SessionState.WITHDRAWN]
    if not standing:
        raise Overtaken("This session was corrected or withdrawn by now. Nothing was saved.")
    return standing
