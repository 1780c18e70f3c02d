"""What a university sees of its learners, and how a programme lead records credit."""

import csv
import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.models.audit import AuditLine
from app.models.hours import HoursCategory, HoursEntry
from app.models.people import Person, Role
from app.models.programmes import CreditDecision, Enrolment
from app.models.supervision import SessionForm, SupervisionSession
from app.progress.credit import counting, credits_decided
from app.web.spreadsheet import harmless


@pytest.fixture
def university(build):
    return build.provider("University of Testing")


@pytest.fixture
def programme(build, university):
    return build.programme(university)


@pytest.fixture
def lead(build, university):
    person = build.person()
    build.grant(person, Role.PROGRAMME_LEAD, provider=university)
    return person


@pytest.fixture
def supervisor(build, university):
    person = build.person()
    build.grant(person, Role.ACADEMIC_SUPERVISOR, provider=university)
    return person


@pytest.fixture
def enrolment(build, programme):
    return build.enrolment(build.learner(name="Robin Learner"), programme)


def sent(module_, today, **changes):
    values = {
        "module": module_.id,
        "outcome": "earned",
        "decided_on-day": today.day,
        "decided_on-month": today.month,
        "decided_on-year": today.year,
        **changes,
    }
    return {name: value for name, value in values.items() if value is not None}


def placed(build, name, starts_on, provider=None):
    """A placement of a learner with this name; at another university unless one is given."""
    placement = build.placement(build.learner(name=name), starts_on=starts_on)
    if provider:
        placement.module.programme.provider = provider
    return placement


def confirmed_session(build, placement, day):
    return build.add(
        SupervisionSession(
            placement=placement,
            held_on=day,
            minutes=60,
            form=SessionForm.VIDEO,
            topics="About consent.",
            logged_by_id=placement.mentor_id,
            logged_at=build.now,
            confirmed_at=build.now,
            form_key=f"{placement.id} {day}",
        )
    )


def workplace_hours(build, placement, day, minutes):
    return build.add(
        HoursEntry(
            placement=placement,
            worked_on=day,
            category=HoursCategory.WORKPLACE,
            minutes=minutes,
            did="Screening.",
            logged_at=build.now,
            form_key=f"{placement.id} {day} {minutes}",
        )
    )


def test_the_list_shows_credits_hours_sessions_and_risk_of_own_learners_only(
    sign_in, build, supervisor, university, enrolment, today
):
    placed(build, "Late Learner", today - timedelta(days=100), university)
    fine = placed(build, "Fine Learner", today - timedelta(days=20), university)
    confirmed_session(build, fine, today - timedelta(days=4))
    workplace_hours(build, fine, today, 150)
    placed(build, "Learner Elsewhere", today - timedelta(days=100))
    page = sign_in(supervisor).get("/progress").text
    assert "Learner Elsewhere" not in page
    assert "1 learner at risk" in page
    assert page.index("Late Learner") < page.index("Fine Learner")
    assert "No session for 14 weeks. There has been none yet." in page
    assert "0 h in the workplace. To reach 50 hours in time" in page
    for words in ("Robin Learner", "0 of 60", "3 h 30 min of 150&nbsp;h", "2 h 30 min", "27 February 2026"):
        assert words in page


