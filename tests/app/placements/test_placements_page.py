"""The page of a placement: who sees it, what it says, and that it does not grow slow."""

from datetime import timedelta

import pytest

from app.models.hours import HoursCategory, HoursEntry, HoursState
from app.models.programmes import Level
from app.models.supervision import SessionForm, SupervisionSession
from tests.screen import shown

LOG_HOURS, LOG_SESSION = "Log hours", "Log a session"


def entry(build, placement, number, **given):
    values = {
        "worked_on": build.today - timedelta(days=number),
        "category": HoursCategory.WORKPLACE,
        "minutes": 60,
        "did": f"Entry {number}.",
        "logged_at": build.now,
        "form_key": f"e{placement.id} {number}",
        **given,
    }
    return build.add(HoursEntry(placement=placement, **({"state": HoursState.SUBMITTED} | values)))


def meeting(build, placement, number, **given):
    values = {
        "held_on": build.today - timedelta(days=number),
        "minutes": 30,
        "form": SessionForm.PHONE,
        "topics": f"Meeting {number}.",
        "logged_by_id": placement.mentor_id,
        "logged_at": build.now,
        "form_key": f"s{placement.id} {number}",
        **given,
    }
    return build.add(SupervisionSession(placement=placement, **values))


@pytest.fixture
def placement(build):
    return build.placement()


def test_learner_and_mentor_see_it_each_with_their_own_deed(sign_in, placement):
    opening, module = placement.opening, placement.module
    both = [(LOG_SESSION, "sessions"), ("Plan a session", "planned-sessions")]
    for person, other, deeds in (
        (placement.learner, placement.mentor, [(LOG_HOURS, "hours"), *both]),
        (placement.mentor, placement.learner, both),
    ):
        page = shown(sign_in(person).get(f"/placements/{placement.id}"))
        assert page.heading == f"Placement with {other.name}"
        assert page.paragraphs[:2] == [
            f"{opening.study.title}, {opening.organisation.name}.",
            "It runs from 2 January 2026 to 29 October 2026.",
        ]
        for text, what in deeds:
            assert page.link(text) == f"/placements/{placement.id}/{what}/new"
        assert (LOG_HOURS in page.links) == (person is placement.learner)
        about = page.section("About this placement")
        assert about.row(f"Write to {other.name}").link(other.email) == f"mailto:{other.email}"
        assert about.row("Dates").value == "2 January 2026 to 29 October 2026"
        assert about.row("Module").value == (f"{module.title}, 15 credits, PGCert, {module.programme.provider.name}")


def test_nobody_else_sees_it(sign_in, build, placement):
    address = f"/placements/{placement.id}"
    for person, status in ((build.learner(), 404), (build.mentor(), 404), (build.coordinator(build.network()), 403)):
        assert sign_in(person).get(address).status_code == status


@pytest.mark.parametrize(("level", "band"), [(Level.PGCERT, "50 to 100"), (Level.PGDIP, "70 to 150")])
def test_it_shows_the_band_of_its_level_and_the_hours_of_the_module(sign_in, build, level, band):
    placement = build.placement(level=level)
    page = shown(sign_in(placement.learner).get(f"/placements/{placement.id}"))
    low = band.partition(" ")[0]
    assert page.pictures == [
        f"0 h in the workplace, below the line to be on track: {low} h to go until the band of {band} hours",
        "0 h of about 150 hours of the module",
    ]


