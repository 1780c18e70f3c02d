"""A mentor names a deputy for a time, who agrees first, and then does the mentor's part."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.course.deputies import Deputy, DeputyState
from app.models.hours import HoursCategory, HoursEntry, HoursState
from app.models.people import Role
from app.models.requests import ExcludedMentor, ExclusionKind
from app.models.supervision import SessionState
from app.platform.occasion import Occasion
from app.promises.course.going_on import settle
from app.rules.course.deputies import mentors_on
from app.supervision.contribution.figures import sessions_by_year
from tests.app.supervision.test_supervision_sessions import sent
from tests.screen import shown

CANNOT = "This person cannot stand in for this learner. Name somebody else."
UNKNOWN = "No other mentor of this study or of your network has this address. Check it, or ask your coordinator."


@pytest.fixture
def colleague(build, session, placement):
    """A mentor who has an opening on the same study."""
    colleague = build.opening(study=placement.opening.study, network=placement.opening.network).mentor
    session.commit()
    return colleague


@pytest.fixture
def stand_in(sign_in, colleague):
    return sign_in(colleague)


@pytest.fixture
def naming(placement):
    return f"/placements/{placement.id}/deputies"


@pytest.fixture
def deputies(session, look_again):
    def read():
        look_again()
        return session.scalars(select(Deputy).order_by(Deputy.id)).all()

    return read


@pytest.fixture
def agreed(build, session, placement, colleague, today, now):
    """The colleague stands in from yesterday for two weeks."""
    deputy = build.deputy(placement, colleague)
    session.commit()
    return deputy


def named(email, first, last, **changes):
    values = {"email": email, "reason": "Annual leave.", "form_key": "0123456789abcdef0123"}
    for name, day in (("starts_on", first), ("ends_on", last)):
        values |= {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
    return values | changes


def days(number):
    return timedelta(days=number)


def test_a_named_deputy_agrees_and_everybody_knows(
    mentor, stand_in, learner, naming, colleague, placement, deputies, mails, today
):
    answer = mentor.post(naming, data=named(colleague.email, today, today + days(10)))
    assert answer.location == naming
    [deputy] = deputies()
    assert mails()[-1][:2] == (colleague.email, f"Can you stand in for {placement.mentor.name}?")
    assert stand_in.get(f"/placements/{placement.id}").status_code == 404
    assert shown(stand_in.get("/")).says(f"Answer {placement.mentor.name}: can you stand in")
    stand_in.post(f"/deputies/{deputy.id}/agree")
    assert deputies()[0].state is DeputyState.AGREED
    told = f"{colleague.name} stands in for {placement.mentor.name}"
    assert {mail[:2] for mail in mails()[-2:]} == {(placement.learner.email, told), (placement.mentor.email, told)}
    assert shown(stand_in.get(f"/placements/{placement.id}")).heading == f"Placement with {placement.learner.name}"
    for browser in (learner, mentor, stand_in):
        assert shown(browser.get(f"/placements/{placement.id}")).says(told)


def test_a_deputy_logs_a_session_that_the_learner_confirms_and_that_counts_for_the_deputy(
    learner, stand_in, agreed, address, meetings, placement, colleague, session, today
):
    assert stand_in.post(address, data=sent(today)).status_code == 303
    [meeting] = meetings()
    assert (meeting.logged_by_id, meeting.deputy_id) == (colleague.id, colleague.id)
    page = shown(learner.get(f"/sessions/{meeting.id}"))
    assert page.row("Held by").value == f"{colleague.name}, who stood in"
    learner.post(f"/sessions/{meeting.id}/confirm")
    assert meetings()[0].state is SessionState.CONFIRMED
    assert sessions_by_year(session, colleague) == {today.year: (1, 45)}
    assert sessions_by_year(session, placement.mentor) == {}


def test_a_deputy_confirms_what_the_learner_wrote_of_meeting_her(
    learner, stand_in, agreed, address, meetings, colleague, placement, mails, today
):
    missing = learner.post(address, data=sent(today))
    assert shown(missing).errors == {"Choose with whom you met": "With whom did you meet?"}
    learner.post(address, data=sent(today, met=str(colleague.id)))
    assert mails()[-1][:2] == (colleague.email, "Confirm the session of 3 March 2026")
    [meeting] = meetings()
    stand_in.post(f"/sessions/{meeting.id}/confirm")
    assert (meetings()[0].state, meetings()[0].answered_by_id) == (SessionState.CONFIRMED, colleague.id)
    assert shown(learner.get(f"/sessions/{meeting.id}")).says(f"{colleague.name} confirmed it on 3 March 2026.")


def test_the_day_of_a_session_lies_in_the_time_of_the_deputy(stand_in, agreed, address, meetings, placement, today):
    answer = stand_in.post(address, data=sent(today - days(5)))
    wanted = f"Nobody stood in for {placement.mentor.name} on that day. Check the date."
    assert shown(answer).errors == {wanted: "Date"}
    assert meetings() == []


def test_before_and_after_her_time_a_deputy_reaches_nothing_but_what_she_wrote(
    stand_in, agreed, address, meetings, placement, session, today
):
    stand_in.post(address, data=sent(today))
    [meeting] = meetings()
    for first, last in ((1, 9), (-9, -1)):
        agreed.starts_on, agreed.ends_on = today + days(first), today + days(last)
        session.commit()
        for page in (address, f"/placements/{placement.id}", f"/placements/{placement.id}/planned-sessions/new"):
            assert stand_in.get(page).status_code == 404
    assert stand_in.get(f"/sessions/{meeting.id}").status_code == 200


def test_a_mentor_corrects_what_a_deputy_wrote_who_is_gone(
    mentor, stand_in, agreed, address, meetings, colleague, today
):
    stand_in.post(address, data=sent(today))
    stand_in.post(f"/deputies/{agreed.id}/end")
    [meeting] = meetings()
    mentor.post(f"/sessions/{meeting.id}/correct", data=sent(today, minutes="60", form_key="another-key-0123456789"))
    old, new = meetings()
    assert (old.state, new.minutes, new.deputy_id) == (SessionState.WITHDRAWN, 60, colleague.id)


def test_another_deputy_only_reads_what_a_mentor_wrote(stand_in, agreed, meeting, meetings):
    assert stand_in.get(f"/sessions/{meeting.id}").status_code == 200
    assert stand_in.post(f"/sessions/{meeting.id}/confirm").status_code == 422
    assert stand_in.post(f"/sessions/{meeting.id}/withdraw", data={"reason": "Why not"}).status_code == 422
    assert meetings()[0].state is SessionState.TO_CONFIRM


@pytest.mark.parametrize("who", ["stranger", "herself", "learner", "line manager", "excluded", "of a like name"])
def test_who_may_not_be_with_the_learner_cannot_be_named(
    build, mentor, naming, colleague, placement, deputies, session, today, who
):
    email, wanted = colleague.email, CANNOT
    if who == "stranger":
        email, wanted = build.mentor().email, UNKNOWN
    elif who == "herself":
        email, wanted = placement.mentor.email, UNKNOWN
    elif who == "learner":
        email, wanted = placement.learner.email, UNKNOWN
    elif who == "line manager":
        build.conflict(placement.learner, colleague)
    else:
        about = {"mentor_id": colleague.id} if who == "excluded" else {}
        build.add(
            ExcludedMentor(
                learner_id=placement.learner_id, kind=ExclusionKind.LINE_MANAGER, name=colleague.name, **about
            )
        )
    session.commit()
    answer = mentor.post(naming, data=named(email, today, today + days(3)))
    assert answer.status_code == 422
    page = shown(answer)
    assert page.errors == {wanted: "Email address of your deputy"}
    assert page.field("Why?").value == "Annual leave."
    assert deputies() == []


def test_a_conflict_that_is_recorded_later_ends_what_a_deputy_may_do(
    build, stand_in, agreed, address, placement, colleague, session
):
    assert stand_in.get(address).status_code == 200
    build.conflict(placement.learner, colleague)
    session.commit()
    assert stand_in.get(address).status_code == 404


@pytest.mark.parametrize(("first", "last", "label"), [(-1, 3, "First day"), (3, 2, "Last day"), (3, 400, "Last day")])
def test_the_days_lie_ahead_and_within_the_placement(mentor, naming, colleague, deputies, today, first, last, label):
    answer = mentor.post(naming, data=named(colleague.email, today + days(first), today + days(last)))
    assert list(shown(answer).errors.values()) == [label]
    assert deputies() == []


def test_two_deputies_never_have_the_same_day(mentor, naming, agreed, colleague, deputies, today):
    answer = mentor.post(naming, data=named(colleague.email, today, today + days(1)))
    assert answer.status_code == 422
    assert len(deputies()) == 1


def test_who_declines_says_why_to_the_mentor(mentor, stand_in, naming, colleague, placement, deputies, mails, today):
    mentor.post(naming, data=named(colleague.email, today, today + days(10)))
    [deputy] = deputies()
    stand_in.post(f"/deputies/{deputy.id}/decline", data={"reason": "I am away myself."})
    assert deputies()[0].state is DeputyState.DECLINED
    assert mails()[-1][:2] == (placement.mentor.email, f"{colleague.name} cannot stand in for you")
    assert stand_in.post(f"/deputies/{deputy.id}/agree").status_code == 409


@pytest.mark.parametrize("by_deputy", [True, False])
def test_either_ends_it_and_the_others_are_told(
    mentor, stand_in, agreed, address, placement, colleague, deputies, mails, today, by_deputy
):
    browser = stand_in if by_deputy else mentor
    assert browser.post(f"/deputies/{agreed.id}/end").status_code == 303
    [deputy] = deputies()
    assert (deputy.state, deputy.ends_on) == (DeputyState.ENDED, today)
    other = placement.mentor if by_deputy else colleague
    assert {mail[0] for mail in mails()} == {other.email, placement.learner.email}
    assert stand_in.get(address).status_code == 404
    assert browser.post(f"/deputies/{agreed.id}/end").status_code == 409


def test_only_the_mentor_names_and_only_who_was_named_answers(
    build, sign_in, mentor, learner, stand_in, naming, colleague, deputies, today
):
    stranger = sign_in(build.mentor())
    assert learner.get(naming).status_code == 403
    assert (stand_in.get(naming).status_code, stranger.post(naming).status_code) == (404, 404)
    mentor.post(naming, data=named(colleague.email, today, today + days(10)))
    [deputy] = deputies()
    assert mentor.post(f"/deputies/{deputy.id}/agree").status_code == 404
    assert stranger.get(f"/deputies/{deputy.id}").status_code == 404
    assert learner.get(f"/deputies/{deputy.id}").status_code == 403


def test_the_form_sent_twice_names_one_deputy(mentor, naming, colleague, deputies, today):
    for _ in range(2):
        mentor.post(naming, data=named(colleague.email, today, today + days(10)))
    assert len(deputies()) == 1


def test_a_placement_that_ends_has_no_deputy_any_more(
    session, build, agreed, placement, colleague, mails, deputies, today, now
):
    placement.ends_on = today - days(1)
    settle(session, Occasion(build.coordinator(), today, now, "http://localhost/"), placement)
    session.commit()
    assert deputies()[0].state is DeputyState.ENDED
    assert colleague.email in {mail[0] for mail in mails()}


def test_a_deputy_who_leaves_stands_in_no_longer_and_mentor_and_learner_are_told(
    build, sign_in, session, agreed, placement, colleague, deputies, mails
):
    administrator = sign_in(build.person(Role.ADMINISTRATOR))
    [grant] = [one for one in colleague.grants if one.role is Role.MENTOR]
    assert administrator.post(f"/admin/people/{colleague.id}/roles/{grant.id}/end").status_code == 303
    assert deputies()[0].state is DeputyState.ENDED
    assert {placement.mentor.email, placement.learner.email} <= {mail[0] for mail in mails()}


def test_who_does_a_mentors_part_on_a_day_is_one_rule(session, agreed, placement, colleague, today):
    mentor = placement.mentor
    assert mentors_on(session, placement, today) == [mentor, colleague]
    assert mentors_on(session, placement, agreed.ends_on + days(1)) == [mentor]
    for grant in mentor.grants:
        grant.ended_at = placement.agreed_at
    session.flush()
    session.refresh(mentor, ["grants"])
    assert mentors_on(session, placement, today) == [colleague]


def test_a_coordinator_sees_who_stands_in_and_why(build, sign_in, agreed, placement, colleague):
    page = shown(sign_in(build.coordinator(placement.opening.network)).get(f"/our-placements/{placement.id}"))
    assert colleague.name in page.row("Deputies").value
    assert agreed.reason in page.row("Deputies").value


@pytest.mark.usefixtures("agreed")
def test_a_deputy_is_told_of_submitted_hours_as_the_mentor_is(build, session, learner, placement, colleague, mails):
    build.entry(placement)
    session.commit()
    address, both = f"/placements/{placement.id}/hours/submit", [placement.mentor, colleague]
    names = " and ".join(person.name for person in both)
    assert f"{names} get one email each." in shown(learner.get(address)).paragraphs[0]
    answer = learner.post(address, data={"period": "all"})
    assert f"{names} are told by email; one of them verifies it." in shown(learner.get(answer.location)).banner
    assert [(mail[0], mail[2]) for mail in mails()] == [(person.email, f"Hello {person.name},") for person in both]


def test_a_deputy_whose_time_is_over_is_not_told_of_submitted_hours(
    build, session, learner, placement, agreed, mails, today
):
    agreed.ends_on = today - days(1)
    build.entry(placement)
    session.commit()
    learner.post(f"/placements/{placement.id}/hours/submit", data={"period": "all"})
    assert [mail[0] for mail in mails()] == [placement.mentor.email]


def test_a_deputy_verifies_hours_in_her_time_and_not_after_it(
    build, session, stand_in, agreed, placement, colleague, today, now
):
    entry = build.add(
        HoursEntry(
            placement=placement,
            category=HoursCategory.WORKPLACE,
            state=HoursState.SUBMITTED,
            worked_on=today - days(2),
            minutes=90,
            did="Screening lists.",
            logged_at=now,
            form_key="hours",
        )
    )
    session.commit()
    address = f"/placements/{placement.id}/hours/verify"
    assert stand_in.get(address).status_code == 200
    assert stand_in.post(address, data={f"read_{entry.id}": "y"}).status_code == 303
    session.rollback()
    assert (entry.state, entry.verified_by_id) == (HoursState.VERIFIED, colleague.id)
    agreed.ends_on = today - days(1)
    session.commit()
    assert stand_in.get(address).status_code == 404


def test_her_account_says_where_she_stands_in(stand_in, agreed, placement):
    row = shown(stand_in.get("/account")).row("You stand in")
    assert placement.learner.name in row.value
    assert placement.mentor.name in row.value


def test_the_hours_by_week_say_that_she_verifies_as_well(sign_in, build, agreed, placement, colleague):
    build.entry(placement, state=HoursState.SUBMITTED)
    page, names = f"/placements/{placement.id}/hours", (placement.mentor.name, colleague.name)
    answer = shown(sign_in(placement.learner).get(page))
    mentor, deputy = names
    assert answer.says(f"{deputy} stands in for {mentor}: either of them verifies.")
    assert answer.says(f"1 entry waits for {mentor} or {deputy}")
