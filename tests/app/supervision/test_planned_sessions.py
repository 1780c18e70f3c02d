"""A session is planned by either, moved or cancelled with a word to the other, and recorded once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.models.meetings.planned import PlannedSession, PlanState
from app.models.operations.audit import AuditLine
from app.models.operations.state_changes import StateChange
from app.models.placements import Pause
from app.models.supervision import SessionForm, SupervisionSession
from app.rules.record_totals import summary_of
from app.rules.timeline import number_on_record
from app.supervision.contribution.figures import sessions_by_year
from tests.app.supervision.test_supervision_sessions import sent
from tests.in_between import in_between
from tests.pages import form_to
from tests.screen import shown

WHEN, PLACE, AGENDA = "When do you meet?", "Place or link (optional)", "Agenda (optional)"


def planned(day=5, month=3, year=2026, time="2pm", **changes):
    values = {
        "starts_at-day": day,
        "starts_at-month": month,
        "starts_at-year": year,
        "starts_at-time": time,
        "minutes": "60",
        "how": "video",
        "place": "https://meet.example/rpe",
        "agenda": "The protocol.",
        "form_key": "0123456789abcdef0123",
    }
    return values | changes


@pytest.fixture
def plans(session, look_again):
    def read():
        look_again()
        return session.scalars(select(PlannedSession).order_by(PlannedSession.id)).all()

    return read


@pytest.fixture
def planning(placement):
    return f"/placements/{placement.id}/planned-sessions/new"


@pytest.fixture
def plan(build, session, placement):
    """A session that is planned for tomorrow."""
    plan = build.planned_session(placement)
    session.commit()
    return plan


@pytest.fixture
def due(build, session, placement, now):
    """A planned session whose time has come."""
    plan = build.planned_session(placement, starts_at=now - timedelta(hours=2))
    session.commit()
    return plan


@pytest.mark.parametrize("by_learner", [True, False])
def test_either_plans_a_session_and_both_see_it_on_their_home_page(
    learner, mentor, placement, planning, plans, mails, by_learner
):
    actor, other = (placement.learner, placement.mentor) if by_learner else (placement.mentor, placement.learner)
    browser = learner if by_learner else mentor
    assert shown(browser.get(planning)).heading == f"Plan a session with {other.name}"
    answer = browser.post(planning, data=planned())
    [plan] = plans()
    assert answer.location == f"/planned-sessions/{plan.id}"
    assert (plan.starts_at, plan.minutes, plan.form) == (datetime(2026, 3, 5, 14, tzinfo=UTC), 60, SessionForm.VIDEO)
    assert (plan.state, plan.planned_by_id) == (PlanState.PLANNED, actor.id)
    assert mails() == [(other.email, "A session is planned on 5 March 2026 at 2pm", f"Hello {other.name},")]
    for person, who in ((learner, placement.mentor), (mentor, placement.learner)):
        item = (
            shown(person.get("/")).section("How things stand").item(f"Session with {who.name} on 5 March 2026 at 2pm")
        )
        assert item.paragraphs == ["1 h, video, https://meet.example/rpe."]
        planned_there = shown(person.get(f"/placements/{placement.id}")).section("Planned sessions")
        assert planned_there.link("Session on 5 March 2026, 2pm") == f"/planned-sessions/{plan.id}"
    page = shown(learner.get(f"/planned-sessions/{plan.id}"))
    assert page.row("Agenda").value == "The protocol."
    assert page.row("Place or link").link("https://meet.example/rpe") == "https://meet.example/rpe"


def test_the_same_form_sent_twice_plans_once(learner, planning, plans, mails):
    assert [learner.post(planning, data=planned()).status_code for _ in range(2)] == [303, 303]
    assert len(plans()) == 1
    assert len(mails()) == 1


def test_a_place_that_is_no_address_is_no_link(build, session, learner, placement):
    plan = build.planned_session(placement, place="javascript:alert(1)")
    session.commit()
    page = shown(learner.get(f"/planned-sessions/{plan.id}"))
    assert page.row("Place or link").value == "javascript:alert(1)"
    assert "javascript:alert(1)" not in page.links


@pytest.mark.parametrize(
    ("changes", "label", "message"),
    [
        ({"time": ""}, WHEN, "The date must include a time, like 2pm"),
        ({"time": "late"}, WHEN, "The time: the time must be like 9am or 5:30pm"),
        ({"day": 29, "time": "1:30am"}, WHEN, "The time: there is no 1:30am on 29 March 2026, when the clocks go "),
        ({"day": 3, "time": "9am"}, WHEN, "Choose a time that is still to come. If you have met already, log the "),
        ({"month": 11}, WHEN, "The placement runs from 2 January 2026 to 29 October 2026: choose a day within it."),
        ({"place": "x" * 501}, PLACE, "The place or link must be 500 characters or fewer"),
        ({"agenda": "x" * 4001}, AGENDA, "The agenda must be 4,000 characters or fewer"),
        ({"agenda": "About 943 476 5919."}, "It is right as it is: save it", "“943 476 5919” looks like an NHS number"),
    ],
)
def test_what_cannot_be_planned_is_refused_and_what_was_typed_is_kept(
    learner, planning, plans, changes, label, message
):
    answer = learner.post(planning, data=planned(**{"place": "Room 3"} | changes))
    assert answer.status_code == 422
    page = shown(answer)
    assert page.complaint[0] == label
    assert page.complaint[1].startswith(message)
    assert page.field(PLACE).value == changes.get("place", "Room 3")
    assert plans() == []


def test_nothing_is_planned_within_a_pause(session, learner, planning, placement, plans, today):
    placement.pauses.append(Pause(starts_on=today, resumes_on=today + timedelta(days=7)))
    session.commit()
    answer = learner.post(planning, data=planned())
    assert shown(answer).complaint == (
        WHEN,
        "The placement is paused then: choose 10 March 2026, when it goes on, or a later day.",
    )
    assert plans() == []


def test_a_second_plan_at_that_time_is_asked_about(learner, mentor, planning, plans):
    learner.post(planning, data=planned())
    answer = mentor.post(planning, data=planned(time="2:30pm", form_key="f" * 20))
    assert answer.status_code == 422
    assert shown(answer).says("You have planned a session on 5 March 2026 at 2pm already.")
    assert len(plans()) == 1


def test_a_planned_session_counts_nowhere(session, learner, due, plan, placement):
    before = summary_of(session, placement)
    assert (before.total_minutes, before.last_session_on, before.waiting_sessions) == (0, None, 0)
    assert number_on_record(session, placement) == 0
    assert sessions_by_year(session, placement.mentor) == {}
    page = shown(learner.get(f"/placements/{placement.id}"))
    assert "Nothing is on the record yet." in page.section("Record").paragraphs


def test_a_move_is_mailed_and_a_change_of_the_agenda_alone_is_not(learner, mentor, plan, plans, mails, placement):
    address = f"/planned-sessions/{plan.id}/change"
    form = shown(learner.get(address))
    assert (form.field(WHEN).value, form.field(AGENDA).value) == ("4 3 2026 midday", "The protocol.")
    same = planned(day=4, time="midday", place="")
    assert learner.post(address, data=same | {"agenda": "Consent."}).status_code == 303
    assert plans()[0].agenda == "Consent."
    assert mails() == []
    assert learner.post(address, data=same | {"agenda": "Consent.", "starts_at-day": "6"}).status_code == 303
    to = placement.mentor
    assert mails() == [(to.email, "Your session is moved: it is on 6 March 2026 at midday", f"Hello {to.name},")]
    assert shown(mentor.get("/")).says("Session with")


def test_what_the_other_changed_meanwhile_is_told_and_not_overwritten(learner, mentor, plan, plans):
    address = f"/planned-sessions/{plan.id}/change"
    made_from = form_to(address, learner.get(address)).fields["made_from"][0]
    same = planned(day=4, time="midday", place="")
    mentor.post(address, data=same | {"agenda": "Consent."})
    answer = learner.post(address, data=same | {"agenda": "The protocol, page 3.", "made_from": made_from})
    assert answer.status_code == 409
    assert shown(answer).says("was changed by")
    assert plans()[0].agenda == "Consent."


def test_a_cancelled_session_is_mailed_with_the_reason_and_leaves_both_home_pages(
    learner, mentor, plan, plans, mails, placement, session
):
    address = f"/planned-sessions/{plan.id}"
    assert shown(mentor.get(f"{address}/cancel")).heading == "Cancel the session on 4 March 2026, midday"
    assert mentor.post(f"{address}/cancel", data={"reason": "I am ill."}).status_code == 303
    assert plans()[0].state is PlanState.CANCELLED
    to = placement.learner
    assert mails() == [(to.email, "The session on 4 March 2026 at midday is cancelled", f"Hello {to.name},")]
    assert "I am ill." in shown(learner.get(address)).paragraphs[0]
    for browser in (learner, mentor):
        assert not shown(browser.get("/")).says("Session with")
    assert mentor.post(f"{address}/cancel").status_code == 409
    assert learner.post(f"{address}/change", data=planned()).status_code == 409
    assert learner.get(f"{address}/change").location == address
    changes = session.scalars(select(StateChange)).all()
    assert [(one.deed, one.reason, one.party) for one in changes] == [
        ("cancelled a planned session", "I am ill.", "mentor")
    ]
    reasons = session.scalars(select(AuditLine).where(AuditLine.deed == "cancelled a planned session")).all()
    assert [one.details for one in reasons] == [{}]


def test_one_whose_time_has_come_asks_both_to_record_or_cancel_it(learner, mentor, due, placement):
    for browser, other in ((learner, placement.mentor), (mentor, placement.learner)):
        item = shown(browser.get("/")).item(f"Record or cancel the session of 3 March 2026 with {other.name}")
        assert item.links == [f"Record or cancel the session of 3 March 2026 with {other.name}"]
    page = shown(learner.get(f"/planned-sessions/{due.id}"))
    assert page.link("Record the session") == f"/planned-sessions/{due.id}/record"


def test_one_to_come_is_not_recorded_yet(learner, plan, meetings):
    assert learner.get(f"/planned-sessions/{plan.id}/record").location == f"/planned-sessions/{plan.id}"
    answer = learner.post(f"/planned-sessions/{plan.id}/record", data=sent(date(2026, 3, 3)))
    assert answer.status_code == 422
    assert meetings() == []


def test_the_record_of_a_planned_session_begins_as_planned_and_is_made_once(
    learner, mentor, due, meetings, plans, today, placement
):
    address = f"/planned-sessions/{due.id}/record"
    form = shown(learner.get(address))
    assert form.heading == f"Record the session with {placement.mentor.name}"
    assert [form.field(one).value for one in ("Date", "How did you meet?", "What did you talk about?")] == [
        "3 3 2026",
        "Video",
        "The protocol.",
    ]
    data = sent(today, form_key="a" * 20)
    assert [learner.post(address, data=data).status_code for _ in range(2)] == [303, 303]
    [meeting] = meetings()
    assert (plans()[0].state, plans()[0].recorded_as_id) == (PlanState.RECORDED, meeting.id)
    late = mentor.post(address, data=sent(today, form_key="b" * 20, topics="Kept words."))
    assert late.status_code == 409
    page = shown(late)
    assert page.field("What did you talk about?").value == "Kept words."
    assert shown(late).says(
        f"{placement.learner.name} has recorded this session already: 45 min, video, on 3 March 2026."
    )
    assert page.link("See the session of 45 min on 3 March 2026") == f"/sessions/{meeting.id}"
    assert len(meetings()) == 1
    assert not shown(mentor.get("/")).says("Record or cancel")


def test_a_session_logged_for_the_day_of_a_plan_is_its_record(mentor, address, due, plan, plans, meetings, today):
    mentor.post(address, data=sent(today))
    recorded, to_come = sorted(plans(), key=lambda one: one.starts_at)
    assert (recorded.state, recorded.recorded_as_id) == (PlanState.RECORDED, meetings()[0].id)
    assert to_come.state is PlanState.PLANNED


def test_two_who_record_at_once_make_one_record(engine, learner, mentor, due, session, look_again, today):
    address = f"/planned-sessions/{due.id}/record"
    answers = in_between(
        engine,
        lambda: learner.post(address, data=sent(today, form_key="a" * 20)),
        lambda: mentor.post(address, data=sent(today, form_key="b" * 20)),
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    look_again()
    assert session.scalar(select(func.count()).select_from(SupervisionSession)) == 1


def test_a_plan_recorded_while_it_is_moved_is_one_of_the_two(engine, learner, mentor, due, plans, meetings, today):
    recorded, moved = in_between(
        engine,
        lambda: learner.post(f"/planned-sessions/{due.id}/record", data=sent(today, form_key="a" * 20)),
        lambda: mentor.post(f"/planned-sessions/{due.id}/change", data=planned()),
    )
    assert sorted((recorded.status_code, moved.status_code)) in ([303, 409], [303, 422])
    assert (plans()[0].state is PlanState.RECORDED) == bool(meetings()) == (recorded.status_code == 303)


def test_a_mentor_who_has_planned_the_next_session_is_not_asked_to_meet(build, session, sign_in, today):
    placement = build.placement(starts_on=today - timedelta(days=60))
    build.planned_session(placement)
    session.commit()
    assert not shown(sign_in(placement.mentor).get("/")).says("no session for")


@pytest.mark.parametrize("path", ["", "/change", "/cancel", "/record", "/calendar.ics"])
def test_nobody_else_finds_a_plan(sign_in, build, plan, path):
    address = f"/planned-sessions/{plan.id}{path}"
    assert [sign_in(one).get(address).status_code for one in (build.learner(), build.mentor())] == [404, 404]
    assert sign_in(build.coordinator(build.network())).get(address).status_code == 403


def test_the_calendar_file_has_the_time_of_london_and_counts_changes(build, session, learner, placement):
    starts = datetime(2026, 6, 1, 13, 30, tzinfo=UTC)
    plan = build.planned_session(placement, starts_at=starts, place="Room 3, Leeds; ask for “Ward ü” " + "é" * 60)
    session.commit()
    answer = learner.get(f"/planned-sessions/{plan.id}/calendar.ics")
    assert answer.mimetype == "text/calendar"
    lines = answer.text.split("\r\n")
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert max(len(line.encode()) for line in lines) <= 75
    whole = set(answer.text.replace("\r\n ", "").split("\r\n"))
    assert "DTSTART;TZID=Europe/London:20260601T143000" in whole
    assert "DTEND;TZID=Europe/London:20260601T153000" in whole
    assert "TZID:Europe/London" in whole, "the file says what its times mean"
    assert "SEQUENCE:0" in whole
    assert f"LOCATION:Room 3\\, Leeds\\; ask for “Ward ü” {'é' * 60}" in whole
    assert f"SUMMARY:Supervision session with {placement.mentor.name}" in whole
    assert not [line for line in whole if "protocol" in line]
    learner.post(f"/planned-sessions/{plan.id}/change", data=planned())
    changed = set(learner.get(f"/planned-sessions/{plan.id}/calendar.ics").text.split("\r\n"))
    assert "SEQUENCE:1" in changed
