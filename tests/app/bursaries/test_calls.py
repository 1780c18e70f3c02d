"""A call is written, published with the digest of its seed, and after that only a little of it changes."""

from datetime import timedelta

import pytest

from app.models.bursaries.calls import CallState
from app.models.people import Role
from tests.app.studies.filling_in import day
from tests.screen import shown


@pytest.fixture
def says(provider, today):
    return {
        "provider": str(provider.id),
        "title": "PGCert bursaries 2026",
        "level": "PGCERT",
        "number": "10",
        "covers": "The course fees.",
        "amount": "£4,500",
        "courses": "Courses that begin in September 2026",
        **day("opens_at", today + timedelta(days=1)),
        **day("closes_at", today + timedelta(days=30)),
        "answer_days": "14",
        "regulators": ["NMC", "HCPC"],
        "doctors": "TO_CONFIRM",
        "conditions": ["asks_place", "asks_first_funding", "has_no_deferral"],
        "method": "SCORING",
        "criteria": "Why this course: 3\nWhat it changes: 1",
        "scores_needed": "2",
    }


def test_a_lead_writes_changes_and_publishes_a_call_for_everybody_to_read(app, sign_in, lead, says):
    browser = sign_in(lead)
    page = browser.post("/bursary-calls/new", data=says)
    at = page.location
    assert shown(browser.get(at)).tags[0] == "Being written"
    assert shown(app.test_client().get("/bursaries")).says("No call has been published yet.")
    form = shown(browser.get(f"{at}/change"))
    assert form.field("At most, in pounds (optional)").value == "4,500"
    assert form.field("Criteria (optional)").value == says["criteria"]
    assert browser.post(f"{at}/change", data=says | {"number": "12"}).status_code == 303
    digest = shown(browser.get(f"{at}/publish")).text.split("digest of the seed is published with it: ")[1][:64]
    assert browser.post(f"{at}/publish").status_code == 303
    assert browser.post(f"{at}/publish").status_code == 409
    assert browser.post(f"{at}/change", data=says).status_code == 409
    public = app.test_client()
    page = shown(public.get("/bursaries"))
    assert page.row("PGCert bursaries 2026")["Now"] == "Not open yet"
    page = shown(public.get(page.link("PGCert bursaries 2026")))
    assert page.says(digest)
    assert page.says("12 bursaries")
    assert page.says("Doctors and dentists: To confirm")
    assert page.says("Nursing and Midwifery Council, Health and Care Professions Council")
    assert not page.says("or what is equivalent"), "a PGCert asks for no level before"
    assert shown(public.get("/pathways")).link("the calls for bursaries") == "/bursaries"


@pytest.mark.parametrize(
    ("changes", "label", "message"),
    [
        (
            {"criteria": "Why this course"},
            "Criteria (optional)",
            "“Why this course” must end with a colon and a weight",
        ),
        ({"criteria": ""}, "Criteria (optional)", "Enter at least one criterion"),
        ({"criteria": "A: 1\na: 2"}, "Criteria (optional)", "Two criteria have the same name"),
        ({"criteria": "A: 11"}, "Criteria (optional)", "“A: 11” must end with a colon and a weight"),
        ({"number": "0"}, "How many bursaries", "The number must be between 1 and 1000"),
        ({"amount": "4,50"}, "At most, in pounds (optional)", "At most, in pounds must be a sum in pounds"),
        ({"closes_at-year": "2025"}, "Applications close", "Applications must close after they open"),
    ],
)
def test_what_cannot_stand_is_said_at_its_field_and_the_rest_is_kept(sign_in, lead, says, changes, label, message):
    answer = sign_in(lead).post("/bursary-calls/new", data=says | changes)
    assert answer.status_code == 422
    page = shown(answer)
    assert page.complaint[0] == label
    assert page.complaint[1].startswith(message)
    assert page.field("Title").value == says["title"]


def test_a_lead_writes_for_her_university_alone_and_administrators_for_all(sign_in, build, lead, says):
    other = build.provider().id
    administrator = build.person(Role.ADMINISTRATOR)
    browser = sign_in(lead)
    for provider in (str(other), "all"):
        assert browser.post("/bursary-calls/new", data=says | {"provider": provider}).status_code == 422
    at = sign_in(administrator).post("/bursary-calls/new", data=says | {"provider": "all"}).location
    assert browser.get(at).status_code == 404


def test_the_close_is_only_moved_later_and_not_once_it_has_passed(sign_in, call, lead, today, later):
    at = f"/bursary-calls/{call.id}"
    browser = sign_in(lead)
    sooner = shown(browser.post(f"{at}/extend", data=day("closes_at", today + timedelta(days=2))))
    assert sooner.complaint[1].endswith("nobody is given less time.")
    assert browser.post(f"{at}/extend", data=day("closes_at", today + timedelta(days=20))).status_code == 303
    assert shown(browser.get(at)).says("Applications are open until 23 March 2026.")
    later(30)
    browser = sign_in(lead)
    assert browser.get(f"{at}/extend").status_code == 409
    assert "Let applications close later" not in shown(browser.get(at)).links


def test_a_call_whose_days_have_passed_is_not_published(sign_in, session, call, lead, later):
    call.state, call.published_at = CallState.DRAFT, None
    at = f"/bursary-calls/{call.id}/publish"
    later(8)
    page = sign_in(lead).post(at)
    assert page.status_code == 422
    assert shown(page).says("Applications would be closed already. Change the days first.")
