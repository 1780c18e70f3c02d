"""Deeds with sessions that were written down: the other confirms or questions them, and they are withdrawn."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.language.numbers import listed, plural
from app.language.refusal import Refused
from app.models.hours import HoursEntry
from app.models.people import Person
from app.models.supervision import SessionState, SupervisionSession
from app.platform.outbox import queue_message
from app.promises.course.hours import count_as_session
from app.rules.doubts import ask_about, doubts_about_text
from app.supervision import mails
from app.supervision.moves import CONFIRM, QUESTION, move_session, withdrawing
from app.supervision.service import hold


def confirm_session(
    session: Session,
    actor: Person,
    meeting: SupervisionSession,
    same: Sequence[HoursEntry],
    now: datetime,
    *,
    by_link: bool = False,
) -> None:
    """Let a session count; `same` are the learner's own entries of this very meeting, which are withdrawn (H6).

    She is told where it was her mentor who said so.

    Raises Refused when it was confirmed or withdrawn, or the actor wrote it down herself (H9).
    """
    hold(session, meeting)
    meeting.require_open()
    move_session(session, actor, meeting, CONFIRM, now, by_link=by_link)
    count_as_session(session, actor, same, f"It is the session of {day_in_words(meeting.held_on)}.", now)
    learner = meeting.placement.learner
    if same and actor.id != learner.id:
        queue_message(session, learner.email, mails.same_meeting(meeting, actor), now)


def question_session(
    session: Session,
    actor: Person,
    meeting: SupervisionSession,
    comment: str,
    address: str,
    *,
    is_sure: bool,
    now: datetime,
    today: date,
    by_link: bool = False,
) -> None:
    """Say what is not right about a session, and tell who wrote it down.

    Raises Refused when it was confirmed or withdrawn, and to ask about what looks like a patient's details (H13).
    """
    ask_about(doubts_about_text((comment,), today), is_sure)
    hold(session, meeting)
    meeting.require_open()
    move_session(session, actor, meeting, QUESTION, now, comment, by_link=by_link)
    meeting.dispute = comment
    queue_message(session, meeting.author.email, mails.questioned(meeting, comment, address), now)


def withdraw_session(
    session: Session,
    actor: Person,
    meeting: SupervisionSession,
    reason: str,
    *,
    is_sure: bool,
    now: datetime,
    today: date,
    for_all: bool = False,
) -> None:
    """Take a session back; it stays as history. A confirmed one needs a reason, and both are told.

    `for_all` is where it is taken back for all who were there: the caller tells those who held it, once.

    Raises Refused when that was done already, without a reason, and to ask about what looks like a patient's details.
    """
    hold(session, meeting)
    meeting.require_not_withdrawn()
    counted = meeting.state is SessionState.CONFIRMED
    others = [meeting.placement.learner] if for_all else others_of(meeting, actor)
    if counted and not reason:
        names = listed([other.name for other in others])
        raise Refused(f"Enter why you withdraw it: {names} {plural(len(others), 'reads', 'read')} the reason", "reason")
    ask_about(doubts_about_text((reason,), today), is_sure)
    move_session(session, actor, meeting, withdrawing(meeting), now, reason)
    meeting.withdrawn_because = reason
    for other in others:
        queue_message(session, other.email, mails.withdrawn(meeting, actor, other), now)
    if counted and not for_all:
        queue_message(session, actor.email, mails.you_withdrew(meeting, actor, others[0]), now)


def others_of(meeting: SupervisionSession, actor: Person) -> list[Person]:
    """Whom a session concerns beside the actor: learner and whoever met her, and who wrote it down or answered."""
    placement = meeting.placement
    everybody = {one.id: one for one in (placement.learner, meeting.held_by, meeting.author, meeting.answerer)}
    return [one for one in everybody.values() if one.id != actor.id]
