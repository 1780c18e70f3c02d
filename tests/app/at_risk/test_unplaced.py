"""Learners who start soon without a placement: who is listed, for whom, with what helps, and put aside until a day."""

from datetime import timedelta

import pytest

from app.models.people import Person, Role
from tests.app.studies.filling_in import day
from tests.screen import shown

DAY = timedelta(days=1)
LIST = "/at-risk/unplaced"


@pytest.fixture
def enrolment(build):
    """Robin began 60 days ago, and nothing was asked since."""
    return build.enrolment(build.learner(name="Robin Learner"))


@pytest.fixture
def module(enrolment):
    return enrolment.programme.modules[0]


@pytest.fixture
def of_university(build, enrolment):
    def make(name, role):
        person = build.person(name=name)
        build.grant(person, role, provider=enrolment.programme.provider)
        return person

    return make


@pytest.fixture
def lead(of_university):
    return of_university("Lee Lead", Role.PROGRAMME_LEAD)


@pytest.fixture
def asked(build, enrolment, module):
    """Her request in a round of a network, in 20 days at the latest; with its coordinator."""
    network = build.network()
    coordinator = build.coordinator(network)
    round_ = build.round(network, coordinator=coordinator)
    learner = build.session.get_one(Person, enrolment.learner_id)
    request = build.request(learner, [network], module, start_until=build.today + 20 * DAY)
    request.round = round_
    return request, coordinator


@pytest.fixture
def is_seen_by(sign_in, session):
    """is_seen_by(reader) says whether Robin stands on her list."""

    def read(reader):
        session.commit()
        return shown(sign_in(reader).get(LIST)).says("Robin Learner")

    return read


def test_a_lead_and_a_supervisor_see_who_has_not_asked(sign_in, session, enrolment, module, lead, of_university, today):
    supervisor = of_university("Sam Supervisor", Role.ACADEMIC_SUPERVISOR)
    session.commit()
    for reader in (lead, supervisor):
        browser = sign_in(reader)
        at_risk = shown(browser.get("/at-risk"))
        page = shown(browser.get(at_risk.link("1 learner starts soon without a placement")))
        assert page.says(f"{module.title} was to start by 2 January 2026, and there is no placement.")
        assert page.says("The learner has not asked for a place.")
        assert browser.get(page.link("See the record of Robin Learner")).status_code == 200


def test_a_coordinator_sees_who_asks_in_her_network_and_the_round(sign_in, session, build, module, asked, is_seen_by):
    request, coordinator = asked
    stranger = build.coordinator(build.network())
    assert not is_seen_by(stranger)
    browser = sign_in(coordinator)
    page = shown(browser.get(LIST))
    assert page.says(f"{module.title} is to start by 23 March 2026, and there is no placement.")
    assert page.says("The learner has asked for a place.")
    assert page.link("See the round of Robin Learner") == f"/rounds/{request.round_id}"
    assert browser.get(f"/rounds/{request.round_id}").status_code == 200


def test_who_has_an_offer_is_said_to_have_one(sign_in, session, build, asked):
    request, coordinator = asked
    build.offer(request, build.opening(network=request.networks[0]), request.round)
    session.commit()
    assert shown(sign_in(coordinator).get(LIST)).says("The learner has an offer to answer.")


def test_who_has_named_a_supervisor_is_said_to_have_done_so(sign_in, session, build, enrolment, module, lead):
    build.nomination(session.get_one(Person, enrolment.learner_id), module=module)
    session.commit()
    assert shown(sign_in(lead).get(LIST)).says("The learner has named a supervisor, and nothing is agreed yet.")


@pytest.mark.parametrize(("wanted", "is_listed"), [(42, True), (43, False)])
def test_she_is_listed_so_many_days_before_the_last_day_that_she_asks_for(
    asked, lead, is_seen_by, today, wanted, is_listed
):
    asked[0].start_until = today + wanted * DAY
    assert is_seen_by(lead) == is_listed


