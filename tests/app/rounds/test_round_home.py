"""What a coordinator's home page says about her rounds."""

from datetime import timedelta

import pytest

from app.models.people import Role
from app.models.runs import RunState
from app.rounds.home import home_items_of
from app.rules.home_items import Standing, ToDo
from tests.screen import shown


def told(session, person, now):
    session.flush()
    return [(type(item), item.text, item.why) for item in home_items_of(session, person, now)]


def test_a_coordinator_without_rounds_is_led_to_opening_one(build, session, now, today):
    assert told(session, build.coordinator(build.network()), now)[0][1] == "No round is open in your networks"


@pytest.mark.parametrize("role", [Role.LEARNER, Role.MENTOR, Role.ADMINISTRATOR])
def test_nobody_else_hears_of_rounds(build, scene, session, now, today, role):
    assert told(session, build.person(role), now) == []


@pytest.mark.parametrize(("days", "words"), [(0, "today"), (1, "tomorrow"), (12, "in 12 days")])
def test_an_open_round_says_when_it_closes(scene, session, now, today, days, words):
    scene.round.closes_on = today + timedelta(days=days)
    assert told(session, scene.coordinator, now)[0][:2] == (Standing, f"Spring 2026 closes {words}")


def test_a_round_to_come_says_when_it_opens(scene, session, now, today):
    scene.round.opens_on, scene.round.closes_on = today + timedelta(days=2), today + timedelta(days=9)
    assert told(session, scene.coordinator, now)[0][:2] == (Standing, "Spring 2026 opens on 5 March 2026")


def test_a_closed_round_asks_to_be_run_and_then_to_be_published(scene, build, session, now, today):
    assert told(session, scene.coordinator, now)[0][:2] == (ToDo, "Run Spring 2026")
    build.run(scene.round, state=RunState.SOLVED)
    assert told(session, scene.coordinator, now)[0][:2] == (ToDo, "Publish Spring 2026")


def test_learners_without_an_opening_are_something_to_do(scene, session, now, today):
    scene.request()
    found = told(session, scene.coordinator, now)
    assert (ToDo, "See what stands in the way in Spring 2026") in [item[:2] for item in found]
    scene.opening()
    assert len(told(session, scene.coordinator, now)) == 1


def test_unanswered_offers_are_known_until_they_have_lapsed(scene, build, session, now, today):
    scene.round.published_at = build.now
    offer = build.offer(round_=scene.round)
    kind, text, why = told(session, scene.coordinator, now)[0]
    assert (kind, text) == (Standing, "1 offer of Spring 2026 waits for an answer")
    assert "2 April 2026" in why
    offer.answer_by = today - timedelta(days=1)
    assert "Spring 2026" not in str(told(session, scene.coordinator, now))


def test_the_home_page_leads_to_the_rounds(scene, sign_in):
    page = shown(sign_in(scene.coordinator).get("/"))
    assert page.link("Run Spring 2026") == f"/rounds/{scene.round.id}"
    assert page.nav("Menu").link("Rounds") == "/rounds"


def test_queries_of_the_home_page_do_not_grow_with_rounds_and_requests(build, scene, session, now, today, queries):
    counts = []
    for number in (1, 5):
        for _ in range(number):
            round_ = build.round(scene.network, closes_on=today - timedelta(days=1))
            build.request(networks=[scene.network], round_id=round_.id)
            scene.opening()
        session.commit()
        session.expire_all()
        person = build.session.get(type(scene.coordinator), scene.coordinator.id)
        person.network_ids()
        with queries() as statements:
            home_items_of(session, person, now)
        counts.append(len(statements))
    assert counts[0] == counts[1]
