"""Opening a round, changing its dates, closing it, and who reaches it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.people import Role
from app.models.programmes import Level
from app.models.requests import RequestState
from app.models.rounds import MatchRound
from app.rounds.figures import counted
from tests.screen import shown

NAME = "Name of the round"
CLOSES, ANSWER_BY = "Requests close", "Offers are answered by"


def dates_of(opens_on, closes_on, answer_by):
    parts: dict[str, str] = {}
    for name, day in (("opens_at", opens_on), ("closes_at", closes_on), ("answer_until", answer_by)):
        parts |= {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
    return parts


@pytest.fixture
def network(build):
    return build.network("North West")


@pytest.fixture
def filled_in(network, today):
    return {
        "name": "Spring 2026",
        "level": "PGCert",
        "network_ids": [str(network.id)],
        **dates_of(today, today + timedelta(days=20), today + timedelta(days=40)),
    }


def test_a_coordinator_opens_a_round_and_waiting_requests_join_it(
    build, network, filled_in, sign_in, session, look_again
):
    waiting = build.request(networks=[network])
    elsewhere = build.request(networks=[build.network()])
    other_level = build.request(networks=[network], module=build.programme(level=Level.PGDIP).modules[0])
    draft = build.request(networks=[network], state=RequestState.DRAFT, submitted_at=None)
    answer = sign_in(build.coordinator(network)).post("/rounds/new", data=filled_in)
    assert answer.status_code == 303
    look_again()
    round_ = session.scalar(select(MatchRound))
    assert answer.location == f"/rounds/{round_.id}"
    assert [network.name for network in round_.networks] == ["North West"]
    assert waiting.round_id == round_.id
    assert {elsewhere.round_id, other_level.round_id, draft.round_id} == {None}
    line = session.scalar(select(AuditLine).where(AuditLine.deed == "opened a round"))
    assert line.subject_id == round_.id


def test_a_round_is_counted_when_it_is_opened_so_that_the_home_page_need_not_say_otherwise(
    build, network, filled_in, sign_in, monkeypatch
):
    monkeypatch.setattr(counted, "SMALL_ROWS", -1)
    browser = sign_in(build.coordinator(network))
    browser.post("/rounds/new", data=filled_in)
    page = shown(browser.get("/"))
    assert page.says("Spring 2026 closes in 20 days")
    assert not page.says("has not been counted yet")


def test_a_request_that_was_in_a_round_before_stays_there(build, network, filled_in, sign_in, session, look_again):
    last = build.round(network, published_at=build.now, closes_on=build.today - timedelta(days=30))
    unplaced = build.request(networks=[network], round_id=last.id)
    sign_in(build.coordinator(network)).post("/rounds/new", data=filled_in)
    look_again()
    assert unplaced.round_id == last.id


@pytest.mark.parametrize(
    ("change", "label", "sentence"),
    [
        ({"name": ""}, NAME, "Enter a name for the round"),
        ({"level": ""}, "Level", "Choose the level"),
        ({"network_ids": []}, "Networks", "Choose at least one network"),
        ({"closes_at-day": "31", "closes_at-month": "2"}, CLOSES, "must be a real date"),
        ({"closes_at-day": "2", "closes_at-month": "3"}, CLOSES, "must close after they open"),
        ({"answer_until-day": "23", "answer_until-month": "3"}, ANSWER_BY, "must be after requests close"),
    ],
)
def test_a_round_with_bad_input_is_refused_and_what_was_typed_is_kept(
    build, network, filled_in, sign_in, session, change, label, sentence
):
    answer = sign_in(build.coordinator(network)).post("/rounds/new", data={**filled_in, **change})
    assert answer.status_code == 422
    page = shown(answer)
    where, message = page.complaint
    assert where == label
    assert sentence in message
    typed = {**filled_in, **change}
    assert page.field(NAME).value == typed["name"]
    for field, name in ((CLOSES, "closes_at"), (ANSWER_BY, "answer_until")):
        assert page.field(field).value == " ".join(typed[f"{name}-{part}"] for part in ("day", "month", "year"))
    assert session.scalar(select(MatchRound)) is None


def test_nobody_opens_a_round_in_a_network_of_others(build, network, filled_in, sign_in, session):
    other = build.coordinator(build.network("East Midlands"))
    answer = sign_in(other).post("/rounds/new", data=filled_in)
    assert answer.status_code == 422
    assert session.scalar(select(MatchRound)) is None


@pytest.mark.parametrize("advice", ["another network", "another level", "later days"])
def test_a_network_has_one_round_of_a_level_at_a_time(advice, build, network, filled_in, sign_in, today):
    free = build.network("Wessex")
    build.round(network, build.network("East Midlands"), name="Early round")
    browser = sign_in(build.coordinator(network, free))
    both = {**filled_in, "network_ids": [str(network.id), str(free.id)]}
    answer = browser.post("/rounds/new", data=both)
    assert answer.status_code == 422
    assert shown(answer).complaint == (
        "Networks",
        "“Early round” takes PGCert requests from 11 February 2026 to 13 March 2026 in North West. Choose other "
        "networks, another level, or open this one after 13 March 2026.",
    )
    after = dates_of(*(today + timedelta(days=days) for days in (11, 20, 40)))
    change = {
        "another network": {"network_ids": [str(free.id)]},
        "another level": {"level": "PGDip"},
        "later days": after,
    }
    assert browser.post("/rounds/new", data=both | change[advice]).status_code == 303


@pytest.mark.parametrize(
    ("days", "label", "advice"),
    [
        ((6, 20, 50), "Requests open", "Open this one after that."),
        ((-9, 5, 50), CLOSES, "Close this one before"),
    ],
)
def test_dates_that_run_into_another_round_are_refused_at_the_day_that_does(
    scene, build, sign_in, today, days, label, advice
):
    build.round(
        scene.network, name="Next round", opens_on=today + timedelta(days=5), closes_on=today + timedelta(days=9)
    )
    wrong = dates_of(*(today + timedelta(days=day) for day in days))
    answer = sign_in(scene.coordinator).post(f"/rounds/{scene.round.id}/dates", data=wrong)
    assert answer.status_code == 422
    where, message = shown(answer).complaint
    assert (where, advice in message) == (label, True)


def test_the_list_shows_only_rounds_of_own_networks_and_filters_by_state(build, network, sign_in, today):
    build.round(network, name="Open round")
    build.round(network, name="Closed round", closes_on=today - timedelta(days=1))
    build.round(build.network(), name="Round of others")
    browser = sign_in(build.coordinator(network))
    page = shown(browser.get("/rounds"))
    assert sorted(page.rows) == ["Closed round", "Open round"]
    assert (page.row("Open round").tags, page.row("Closed round").tags) == (["Open"], ["Closed"])
    assert shown(browser.get("/rounds?state=closed")).rows == ["Closed round"]


ADDRESSES = ("", "/dates", "/close", "/requests", "/openings", "/obstacles", "/pins", "/answers", "/runs/new")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_coordinator_of_one_of_its_networks_reaches_a_round_and_a_stranger_does_not(
    build, full_scene, sign_in, address
):
    path = f"/rounds/{full_scene.round.id}{address}"
    assert sign_in(full_scene.coordinator).get(path).status_code == 200
    assert sign_in(build.coordinator(build.network())).get(path).status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_coordinators_see_rounds(build, full_scene, sign_in, client, address):
    path = f"/rounds/{full_scene.round.id}{address}"
    assert sign_in(build.person(Role.MENTOR, Role.LEARNER, Role.ADMINISTRATOR)).get(path).status_code == 403
    assert client.get(path).status_code == 303


def test_the_head_of_a_round_has_four_numbers(build, full_scene, sign_in):
    full_scene.build.request(networks=[build.network("Far away")], round_id=full_scene.round.id)
    page = shown(sign_in(full_scene.coordinator).get(f"/rounds/{full_scene.round.id}"))
    assert page.texts("ul.app-figures li") == [
        "4 requests",
        "2 places left in 2 openings",
        "1 learner with no possible opening",
        "Closed since 2 March 2026",
    ]


def test_dates_change_before_publication_and_the_old_ones_stay_in_the_audit_trail(
    scene, sign_in, session, look_again, today
):
    later = dates_of(today - timedelta(days=5), today + timedelta(days=5), today + timedelta(days=50))
    answer = sign_in(scene.coordinator).post(f"/rounds/{scene.round.id}/dates", data=later)
    assert answer.status_code == 303
    look_again()
    assert scene.round.closes_on == today + timedelta(days=5)
    line = session.scalar(select(AuditLine).where(AuditLine.deed == "changed the dates of a round"))
    assert line.details["before"]["closes_at"] == "2026-03-03T00:00:00+00:00"


def test_dates_of_a_published_round_stay(scene, sign_in, look_again, today):
    scene.round.published_at = scene.build.now
    later = dates_of(today, today + timedelta(days=5), today + timedelta(days=50))
    answer = sign_in(scene.coordinator).post(f"/rounds/{scene.round.id}/dates", data=later)
    assert answer.status_code == 422
    assert shown(answer).errors == {
        "“Spring 2026” is published: its offers are out and it can no longer be changed.": ""
    }
    look_again()
    assert scene.round.closes_on == today - timedelta(days=1)


def test_dates_out_of_order_are_refused(scene, sign_in, today):
    wrong = dates_of(today, today - timedelta(days=1), today)
    answer = sign_in(scene.coordinator).post(f"/rounds/{scene.round.id}/dates", data=wrong)
    assert answer.status_code == 422
    assert shown(answer).errors == {"Requests must close after they open": CLOSES}


def test_closing_early_says_who_is_affected_and_ends_the_window(scene, build, sign_in, look_again, today, now):
    scene.round.closes_on = today + timedelta(days=9)
    scene.request()
    build.request(networks=[scene.network], state=RequestState.DRAFT)
    browser = sign_in(scene.coordinator)
    page = shown(browser.get(f"/rounds/{scene.round.id}/close"))
    assert page.items[:2] == [
        "1 learner who has sent a request can no longer change it",
        "1 learner who has begun a request but not sent it will miss this round",
    ]
    assert page.button("Close the round now").action == f"/rounds/{scene.round.id}/close"
    assert browser.post(f"/rounds/{scene.round.id}/close").status_code == 303
    look_again()
    assert not scene.round.takes_requests(now)
    assert browser.post(f"/rounds/{scene.round.id}/close").status_code == 422


@pytest.mark.parametrize("deed", ["dates", "close", "runs/new"])
def test_a_stranger_and_a_mentor_cannot_do_the_deeds_of_a_round(build, scene, sign_in, deed):
    path = f"/rounds/{scene.round.id}/{deed}"
    assert sign_in(build.coordinator(build.network())).post(path).status_code == 404
    assert sign_in(build.mentor()).post(path).status_code == 403


def test_requests_are_searched_and_filtered_by_the_address(build, scene, sign_in):
    scene.request(learner=build.learner(name="Ada Example"))
    scene.request(learner=build.learner(name="Bo Sample"))
    browser = sign_in(scene.coordinator)
    page = shown(browser.get(f"/rounds/{scene.round.id}/requests?q=ada"))
    assert page.rows == ["Ada Example"]
    assert page.field("Learner’s name").value == "ada"
    part = shown(browser.get(f"/rounds/{scene.round.id}/requests?q=bo", headers={"HX-Request": "true"}))
    assert (part.headings, part.rows) == ([], ["Bo Sample"])


def test_a_request_shows_what_the_learner_could_be_given_and_a_stranger_gets_404(build, full_scene, sign_in):
    wish = full_scene.requests[0]
    path = f"/rounds/{full_scene.round.id}/requests/{wish.id}"
    page = shown(sign_in(full_scene.coordinator).get(path))
    assert page.heading == wish.learner.name
    possible = page.section("Openings that this learner could be given")
    assert sorted(possible.headings) == ["Heart failure nurses at home", "Wound dressings after surgery"]
    assert sign_in(build.coordinator(build.network())).get(path).status_code == 404
    other = build.request()
    elsewhere = f"/rounds/{full_scene.round.id}/requests/{other.id}"
    assert sign_in(full_scene.coordinator).get(elsewhere).status_code == 404


def test_a_request_names_the_employer_that_was_picked_or_typed(scene, build, sign_in):
    wish = scene.request()
    profile, path = wish.learner.learner_profile, f"/rounds/{scene.round.id}/requests/{wish.id}"
    assert shown(sign_in(scene.coordinator).get(path)).row("Employer").value == profile.employer_name
    profile.employer, profile.employer_name = build.organisation(name="Derby Hospital NHS Trust"), ""
    assert shown(sign_in(scene.coordinator).get(path)).row("Employer").value == "Derby Hospital NHS Trust"


def test_openings_are_searched_by_study_mentor_and_organisation(full_scene, sign_in):
    browser = sign_in(full_scene.coordinator)
    heart, wound = full_scene.openings
    for typed, found in (
        ("wound", wound),
        (heart.mentor.name, heart),
        (wound.organisation.name, wound),
    ):
        page = shown(browser.get(f"/rounds/{full_scene.round.id}/openings", query_string={"q": typed}))
        assert page.rows == [found.mentor.name]
        assert page.row(found.mentor.name)["Study"] == found.study.title


@pytest.mark.parametrize("address", ["", "/requests", "/openings", "/obstacles", "/pins", "/runs/new"])
def test_queries_of_a_round_page_do_not_grow_with_the_rows(scene, sign_in, queries, address):
    counts = []
    for number in (1, 9):
        for _ in range(number):
            opening = scene.opening()
            scene.request(ranked=[opening])
            scene.build.request(networks=[scene.build.network()], round_id=scene.round.id)
        browser = sign_in(scene.coordinator)
        with queries() as statements:
            assert browser.get(f"/rounds/{scene.round.id}{address}").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
