"""Deeds with sessions: learner or mentor writes one down or corrects it; the other is asked to confirm it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words, hours_and_minutes, how_long_ago
from app.language.refusal import Refused
from app.models.meetings.groups import GroupMeeting
from app.models.meetings.planned import PlannedSession
from app.models.people import Person
from app.models.placements import Placement
from app.models.supervision import ActionOwner, AgreedAction, SessionForm, SupervisionSession
from app.platform.audit import record
from app.platform.outbox import queue_message
from app.rules.course.deputies import ids_of_deputies
from app.rules.doubts import ask_about, doubts_about_duration, doubts_about_text, week_of
from app.rules.record_totals import logged_minutes
from app.rules.sent_before import ChangedMeanwhile, SentBefore
from app.supervision import mails
from app.supervision.confirm_links import AddressOf, ask_to_confirm
from app.supervision.moves import CORRECT, move_session
from app.supervision.notes import carry_notes, write_note
from app.supervision.planning.recording import hold_plan, note_recorded, planned_on
from app.supervision.queries import latest_version, open_actions, other_sessions_on


@dataclass(frozen=True, slots=True)
class NewAction:
    """Something that was agreed."""

    what: str
    owner: ActionOwner
    due_on: date | None


@dataclass(frozen=True, slots=True)
class NewSession:
    """What learner or mentor says about a meeting; `form_key` is the same when a form is sent twice.

    `deputy_id` is whom a learner met in place of her mentor, as the learner or the mentor says. `note` is for its
    writer alone; None leaves what she noted before as it is.
    """

    held_on: date
    minutes: int
    form: SessionForm
    topics: str
    form_key: str
    done_ids: frozenset[int] = frozenset()
    actions: Sequence[NewAction] = ()
    deputy_id: int | None = None
    note: str | None = None

    def says(self, meeting: SupervisionSession) -> bool:
        """True when the session has all of this already."""
        agreed = [(action.what, action.owner, action.due_on) for action in meeting.actions]
        said = (meeting.held_on, meeting.minutes, meeting.form, meeting.topics)
        is_by = not meeting.is_by_learner or self.deputy_id == meeting.deputy_id
        same = (self.held_on, self.minutes, self.form, self.topics) == said and is_by
        return same and [(action.what, action.owner, action.due_on) for action in self.actions] == agreed


def log_session(
    session: Session,
    actor: Person,
    placement: Placement,
    new: NewSession,
    address_of: AddressOf,
    *,
    is_sure: bool,
    now: datetime,
    today: date,
    corrects: SupervisionSession | None = None,
    plan: PlannedSession | None = None,
    group: GroupMeeting | None = None,
) -> SupervisionSession:
    """Put a session on the record, once, and ask the other of the two to confirm it.

    `group` is what it has in common with the sessions of other learners who were there. `plan` is the planned session
    that it was; without one, it is what was planned for that day. Raises Refused when the session cannot be, or may not
    be without a tick (H1 to H4, H13), SentBefore when the same form has logged something else, and Overtaken when the
    planned session was recorded or cancelled meanwhile.
    """
    known = known_session(session, actor, placement, new)
    if known:
        write_note(session, actor, known, new.note, now)
        return known
    if plan:
        hold_plan(session, plan, now)
    check_session(session, placement, new, is_sure, now, today)
    meeting = session_from(actor, placement, new, now, corrects)
    meeting.group_id = group.id if group else None
    check_deputy(session, meeting)
    try:
        with session.begin_nested():
            session.add(meeting)
    except IntegrityError:  # the same form, sent twice at the same moment
        return known_session(session, actor, placement, new) or refuse_key()
    for action in open_actions(session, placement):
        if action.id in new.done_ids:
            action.done_on = new.held_on
    record(session, actor, "logged a session", meeting, now=now, minutes=meeting.minutes)
    plan = plan or (None if corrects else planned_on(session, placement, new.held_on, now))
    if plan:
        note_recorded(session, actor, plan, meeting, now)
    if corrects:
        carry_notes(session, corrects, meeting)
    write_note(session, actor, meeting, new.note, now)
    ask_to_confirm(session, meeting, corrects, address_of, now, today)
    return meeting


def check_deputy(session: Session, meeting: SupervisionSession) -> None:
    """Refuse a session with somebody who did not stand in for the mentor on that day."""
    deputy_id, placement = meeting.deputy_id, meeting.placement
    if deputy_id is not None and deputy_id not in ids_of_deputies(session, placement, meeting.held_on):
        raise Refused(f"Nobody stood in for {placement.mentor.name} on that day. Check the date.", "held_on")


def check_session(
    session: Session, placement: Placement, new: NewSession, is_sure: bool, now: datetime, today: date
) -> None:
    """Refuse what cannot be, ask about what is unlikely."""
    placement.check_day(new.held_on, today, "held_on")
    if new.minutes <= 0:
        raise Refused("The time must be more than 0 minutes.", "other_time")
    logged = logged_minutes(session, placement.learner_id, *week_of(new.held_on))
    doubts = doubts_about_repetition(session, placement, new, now)
    doubts += doubts_about_duration(new.held_on, new.minutes, logged, "minutes")
    doubts += doubts_about_text((new.topics, new.note or "", *(action.what for action in new.actions)), today)
    ask_about(doubts, is_sure)


def doubts_about_repetition(session: Session, placement: Placement, new: NewSession, now: datetime) -> list[str]:
    """Learner and mentor seldom meet twice on a day; with another mentor the same time would be strange too.

    A session has no time of the day, so that any two of one day may be one meeting.
    """
    others = other_sessions_on(session, placement.learner, new.held_on)
    own = [one for one in others if one.placement_id == placement.id]
    if own:
        ago = how_long_ago(own[0].logged_at, now)
        return [f"A session of {hours_and_minutes(own[0].minutes)} on that day was logged {ago}. It need not be again."]
    if any(one.minutes == new.minutes for one in others):
        return [f"{placement.learner.name} has a session of the same length on that day with another mentor."]
    return []


def session_from(
    actor: Person, placement: Placement, new: NewSession, now: datetime, corrects: SupervisionSession | None
) -> SupervisionSession:
    done = {(one.what, one.owner): one.done_on for one in corrects.actions} if corrects else {}
    return SupervisionSession(
        placement=placement,
        held_on=new.held_on,
        minutes=new.minutes,
        form=new.form,
        topics=new.topics,
        logged_by_id=actor.id,
        logged_at=now,
        form_key=new.form_key,
        corrects_id=corrects.id if corrects else None,
        deputy_id=deputy_in(actor, placement, new, corrects),
        actions=[
            AgreedAction(what=a.what, owner=a.owner, due_on=a.due_on, done_on=done.get((a.what, a.owner)))
            for a in new.actions
        ],
    )


def deputy_in(actor: Person, placement: Placement, new: NewSession, corrects: SupervisionSession | None) -> int | None:
    """Who held it in place of the mentor: a learner says so, a deputy who writes it down did, and a correction by the
    mentor leaves it as it was. She says so herself of a learner who was at the same session of several."""
    if actor.id == placement.learner_id:
        return new.deputy_id
    if corrects:
        return corrects.deputy_id
    return new.deputy_id if actor.id == placement.mentor_id else actor.id


def correct_session(
    session: Session,
    actor: Person,
    meeting: SupervisionSession,
    new: NewSession,
    address_of: AddressOf,
    *,
    is_sure: bool,
    now: datetime,
    today: date,
    group: GroupMeeting | None = None,
) -> SupervisionSession:
    """Withdraw a session and log it as it should be; the other of the two is asked again.

    Raises Refused like log_session, and ChangedMeanwhile when another session has taken its place already.
    """
    known = known_session(session, actor, meeting.placement, new)
    if known:
        write_note(session, actor, known, new.note, now)
        return known
    hold(session, meeting)
    if meeting.withdrawn_at:
        raise changed_meanwhile(session, meeting)
    if meeting.group_id and group is None:
        raise Refused("This session was with several learners: correct it for all of them.")
    move_session(session, actor, meeting, CORRECT, now)
    session.flush()
    after = log_session(
        session,
        actor,
        meeting.placement,
        new,
        address_of,
        is_sure=is_sure,
        now=now,
        today=today,
        corrects=meeting,
        group=group,
    )
    if group is None and meeting.logged_by_id not in (actor.id, meeting.placement.learner_id):
        author = meeting.author
        queue_message(session, author.email, mails.corrected_for_you([meeting], actor, author), now)
    return after


def changed_meanwhile(session: Session, meeting: SupervisionSession) -> ChangedMeanwhile:
    """What became of a session that its author wanted to correct."""
    latest = latest_version(session, meeting)
    if latest.withdrawn_at:
        return ChangedMeanwhile(
            "You withdrew this session after you had opened this page. Nothing was saved now: send it again to log it "
            "as a new session.",
            None,
        )
    return ChangedMeanwhile(
        f"You corrected this session after you had opened this page: it is now {in_words(latest)}. Nothing was saved "
        "now: send it again if this page is right.",
        latest.id,
    )


def in_words(meeting: SupervisionSession) -> str:
    """1 h by video on 3 March 2026"""
    return f"{hours_and_minutes(meeting.minutes)}, {meeting.form.value}, on {day_in_words(meeting.held_on)}"


def hold(session: Session, meeting: SupervisionSession) -> None:
    """Let whoever answers or changes the session meanwhile wait, and read what became of it."""
    session.refresh(meeting, ["withdrawn_at", "confirmed_at", "disputed_at"], with_for_update=True)


def known_session(session: Session, actor: Person, placement: Placement, new: NewSession) -> SupervisionSession | None:
    """The session that this very form has made already; raises SentBefore when it said something else then."""
    known = session.scalar(select(SupervisionSession).where(SupervisionSession.form_key == new.form_key))
    if known is None:
        return None
    if known.placement_id != placement.id or known.logged_by_id != actor.id:
        refuse_key()
    if new.says(known) and not known.withdrawn_at:
        return known
    latest = latest_version(session, known)
    if latest.withdrawn_at:
        message = (
            f"This form has logged a session of {in_words(known)}, which you have withdrawn. Nothing was saved now."
        )
        raise SentBefore(message, latest.id, False)
    message = f"This form has logged a session already: {in_words(latest)}. Nothing was saved now."
    raise SentBefore(message, latest.id, True)


def refuse_key() -> SupervisionSession:
    raise Refused("This form was used before. Open the page again and enter the session there.")
