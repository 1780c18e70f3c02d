"""One session with several learners: planned or written down once, confirmed by each, counted once for the mentor."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.models.meetings.groups import GroupMeeting
from app.models.meetings.planned import PlannedSession, PlanState
from app.models.supervision import SessionState
from app.rules.record_totals import summary_of
from app.supervision.contribution.figures import sessions_by_year
from tests.app.supervision.test_supervision_sessions import sent
from tests.pages import form_to
from tests.screen import shown

NEW = "/my-learners/sessions/new"
PLAN = "/my-learners/planned-sessions/new"


@pytest.fixture
def other(build, session, placement):
    """Another placement of the same mentor."""
    another = build.placement(mentor=placement.mentor)
    session.commit()
    return another


@pytest.fixture
def other_learner(sign_in, other):
    return sign_in(other.learner)


@pytest.fixture
def both(placement, other):
    return {"learners": [str(placement.id), str(other.id)]}


@pytest.fixture
def logged(mentor, both, meetings, today):
    """What the mentor wrote down of meeting both."""
    mentor.post(NEW, data=sent(today, **both))
    return meetings()


@pytest.fixture
def group_page(logged):
    return f"/group-sessions/{logged[0].group_id}"


@pytest.fixture
def plans(session, look_again):
    def read():
        look_again()
        return session.scalars(select(PlannedSession).order_by(PlannedSession.id)).all()

    return read


def states(meetings):
    return [one.state for one in meetings]


def planned(**changes):
    day = date(2026, 3, 5)
    values: dict[str, object] = {
        "starts_at-day": day.day,
        "starts_at-month": day.month,
        "starts_at-year": day.year,
    }
    values |= {"starts_at-time": "2pm", "minutes": "60", "how": "video", "agenda": "Consent."}
    return values | {"form_key": "0123456789abcdef0123"} | changes


def test_one_page_logs_it_for_both_and_each_is_asked(mentor, both, meetings, mails, placement, other, today):
    page = shown(mentor.get("/my-learners"))
    assert page.link("Log a session with several learners") == NEW
    assert shown(mentor.get(NEW)).field("Who was there?").choices == (placement.learner.name, other.learner.name)
    assert mentor.post(NEW, data=sent(today, **both)).status_code == 303
    one, two = meetings()
    assert one.group_id == two.group_id is not None
    assert {one.placement_id, two.placement_id} == {placement.id, other.id}
    subject = "Confirm the session of 3 March 2026"
    assert {mail[:2] for mail in mails()} == {(one.email, subject) for one in (placement.learner, other.learner)}


def test_it_counts_for_each_learner_who_has_confirmed_and_once_for_the_mentor(
    learner, other_learner, logged, meetings, session, placement, other, today
):
    mine, hers = logged
    learner.post(f"/sessions/{mine.id}/confirm")
    assert states(meetings()) == [SessionState.CONFIRMED, SessionState.TO_CONFIRM]
    assert sessions_by_year(session, placement.mentor) == {today.year: (1, 45)}
    other_learner.post(f"/sessions/{hers.id}/confirm")
    assert states(meetings()) == [SessionState.CONFIRMED] * 2
    assert sessions_by_year(session, placement.mentor) == {today.year: (1, 45)}
    assert [sum(summary_of(session, one).minutes.values()) for one in (placement, other)] == [45, 45]


def test_one_learner_questions_and_the_other_knows_nothing_of_it(
    mentor, learner, other_learner, logged, group_page, meetings
):
    mine, hers = logged
    other_learner.post(f"/sessions/{hers.id}/confirm")
    learner.post(f"/sessions/{mine.id}/question", data={"comment": "I left after half an hour."})
    assert states(meetings()) == [SessionState.DISPUTED, SessionState.CONFIRMED]
    assert not shown(other_learner.get(f"/sessions/{hers.id}")).says("half an hour")
    assert shown(mentor.get(group_page)).says("I left after half an hour.")


def test_each_learner_sees_who_else_was_there_and_only_her_own_actions(
    mentor, learner, other_learner, both, meetings, placement, other, today
):
    actions = {
        "what_1": "Read the protocol",
        "owner_1": str(placement.id),
        "what_2": "Send slides",
        "owner_2": "mentor",
    }
    mentor.post(NEW, data=sent(today, **both, **actions))
    mine, hers = meetings()
    page = shown(learner.get(f"/sessions/{mine.id}"))
    assert page.row("Also there").value == other.learner.name
    assert page.says("Read the protocol")
    page = shown(other_learner.get(f"/sessions/{hers.id}"))
    assert page.row("Also there").value == placement.learner.name
    assert not page.says("Read the protocol")
    assert page.says("Send slides")
    assert learner.get(f"/sessions/{hers.id}").status_code == 404


def test_what_the_mentor_agreed_with_all_is_one_thing_to_do(mentor, both, meetings, today):
    mentor.post(NEW, data=sent(today, **both, what_1="Send slides", owner_1="mentor"))
    home = shown(mentor.get("/"))
    assert [line for line in home.links if line.startswith("Send slides")] == ["Send slides"]
    one, _ = meetings()
    mentor.post(f"/actions/{one.actions[0].id}/done")
    assert [action.done_on for meeting in meetings() for action in meeting.actions] == [today, today]


def test_a_correction_voids_what_was_confirmed_and_asks_all_again(
    mentor, learner, logged, group_page, meetings, both, today
):
    mine, _ = logged
    learner.post(f"/sessions/{mine.id}/confirm")
    form = form_to(f"{group_page}/correct", mentor.get(f"{group_page}/correct"))
    data = form.fields | {"minutes": "60", "form_key": "another-key-0123456789"}
    assert mentor.post(form.action, data=data).status_code == 303
    found = meetings()
    assert states(found) == [SessionState.WITHDRAWN] * 2 + [SessionState.TO_CONFIRM] * 2
    assert [one.minutes for one in found] == [45, 45, 60, 60]
    assert {one.corrects_id for one in found[2:]} == {one.id for one in found[:2]}


def test_who_was_not_there_is_withdrawn_alone_and_the_others_stay(
    mentor, learner, other_learner, logged, meetings, mails, other
):
    mine, hers = logged
    learner.post(f"/sessions/{mine.id}/confirm")
    mentor.post(f"/sessions/{hers.id}/withdraw", data={})
    assert states(meetings()) == [SessionState.CONFIRMED, SessionState.WITHDRAWN]
    assert mails()[-1][0] == other.learner.email
    assert "Also there" not in shown(learner.get(f"/sessions/{mine.id}")).rows


def test_it_is_withdrawn_for_all_with_a_reason_that_each_reads(
    mentor, learner, logged, group_page, meetings, mails, placement, other
):
    learner.post(f"/sessions/{logged[0].id}/confirm")
    missing = mentor.post(f"{group_page}/withdraw", data={"reason": ""})
    assert missing.status_code == 422
    mentor.post(f"{group_page}/withdraw", data={"reason": "It was another day."})
    assert states(meetings()) == [SessionState.WITHDRAWN] * 2
    readers = {mail[0] for mail in mails()[-3:]}
    assert readers == {placement.learner.email, other.learner.email, placement.mentor.email}
    assert mentor.post(f"{group_page}/withdraw", data={"reason": "Again."}).status_code == 409


@pytest.fixture
def held_by_deputy(build, session, sign_in, placement, other, both, meetings, today):
    """What a deputy wrote down of meeting both, and the deputy."""
    colleague = build.opening(study=placement.opening.study, network=placement.opening.network).mentor
    for one in (placement, other):
        build.deputy(one, colleague)
    session.commit()
    assert sign_in(colleague).post(NEW, data=sent(today, **both)).status_code == 303
    return meetings(), colleague


def test_the_mentor_corrects_for_all_what_a_deputy_held_and_each_learner_is_asked_again(
    mentor, learner, held_by_deputy, both, meetings, mails, placement, other, today
):
    held, deputy = held_by_deputy
    learner.post(f"/sessions/{held[0].id}/confirm")
    page = shown(mentor.get(f"/sessions/{held[1].id}"))
    group = page.link("The session with all learners: who has confirmed it, correct it, withdraw it")
    before = len(mails())
    changed = sent(today, minutes="30", form_key="e" * 20, **both)
    assert mentor.post(f"{group}/correct", data=changed).status_code == 303
    assert states(meetings()) == [SessionState.WITHDRAWN] * 2 + [SessionState.TO_CONFIRM] * 2
    assert [(one.minutes, one.deputy_id, one.logged_by_id) for one in meetings()[2:]] == [
        (30, deputy.id, placement.mentor_id)
    ] * 2
    assert sorted(mail[0] for mail in mails()[before:]) == sorted(
        [placement.learner.email, other.learner.email, deputy.email]
    )


def test_a_learner_whom_the_mentor_adds_met_the_deputy_too(
    mentor, build, session, held_by_deputy, both, meetings, placement, today
):
    held, deputy = held_by_deputy
    third, without = build.placement(mentor=placement.mentor), build.placement(mentor=placement.mentor)
    build.deputy(third, deputy)
    session.commit()
    page = f"/group-sessions/{held[0].group_id}/correct"
    some = {"learners": [str(placement.id), str(without.id)]}
    refused = mentor.post(page, data=sent(today, form_key="e" * 20, **some))
    assert refused.status_code == 422
    assert next(iter(shown(refused).errors)).startswith(f"{without.learner.name}: Nobody stood in")
    everybody = {"learners": [*both["learners"], str(third.id)]}
    assert mentor.post(page, data=sent(today, form_key="f" * 20, **everybody)).status_code == 303
    assert [one.deputy_id for one in meetings()[2:]] == [deputy.id] * 3


def test_the_mentor_withdraws_for_all_what_a_deputy_held_and_the_deputy_hears_once(
    mentor, held_by_deputy, meetings, mails, placement, other
):
    held, deputy = held_by_deputy
    before = len(mails())
    mentor.post(f"/group-sessions/{held[0].group_id}/withdraw", data={"reason": "It was put off."})
    assert states(meetings()) == [SessionState.WITHDRAWN] * 2
    assert sorted(mail[0] for mail in mails()[before:]) == sorted(
        [placement.learner.email, other.learner.email, deputy.email]
    )


def test_a_mentor_does_not_open_a_session_in_which_another_mentors_learner_was(
    mentor, build, session, sign_in, placement, meetings, today
):
    colleague = build.opening(study=placement.opening.study, network=placement.opening.network).mentor
    build.deputy(placement, colleague)
    hers = build.placement(mentor=colleague)
    session.commit()
    some = {"learners": [str(placement.id), str(hers.id)]}
    assert sign_in(colleague).post(NEW, data=sent(today, **some)).status_code == 303
    of_mentor = next(one for one in meetings() if one.placement_id == placement.id)
    assert mentor.get(f"/group-sessions/{of_mentor.group_id}").status_code == 404
    assert not [one for one in shown(mentor.get(f"/sessions/{of_mentor.id}")).links if "with all learners" in one]


def test_one_session_of_several_is_not_corrected_alone(mentor, logged, meetings, today):
    [mine, _] = logged
    assert mentor.get(f"/sessions/{mine.id}/correct").status_code == 303
    answer = mentor.post(f"/sessions/{mine.id}/correct", data=sent(today, form_key="another-key-0123456789"))
    assert answer.status_code == 422
    assert states(meetings()) == [SessionState.TO_CONFIRM] * 2


def test_what_is_wrong_for_one_learner_is_said_with_her_name_and_nothing_is_saved(
    mentor, build, placement, other, meetings, session, today
):
    other.starts_on = today - timedelta(days=1)
    session.commit()
    chosen = {"learners": [str(placement.id), str(other.id)]}
    answer = mentor.post(NEW, data=sent(today - timedelta(days=3), **chosen))
    assert answer.status_code == 422
    assert any(words.startswith(f"{other.learner.name}: ") for words in shown(answer).errors)
    assert shown(answer).field("What did you talk about?").value == "Consent and screening logs."
    assert meetings() == []


def test_two_learners_are_needed(mentor, placement, other, meetings, today):
    answer = mentor.post(NEW, data=sent(today, learners=[str(placement.id)]))
    assert answer.status_code == 422
    assert meetings() == []


def test_another_mentors_learner_cannot_be_chosen(mentor, build, placement, other, session, meetings, today):
    foreign = build.placement()
    session.commit()
    answer = mentor.post(NEW, data=sent(today, learners=[str(placement.id), str(other.id), str(foreign.id)]))
    assert answer.status_code == 422
    assert meetings() == []


def test_the_form_sent_twice_counts_once(mentor, both, meetings, session, today):
    answers = [mentor.post(NEW, data=sent(today, **both)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(meetings()) == 2
    assert len(session.scalars(select(GroupMeeting)).all()) == 1


def test_a_learner_and_another_mentor_reach_nothing_of_it(build, sign_in, learner, group_page):
    stranger = sign_in(build.mentor())
    for path in (group_page, f"{group_page}/correct"):
        assert stranger.get(path).status_code == 404
        assert learner.get(path).status_code == 403
    assert stranger.post(f"{group_page}/withdraw", data={"reason": "No."}).status_code == 404
    assert learner.get(NEW).status_code == 403


def test_a_session_with_several_is_planned_once_and_each_is_told_with_whom(
    mentor, learner, both, plans, mails, placement, other
):
    assert mentor.post(PLAN, data=planned(**both)).status_code == 303
    one, two = plans()
    assert one.group_id == two.group_id is not None
    assert {mail[0] for mail in mails()} == {placement.learner.email, other.learner.email}
    page = shown(learner.get(f"/planned-sessions/{one.id}"))
    assert page.row("Also invited").value == other.learner.name
    assert "Change it or its agenda" not in page.links
    home = [line for line in shown(mentor.get("/")).links if line.startswith("Session with")]
    assert home == [f"Session with {placement.learner.name} and {other.learner.name} on 5 March 2026 at 2pm"]


def test_the_mentor_moves_it_for_all_and_a_learner_only_cancels_for_herself(mentor, learner, both, plans):
    mentor.post(PLAN, data=planned(**both))
    one, _ = plans()
    address = f"/planned-sessions/{one.id}/change"
    moved = form_to(address, mentor.get(address)).fields | {"starts_at-time": "4pm"}
    assert mentor.post(address, data=moved).status_code == 303
    assert {plan.starts_at.hour for plan in plans()} == {16}
    assert learner.get(address).status_code == 303
    assert learner.post(address, data=planned(**{"starts_at-time": "5pm"})).status_code in (409, 422)
    assert {plan.starts_at.hour for plan in plans()} == {16}
    learner.post(f"/planned-sessions/{one.id}/cancel", data={"reason": "A night shift."})
    assert [plan.state for plan in plans()] == [PlanState.CANCELLED, PlanState.PLANNED]


def test_the_mentor_cancels_it_for_all(mentor, both, plans, mails):
    mentor.post(PLAN, data=planned(**both))
    mentor.post(f"/planned-sessions/{plans()[0].id}/cancel", data={"reason": ""})
    assert [plan.state for plan in plans()] == [PlanState.CANCELLED] * 2
    assert len(mails()) == 4


def test_a_planned_session_is_recorded_for_who_was_there_and_cancelled_for_the_others(
    build, mentor, learner, both, plans, meetings, placement, other, session, now
):
    third = build.placement(mentor=placement.mentor)
    session.commit()
    mentor.post(PLAN, data=planned(learners=[*both["learners"], str(third.id)]))
    for plan in plans():
        plan.starts_at = now - timedelta(hours=2)
    session.commit()
    first = plans()[0]
    address = f"/planned-sessions/{first.id}/record-for-all"
    assert shown(mentor.get(f"/planned-sessions/{first.id}")).link("Record the session") == address
    assert learner.post(f"/planned-sessions/{first.id}/record", data=sent(date(2026, 3, 3))).status_code == 422
    form = form_to(address, mentor.get(address))
    assert sorted(form.fields["learners"]) == sorted([*both["learners"], str(third.id)])
    assert mentor.post(address, data=form.fields | both).status_code == 303
    assert len(meetings()) == 2
    assert {plan.placement_id: plan.state for plan in plans()} == {
        placement.id: PlanState.RECORDED,
        other.id: PlanState.RECORDED,
        third.id: PlanState.CANCELLED,
    }
