"""A session that is logged twice is asked about, and a confirmed one is withdrawn with a reason that both read."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.hours import HoursCategory
from app.models.operations.outbox import Message
from app.models.supervision import SessionState
from app.rules.record_totals import summary_of
from tests.app.supervision.test_supervision_sessions import SECOND_LOOK, SURE, TOPICS, sent
from tests.pages import form_to
from tests.screen import shown

AGAIN, REASON, TAKE_BACK = "What do you want to do?", "Why do you withdraw it?", "It did not happen: withdraw it"


@pytest.fixture
def confirmed(learner, meeting, meetings):
    learner.post(f"/sessions/{meeting.id}/confirm")
    return meetings()[0]


@pytest.mark.parametrize("minutes", ["60", "30"])
def test_a_second_session_of_a_day_is_asked_about(mentor, address, meeting, meetings, minutes, app, now):
    app.config["NOW"] = lambda: now + timedelta(minutes=20)
    data = sent(meeting.held_on, minutes=minutes)
    answer = mentor.post(address, data=data)
    assert answer.status_code == 422
    page = shown(answer)
    doubt = "A session of 1 h on that day was logged 20 minutes ago. It need not be again."
    assert page.complaint == (SURE, f"{doubt} {SECOND_LOOK}")
    assert page.link("See the session of 1 h on 28 February 2026") == f"/sessions/{meeting.id}"
    assert page.field(TOPICS).value == "Consent and screening logs."
    assert len(meetings()) == 1
    assert mentor.post(address, data=data | {"is_sure": "y"}).status_code == 303
    assert len(meetings()) == 2


def test_the_same_length_with_another_mentor_of_hers_is_asked_about(sign_in, build, meeting, placement):
    other = build.placement(placement.learner)
    address = f"/placements/{other.id}/sessions/new"
    data = sent(meeting.held_on, minutes="60")
    page = shown(sign_in(other.mentor).post(address, data=data))
    name = placement.learner.name
    assert page.complaint == (
        SURE,
        f"{name} has a session of the same length on that day with another mentor. {SECOND_LOOK}",
    )
    assert not [link for link in page.links if link.startswith("See the session")]
    assert sign_in(other.mentor).post(address, data=data | {"minutes": "30"}).status_code == 303


def test_a_withdrawn_session_and_another_day_raise_no_question(mentor, address, meeting, meetings, today):
    assert mentor.post(address, data=sent(today, minutes="60")).status_code == 303
    mentor.post(f"/sessions/{meeting.id}/withdraw")
    assert mentor.post(address, data=sent(meeting.held_on, minutes="60", form_key="f" * 20)).status_code == 303


@pytest.mark.parametrize(("again", "standing"), [("correct", [30]), ("another", [45, 30])])
def test_a_form_sent_again_with_other_words_asks_what_it_is_for(mentor, address, meetings, today, again, standing):
    mentor.post(address, data=sent(today))
    changed = sent(today, minutes="30", is_sure="y")
    asked = mentor.post(address, data=changed)
    assert asked.status_code == 422
    assert shown(asked).complaint == (
        AGAIN,
        "This form has logged a session already: 45 min, video, on 3 March 2026. Nothing was saved now.",
    )
    assert len(meetings()) == 1
    fields = form_to(address, asked).fields
    changed |= {name: fields[name][0] for name in ("form_key", "before")} | {"again": again}
    assert mentor.post(address, data=changed).status_code == 303
    assert [one.minutes for one in meetings() if not one.withdrawn_at] == standing


def test_a_confirmed_session_is_not_withdrawn_by_a_tap(mentor, meeting, confirmed, meetings, session, placement, mails):
    page = shown(mentor.get(f"/sessions/{meeting.id}"))
    assert TAKE_BACK not in page.buttons
    page = shown(mentor.get(page.link(TAKE_BACK)))
    name = placement.learner.name
    assert page.paragraphs[0] == (
        f"{name} confirmed this session of 1 h on 3 March 2026, so it counts. Without it {name} has 0 h of supervision "
        "in this placement instead of 1 h."
    )
    answer = mentor.post(f"/sessions/{meeting.id}/withdraw")
    assert answer.status_code == 422
    assert shown(answer).complaint == (
        REASON,
        f"Enter why you withdraw it: {name} reads the reason",
    )
    assert meetings()[0].state is SessionState.CONFIRMED
    assert summary_of(session, placement).minutes[HoursCategory.SUPERVISION] == 60
    assert mails() == []


def test_both_are_told_why_a_confirmed_session_no_longer_counts(
    mentor, learner, meeting, confirmed, meetings, session, placement, mails
):
    answer = mentor.post(f"/sessions/{meeting.id}/withdraw", data={"reason": "It was another learner."})
    assert answer.status_code == 303
    assert meetings()[0].withdrawn_because == "It was another learner."
    assert summary_of(session, placement).total_minutes == 0
    assert [(to, subject) for to, subject, _ in mails()] == [
        (placement.learner.email, f"{placement.mentor.name} withdrew the session of 28 February 2026"),
        (placement.mentor.email, "You withdrew the session of 28 February 2026"),
    ]
    page = shown(mentor.get(answer.location))
    assert page.banner == "The session is withdrawn and no longer counts. You have both been told by email."
    assert shown(learner.get(f"/sessions/{meeting.id}")).paragraphs[0].endswith("The reason: It was another learner.")


def test_a_reason_that_looks_like_a_patients_details_is_asked_about(mentor, meeting, confirmed, meetings):
    data = {"reason": "It was about 943 476 5919."}
    page = shown(mentor.post(f"/sessions/{meeting.id}/withdraw", data=data))
    assert page.field(REASON).value == data["reason"]
    assert page.complaint[0] == SURE
    assert meetings()[0].state is SessionState.CONFIRMED


def test_a_correction_of_a_confirmed_session_says_that_it_counted(mentor, meeting, confirmed, session, look_again):

    mentor.post(f"/sessions/{meeting.id}/correct", data=sent(meeting.held_on, minutes="30"))
    look_again()
    [message] = session.scalars(select(Message))
    assert "You had confirmed it as it was, and that no longer counts." in message.body
