"""The placements in a coordinator's networks: who is at risk and why, in which order, and what is not shown."""

from datetime import timedelta

import pytest

from app.models.course.changes_asked import AskedKind, AskedState, ChangeAsked
from app.models.hours import HoursState
from app.models.people import Role
from app.models.placements import Pause, PlacementState
from app.models.values.study_status import StudyStatus
from tests.app.progress.records import confirmed_session, workplace_hours
from tests.screen import shown

DAYS = timedelta(days=1)


def in_network(build, network, name, **given):
    placement = build.placement(build.learner(name=name), **given)
    placement.opening.network = network
    build.session.flush()
    return placement


def well(build, placement, today):
    confirmed_session(build, placement, today - DAYS)
    workplace_hours(build, placement, today - DAYS, 40 * 60)


def put_at_risk(build, placement, today, risk):
    """Let one thing be wrong with a placement that is well otherwise."""
    if risk == "no session":
        placement.starts_on = today - 70 * DAYS
        workplace_hours(build, placement, today - DAYS, 40 * 60)
        return
    if risk == "hours":
        confirmed_session(build, placement, today - DAYS)
        placement.starts_on = today - 60 * DAYS
        return
    well(build, placement, today)
    if risk == "mentor gone":
        placement.mentor.is_active = False
    if risk == "learner gone":
        placement.learner.grants[0].ended_at = build.now
    if risk == "study stopped":
        placement.opening.study.status = StudyStatus.STOPPED
    if risk == "study closes":
        placement.opening.study.completes_on = today + 10 * DAYS
    if risk == "not confirmed":
        confirmed_session(build, placement, today - 29 * DAYS).confirmed_at = None
    if risk == "mentor leaves":
        build.add(
            ChangeAsked(
                placement=placement,
                kind=AskedKind.MENTOR_LEAVES,
                from_on=today + 10 * DAYS,
                why="A new job.",
                asked_by=placement.mentor,
                asked_at=build.now,
                state=AskedState.WAITING,
            )
        )


@pytest.mark.parametrize(
    ("risk", "words"),
    [
        ("well", ""),
        ("no session", "No session for 10 weeks. There has been none yet."),
        ("hours", "0 h in the workplace. To reach 50 hours in time it would be about 10 h by now."),
        ("mentor gone", "The mentor no longer takes part."),
        ("learner gone", "The learner no longer takes part."),
        ("study stopped", "The study no longer takes learners."),
        ("study closes", "The study closes on 13 March 2026, before the placement ends."),
        ("not confirmed", "The session of 2 February 2026 is not confirmed yet."),
        ("mentor leaves", "The mentor leaves on 13 March 2026."),
    ],
)
def test_the_list_says_why_a_placement_is_at_risk(sign_in, build, placement, coordinator, today, risk, words):
    put_at_risk(build, placement, today, risk)
    placement_id = placement.id
    browser = sign_in(coordinator)
    page = shown(browser.get("/our-placements"))
    assert page.row("Robin Learner PGCert")["At risk because"] == words
    assert (words in shown(browser.get(f"/our-placements/{placement_id}")).texts("main li")) == bool(words)
    assert len(shown(browser.get("/our-placements?risk=any")).rows) == bool(words)


def test_a_university_reads_the_same_reasons(sign_in, build, placement, today):
    put_at_risk(build, placement, today, "mentor gone")
    lead = build.person()
    build.grant(lead, Role.PROGRAMME_LEAD, provider=placement.module.programme.provider)
    page = shown(sign_in(lead).get("/progress"))
    assert page.row("Robin Learner PGCert")["At risk because"] == "The mentor no longer takes part."


