"""A mentor logs sessions, the learner confirms or questions them, the mentor corrects or withdraws them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.models.hours import HoursCategory, HoursEntry, HoursState
from app.models.operations.audit import AuditLine
from app.models.operations.outbox import Message
from app.models.people import Role
from app.models.supervision import ActionOwner, SessionForm, SessionState
from app.rules.record_totals import summary_of
from tests.screen import shown

DATE, TIME, HOW, TOPICS = "Date", "How long did you meet?", "How did you meet?", "What did you talk about?"
AGREED_BEFORE, SAME, COMMENT = "Agreed before: what is done?", "Is that the same meeting?", "What is not right?"
SURE, SECOND_LOOK = "It is right as it is: save it", "If it is right as it is, tick the box and send it again."
THIRD_LOOK = "If it is right as it is, tick the box, say why and send it again."
NHS_NUMBER = (
    "“943 476 5919” looks like an NHS number. Take out whatever could identify a patient: write “a participant”, for "
    "instance."
)
WITHDRAWN = "This session was withdrawn. Look at the placement for the one that takes its place."
CONFIRM, TAKE_BACK = "Yes, confirm the session", "It did not happen: withdraw it"


def sent(day, **changes):
    values = {
        "held_on-day": day.day,
        "held_on-month": day.month,
        "held_on-year": day.year,
        "minutes": "45",
        "how": "video",
        "topics": "Consent and screening logs.",
        "form_key": "0123456789abcdef0123",
        **changes,
    }
    return {name: value for name, value in values.items() if value is not None}


def test_a_session_is_logged_with_actions_and_the_learner_is_asked_to_confirm(
    mentor, address, placement, meetings, session, mails, today
):
    form = shown(mentor.get(address))
    assert form.heading == f"Log a session with {placement.learner.name}"
    assert form.field(DATE).value == "3 3 2026"
    assert AGREED_BEFORE not in form.fields
    data = sent(today, what_1="Read the protocol", owner_1="learner", what_2="Send the log", owner_2="mentor")
    data |= {"due_1-day": "20", "due_1-month": "3", "due_1-year": "2026"}
    answer = mentor.post(address, data=data)
    (meeting,) = meetings()
    assert answer.location == f"/placements/{placement.id}"
    assert (meeting.minutes, meeting.form, meeting.state) == (45, SessionForm.VIDEO, SessionState.TO_CONFIRM)
    assert [(a.what, a.owner, a.due_on) for a in meeting.actions] == [
        ("Read the protocol", ActionOwner.LEARNER, date(2026, 3, 20)),
        ("Send the log", ActionOwner.MENTOR, None),
    ]
    to = placement.learner
    assert mails() == [(to.email, "Confirm the session of 3 March 2026", f"Hello {to.name},")]
    assert "logged a session" in session.scalars(select(AuditLine.deed)).all()
    page = shown(mentor.get(answer.location))
    assert page.banner == f"The session is logged. Next: {placement.learner.name} confirms it, then it counts."
    [line] = page.section(f"Waiting for {placement.learner.name}").lines
    assert line.link("Session of 3 March 2026") == f"/sessions/{meeting.id}"
    assert line.paragraphs == [f"45 min, video. It counts once {placement.learner.name} has confirmed it."]
    assert page.section("Record").tags == ["To confirm"]


def test_the_same_form_sent_twice_counts_once(mentor, address, meetings, session, today):
    answers = [mentor.post(address, data=sent(today)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(meetings()) == 1
    assert len(session.scalars(select(Message)).all()) == 1


def test_what_was_agreed_before_can_be_ticked_off(mentor, address, meeting, meetings, today):
    assert shown(mentor.get(address)).field(AGREED_BEFORE).choices == ("Read the protocol",)
    mentor.post(address, data=sent(today, done=str(meeting.actions[0].id)))
    assert meetings()[0].actions[0].done_on == today
    assert AGREED_BEFORE not in shown(mentor.get(address)).fields
    agreed = shown(mentor.get(f"/sessions/{meeting.id}")).row("Agreed")
    assert agreed.items == [f"Read the protocol ({meeting.placement.learner.name}): done"]


def test_an_action_of_another_placement_cannot_be_ticked_off(sign_in, build, meeting, meetings, today):
    other = build.placement()
    answer = sign_in(other.mentor).post(
        f"/placements/{other.id}/sessions/new", data=sent(today, done=str(meeting.actions[0].id))
    )
    assert answer.status_code == 422
    assert meetings()[0].actions[0].done_on is None


@pytest.mark.parametrize(
    ("changes", "label", "message"),
    [
        ({"minutes": None}, TIME, "Choose how long you met"),
        ({"minutes": "other"}, "Time", "Enter the time like 7 h 30 min, 7:30, 7.5 or 90 min"),
        ({"minutes": "other", "other_time": "0"}, "Time", "The time must be more than 0 minutes."),
        ({"minutes": "other", "other_time": "-5"}, "Time", "Enter the time like 7 h 30 min, 7:30, 7.5 or 90 min"),
        ({"minutes": "other", "other_time": "long"}, "Time", "Enter the time like 7 h 30 min, 7:30, 7.5 or 90 min"),
        ({"minutes": "other", "other_time": "50"}, "Time", "Say whether 50 is hours or minutes, like 50 min"),
        (
            {"minutes": "other", "other_time": "1441 min"},
            TIME,
            "With this the day would have 24 h 1 min. Check the date and the time.",
        ),
        (
            {"minutes": "other", "other_time": "721 min"},
            SURE,
            f"That makes 12 h 1 min in one entry, which is more than 12 hours. {SECOND_LOOK}",
        ),
        ({"how": None}, HOW, "Choose how you met"),
        ({"how": "by letter"}, HOW, "Choose how you met"),
        ({"topics": "  "}, TOPICS, "Enter what you talked about, in a few words"),
        ({"topics": "x" * 4001}, TOPICS, "What you talked about must be 4,000 characters or fewer"),
        ({"topics": "About 943 476 5919."}, SURE, f"{NHS_NUMBER} {THIRD_LOOK}"),
        ({"what_3": "Ring 943 476 5919", "owner_3": "mentor"}, SURE, f"{NHS_NUMBER} {THIRD_LOOK}"),
        ({"held_on-day": "30", "held_on-month": "2"}, DATE, "Date must be a real date, like 3 3 2026"),
        ({"held_on-day": "4"}, DATE, "The date must be today or in the past."),
        (
            {"held_on-day": "1", "held_on-month": "1"},
            DATE,
            "The date must be on or after 2 January 2026, when the placement began.",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_is_kept(
    mentor, address, meetings, today, changes, label, message
):
    answer = mentor.post(address, data=sent(today, **({"topics": "Kept words."} | changes)))
    assert answer.status_code == 422
    page = shown(answer)
    assert page.complaint == (label, message)
    assert page.field(TOPICS).value == changes.get("topics", "Kept words.").strip()
    assert meetings() == []


@pytest.mark.parametrize(
    ("changes", "label", "messages"),
    [
        ({"what_1": "Read"}, "Who does it?", ["Choose who does it", "", ""]),
        ({"owner_2": "mentor"}, "Action", ["", "Enter what is to be done, or clear who does it and when", ""]),
        (
            {"due_3-day": "1", "due_3-month": "4", "due_3-year": "2026"},
            "Action",
            ["", "", "Enter what is to be done, or clear who does it and when"],
        ),
        ({"what_1": "x" * 301, "owner_1": "mentor"}, "Action", ["An action must be 300 characters or fewer", "", ""]),
        (
            {"what_1": "Read", "owner_1": "mentor", "due_1-day": "30", "due_1-month": "2", "due_1-year": "2026"},
            "Due (optional)",
            ["Due must be a real date, like 3 3 2026", "", ""],
        ),
    ],
)
def test_an_action_that_is_not_whole_is_refused_at_its_place(
    mentor, address, meetings, today, changes, label, messages
):
    answer = mentor.post(address, data=sent(today, **changes))
    assert answer.status_code == 422
    page = shown(answer)
    assert [field.error for field in page.all_fields(label)] == messages
    assert page.errors == {message: label for message in messages if message}
    assert meetings() == []


def test_what_is_doubtful_is_saved_with_a_tick(mentor, address, meetings, today):
    data = sent(today, minutes="other", other_time="12:05", is_sure="y")
    assert mentor.post(address, data=data).status_code == 303
    assert meetings()[0].minutes == 725


def test_nobody_logs_a_session_of_a_placement_of_others(sign_in, build, address, meetings, today):
    strangers = sign_in(build.mentor()), sign_in(build.learner())
    for method in ("get", "post"):
        assert [getattr(one, method)(address, data=sent(today)).status_code for one in strangers] == [404, 404]
    assert meetings() == []


def test_a_session_counts_once_its_learner_has_confirmed_it(learner, mentor, meeting, meetings, placement, session):
    task = shown(learner.get("/")).item("Confirm the session of 28 February 2026")
    assert task.link("Confirm the session of 28 February 2026") == f"/sessions/{meeting.id}"
    assert task.paragraphs == [f"1 h with {placement.mentor.name}. Waiting since 3 March 2026."]
    assert summary_of(session, placement).minutes[HoursCategory.SUPERVISION] == 0
    page = shown(learner.get(f"/sessions/{meeting.id}"))
    assert page.paragraphs[0] == "To confirm It counts once you have confirmed it."
    assert page.button(CONFIRM).action == f"/sessions/{meeting.id}/confirm"
    assert SAME not in page.fields
    answer = learner.post(f"/sessions/{meeting.id}/confirm")
    assert answer.status_code == 303
    assert meetings()[0].state is SessionState.CONFIRMED
    assert summary_of(session, placement).minutes[HoursCategory.SUPERVISION] == 60
    assert shown(learner.get("/")).texts("ol > li > a") == [
        f"Write the learning agreement with {placement.mentor.name}",
        "Read the protocol",
        "Log your hours",
    ]
    page = shown(learner.get(f"/sessions/{meeting.id}"))
    assert page.paragraphs[0] == "Confirmed You confirmed it on 3 March 2026. It counts as supervision."
    assert CONFIRM not in page.buttons
    page = shown(mentor.get(f"/sessions/{meeting.id}"))
    assert page.paragraphs[0] == (
        f"Confirmed {placement.learner.name} confirmed it on 3 March 2026. It counts as supervision."
    )
    again = learner.post(f"/sessions/{meeting.id}/confirm")
    assert again.status_code == 422
    assert shown(again).paragraphs[0] == (
        "This session was confirmed already. If it is wrong, ask the mentor to correct it."
    )


def test_the_day_since_when_a_session_waits_is_the_day_in_london(learner, session, meeting):
    meeting.logged_at = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)
    session.commit()
    task = shown(learner.get("/")).item("Confirm the session of 28 February 2026")
    assert task.paragraphs[0].endswith("Waiting since 2 June 2026.")


@pytest.mark.parametrize(("same", "minutes"), [("yes", 60), ("no", 90)])
def test_the_same_meeting_logged_by_both_counts_once(
    learner, session, build, meeting, placement, look_again, now, same, minutes
):
    build.add(
        HoursEntry(
            placement=placement,
            state=HoursState.SUBMITTED,
            worked_on=meeting.held_on,
            category=HoursCategory.SUPERVISION,
            minutes=30,
            did="Met my mentor.",
            logged_at=now,
            form_key="own",
        )
    )
    session.commit()
    question = shown(learner.get(f"/sessions/{meeting.id}")).section("Is this right?")
    assert question.paragraphs[0] == "You have logged 30 min of supervision yourself on this day."
    assert question.field(SAME).chosen == ()
    answer = learner.post(f"/sessions/{meeting.id}/confirm")
    assert answer.status_code == 422
    assert shown(answer).complaint == (SAME, "Choose whether that is the same meeting")
    look_again()
    assert meeting.state is SessionState.TO_CONFIRM
    assert learner.post(f"/sessions/{meeting.id}/confirm", data={"same_meeting": same}).status_code == 303
    look_again()
    assert summary_of(session, placement).minutes[HoursCategory.SUPERVISION] == minutes


def test_a_learner_says_what_is_not_right_and_the_mentor_is_told(learner, mentor, meeting, meetings, mails, placement):
    address = f"/sessions/{meeting.id}/question"
    assert shown(learner.get(f"/sessions/{meeting.id}")).link("No, something is not right") == address
    answer = learner.post(address, data={"comment": " "})
    assert answer.status_code == 422
    assert shown(answer).complaint == (COMMENT, "Enter what is not right, so that it can be corrected")
    page = shown(learner.post(address, data={"comment": "x" * 1001}))
    assert page.complaint == (COMMENT, "What is not right must be 1,000 characters or fewer")
    assert page.field(COMMENT).value == "x" * 1001
    assert learner.post(address, data={"comment": "It was half an hour."}).status_code == 303
    assert meetings()[0].state is SessionState.DISPUTED
    subject = f"{placement.learner.name} says that a session is not right"
    assert mails() == [(placement.mentor.email, subject, f"Hello {placement.mentor.name},")]
    who = placement.learner.name
    task = shown(mentor.get("/")).item(f"Answer {who} about the session of 28 February 2026")
    assert task.paragraphs == ["“It was half an hour.” Correct the session or withdraw it."]
    page = shown(mentor.get(f"/sessions/{meeting.id}"))
    assert page.insets == [f"{who} writes on 3 March 2026: It was half an hour."]
    assert page.paragraphs[0] == f"Questioned It counts once {who} has confirmed it."
    page = shown(learner.get(f"/sessions/{meeting.id}"))
    assert page.insets == ["You wrote on 3 March 2026: It was half an hour."]
    assert CONFIRM in page.buttons


def test_a_question_that_looks_like_a_patients_details_is_asked_about(sign_in, meeting, session, look_again):
    learner, address = sign_in(meeting.placement.learner), f"/sessions/{meeting.id}/question"
    comment = "We spoke about 943 476 5919."
    asked = learner.post(address, data={"comment": comment})
    assert asked.status_code == 422
    page = shown(asked)
    assert page.complaint == (SURE, f"{NHS_NUMBER} {THIRD_LOOK}")
    assert page.field(COMMENT).value == comment
    look_again()
    assert meeting.disputed_at is None
    learner.post(address, data={"comment": comment, "is_sure": "y", "why_sure": "It is a made-up number."})
    look_again()
    assert meeting.dispute == comment


def test_a_correction_withdraws_the_session_and_is_a_new_one_to_confirm(
    learner, mentor, meeting, meetings, session, placement
):
    learner.post(f"/sessions/{meeting.id}/confirm")
    form = shown(mentor.get(f"/sessions/{meeting.id}/correct"))
    assert form.heading == f"Correct the session with {placement.learner.name}"
    assert [form.field(label).value for label in (DATE, TIME, HOW, TOPICS)] == [
        "28 2 2026",
        "1 hour",
        "In person",
        "The protocol.",
    ]
    assert [field.value for field in form.all_fields("Action")] == ["Read the protocol", "", ""]
    assert [field.chosen for field in form.all_fields("Who does it?")] == [("The learner",), (), ()]
    answer = mentor.post(f"/sessions/{meeting.id}/correct", data=sent(meeting.held_on, minutes="30"))
    assert answer.status_code == 303
    old, new = meetings()
    assert (old.state, new.state) == (SessionState.WITHDRAWN, SessionState.TO_CONFIRM)
    assert (old.minutes, new.minutes, new.corrects_id) == (60, 30, old.id)
    assert summary_of(session, placement).minutes[HoursCategory.SUPERVISION] == 0
    page = shown(learner.get(f"/sessions/{old.id}"))
    assert page.paragraphs[0] == (
        "Withdrawn Withdrawn on 3 March 2026; it does not count. See the session that takes its place"
    )
    assert page.link("See the session that takes its place") == f"/sessions/{new.id}"
    page = shown(learner.get(f"/sessions/{new.id}"))
    assert page.row("Logged").link("correcting an earlier one") == f"/sessions/{old.id}"
    assert page.row("Agreed").value == "Nothing new"
    assert mentor.get(f"/sessions/{old.id}/correct").status_code == 303
    twice = mentor.post(f"/sessions/{old.id}/correct", data=sent(old.held_on, form_key="f" * 20))
    assert twice.status_code == 409
    page = shown(twice)
    assert page.errors == {
        "You corrected this session after you had opened this page: it is now 30 min, video, on 28 February 2026. "
        "Nothing was saved now: send it again if this page is right.": "",
    }
    assert page.field(TOPICS).value == "Consent and screening logs."
    assert len(meetings()) == 2


def test_a_correction_that_is_refused_leaves_the_session_as_it_was(mentor, meeting, meetings, today):
    answer = mentor.post(f"/sessions/{meeting.id}/correct", data=sent(today + timedelta(days=1), topics="Kept."))
    assert answer.status_code == 422
    page = shown(answer)
    assert page.complaint == (DATE, "The date must be today or in the past.")
    assert page.field(TOPICS).value == "Kept."
    assert [one.state for one in meetings()] == [SessionState.TO_CONFIRM]


def test_a_correction_does_not_count_the_session_against_its_own_day(mentor, session, meeting, meetings):
    meeting.minutes = 13 * 60
    session.commit()
    data = sent(meeting.held_on, minutes="other", other_time="14 h", is_sure="y")
    assert mentor.post(f"/sessions/{meeting.id}/correct", data=data).status_code == 303


def test_a_withdrawn_session_stays_and_does_not_count(mentor, learner, meeting, meetings, session, mails, placement):
    assert shown(mentor.get(f"/sessions/{meeting.id}")).button(TAKE_BACK).action == f"/sessions/{meeting.id}/withdraw"
    assert mentor.post(f"/sessions/{meeting.id}/withdraw").status_code == 303
    assert meetings()[0].state is SessionState.WITHDRAWN
    assert summary_of(session, placement).total_minutes == 0
    subject, to = f"{placement.mentor.name} withdrew the session of 28 February 2026", placement.learner
    assert mails() == [(to.email, subject, f"Hello {to.name},")]
    assert mentor.post(f"/sessions/{meeting.id}/withdraw").status_code == 422
    for deed in ("confirm", "question"):
        answer = learner.post(f"/sessions/{meeting.id}/{deed}", data={"comment": "Hm."})
        assert answer.status_code == 422
        assert WITHDRAWN in {shown(answer).paragraphs[0], *shown(answer).errors}


@pytest.mark.parametrize(
    ("deed", "method"),
    [
        ("", "get"),
        ("/confirm", "post"),
        ("/question", "get"),
        ("/question", "post"),
        ("/correct", "get"),
        ("/correct", "post"),
        ("/withdraw", "get"),
        ("/withdraw", "post"),
    ],
)
def test_strangers_do_not_find_a_session_and_each_side_has_its_own_deeds(
    sign_in, build, session, meeting, meetings, deed, method
):
    both = build.mentor()
    build.grant(both, Role.LEARNER)
    address = f"/sessions/{meeting.id}{deed}"
    assert getattr(sign_in(both), method)(address, data={"comment": "Hm."}).status_code == 404
    not_hers = meeting.placement.mentor if deed in ("/confirm", "/question") else meeting.placement.learner
    if deed:
        data = sent(meeting.held_on) | {"comment": "Hm.", "reason": "Hm."}
        answer = getattr(sign_in(not_hers), method)(address, data=data)
        assert answer.status_code == (303 if method == "get" else 422)
    assert getattr(sign_in(build.coordinator(build.network())), method)(address).status_code == 403
    assert meetings()[0].state is SessionState.TO_CONFIRM


def test_who_mentors_no_longer_reaches_no_session_of_then_also_where_she_is_a_learner_now(
    sign_in, session, build, placement, meeting, address
):
    mentor = placement.mentor
    build.grant(mentor, Role.LEARNER)
    browser = sign_in(mentor)
    addresses = (address, f"/sessions/{meeting.id}", f"/placements/{placement.id}/planned-sessions/new")
    before = [browser.get(one).status_code for one in addresses]
    next(grant for grant in mentor.grants if grant.role is Role.MENTOR).ended_at = build.now
    session.commit()
    assert [browser.get(one).status_code for one in addresses] == [404, 404, 404]
    assert browser.post(address, data={}).status_code == 404
    assert not shown(browser.get("/")).says(placement.learner.name)
    assert before == [200, 200, 200]
