"""A form that is sent twice, one after the other or at the same moment, does its deed once and leads to one place."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.models.hours import HoursEntry
from app.models.operations.sendings import SentForm
from app.models.people import Person, Role
from app.models.rounds import MatchRound
from app.models.runs import Pin
from app.web.deeds.once import KEPT_FOR, SENT_BEFORE
from tests.app.studies.filling_in import day
from tests.in_between import in_between
from tests.pages import own_form
from tests.screen import shown

NEW = "/admin/people/new"
SOMEBODY = {"name": "Somebody New", "email": "somebody.new@nowhere.example"}


@pytest.fixture
def administrator(sign_in, build):
    return sign_in(build.person(Role.ADMINISTRATOR))


@pytest.fixture
def coordinator(sign_in, build):
    return sign_in(build.coordinator(build.network()))


def number_of(session, model):
    session.rollback()
    return session.scalar(select(func.count()).select_from(model))


def send(browser, form, **changed):
    fields = form.fields | {name: [value] for name, value in changed.items()}
    return browser.post(form.action, data=fields)


def test_sent_twice_it_does_its_deed_once_and_leads_to_what_it_made(administrator, session):
    form = own_form(NEW, administrator.get(NEW))
    answers = [send(administrator, form, **SOMEBODY) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert number_of(session, Person) == 2
    assert shown(administrator.get(answers[1].location)).says(SENT_BEFORE)


def test_sent_twice_at_the_same_moment_it_does_its_deed_once(administrator, session, engine):
    form = own_form(NEW, administrator.get(NEW))
    answers = in_between(
        engine,
        lambda: send(administrator, form, **SOMEBODY),
        lambda: send(administrator, form, **SOMEBODY),
    )
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert number_of(session, Person) == 2


def test_a_round_is_opened_once(coordinator, session, today):
    form = own_form("/rounds/new", coordinator.get("/rounds/new"))
    closes, answer_by = today + timedelta(days=20), today + timedelta(days=40)
    dates = day("opens_at", today) | day("closes_at", closes) | day("answer_until", answer_by)
    first, second = (send(coordinator, form, **dates, name="Spring 2026", level="PGCert") for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert number_of(session, MatchRound) == 1


def test_htmx_is_led_there_as_well(administrator, session):
    form = own_form(NEW, administrator.get(NEW))
    fields = form.fields | {name: [value] for name, value in SOMEBODY.items()}
    led_to = [
        administrator.post(NEW, data=fields, headers={"HX-Request": "true"}).headers["HX-Redirect"] for _ in range(2)
    ]
    assert led_to[0] == led_to[1]
    assert number_of(session, Person) == 2


def test_a_form_that_was_refused_can_be_sent_again_and_keeps_its_key(administrator, session):
    form = own_form(NEW, administrator.get(NEW))
    refused = send(administrator, form, name="Somebody New", email="no address")
    assert refused.status_code == 422
    again = own_form(NEW, refused)
    assert again.fields["form_key"] == form.fields["form_key"]
    assert send(administrator, again, **SOMEBODY).status_code == 303
    assert number_of(session, Person) == 2


def test_a_form_that_says_something_else_by_now_is_another_deed(administrator, session):
    form = own_form(NEW, administrator.get(NEW))
    send(administrator, form, **SOMEBODY)
    assert send(administrator, form, name="Somebody Else", email="else@nowhere.example").status_code == 303
    assert number_of(session, Person) == 3


def test_what_is_changed_and_changed_back_by_the_same_form_is_changed_back(administrator, build, session):
    person = build.person(name="A Name")
    session.commit()
    page = f"/admin/people/{person.id}/correct"
    form = own_form(page, administrator.get(page))
    for name in ("Another Name", "A Name", "Another Name"):
        send(administrator, form, name=name, made_from="")
    session.rollback()
    assert session.get_one(Person, person.id).name == "Another Name"


def test_nobody_is_led_where_somebody_elses_form_led(sign_in, build, session):
    one, other = (sign_in(build.person(Role.ADMINISTRATOR)) for _ in range(2))
    form = own_form(NEW, one.get(NEW))
    send(one, form, **SOMEBODY)
    assert send(other, form, **SOMEBODY).status_code == 422
    assert number_of(session, SentForm) == 1


def test_each_form_of_a_page_has_a_key_of_its_own(coordinator):
    keys = [own_form("/rounds/new", coordinator.get("/rounds/new")).fields["form_key"] for _ in range(2)]
    assert keys[0] != keys[1]


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "<script>alert(1)</script>", "\N{SNOWMAN}" * 20])
def test_a_key_that_we_did_not_make_is_none(administrator, session, key):
    assert administrator.post(NEW, data={**SOMEBODY, "form_key": key}).status_code == 303
    assert number_of(session, SentForm) == 0


def test_keys_are_forgotten_after_two_days(app, administrator, session, now):
    form = own_form(NEW, administrator.get(NEW))
    send(administrator, form, **SOMEBODY)
    app.config["NOW"] = lambda: now + KEPT_FOR * 2
    session.rollback()
    person_id = session.scalar(select(SentForm.person_id))
    app.config["NOW"] = lambda: now
    assert person_id is not None
    for sent in session.scalars(select(SentForm)):
        sent.sent_at = now - KEPT_FOR * 2
    session.commit()
    send(administrator, own_form(NEW, administrator.get(NEW)), name="Somebody Else", email="else@nowhere.example")
    assert number_of(session, SentForm) == 1


def test_the_same_hours_from_one_form_count_once_and_other_hours_are_asked_about(sign_in, build, session):
    placement = build.placement()
    page = f"/placements/{placement.id}/hours/new"
    learner = sign_in(placement.learner)
    hours = {**day("worked_on", build.today), "category": "teaching", "minutes": "60", "did": "Read."}
    form = own_form(page, learner.get(page))
    assert [send(learner, form, **hours).status_code for _ in range(2)] == [303, 303]
    other = send(learner, form, **hours | {"minutes": "90"})
    assert other.status_code == 422
    assert number_of(session, HoursEntry) == 1
    again = own_form(page, other)
    assert send(learner, again, again="another", is_sure="y").status_code == 303
    assert number_of(session, HoursEntry) == 2


def test_the_last_place_is_pinned_once(sign_in, build, session, today):
    network = build.network()
    coordinator = build.coordinator(network)
    round_ = build.round(network, coordinator=coordinator)
    opening = build.opening(network=network)
    request = build.request(networks=[network], round_id=round_.id)
    browser = sign_in(coordinator)
    page = f"/rounds/{round_.id}/requests/{request.id}/pin"
    form = own_form(page, browser.get(page))
    data = {"opening_id": str(opening.id), "reason": "They work together already."}
    assert [send(browser, form, **data).status_code for _ in range(2)] == [303, 303]
    assert number_of(session, Pin) == 1
