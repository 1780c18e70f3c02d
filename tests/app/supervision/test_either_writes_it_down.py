"""A learner writes a session down as well as a mentor: the other confirms it, questions it, or takes her yes back."""

import pytest
from sqlalchemy import select

from app.models.hours import HoursCategory, HoursEntry, HoursState
from app.models.operations.state_changes import StateChange
from app.models.supervision import ActionOwner, SessionState
from app.rules.record_totals import summary_of
from tests.app.supervision.test_supervision_sessions import CONFIRM, sent
from tests.in_between import in_between
from tests.screen import shown

TAKE_BACK = "It did not happen: withdraw it"


@pytest.fixture
def hers(learner, address, meetings, today):
    """A session that the learner has written down."""
    learner.post(address, data=sent(today, what_1="Send the log", owner_1="mentor"))
    return meetings()[0]


def supervision(session, placement):
    return summary_of(session, placement).minutes[HoursCategory.SUPERVISION]


def test_the_mentor_confirms_what_the_learner_has_written_down(
    session, learner, mentor, address, placement, meetings, mails, today
):
    form = shown(learner.get(address))
    assert form.heading == f"Log a session with {placement.mentor.name}"
    assert form.all_fields("Who does it?")[0].choices == ("Me", "The mentor")
    answer = learner.post(address, data=sent(today, what_1="Send the log", owner_1="mentor"))
    [meeting] = meetings()
    to = placement.mentor
    assert mails() == [(to.email, "Confirm the session of 3 March 2026", f"Hello {to.name},")]
    assert shown(learner.get(answer.location)).banner == (
        f"The session is logged. Next: {to.name} confirms it, then it counts."
    )
    assert [action.owner for action in meeting.actions] == [ActionOwner.MENTOR]
    assert supervision(session, placement) == 0
    page = shown(learner.get(f"/sessions/{meeting.id}"))
    assert page.paragraphs[0] == f"To confirm It counts once {to.name} has confirmed it."
    assert CONFIRM not in page.buttons
    task = shown(mentor.get("/")).item("Confirm the session of 3 March 2026")
    assert task.paragraphs == [f"45 min with {placement.learner.name}. Waiting since 3 March 2026."]
    assert mentor.post(f"/sessions/{meeting.id}/confirm").status_code == 303
    assert meetings()[0].state is SessionState.CONFIRMED
    assert supervision(session, placement) == 45
    page = shown(learner.get(f"/sessions/{meeting.id}"))
    assert page.paragraphs[0].startswith(f"Confirmed {to.name} confirmed it on 3 March 2026.")


def test_a_mentor_reads_whose_entry_a_yes_would_withdraw(build, session, mentor, hers, placement, mails, now):
    logged = {"category": HoursCategory.SUPERVISION, "minutes": 45, "did": "We met.", "reflection": ""}
    logged |= {"state": HoursState.SUBMITTED, "form_key": "k" * 16}
    build.add(HoursEntry(placement=placement, worked_on=hers.held_on, logged_at=now, **logged))
    session.commit()
    choices = shown(mentor.get(f"/sessions/{hers.id}")).all_fields("Is that the same meeting?")[0].choices
    assert choices[0] == f"Yes: withdraw the entry of {placement.learner.name}, so that it counts once"
    mentor.post(f"/sessions/{hers.id}/confirm", data={"same_meeting": "yes"})
    assert mails()[-1][:2] == (
        placement.learner.email,
        f"{placement.mentor.name} confirmed the session of 3 March 2026",
    )
    assert supervision(session, placement) == 45


def test_nobody_confirms_or_questions_what_she_has_written_down_herself(learner, hers, meetings):
    for deed in ("confirm", "question"):
        assert learner.post(f"/sessions/{hers.id}/{deed}", data={"comment": "Hm."}).status_code == 422
    assert meetings()[0].state is SessionState.TO_CONFIRM


def test_what_the_mentor_questions_the_learner_corrects(learner, mentor, hers, meetings, mails, placement, today):
    mails_before = len(mails())
    assert mentor.post(f"/sessions/{hers.id}/question", data={"comment": "It was an hour."}).status_code == 303
    to = placement.learner
    assert mails()[mails_before:] == [
        (to.email, f"{placement.mentor.name} says that a session is not right", f"Hello {to.name},")
    ]
    task = shown(learner.get("/")).item(f"Answer {placement.mentor.name} about the session of 3 March 2026")
    assert task.paragraphs == ["“It was an hour.” Correct the session or withdraw it."]
    learner.post(f"/sessions/{hers.id}/correct", data=sent(today, minutes="60", form_key="c" * 20))
    old, new = meetings()
    assert (old.state, new.state, new.corrects_id) == (SessionState.WITHDRAWN, SessionState.TO_CONFIRM, old.id)
    assert new.answerer.id == placement.mentor_id


