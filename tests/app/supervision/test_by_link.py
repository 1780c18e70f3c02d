"""The link of a mail opens one session for one person, once; confirming by it needs no account."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.models.hours import HoursCategory, HoursEntry, HoursState
from app.models.meetings.private_notes import PrivateNote
from app.models.operations.audit import AuditLine
from app.models.operations.outbox import Message
from app.models.supervision import SessionState
from app.supervision.confirm_links import LIFE
from tests.app.supervision.test_supervision_sessions import sent
from tests.screen import shown

OVER = "This link no longer works"
CONFIRM = "Yes, confirm the session"


@pytest.fixture
def links(session, look_again):
    """The paths of the links that were mailed, the oldest first."""

    def read():
        look_again()
        bodies = session.scalars(select(Message.body).order_by(Message.id)).all()
        return [path for body in bodies for path in re.findall(r"http://localhost(/confirm-session/\S+)", body)]

    return read


@pytest.fixture
def logged(mentor, address, placement, meetings, today):
    """A session that the mentor wrote down today, with what she noted for herself."""
    mentor.post(address, data=sent(today, what_1="Read the protocol", owner_1="learner", note="Seems tired."))
    return meetings()[0]


@pytest.fixture
def link(logged, links):
    (link,) = links()
    return link


def lines(session):
    session.rollback()
    return {line.deed: line.details for line in session.scalars(select(AuditLine)).all()}


def test_the_link_shows_who_one_is_taken_for_and_what_is_confirmed_and_no_private_note(
    client, link, placement, session
):
    page = shown(client.get(link))
    assert page.heading == "Is the session of 3 March 2026 right?"
    assert page.row("Talked about").value == "Consent and screening logs."
    assert page.row("Agreed").items == [f"Read the protocol ({placement.learner.name})"]
    assert page.says(f"You are taken for {placement.learner.name} ({placement.learner.email})")
    assert not page.says("Seems tired")
    assert session.scalars(select(PrivateNote.words)).all() == ["Seems tired."]


def test_looking_at_the_link_confirms_nothing_however_often_and_the_button_does(client, link, meetings, session):
    for _ in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert meetings()[0].state is SessionState.TO_CONFIRM
    answer = client.post(link)
    assert shown(answer).heading == "The session is confirmed"
    assert meetings()[0].state is SessionState.CONFIRMED
    assert lines(session)["confirmed a session"] == {"by_link": True}


def test_signed_in_the_audit_trail_does_not_say_that_it_was_by_a_link(learner, logged, session):
    learner.post(f"/sessions/{logged.id}/confirm")
    assert lines(session)["confirmed a session"] == {}


def test_the_link_works_once_and_says_kindly_what_to_do(client, link, meetings):
    client.post(link)
    confirmed_at = meetings()[0].confirmed_at
    for again in (client.get(link), client.post(link), client.get(f"{link}/question")):
        assert again.status_code == 422
        page = shown(again)
        assert page.heading == OVER
        assert page.link("Sign in") == "/"
        assert page.says("An answer that was given by it counts.")
        assert page.buttons == []
    assert meetings()[0].confirmed_at == confirmed_at


def test_by_the_link_a_session_is_questioned_with_words_and_its_author_is_told(
    client, link, meetings, mails, placement, session
):
    page = client.post(f"{link}/question", data={"comment": ""})
    assert page.status_code == 422
    answer = client.post(f"{link}/question", data={"comment": "It was half an hour."})
    assert shown(answer).heading == "Your words are on their way"
    [meeting] = meetings()
    assert (meeting.state, meeting.dispute) == (SessionState.DISPUTED, "It was half an hour.")
    assert mails()[-1][:2] == (placement.mentor.email, f"{placement.learner.name} says that a session is not right")
    assert lines(session)["questioned a session"] == {"by_link": True}
    assert shown(client.get(link)).heading == OVER


def test_what_looks_like_a_patient_is_asked_about_by_the_link_too_and_the_words_are_kept(client, link, meetings):
    answer = client.post(f"{link}/question", data={"comment": "It was about 943 476 5919."})
    assert answer.status_code == 422
    assert shown(answer).field("What is not right?").value == "It was about 943 476 5919."
    assert meetings()[0].state is SessionState.TO_CONFIRM


def test_own_supervision_of_that_day_is_asked_about_and_withdrawn_by_the_link(
    client, build, link, placement, session, now
):
    entry = build.add(
        HoursEntry(
            placement=placement,
            category=HoursCategory.SUPERVISION,
            state=HoursState.SUBMITTED,
            worked_on=date(2026, 3, 3),
            minutes=45,
            did="Met my mentor",
            logged_at=now,
            form_key="own",
        )
    )
    entry_id = entry.id
    session.commit()
    assert client.post(link).status_code == 422
    assert client.post(link, data={"same_meeting": "yes"}).status_code == 200
    session.rollback()
    assert session.get(HoursEntry, entry_id).withdrawn_at == now


def test_a_corrected_session_has_a_new_link_and_the_old_one_opens_nothing(
    client, mentor, logged, link, links, meetings, today
):
    mentor.post(f"/sessions/{logged.id}/correct", data=sent(today, minutes="60", form_key="another-key-0123456789"))
    old, new = links()
    assert old == link
    assert client.post(old).status_code == 422
    assert shown(client.get(new)).row("Time").value == "1 h, video"
    client.post(new)
    assert [one.state for one in meetings()] == [SessionState.WITHDRAWN, SessionState.CONFIRMED]


@pytest.mark.parametrize("how", ["another address", "account withdrawn", "role ended"])
def test_the_link_is_bound_to_the_address_and_to_the_part_of_its_reader(
    client, link, placement, session, now, meetings, how
):
    learner = placement.learner
    if how == "another address":
        learner.email = "moved@nowhere.example"
    elif how == "account withdrawn":
        learner.is_active = False
    else:
        for grant in learner.grants:
            grant.ended_at = now
    session.commit()
    assert shown(client.get(link)).heading == OVER
    assert client.post(link).status_code == 422
    assert meetings()[0].state is SessionState.TO_CONFIRM


def test_a_link_that_is_too_old_can_be_asked_for_again_once_and_goes_to_the_same_address(
    app, client, link, links, placement, now, mails, meetings
):
    app.config["NOW"] = lambda: now + LIFE + timedelta(minutes=1)
    page = shown(client.get(link))
    assert page.heading == OVER
    assert page.button("Send me a new link").action == f"{link}/again"
    assert client.post(link).status_code == 422
    assert shown(client.post(f"{link}/again")).heading == "A new link is on its way"
    assert mails()[-1][:2] == (placement.learner.email, "Confirm the session of 3 March 2026")
    assert client.post(f"{link}/again").status_code == 422
    _, new = links()
    client.post(new)
    assert meetings()[0].state is SessionState.CONFIRMED


def test_a_link_that_is_still_good_or_was_used_is_not_sent_again(client, link, links):
    assert client.post(f"{link}/again").status_code == 422
    client.post(link)
    assert client.post(f"{link}/again").status_code == 422
    assert len(links()) == 1


def test_nobody_guesses_a_link(client, logged):
    assert client.get("/confirm-session/guessed").status_code == 422
    assert client.post("/confirm-session/guessed").status_code == 422


def test_a_mentor_confirms_what_the_learner_wrote_by_the_link(
    learner, client, address, links, meetings, placement, today
):
    learner.post(address, data=sent(today))
    (link,) = links()
    assert shown(client.get(link)).says(f"You are taken for {placement.mentor.name}")
    client.post(link)
    assert meetings()[0].state is SessionState.CONFIRMED
    assert meetings()[0].answered_by_id == placement.mentor_id


def test_who_writes_while_the_link_ends_keeps_her_words(client, learner, link, logged):
    learner.post(f"/sessions/{logged.id}/confirm")
    page = shown(client.post(f"{link}/question", data={"comment": "It was half an hour."}))
    assert page.heading == OVER
    assert page.section("What you wrote").says("It was half an hour.")
