"""A mentor logs sessions, the learner confirms or questions them, the mentor corrects or withdraws them."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.models.audit import AuditLine
from app.models.hours import HoursCategory, HoursEntry
from app.models.outbox import Message
from app.models.people import Role
from app.models.supervision import ActionOwner, AgreedAction, SessionForm, SessionState, SupervisionSession
from app.rules.record_totals import summary_of


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


@pytest.fixture
def placement(build):
    return build.placement()


@pytest.fixture
def address(placement):
    return f"/placements/{placement.id}/sessions/new"


@pytest.fixture
def mentor(sign_in, placement):
    return sign_in(placement.mentor)


@pytest.fixture
def learner(sign_in, placement):
    return sign_in(placement.learner)


@pytest.fixture
def meetings(session, look_again):
    def read():
        look_again()
        return session.scalars(select(SupervisionSession).order_by(SupervisionSession.id)).all()

    return read


@pytest.fixture
def meeting(session, build, placement, today, now):
    """A session that waits for its learner."""
    meeting = build.add(
        SupervisionSession(
            placement=placement,
            held_on=today - timedelta(days=3),
            minutes=60,
            form=SessionForm.IN_PERSON,
            topics="The protocol.",
            logged_by_id=placement.mentor_id,
            logged_at=now,
            form_key="first",
            actions=[AgreedAction(what="Read the protocol", owner=ActionOwner.LEARNER)],
        )
    )
    session.commit()
    return meeting


def test_a_session_is_logged_with_actions_and_the_learner_is_asked_to_confirm(
    mentor, address, placement, meetings, session, mails, today
):
    page = mentor.get(address).text
    assert f"Log a session with {placement.learner.name}" in page
    assert f'value="{today.day}"' in page
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
    assert f"Waiting for {placement.learner.name}" in mentor.get(answer.location).text


def test_the_same_form_sent_twice_counts_once(mentor, address, meetings, session, today):
    answers = [mentor.post(address, data=sent(today)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(meetings()) == 1
    assert len(session.scalars(select(Message)).all()) == 1


def test_what_was_agreed_before_can_be_ticked_off(mentor, address, meeting, meetings, today):
    assert "Read the protocol" in mentor.get(address).text
    mentor.post(address, data=sent(today, done=str(meeting.actions[0].id)))
    assert meetings()[0].actions[0].done_on == today
    assert "Read the protocol" not in mentor.get(address).text


def test_an_action_of_another_placement_cannot_be_ticked_off(sign_in, build, meeting, meetings, today):
    other = build.placement()
    answer = sign_in(other.mentor).post(
        f"/placements/{other.id}/sessions/new", data=sent(today, done=str(meeting.actions[0].id))
    )
    assert answer.status_code == 422
    assert meetings()[0].actions[0].done_on is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"minutes": None}, "Choose how long you met"),
        ({"minutes": "other"}, "Enter how many minutes you met"),
        ({"minutes": "other", "other_minutes": "-5"}, "Enter how many minutes you met"),
        ({"minutes": "other", "other_minutes": "an hour"}, "must be a whole number"),
        ({"minutes": "other", "other_minutes": "1441"}, "With this the day would have 24 h 1 min"),
        ({"minutes": "other", "other_minutes": "721"}, "more than 12 hours"),
        ({"how": None}, "Choose how you met"),
        ({"how": "by letter"}, "Choose one of the answers"),
        ({"topics": "  "}, "Enter what you talked about"),
        ({"topics": "About 943 476 5919."}, "looks like an NHS number"),
        ({"what_3": "Ring 943 476 5919", "owner_3": "mentor"}, "looks like an NHS number"),
        ({"what_1": "Read"}, "Choose who does it"),
        ({"owner_2": "mentor"}, "Enter what is to be done"),
        ({"what_1": "x" * 301, "owner_1": "mentor"}, "must be 300 characters or fewer"),
        ({"held_on-day": "30", "held_on-month": "2"}, "must be a real date"),
        ({"held_on-day": "4"}, "must be today or in the past"),
        ({"held_on-day": "1", "held_on-month": "1"}, "when the placement began"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_is_kept(mentor, address, meetings, today, changes, words):
    answer = mentor.post(address, data=sent(today, **({"topics": "Kept words."} | changes)))
    assert answer.status_code == 422
    assert words in answer.text
    if "topics" not in changes:
        assert "Kept words." in answer.text
    assert meetings() == []


def test_what_is_doubtful_is_saved_with_a_tick(mentor, address, meetings, today):
    data = sent(today, minutes="other", other_minutes="725", is_sure="y")
    assert mentor.post(address, data=data).status_code == 303
    assert meetings()[0].minutes == 725


def test_a_mentor_cannot_log_a_session_for_another_mentors_learner(sign_in, build, address, learner, meetings, today):
    stranger = sign_in(build.mentor())
    for method in ("get", "post"):
        assert getattr(stranger, method)(address, data=sent(today)).status_code == 404
        assert getattr(learner, method)(address, data=sent(today)).status_code == 403
    assert meetings() == []


def test_a_session_counts_once_its_learner_has_confirmed_it(learner, mentor, meeting, meetings, placement, session):
    assert "Confirm the session of 28 February 2026" in learner.get("/").text
    assert summary_of(session, placement).minutes[HoursCategory.SUPERVISION] == 0
    assert "Yes, confirm the session" in learner.get(f"/sessions/{meeting.id}").text
    answer = learner.post(f"/sessions/{meeting.id}/confirm")
    assert answer.status_code == 303
    assert meetings()[0].state is SessionState.CONFIRMED
    assert summary_of(session, placement).minutes[HoursCategory.SUPERVISION] == 60
    assert "Confirm the session" not in learner.get("/").text
    again = learner.post(f"/sessions/{meeting.id}/confirm")
    assert again.status_code == 422
    assert "This session was confirmed already" in again.text


@pytest.mark.parametrize(("same", "minutes"), [("yes", 60), ("no", 90)])
def test_the_same_meeting_logged_by_both_counts_once(
    learner, session, build, meeting, placement, look_again, now, same, minutes
):
    build.add(
        HoursEntry(
            placement=placement,
            worked_on=meeting.held_on,
            category=HoursCategory.SUPERVISION,
            minutes=30,
            did="Met my mentor.",
            logged_at=now,
            form_key="own",
        )
    )
    session.commit()
    assert "You have logged 30 min of supervision yourself" in learner.get(f"/sessions/{meeting.id}").text
    answer = learner.post(f"/sessions/{meeting.id}/confirm")
    assert answer.status_code == 422
    assert "Choose whether that is the same meeting" in answer.text
    look_again()
    assert meeting.state is SessionState.TO_CONFIRM
    assert learner.post(f"/sessions/{meeting.id}/confirm", data={"same_meeting": same}).status_code == 303
    look_again()
    assert summary_of(session, placement).minutes[HoursCategory.SUPERVISION] == minutes


def test_a_learner_says_what_is_not_right_and_the_mentor_is_told(learner, mentor, meeting, meetings, mails, placement):
    address = f"/sessions/{meeting.id}/question"
    answer = learner.post(address, data={"comment": " "})
    assert answer.status_code == 422
    assert "Enter what is not right" in answer.text
    answer = learner.post(address, data={"comment": "x" * 1001})
    assert "x" * 1001 in answer.text
    assert learner.post(address, data={"comment": "It was half an hour."}).status_code == 303
    assert meetings()[0].state is SessionState.DISPUTED
    subject = f"{placement.learner.name} says that a session is not right"
    assert mails() == [(placement.mentor.email, subject, f"Hello {placement.mentor.name},")]
    page = mentor.get("/").text
    assert f"Answer {placement.learner.name} about the session of 28 February 2026" in page
    assert "It was half an hour." in page
    assert "It was half an hour." in mentor.get(f"/sessions/{meeting.id}").text


def test_a_question_that_looks_like_a_patients_details_is_asked_about(sign_in, meeting, session, look_again):
    learner, address = sign_in(meeting.placement.learner), f"/sessions/{meeting.id}/question"
    comment = "We spoke about 943 476 5919."
    asked = learner.post(address, data={"comment": comment})
    assert asked.status_code == 422
    assert "looks like an NHS number" in asked.text
    assert comment in asked.text
    look_again()
    assert meeting.disputed_at is None
    learner.post(address, data={"comment": comment, "is_sure": "y"})
    look_again()
    assert meeting.dispute == comment


def test_a_correction_withdraws_the_session_and_is_a_new_one_to_confirm(
    learner, mentor, meeting, meetings, session, placement
):
    learner.post(f"/sessions/{meeting.id}/confirm")
    page = mentor.get(f"/sessions/{meeting.id}/correct").text
    assert "The protocol." in page
    assert 'value="Read the protocol"' in page
    answer = mentor.post(f"/sessions/{meeting.id}/correct", data=sent(meeting.held_on, minutes="30"))
    assert answer.status_code == 303
    old, new = meetings()
    assert (old.state, new.state) == (SessionState.WITHDRAWN, SessionState.TO_CONFIRM)
    assert (old.minutes, new.minutes, new.corrects_id) == (60, 30, old.id)
    assert summary_of(session, placement).minutes[HoursCategory.SUPERVISION] == 0
    assert f"/sessions/{new.id}" in learner.get(f"/sessions/{old.id}").text
    assert mentor.get(f"/sessions/{old.id}/correct").status_code == 303
    twice = mentor.post(f"/sessions/{old.id}/correct", data=sent(old.held_on, form_key="f" * 20))
    assert twice.status_code == 422
    assert "This session was withdrawn" in twice.text
    assert len(meetings()) == 2


def test_a_correction_that_is_refused_leaves_the_session_as_it_was(mentor, meeting, meetings, today):
    answer = mentor.post(f"/sessions/{meeting.id}/correct", data=sent(today + timedelta(days=1), topics="Kept."))
    assert answer.status_code == 422
    assert "Kept." in answer.text
    assert [one.state for one in meetings()] == [SessionState.TO_CONFIRM]


def test_a_correction_does_not_count_the_session_against_its_own_day(mentor, session, meeting, meetings):
    meeting.minutes = 13 * 60
    session.commit()
    data = sent(meeting.held_on, minutes="other", other_minutes=str(14 * 60), is_sure="y")
    assert mentor.post(f"/sessions/{meeting.id}/correct", data=data).status_code == 303


def test_a_withdrawn_session_stays_and_does_not_count(mentor, learner, meeting, meetings, session, mails, placement):
    learner.post(f"/sessions/{meeting.id}/confirm")
    assert mentor.post(f"/sessions/{meeting.id}/withdraw").status_code == 303
    assert meetings()[0].state is SessionState.WITHDRAWN
    assert summary_of(session, placement).total_minutes == 0
    subject, to = f"{placement.mentor.name} withdrew the session of 28 February 2026", placement.learner
    assert mails() == [(to.email, subject, f"Hello {to.name},")]
    assert mentor.post(f"/sessions/{meeting.id}/withdraw").status_code == 422
    for deed in ("confirm", "question"):
        answer = learner.post(f"/sessions/{meeting.id}/{deed}", data={"comment": "Hm."})
        assert answer.status_code == 422
        assert "This session was withdrawn" in answer.text


@pytest.mark.parametrize(
    ("deed", "method"),
    [
        ("", "get"),
        ("/confirm", "post"),
        ("/question", "get"),
        ("/question", "post"),
        ("/correct", "get"),
        ("/correct", "post"),
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
    if deed in ("/confirm", "/question"):
        assert getattr(sign_in(meeting.placement.mentor), method)(address).status_code == 403
    if deed in ("/correct", "/withdraw"):
        assert getattr(sign_in(meeting.placement.learner), method)(address).status_code == 403
    assert getattr(sign_in(build.coordinator(build.network())), method)(address).status_code == 403
    assert meetings()[0].state is SessionState.TO_CONFIRM


def test_a_mentor_sees_her_learners_and_is_reminded_of_those_not_met_for_a_month(sign_in, build, today, app, now):
    mentor = build.mentor()
    late = build.placement(mentor=mentor, learner=build.learner(name="Late Learner"))
    new = build.placement(mentor=mentor, learner=build.learner(name="New Learner"), starts_on=today)
    build.placement(
        mentor=mentor,
        learner=build.learner(name="Former Learner"),
        starts_on=today - timedelta(days=300),
        ends_on=today - timedelta(days=1),
    )
    browser = sign_in(mentor)
    page = browser.get("/my-learners").text
    assert "Earlier learners" in page
    assert page.index("Late Learner") < page.index("Earlier learners") < page.index("Former Learner")
    assert page.count("more than a month") == 1
    home = browser.get("/").text
    assert "Meet Late Learner: no session for 8 weeks" in home
    assert "Meet New Learner" not in home
    assert "Former Learner" not in home
    assert f"/placements/{late.id}/sessions/new" in home
    assert f"/placements/{new.id}" in home


def test_a_contribution_counts_confirmed_sessions_and_learners_by_year(sign_in, build, session, meeting, now):
    placement = meeting.placement
    placement.starts_on = date(2025, 11, 1)
    for day, is_withdrawn in ((date(2025, 12, 1), False), (date(2026, 1, 5), False), (date(2026, 2, 2), True)):
        build.add(
            SupervisionSession(
                placement=placement,
                held_on=day,
                minutes=90,
                form=SessionForm.PHONE,
                topics="Progress.",
                logged_by_id=placement.mentor_id,
                logged_at=now,
                form_key=str(day),
                confirmed_at=now,
                withdrawn_at=now if is_withdrawn else None,
            )
        )
    text = " ".join(sign_in(placement.mentor).get("/my-contribution").text.split())
    for year in (2025, 2026):
        cells = "".join(f'<td class="app-number">{cell}</td>' for cell in (1, 1, "1 h 30 min"))
        assert f'<th scope="row">{year}</th>{cells}' in text
    assert sign_in(placement.learner).get("/my-contribution").status_code == 403


@pytest.mark.parametrize("page", ["/my-learners", "/", "/placements", "/my-contribution"])
def test_the_mentors_pages_need_as_many_queries_for_many_learners_as_for_two(sign_in, build, queries, page):
    counts = []
    for number in (2, 8):
        mentor = build.mentor()
        for _ in range(number):
            build.placement(mentor=mentor)
        browser = sign_in(mentor)
        with queries() as statements:
            assert browser.get(page).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