def test_what_was_ticked_off_stays_so_in_a_correction(learner, mentor, hers, meetings, today):
    mentor.post(f"/actions/{hers.actions[0].id}/done")
    data = sent(today, minutes="60", form_key="c" * 20, what_1="Send the log", owner_1="mentor")
    learner.post(f"/sessions/{hers.id}/correct", data=data)
    assert [action.done_on for action in meetings()[1].actions] == [today]


def test_a_confirmed_session_can_be_taken_back_by_the_one_who_confirmed_it(
    session, learner, mentor, hers, meetings, mails, placement
):
    mentor.post(f"/sessions/{hers.id}/confirm")
    page = shown(mentor.get(f"/sessions/{hers.id}"))
    assert "Correct the session" not in page.links
    assert page.link(TAKE_BACK) == f"/sessions/{hers.id}/withdraw"
    asked = mentor.post(f"/sessions/{hers.id}/withdraw")
    assert asked.status_code == 422
    before = len(mails())
    assert mentor.post(f"/sessions/{hers.id}/withdraw", data={"reason": "Another learner."}).status_code == 303
    assert sorted(to for to, *_ in mails()[before:]) == sorted((placement.learner.email, placement.mentor.email))
    assert supervision(session, placement) == 0
    assert "Another learner." in shown(learner.get(f"/sessions/{hers.id}")).paragraphs[0]
    changes = session.scalars(select(StateChange).order_by(StateChange.number)).all()
    assert [(one.number, one.deed, one.state_after, one.party) for one in changes] == [
        (1, "confirmed a session", "confirmed", "one who answers"),
        (2, "withdrew a confirmed session", "withdrawn", "one who answers"),
    ]


def test_the_placement_page_tells_what_waits_for_whom(learner, mentor, hers, placement, meeting):
    page = shown(mentor.get(f"/placements/{placement.id}"))
    assert page.section("Sessions to confirm").links == ["Confirm the session of 3 March 2026"]
    assert page.section(f"Waiting for {placement.learner.name}").links[0] == "Session of 28 February 2026"
    page = shown(learner.get(f"/placements/{placement.id}"))
    assert page.section("Sessions to confirm").links == ["Confirm the session of 28 February 2026"]
    assert page.section(f"Waiting for {placement.mentor.name}").links[0] == "Session of 3 March 2026"


def test_both_who_log_the_same_meeting_at_once_are_asked(engine, learner, mentor, address, meetings, today):
    answers = in_between(
        engine,
        lambda: learner.post(address, data=sent(today, form_key="a" * 20)),
        lambda: mentor.post(address, data=sent(today, form_key="b" * 20)),
    )
    assert sorted(answer.status_code for answer in answers) == [303, 422]
    assert len(meetings()) == 1


def test_what_is_agreed_stands_on_the_home_page_of_who_does_it_until_it_is_done(
    learner, mentor, hers, placement, meetings, today
):
    task = shown(mentor.get("/")).item("Send the log")
    assert task.paragraphs == [f"Agreed with {placement.learner.name} on 3 March 2026."]
    assert not shown(learner.get("/")).says("Send the log")
    address = f"/actions/{hers.actions[0].id}"
    for _ in range(2):
        assert mentor.post(f"{address}/done").status_code == 303
    assert meetings()[0].actions[0].done_on == today
    assert not shown(mentor.get("/")).says("Send the log")
    mentor.post(f"{address}/not-done")
    assert shown(mentor.get("/")).says("Send the log")


def test_what_is_due_says_so(build, session, learner, meeting, today):
    action = meeting.actions[0]
    for due, words in ((today, "By 3 March 2026."), (meeting.held_on, "Was due on 28 February 2026.")):
        action.due_on = due
        session.commit()
        assert shown(learner.get("/")).item("Read the protocol").paragraphs[0].startswith(words)


def test_an_action_of_a_withdrawn_session_or_of_others_is_nobodys_to_tick(sign_in, build, mentor, meeting):
    address = f"/actions/{meeting.actions[0].id}/done"
    assert sign_in(build.learner()).post(address).status_code == 404
    mentor.post(f"/sessions/{meeting.id}/withdraw")
    assert mentor.post(address).status_code == 404