@pytest.mark.parametrize(("asked", "expected"), [("q=LATE", 1), ("risk=1", 1), ("programme=0", 0), ("q=", 2), ("", 2)])
def test_the_list_is_searched_and_filtered_in_the_address(
    sign_in, build, supervisor, university, enrolment, today, asked, expected
):
    placed(build, "Late Learner", today - timedelta(days=100), university)
    browser = sign_in(supervisor)
    page = browser.get(f"/progress?{asked}").text
    assert f"{expected} learner" in page
    part = browser.get(f"/progress?{asked}", headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert part.strip() in page.strip() or part.strip().splitlines()[0] in page


def test_a_learners_page_shows_ledgers_and_record(sign_in, build, supervisor, university, today, session):
    placement = placed(build, "Robin Learner", today - timedelta(days=40), university)
    confirmed_session(build, placement, today - timedelta(days=4))
    workplace_hours(build, placement, today, 150)
    enrolment = session.scalar(select(Enrolment).where(Enrolment.learner_id == placement.learner_id))
    page = sign_in(supervisor).get(f"/progress/{enrolment.id}").text
    for words in ("Robin Learner", "About consent.", "Screening.", "Hours never do", "Band: 50 to 100 h"):
        assert words in page
    assert "Record a credit decision" not in page


def test_a_learner_without_a_placement_has_a_page_too(sign_in, lead, enrolment):
    page = sign_in(lead).get(f"/progress/{enrolment.id}").text
    assert "There is none yet." in page
    assert "Record a credit decision" in page


@pytest.mark.parametrize("page", ["/progress", "/progress.csv", "/progress/{}"])
def test_coordinators_learners_mentors_and_other_universities_do_not_see_progress(sign_in, build, enrolment, page):
    address = page.format(enrolment.id)
    learner = build.learner()
    for person in (build.coordinator(build.network()), build.mentor(), learner):
        assert sign_in(person).get(address).status_code == 403
    elsewhere = build.person()
    build.grant(elsewhere, Role.ACADEMIC_SUPERVISOR, provider=build.provider())
    answer = sign_in(elsewhere).get(address)
    assert answer.status_code == (404 if "{}" in page else 200)
    assert "Robin Learner" not in answer.text


def test_a_role_that_has_ended_shows_nothing(sign_in, supervisor, lead, enrolment, now):
    supervisor.grants[0].ended_at = now
    assert sign_in(supervisor).get("/progress").status_code == 403


def test_credit_is_recorded_and_the_learner_told(sign_in, session, lead, enrolment, programme, today, mails):
    browser = sign_in(lead)
    assert "Hours never award credit" in browser.get(f"/progress/{enrolment.id}/credit").text
    answer = browser.post(f"/progress/{enrolment.id}/credit", data=sent(programme.modules[1], today))
    assert mails() == [
        (
            session.get(Person, enrolment.learner_id).email,
            f"A decision about {programme.modules[1].title}",
            "Hello Robin Learner,",
        )
    ]
    (decision,) = session.scalars(select(CreditDecision)).all()
    assert answer.location == f"/progress/{enrolment.id}"
    assert (decision.credits, decision.decided_on, decision.decided_by_id) == (15, today, lead.id)
    page = browser.get(answer.location).text
    assert "15 of 60" in page
    assert lead.name in page
    assert "decided credit" in session.scalars(select(AuditLine.deed)).all()


def test_the_newest_decision_about_a_module_counts_and_earlier_ones_stay(
    sign_in, session, lead, enrolment, programme, today, look_again
):
    browser, address = sign_in(lead), f"/progress/{enrolment.id}/credit"
    browser.post(address, data=sent(programme.modules[1], today))
    browser.post(address, data=sent(programme.modules[1], today, outcome="not earned"))
    look_again()
    page = browser.get(f"/progress/{enrolment.id}").text
    assert "0 of 60" in page
    assert "Not earned" in page
    assert "All decisions in the order" in page
    assert len(session.scalars(select(CreditDecision)).all()) == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"module": None}, "Choose the module"),
        ({"module": "0"}, "Choose one of the answers"),
        ({"outcome": None}, "Choose what was decided"),
        ({"decided_on-day": ""}, "must include a day"),
        ({"decided_on-day": "4"}, "must be today or in the past"),
        ({"decided_on-year": "2025"}, "when the learner enrolled"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_and_what_was_typed_is_kept(
    sign_in, session, lead, enrolment, programme, today, changes, words
):
    answer = sign_in(lead).post(f"/progress/{enrolment.id}/credit", data=sent(programme.modules[1], today, **changes))
    assert answer.status_code == 422
    assert words in answer.text
    assert "checked" in answer.text
    assert session.scalars(select(CreditDecision)).all() == []


def test_a_module_of_another_programme_cannot_be_chosen(sign_in, session, build, lead, enrolment, university, today):
    other = build.programme(university).modules[0]
    answer = sign_in(lead).post(f"/progress/{enrolment.id}/credit", data=sent(other, today))
    assert answer.status_code == 422
    assert session.scalars(select(CreditDecision)).all() == []


def test_no_more_credits_than_a_level_has_and_no_decision_twice(
    sign_in, session, lead, enrolment, programme, today, look_again
):
    programme.modules[3].credits = 30
    browser, address = sign_in(lead), f"/progress/{enrolment.id}/credit"
    for module in programme.modules[:3]:
        assert browser.post(address, data=sent(module, today)).status_code == 303
    assert (
        "With these credits the learner would have 75"
        in browser.post(address, data=sent(programme.modules[3], today)).text
    )
    assert "That decision is recorded already" in browser.post(address, data=sent(programme.modules[0], today)).text
    look_again()
    assert credits_decided(session.scalars(select(CreditDecision))) == 45


def test_only_a_programme_lead_of_the_university_decides_credit(
    sign_in, session, build, supervisor, enrolment, programme, today
):
    elsewhere = build.person()
    build.grant(elsewhere, Role.PROGRAMME_LEAD, provider=build.provider())
    for method in ("get", "post"):
        for person, status in ((supervisor, 403), (elsewhere, 404), (build.coordinator(build.network()), 403)):
            browser = sign_in(person)
            answer = getattr(browser, method)(
                f"/progress/{enrolment.id}/credit", data=sent(programme.modules[1], today)
            )
            assert answer.status_code == status
    assert session.scalars(select(CreditDecision)).all() == []


def test_somebody_who_leads_here_and_supervises_there_decides_only_here(sign_in, build, lead, today):
    there = build.provider()
    build.grant(lead, Role.ACADEMIC_SUPERVISOR, provider=there)
    enrolment = build.enrolment(build.learner(), build.programme(there))
    browser = sign_in(lead)
    page = browser.get(f"/progress/{enrolment.id}")
    assert page.status_code == 200
    assert "Record a credit decision" not in page.text
    assert browser.get(f"/progress/{enrolment.id}/credit").status_code == 404


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from([0, 15])), max_size=20), st.randoms())
def test_the_newest_decision_of_each_module_counts_in_any_order(decided, chance):
    rows = [CreditDecision(id=n, module_id=module, credits=earned) for n, (module, earned) in enumerate(decided)]
    newest = dict(decided)
    chance.shuffle(rows)
    assert {module: decision.credits for module, decision in counting(rows).items()} == newest
    assert credits_decided(rows) == sum(newest.values())


