"""The page of a placement: who sees it, what it says, and that it does not grow slow."""

from datetime import timedelta

import pytest

from app.models.hours import HoursCategory, HoursEntry
from app.models.programmes import Level
from app.models.supervision import SessionForm, SupervisionSession


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
    return build.add(HoursEntry(placement=placement, **values))


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
    learner = sign_in(placement.learner).get(f"/placements/{placement.id}").text
    mentor = sign_in(placement.mentor).get(f"/placements/{placement.id}").text
    assert "Log hours" in learner
    assert "Log a session" not in learner
    assert "Log a session" in mentor
    assert "Log hours" not in mentor
    for page in (learner, mentor):
        for words in (placement.opening.study.title, placement.module.title, "2 January 2026 to 29 October 2026"):
            assert words in page


def test_nobody_else_sees_it(sign_in, build, placement):
    address = f"/placements/{placement.id}"
    for person, status in ((build.learner(), 404), (build.mentor(), 404), (build.coordinator(build.network()), 403)):
        assert sign_in(person).get(address).status_code == status


@pytest.mark.parametrize(("level", "band"), [(Level.PGCERT, "50 to 100"), (Level.PGDIP, "70 to 150")])
def test_it_shows_the_band_of_its_level_and_the_hours_of_the_module(sign_in, build, level, band):
    placement = build.placement(level=level)
    page = sign_in(placement.learner).get(f"/placements/{placement.id}").text
    assert f"Band: {band} h" in page
    assert f"the band of {band} hours" in page
    assert "0 h of about 150 hours of the module" in page


def test_the_record_mixes_sessions_and_hours_in_order_of_time(sign_in, build, placement, now):
    entry(build, placement, 3)
    meeting(build, placement, 2, confirmed_at=now)
    entry(build, placement, 1, minutes=45)
    meeting(build, placement, 4)
    page = sign_in(placement.learner).get(f"/placements/{placement.id}").text
    places = [page.index(words) for words in ("Entry 1.", "Meeting 2.", "Entry 3.", "Meeting 4.")]
    assert places == sorted(places)
    assert "Confirm the session of 27 February 2026" in page
    assert "2 h 15 min of about 150 hours" in page
    assert "1 h 45 min in the workplace" in page


def test_a_placement_that_has_not_begun_takes_no_records_yet(sign_in, build, today):
    placement = build.placement(starts_on=today + timedelta(days=9))
    page = sign_in(placement.learner).get(f"/placements/{placement.id}").text
    assert "It begins on 12 March 2026" in page
    assert "Log hours" not in page
    home = sign_in(placement.mentor).get("/").text
    assert f"Your placement with {placement.learner.name} begins on 12 March 2026" in home


def test_my_placement_goes_straight_to_the_only_one(sign_in, build, placement):
    browser = sign_in(placement.learner)
    assert browser.get("/placements").location == f"/placements/{placement.id}"
    build.placement(placement.learner)
    page = sign_in(placement.learner).get("/placements").text
    assert page.count('<th scope="row">') == 2
    assert "You have no placement yet" in sign_in(build.learner()).get("/placements").text


def test_the_page_needs_as_many_queries_for_a_long_record_as_for_a_short_one(sign_in, build, queries, now):
    counts = []
    for number in (1, 12):
        placement = build.placement()
        for n in range(number):
            entry(build, placement, n)
            meeting(build, placement, n)
        for person in (placement.learner, placement.mentor):
            browser = sign_in(person)
            with queries() as statements:
                assert browser.get(f"/placements/{placement.id}").status_code == 200
            counts.append(len(statements))
    assert counts[:2] == counts[2:]
