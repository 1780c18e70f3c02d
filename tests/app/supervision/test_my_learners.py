"""A mentor sees her learners, whom she has not met for long, and what she has given."""

from datetime import date, timedelta

import pytest

from app.models.supervision import SessionForm, SupervisionSession
from tests.screen import shown


@pytest.fixture
def learners(build, today):
    """One whom the mentor has not met for long, one who began today, one who is to come, and one of before."""
    mentor = build.mentor()
    begins = {"New Learner": today, "Coming Learner": today + timedelta(days=1)}
    late = build.placement(mentor=mentor, learner=build.learner(name="Late Learner"))
    others = {
        name: build.placement(mentor=mentor, learner=build.learner(name=name), starts_on=day)
        for name, day in begins.items()
    }
    former = build.placement(
        mentor=mentor,
        learner=build.learner(name="Former Learner"),
        starts_on=today - timedelta(days=300),
        ends_on=today - timedelta(days=1),
    )
    return {"Late Learner": late, **others, "Former Learner": former}


def test_a_mentor_sees_her_learners_and_how_it_stands_with_each(sign_in, learners):
    page = shown(sign_in(learners["New Learner"].mentor).get("/my-learners"))
    running = {line.headings[0]: line for line in page.lines if line.headings}
    assert running["Late Learner"].paragraphs[1] == (
        "You have not met yet since it began. That is more than a month. 0 h in the workplace."
    )
    assert running["New Learner"].paragraphs[1] == "You have not met yet since it began. 0 h in the workplace."
    assert running["Coming Learner"].paragraphs[1] == "It has not begun yet. You can log sessions from 4 March 2026."
    assert running.keys() == {"Late Learner", "New Learner", "Coming Learner"}
    log = running["New Learner"].link("Log a session with New Learner")
    assert log == f"/placements/{learners['New Learner'].id}/sessions/new"
    assert running["Coming Learner"].links == ["Coming Learner"]
    earlier = page.section("Earlier learners")
    assert earlier.items == ["Former Learner, until 2 March 2026"]
    assert earlier.link("Former Learner") == f"/placements/{learners['Former Learner'].id}"


def test_home_reminds_a_mentor_of_those_not_met_for_a_month(sign_in, learners):
    home = shown(sign_in(learners["New Learner"].mentor).get("/"))
    meet = "Meet Late Learner: no session for 8 weeks"
    assert home.texts("ol > li > a") == ["Complete your profile", meet]
    task = home.item("Meet Late Learner")
    assert task.links == [meet]
    assert task.link(meet) == f"/placements/{learners['Late Learner'].id}/sessions/new"
    assert task.paragraphs == ["The placement began 8 weeks ago. If you have met, log the session."]
    standing = home.section("How things stand").item("Log a session with New Learner")
    assert standing.paragraphs == ["You have not met yet."]
    log = standing.link("Log a session with New Learner")
    assert log == f"/placements/{learners['New Learner'].id}/sessions/new"
    assert not any("Former Learner" in line for line in home.items)
    begins = home.link("Your placement with Coming Learner begins on 4 March 2026")
    assert begins == f"/placements/{learners['Coming Learner'].id}"


@pytest.mark.parametrize(
    ("days", "what", "why"),
    [
        (30, "Log a session with {}", "You last met on 1 February 2026."),
        (31, "Meet {}: no session for 4 weeks", "You last met on 31 January 2026. If you have met, log the session."),
    ],
)
def test_home_reminds_a_mentor_a_month_after_they_last_met(mentor, meeting, session, today, days, what, why):
    meeting.held_on, meeting.confirmed_at = today - timedelta(days=days), meeting.logged_at
    session.commit()
    who = meeting.placement.learner.name
    [line] = [line for line in shown(mentor.get("/")).lines if line.says(who)]
    assert (line.links, line.paragraphs) == ([what.format(who)], [why])
    page = shown(mentor.get("/my-learners"))
    assert ("That is more than a month." in page.texts("strong")) == (days > 30)


def test_my_learners_says_when_they_last_met_and_what_waits(mentor, meeting, placement):
    page = shown(mentor.get("/my-learners"))
    assert page.item(placement.learner.name).paragraphs[1] == (
        "You last met on 28 February 2026. 0 h in the workplace. 1 session to be confirmed."
    )


def test_a_mentor_without_learners_is_told_how_one_comes(sign_in, build):
    page = shown(sign_in(build.mentor()).get("/my-learners"))
    assert page.paragraphs[0].startswith("You have no learner at the moment. One comes to you when a learner accepts")


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
    page = shown(sign_in(placement.mentor).get("/my-contribution"))
    table = page.table("Supervision given, by calendar year")
    assert {name: table.row(name).cells for name in table.rows} == {
        "2026": ["1", "1", "1 h 30 min", "1", "1"],
        "2025": ["1", "1", "1 h 30 min", "1", "1"],
        "All years": ["1", "2", "3 h", "1", "1"],
    }
    assert table.rows == ["2026", "2025", "All years"]
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