def test_whoever_cannot_stay_comes_first_then_whoever_is_at_risk_then_the_names(
    sign_in, build, placement, coordinator, network, today
):
    well(build, placement, today)
    late = in_network(build, network, "Zoe Late")
    put_at_risk(build, late, today, "no session")
    gone = in_network(build, network, "Yan Gone")
    put_at_risk(build, gone, today, "mentor gone")
    well(build, in_network(build, network, "Ada Fine"), today)
    build.placement(build.learner(name="Elsewhere"))
    browser = sign_in(coordinator)
    page = shown(browser.get("/our-placements"))
    assert [row.removesuffix(" PGCert") for row in page.rows] == ["Yan Gone", "Zoe Late", "Ada Fine", "Robin Learner"]
    by_name = shown(browser.get("/our-placements?sort=learner"))
    assert [row.removesuffix(" PGCert") for row in by_name.rows] == [
        "Ada Fine",
        "Robin Learner",
        "Yan Gone",
        "Zoe Late",
    ]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("q=zoe", ["Zoe"]),
        ("q=mentor", ["Robin Learner"]),
        ("level=PGDIP", []),
        ("state=ended", ["Over"]),
        ("state=paused", ["Zoe"]),
        ("state=begins", ["Soon"]),
        ("state=runs", ["Robin Learner"]),
        ("state=current&sort=begins", ["Zoe", "Robin Learner", "Soon"]),
        ("risk=rescue", []),
        ("risk=NONSENSE", []),
        ("sort=ends&q=o", ["Over", "Soon", "Zoe", "Robin Learner"]),
    ],
)
def test_the_list_keeps_what_is_asked_for(sign_in, build, placement, coordinator, network, today, asked, names):
    well(build, placement, today)
    in_network(build, network, "Over", state=PlacementState.ENDED, ends_on=today - DAYS)
    in_network(build, network, "Soon", starts_on=today + DAYS, ends_on=today + 100 * DAYS)
    paused = in_network(build, network, "Zoe", starts_on=today - 90 * DAYS, ends_on=today + 101 * DAYS)
    build.add(Pause(placement_id=paused.id, starts_on=today, resumes_on=today + 20 * DAYS))
    page = shown(sign_in(coordinator).get(f"/our-placements?{asked}"))
    assert [row.removesuffix(" PGCert") for row in page.rows] == names


def test_the_page_of_a_placement_has_days_hours_and_states_but_no_words(sign_in, build, placement, coordinator, today):
    meeting = confirmed_session(build, placement, today - DAYS)
    meeting.topics = "What was said in private"
    words = "What was thought in private"
    build.entry(placement, state=HoursState.SUBMITTED, worked_on=today - DAYS, minutes=90, did=words, reflection=words)
    placement_id = placement.id
    page = shown(sign_in(coordinator).get(f"/our-placements/{placement_id}"))
    assert page.heading == "Placement of Robin Learner"
    assert page.row("Workplace learning").value == "1 h 30 min"
    assert page.row("2 March 2026")["State"] == "Confirmed"
    assert "private" not in " ".join(page.texts("main"))


def test_home_leads_to_what_cannot_stay_and_to_the_list(sign_in, build, placement, coordinator, today):
    put_at_risk(build, placement, today, "study stopped")
    page = shown(sign_in(coordinator).get("/"))
    assert page.link("Say what comes next for 1 placement") == "/our-placements/rescue"
    assert page.link("1 placement runs or is to begin in your networks") == "/our-placements?risk=any"


def test_the_download_has_what_the_list_shows(sign_in, build, placement, coordinator, today):
    put_at_risk(build, placement, today, "mentor gone")
    lines = sign_in(coordinator).get("/our-placements.csv?risk=any").text.splitlines()
    assert [line.split(",")[0].strip('"\ufeff') for line in lines] == ["Learner", "Robin Learner"]
    assert lines[1].split(",")[-1] == "The mentor no longer takes part."


def test_a_colleague_without_the_role_is_refused_and_a_stranger_finds_nothing(sign_in, build, placement):
    placement_id, learner = placement.id, placement.learner
    stranger = build.coordinator(build.network())
    assert sign_in(learner).get("/our-placements").status_code == 403
    assert sign_in(stranger).get(f"/our-placements/{placement_id}").status_code == 404


def test_a_pause_is_no_time_without_sessions_or_hours(sign_in, build, placement, coordinator, today):
    """Ninety days, of which sixty were paused: neither two months without a session, nor hours below the line."""
    placement.starts_on = today - 90 * DAYS
    build.add(Pause(placement_id=placement.id, starts_on=today - 80 * DAYS, resumes_on=today - 20 * DAYS))
    workplace_hours(build, placement, today - 85 * DAYS, 3 * 60)
    page = shown(sign_in(coordinator).get("/our-placements"))
    assert page.row("Robin Learner PGCert")["At risk because"] == ""