def test_the_record_mixes_sessions_and_hours_in_order_of_time(sign_in, build, placement, now):
    entry(build, placement, 3)
    meeting(build, placement, 2, confirmed_at=now)
    entry(build, placement, 1, minutes=45)
    meeting(build, placement, 4)
    page = shown(sign_in(placement.learner).get(f"/placements/{placement.id}"))
    assert [line.paragraphs[1] for line in page.section("Record").lines] == [
        "Entry 1.",
        "Meeting 2.",
        "Entry 3.",
        "Meeting 4.",
    ]
    assert page.section("Record").tags == ["Submitted", "Confirmed", "Submitted", "To confirm"]
    [waiting] = page.section("Sessions to confirm").lines
    assert waiting.links == ["Confirm the session of 27 February 2026"]
    assert waiting.paragraphs == ["30 min, phone. It counts once you have confirmed it."]
    assert page.section("All hours").pictures == ["2 h 15 min of about 150 hours of the module"]
    assert page.section("Workplace hours").pictures[0].startswith("1 h 45 min in the workplace, below the line")
    kinds = page.table("2 h 15 min of about 150 hours of the module")
    assert (kinds.row("Workplace learning").value, kinds.row("Supervision").value) == ("1 h 45 min", "30 min")


def test_a_placement_that_has_not_begun_takes_no_records_yet(sign_in, build, today):
    placement = build.placement(starts_on=today + timedelta(days=9))
    page = shown(sign_in(placement.learner).get(f"/placements/{placement.id}"))
    assert page.paragraphs[1] == (
        "It begins on 12 March 2026 and runs until 29 October 2026. You can log sessions and hours once it has begun."
    )
    assert LOG_HOURS not in page.links
    assert page.headings == [page.heading, "Learning agreement", "About this placement"]
    for person, other in ((placement.mentor, placement.learner), (placement.learner, placement.mentor)):
        home = shown(sign_in(person).get("/")).section("How things stand")
        standing = home.item(f"Your placement with {other.name} begins on 12 March 2026")
        assert standing.paragraphs == [f"Agree with {other.name} when you first meet."]


@pytest.mark.parametrize(
    ("begun", "ended", "words"),
    [
        (1, 90, "It begins on 4 March 2026 and runs until 1 June 2026."),
        (0, 90, "It runs from 3 March 2026 to 1 June 2026."),
        (-90, 0, "It runs from 3 December 2025 to 3 March 2026."),
        (-90, -1, "It ended on 2 March 2026. What happened up to then can still be logged."),
    ],
)
def test_the_page_says_when_a_placement_runs(sign_in, build, today, begun, ended, words):
    placement = build.placement(starts_on=today + timedelta(days=begun), ends_on=today + timedelta(days=ended))
    browser = sign_in(placement.learner)
    page = shown(browser.get(f"/placements/{placement.id}"))
    assert page.paragraphs[1].startswith(words)
    assert (LOG_HOURS in page.links) == (begun <= 0)


def test_my_placement_goes_straight_to_the_only_one(sign_in, build, placement):
    browser = sign_in(placement.learner)
    assert browser.get("/placements").location == f"/placements/{placement.id}"
    ended = build.placement(placement.learner, ends_on=placement.starts_on)
    meeting(build, placement, 1)
    page = shown(sign_in(placement.learner).get("/placements"))
    columns = ("From", "To", "Workplace hours", "Last session", "Status")
    cells = {name: [page.row(name)[column] for column in columns] for name in page.rows}
    assert cells == {
        placement.mentor.name: ["2 January 2026", "29 October 2026", "0 h", "2 March 2026", "Active"],
        ended.mentor.name: ["2 January 2026", "2 January 2026", "0 h", "none yet", "Ended"],
    }
    page = shown(sign_in(build.learner()).get("/placements"))
    assert page.paragraphs[0] == "You have no placement yet. One begins when an offer from a match round is accepted."


def test_the_page_needs_as_many_queries_for_a_long_record_as_for_a_short_one(sign_in, build, queries, now):
    counts, placements = [], [build.placement(), build.placement()]
    for placement, number in zip(placements, (1, 12), strict=True):
        for n in range(number):
            entry(build, placement, n)
            meeting(build, placement, n)
    for placement in placements:
        for person in (placement.learner, placement.mentor):
            browser = sign_in(person)
            with queries() as statements:
                assert browser.get(f"/placements/{placement.id}").status_code == 200
            counts.append(len(statements))
    assert counts[:2] == counts[2:]
