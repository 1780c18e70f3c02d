"""Deeds with sessions: a mentor logs, corrects and withdraws them, the learner confirms or questions them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words, hours_and_minutes, how_long_ago
from app.language.refusal import Refused
from app.models.hours import HoursEntry
from app.models.people import Person
from app.models.placements import Placement
from app.models.supervision import ActionOwner, AgreedAction, SessionForm, SessionState, SupervisionSession
from app.platform.audit import record
from app.platform.outbox import queue_message
from app.rules.doubts import ask_about, doubts_about_duration, doubts_about_text, week_of
from app.rules.record_totals import logged_minutes
from app.rules.sent_before import ChangedMeanwhile, SentBefore
from app.supervision import mails
from app.supervision.queries import latest_version, open_actions, other_sessions_on

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

    def says(self, meeting: SupervisionSession) -> bool:
        """True when the session has all of this already."""
        agreed = [(action.what, action.owner, action.due_on) for action in meeting.actions]
        return (self.held_on, self.minutes, self.form, self.topics) == (
            meeting.held_on,
            meeting.minutes,
            meeting.form,
            meeting.topics,
        ) and [(action.what, action.owner, action.due_on) for action in self.actions] == agreed


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

    Raises Refused when the session cannot be, or may not be without a tick (H1 to H4, H13), and SentBefore when the
    same form has logged something else.
    """
    known = known_session(session, placement, new)
    if known:
        return known
    check_session(session, placement, new, is_sure, now, today)
    meeting = session_from(mentor, placement, new, now, corrects)
    try:
        with session.begin_nested():
            session.add(meeting)
    except IntegrityError:  # the same form, sent twice at the same moment
        return known_session(session, placement, new) or refuse_key()
    for action in open_actions(session, placement):
        if action.id in new.done_ids:
            action.done_on = new.held_on
    record(session, mentor, "logged a session", meeting, now=now, minutes=meeting.minutes)
    queue_message(session, placement.learner.email, mails.to_confirm(meeting, corrects, address_of(meeting)), now)
    return meeting


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
    doubts += doubts_about_text((new.topics, *(action.what for action in new.actions)), today)
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
    """Withdraw a session and log it as it should be; the learner is asked again.

    Raises Refused like log_session, and ChangedMeanwhile when another session has taken its place already.
    """
    known = known_session(session, meeting.placement, new)
    if known:
        return known
    hold(session, meeting)
    if meeting.withdrawn_at:
        raise changed_meanwhile(session, meeting)
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


def changed_meanwhile(session: Session, meeting: SupervisionSession) -> ChangedMeanwhile:
    """What became of a session that its mentor wanted to correct."""
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


def withdraw_session(
    session: Session,
    mentor: Person,
    meeting: SupervisionSession,
    reason: str,
    *,
    is_sure: bool,
    now: datetime,
    today: date,
) -> None:
    """Take a session back; it stays as history. A confirmed one needs a reason, and both are told.

    Raises Refused when that was done already, without a reason, and to ask about what looks like a patient's details.
    """
    hold(session, meeting)
    counted = meeting.state is SessionState.CONFIRMED
    if counted and not reason:
        raise Refused("Enter why you withdraw it: the learner has confirmed it and reads the reason", "reason")
    ask_about(doubts_about_text((reason,), today), is_sure)
    meeting.withdraw(now, reason)
    record(session, mentor, "withdrew a session", meeting, now=now, reason=reason)
    queue_message(session, meeting.placement.learner.email, mails.withdrawn(meeting), now)
    if counted:
        queue_message(session, mentor.email, mails.you_withdrew(meeting), now)


def confirm_session(
    session: Session, learner: Person, meeting: SupervisionSession, same: Sequence[HoursEntry], now: datetime
) -> None:
    """Let a session count; `same` are the learner's own entries of this very meeting, which are withdrawn (H6)."""
    hold(session, meeting)
    meeting.confirm(now)
    record(session, learner, "confirmed a session", meeting, now=now)
    for entry in same:
        session.refresh(entry, ["withdrawn_at"], with_for_update=True)
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
    hold(session, meeting)
    meeting.question(comment, now)
    record(session, learner, "questioned a session", meeting, now=now)
    queue_message(session, meeting.placement.mentor.email, mails.questioned(meeting, comment, address), now)


def hold(session: Session, meeting: SupervisionSession) -> None:
    """Let whoever answers or changes the session meanwhile wait, and read what became of it."""
    session.refresh(meeting, ["withdrawn_at", "confirmed_at", "disputed_at"], with_for_update=True)


def known_session(session: Session, placement: Placement, new: NewSession) -> SupervisionSession | None:
    """The session that this very form has made already; raises SentBefore when it said something else then."""
    known = session.scalar(select(SupervisionSession).where(SupervisionSession.form_key == new.form_key))
    if known is None:
        return None
    if known.placement_id != placement.id:
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
