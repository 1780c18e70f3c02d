"""Learner and mentor answer the same session at the same moment: one of them is first, and the other is told so."""

import pytest
from sqlalchemy import func, select

from app.models.hours import HoursCategory, HoursEntry, HoursState
from app.models.operations.audit import AuditLine
from app.models.supervision import SessionState
from tests.in_between import in_between


@pytest.fixture
def own(build, session, placement, meeting, now):
    """What the learner has logged of that meeting herself."""
    entry = build.add(
        HoursEntry(
            placement=placement,
            state=HoursState.SUBMITTED,
            worked_on=meeting.held_on,
            category=HoursCategory.SUPERVISION,
            minutes=60,
            did="We met.",
            reflection="",
            logged_at=now,
            form_key="a key of the learner",
        )
    )
    session.commit()
    return entry


def number_of(session, deed):
    return session.scalar(select(func.count()).select_from(AuditLine).where(AuditLine.deed == deed))


def test_a_session_withdrawn_while_it_is_confirmed_takes_nothing_of_the_learner(
    engine, mentor, learner, meeting, own, look_again
):
    withdrawn, confirmed = in_between(
        engine,
        lambda: mentor.post(f"/sessions/{meeting.id}/withdraw", data={"reason": "We did not meet."}),
        lambda: learner.post(f"/sessions/{meeting.id}/confirm", data={"same_meeting": "yes"}),
    )
    assert (withdrawn.status_code, confirmed.status_code) == (303, 422)
    look_again()
    assert meeting.state is SessionState.WITHDRAWN
    assert own.withdrawn_at is None


def test_a_session_confirmed_twice_at_once_is_confirmed_once(engine, session, learner, meeting, look_again):
    answers = in_between(
        engine,
        lambda: learner.post(f"/sessions/{meeting.id}/confirm"),
        lambda: learner.post(f"/sessions/{meeting.id}/confirm"),
    )
    assert [answer.status_code for answer in answers] == [303, 422]
    look_again()
    assert number_of(session, "confirmed a session") == 1


def test_a_session_questioned_while_it_is_confirmed_is_one_of_the_two(
    engine, session, learner, meeting, look_again, mails
):
    confirmed, questioned = in_between(
        engine,
        lambda: learner.post(f"/sessions/{meeting.id}/confirm"),
        lambda: learner.post(f"/sessions/{meeting.id}/question", data={"comment": "It was shorter."}),
    )
    assert (confirmed.status_code, questioned.status_code) == (303, 422)
    look_again()
    assert meeting.state is SessionState.CONFIRMED
    assert mails() == []