def test_the_download_has_what_is_shown_and_runs_no_formula(sign_in, build, supervisor, university, today):
    placement = placed(build, '=HYPERLINK("http://evil.example")', today - timedelta(days=100), university)
    workplace_hours(build, placement, today, 150)
    placed(build, "Somebody Else", today, university)
    answer = sign_in(supervisor).get("/progress.csv?risk=1")
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["Learner"] for row in rows] == ['\'=HYPERLINK("http://evil.example")']
    assert rows[0]["Hours: workplace learning"] == "2.5"
    assert rows[0]["Credits decided"] == "0"


@given(st.text(max_size=20))
def test_no_cell_of_the_download_begins_like_a_formula(text):
    cell = harmless(text)
    assert not str(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert str(cell).endswith(text)


def test_home_names_learners_at_risk_with_the_reason(sign_in, build, supervisor, university, today):
    for number in range(7):
        placed(build, f"Late Learner {number}", today - timedelta(days=100), university)
    page = sign_in(supervisor).get("/").text
    assert page.count("See how Late Learner") == 5
    assert "No session for 14 weeks" in page
    assert "See 2 more learners at risk" in page
    assert "7 learners, 7 in a placement" in page


@pytest.mark.parametrize("page", ["/progress", "/progress.csv", "/"])
def test_the_list_needs_as_many_queries_for_many_learners_as_for_two(sign_in, build, queries, today, page):
    counts = []
    for number in (2, 8):
        provider = build.provider()
        reader = build.person()
        build.grant(reader, Role.ACADEMIC_SUPERVISOR, provider=provider)
        for n in range(number):
            placement = placed(build, f"Learner {n}", today - timedelta(days=100), provider)
            workplace_hours(build, placement, today, 60)
        browser = sign_in(reader)
        with queries() as statements:
            assert browser.get(page).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