def test_the_days_are_a_setting(app, asked, lead, is_seen_by, monkeypatch, today):
    asked[0].start_until = today + 43 * DAY
    settings = app.extensions["rpe_settings"]
    monkeypatch.setitem(app.extensions, "rpe_settings", type(settings)(**{**vars(settings), "unplaced_days": 43}))
    assert is_seen_by(lead)


def test_a_path_aside_is_closed_to_others(sign_in, session, build, enrolment, module):
    stranger = build.person()
    build.grant(stranger, Role.PROGRAMME_LEAD, provider=build.programme().provider)
    learner = session.get_one(Person, enrolment.learner_id)
    session.commit()
    path = f"{LIST}/{enrolment.id}/{module.id}"
    assert sign_in(stranger).get(path).status_code == 404
    assert sign_in(learner).get(path).status_code == 403


def test_who_is_put_aside_is_out_of_sight_for_all_until_had_back(
    sign_in, session, enrolment, module, lead, asked, is_seen_by, today
):
    coordinator = asked[1]
    session.commit()
    path, browser = f"{LIST}/{enrolment.id}/{module.id}", sign_in(lead)
    said = {**day("until_on", today + 9 * DAY), "words": "A place is found by hand."}
    late = browser.post(path, data={**said, **day("until_on", today + 91 * DAY)})
    assert late.status_code == 422
    assert shown(late).says("A place is found by hand.")
    assert browser.post(path, data={**said, "words": ""}).status_code == 422
    assert browser.post(path, data=said).status_code == 303
    assert browser.post(path, data=said).status_code == 409
    for reader in (lead, coordinator):
        assert not is_seen_by(reader)
    page = shown(sign_in(coordinator).get(f"{LIST}?aside=1"))
    assert page.says("Put aside by Lee Lead until 12 March 2026: A place is found by hand.")
    assert sign_in(coordinator).post(f"{path}/back").status_code == 303
    assert is_seen_by(lead)
    assert sign_in(lead).post(f"{path}/back").status_code == 409


def test_it_comes_back_after_its_day_and_when_the_start_comes_nearer(
    build, enrolment, module, lead, asked, is_seen_by, today
):
    request = asked[0]
    build.put_unplaced_aside(enrolment, module, lead, starts_by=request.start_until, until_on=today)
    assert not is_seen_by(lead)
    request.start_until -= DAY
    assert is_seen_by(lead)
    build.put_unplaced_aside(enrolment, module, lead, starts_by=request.start_until, until_on=today - DAY)
    assert is_seen_by(lead)


def test_who_has_a_placement_by_now_cannot_be_put_aside(sign_in, session, build, enrolment, module, lead, today):
    placement = build.placement(session.get_one(Person, enrolment.learner_id))
    placement.module = module
    session.commit()
    path, browser = f"{LIST}/{enrolment.id}/{module.id}", sign_in(lead)
    said = {**day("until_on", today + 9 * DAY), "words": "A place is found by hand."}
    for answer in (browser.get(path), browser.post(path, data=said)):
        assert answer.status_code == 303
    assert shown(browser.get(LIST)).says("Robin Learner has a placement by now, or does not start soon any more.")


def test_the_list_needs_as_many_queries_for_many_as_for_two(sign_in, session, build, of_university, queries, enrolment):
    counts = []
    for number in (2, 8):
        reader = of_university("Lee Lead", Role.PROGRAMME_LEAD)
        for _ in range(number):
            build.enrolment(build.learner(), enrolment.programme)
            aside = build.enrolment(build.learner(), enrolment.programme)
            build.put_unplaced_aside(aside, enrolment.programme.modules[0], reader)
        browser = sign_in(reader)
        for address in (LIST, f"{LIST}?aside=1"):
            with queries() as statements:
                assert browser.get(address).status_code == 200
            counts.append(len(statements))
    assert counts[:2] == counts[2:]
