"""Deeds with sessions: a mentor logs, corrects and withdraws them, the learner confirms or questions them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.hours import HoursEntry
from app.models.people import Person
from app.models.placements import Placement
from app.models.supervision import ActionOwner, AgreedAction, SessionForm, SupervisionSession
from app.platform.audit import record
from app.platform.outbox import queue_message
from app.rules.doubts import ask_about, doubts_about_duration, doubts_about_text, week_of
from app.rules.record_totals import logged_minutes
from app.supervision import mails
from app.supervision.queries import open_actions

AddressOf = Callable[[SupervisionSession], str]


@dataclass(frozen=True, slots=True)
class NewAction:
    """Something that was agreed."""

    what: str
    owner: ActionOwner
    due_on: date | None


@dataclass(frozen=True, slots=True)
class NewSession:
    """What a mentor says about a meeting; `form_key` is the same when a form is sent twice."""

    held_on: date
    minutes: int
    form: SessionForm
    topics: str
    form_key: str
    done_ids: frozenset[int] = frozenset()
    actions: Sequence[NewAction] = ()


def log_session(
    session: Session,
    mentor: Person,
    placement: Placement,
    new: NewSession,
    address_of: AddressOf,
    *,
    is_sure: bool,
    now: datetime,
    today: date,
    corrects: SupervisionSession | None = None,
) -> SupervisionSession:
    """Put a session on the record, once, and ask the learner to confirm it.

    Raises Refused when the session cannot be, or may not be without a tick (H1 to H4, H13).
    """
    known = session_with_key(session, placement, new.form_key)
    if known:
        return known
    check_session(session, placement, new, is_sure, today)
    meeting = session_from(mentor, placement, new, now, corrects)
    try:
        with session.begin_nested():
            session.add(meeting)
    except IntegrityError:  # the same form, sent twice at the same moment
        return session_with_key(session, placement, new.form_key) or refuse_key()
    for action in open_actions(session, placement):
        if action.id in new.done_ids:
            action.done_on = new.held_on
    record(session, mentor, "logged a session", meeting, now=now, minutes=meeting.minutes)
    queue_message(session, placement.learner.email, mails.to_confirm(meeting, address_of(meeting)), now)
    return meeting


def check_session(session: Session, placement: Placement, new: NewSession, is_sure: bool, today: date) -> None:
    """Refuse what cannot be, ask about what is unlikely."""
    placement.check_day(new.held_on, today, "held_on")
    if new.minutes <= 0:
        raise Refused("The time must be more than 0 minutes.", "other_minutes")
    logged = logged_minutes(session, placement.learner_id, *week_of(new.held_on))
    doubts = doubts_about_duration(new.held_on, new.minutes, logged, "minutes")
    doubts += doubts_about_text((new.topics, *(action.what for action in new.actions)), today)
    ask_about(doubts, is_sure)


def session_from(
    mentor: Person, placement: Placement, new: NewSession, now: datetime, corrects: SupervisionSession | None
) -> SupervisionSession:
    return SupervisionSession(
        placement=placement,
        held_on=new.held_on,
        minutes=new.minutes,
        form=new.form,
        topics=new.topics,
        logged_by_id=mentor.id,
        logged_at=now,
        form_key=new.form_key,
        corrects_id=corrects.id if corrects else None,
        actions=[AgreedAction(what=a.what, owner=a.owner, due_on=a.due_on) for a in new.actions],
    )


def correct_session(
    session: Session,
    mentor: Person,
    meeting: SupervisionSession,
    new: NewSession,
    address_of: AddressOf,
    *,
    is_sure: bool,
    now: datetime,
    today: date,
) -> SupervisionSession:
    """Withdraw a session and log it as it should be; the learner is asked again. Raises Refused like log_session."""
    known = session_with_key(session, meeting.placement, new.form_key)
    if known:
        return known
    meeting.withdraw(now)
    record(session, mentor, "withdrew a session", meeting, now=now)
    session.flush()
    return log_session(
        session,
        mentor,
        meeting.placement,
        new,
        address_of,
        is_sure=is_sure,
        now=now,
        today=today,
        corrects=meeting,
    )


def withdraw_session(session: Session, mentor: Person, meeting: SupervisionSession, now: datetime) -> None:
    """Take a session back, and tell its learner; it stays as history. Raises Refused when that was done already."""
    meeting.withdraw(now)
    record(session, mentor, "withdrew a session", meeting, now=now)
    queue_message(session, meeting.placement.learner.email, mails.withdrawn(meeting), now)


def confirm_session(
    session: Session, learner: Person, meeting: SupervisionSession, same: Sequence[HoursEntry], now: datetime
) -> None:
    """Let a session count; `same` are the learner's own entries of this very meeting, which are withdrawn (H6)."""
    meeting.confirm(now)
    record(session, learner, "confirmed a session", meeting, now=now)
    for entry in same:
        entry.withdraw(now)
        record(session, learner, "withdrew hours", entry, now=now, minutes=entry.minutes)


def question_session(
    session: Session,
    learner: Person,
    meeting: SupervisionSession,
    comment: str,
    address: str,
    *,
    is_sure: bool,
    now: datetime,
    today: date,
) -> None:
    """Say what is not right about a session, and tell its mentor.

    Raises Refused when it was confirmed or withdrawn, and to ask about what looks like a patient's details (H13).
    """
    ask_about(doubts_about_text((comment,), today), is_sure)
    meeting.question(comment, now)
    record(session, learner, "questioned a session", meeting, now=now)
    queue_message(session, meeting.placement.mentor.email, mails.questioned(meeting, comment, address), now)


def session_with_key(session: Session, placement: Placement, form_key: str) -> SupervisionSession | None:
    """The session that this form has made already; raises Refused when it made one in another placement."""
    meeting = session.scalar(select(SupervisionSession).where(SupervisionSession.form_key == form_key))
    if meeting is not None and meeting.placement_id != placement.id:
        refuse_key()
    return meeting


def refuse_key() -> SupervisionSession:
    raise Refused("This form was used before. Open the page again and enter the session there.")
