"""A lead enrols a learner in a cohort, with workplace and funder; somebody without an account is invited."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.people import Person, Role
from app.models.programmes import Enrolment, Level
from tests.screen import shown


@pytest.fixture
def form(cohort, days, learner):
    return {
        "name": "Robin Learner",
        "email": learner.email,
        "start": f"c{cohort.id}",
        "funder": "Her employer",
        **days("started_on", 0),
    }


def enrolments(session, look_again):
    look_again()
    return session.scalars(select(Enrolment)).all()


def test_a_learner_is_enrolled_in_a_cohort_and_told(sign_in, session, look_again, build, lead, learner, form, mails):
    build.organisation(name="Anytown Hospital", ods_code="RX1")
    session.commit()
    made = sign_in(lead).post("/enrolments/new", data=form | {"organisation": "RX1"})
    assert made.status_code == 303
    (one,) = enrolments(session, look_again)
    assert (one.learner_id, one.cohort_name, one.funder) == (learner.id, "Autumn", "Her employer")
    assert one.workplace.name == "Anytown Hospital"
    assert one.version_id == one.in_cohort.version_id
    assert mails()[learner.email] == [f"You are enrolled on {one.programme.title}"]
    page = shown(sign_in(lead).get(f"/enrolments/{one.id}"))
    assert page.says("Anytown Hospital")
    assert page.says("Her employer")
    assert shown(sign_in(learner).get("/my-programme")).says("Autumn")


def test_the_academic_supervisor_is_named_with_it(sign_in, session, look_again, build, lead, learner, form, mails):
    supervisor, elsewhere = build.person(name="Sol Supervisor"), build.person(name="Else Where")
    build.grant(supervisor, Role.ACADEMIC_SUPERVISOR, provider=lead.grants[0].provider)
    build.grant(elsewhere, Role.ACADEMIC_SUPERVISOR, provider=build.provider())
    session.commit()
    browser = sign_in(lead)
    field = shown(browser.get("/enrolments/new")).field("Academic supervisor (optional)")
    assert field.choices == ("Nobody yet", f"Sol Supervisor, {supervisor.email}")
    assert browser.post("/enrolments/new", data=form | {"supervisor": str(elsewhere.id)}).status_code == 422
    assert browser.post("/enrolments/new", data=form | {"supervisor": str(supervisor.id)}).status_code == 303
    (one,) = enrolments(session, look_again)
    assert shown(browser.get(f"/enrolments/{one.id}")).says("Sol Supervisor")
    assert mails()[learner.email][1:] == ["Sol Supervisor is your academic supervisor"]
    assert len(mails()[supervisor.email]) == 1


def test_somebody_without_an_account_gets_one_and_a_link(sign_in, session, look_again, lead, form, mails):
    session.commit()
    browser = sign_in(lead)
    new = {"name": "Nia New", "email": "Nia.New@example.org"}
    assert browser.post("/enrolments/new", data=form | new).status_code == 303
    look_again()
    person = session.scalars(select(Person).where(Person.email == "nia.new@example.org")).one()
    assert person.roles == {Role.LEARNER}
    assert person.learner_profile is not None
    assert mails()["nia.new@example.org"] == [
        "Your account for Research Practice Experience placements",
        f"You are enrolled on {enrolments(session, look_again)[0].programme.title}",
    ]


def test_an_address_of_somebody_else_is_refused_and_makes_nobody_a_learner(
    sign_in, session, look_again, build, lead, form
):
    other = build.person(name="Olu Other")
    session.commit()
    refused = sign_in(lead).post("/enrolments/new", data=form | {"email": other.email})
    assert refused.status_code == 422
    page = shown(refused)
    assert page.says("This address belongs to somebody of another name here.")
    assert page.field("Email address").value == other.email
    assert not page.says("Olu")
    look_again()
    assert session.get_one(Person, other.id).roles == set()


def test_nobody_is_enrolled_twice(sign_in, session, look_again, enrolment, lead, form):
    refused = sign_in(lead).post("/enrolments/new", data=form)
    assert refused.status_code == 422
    assert shown(refused).says("Robin Learner is on this programme already.")
    assert len(enrolments(session, look_again)) == 1


def test_the_first_day_lies_within_the_cohort(sign_in, session, look_again, lead, form, days):
    session.commit()
    refused = sign_in(lead).post("/enrolments/new", data=form | days("started_on", -31))
    assert refused.status_code == 422
    assert shown(refused).says("Enter a day within that.")
    assert enrolments(session, look_again) == []


def test_a_level_needs_the_one_before_or_a_recorded_equivalence(
    sign_in, session, look_again, build, programme, lead, form
):
    dip = build.programme(programme.provider, Level.PGDIP)
    session.commit()
    browser, wanted = sign_in(lead), form | {"start": f"p{dip.id}"}
    refused = browser.post("/enrolments/new", data=wanted)
    assert refused.status_code == 422
    assert shown(refused).says("needs a PGCert, and none of Robin Learner is known here.")
    assert browser.post("/enrolments/new", data=wanted | {"equivalence": "An MRes; the board."}).status_code == 303
    (one,) = enrolments(session, look_again)
    assert one.equivalence == "An MRes; the board."


def test_whoever_has_the_credits_of_the_level_before_needs_nothing_else(
    sign_in, session, look_again, build, programme, lead, learner, form, enrolment
):
    dip = build.programme(build.provider(), Level.PGDIP)
    for module in programme.modules:
        build.credit_decision(enrolment, module, lead)
    build.grant(lead, Role.PROGRAMME_LEAD, provider=dip.provider)
    session.commit()
    made = sign_in(lead).post("/enrolments/new", data=form | {"start": f"p{dip.id}"})
    assert made.status_code == 303
    assert {one.programme_id for one in enrolments(session, look_again)} == {programme.id, dip.id}


def test_a_lead_enrols_at_her_own_university_alone(sign_in, session, look_again, build, lead, form):
    elsewhere = build.programme()
    session.commit()
    page = shown(sign_in(lead).get("/enrolments/new"))
    assert not page.says(elsewhere.title)
    assert sign_in(lead).post("/enrolments/new", data=form | {"start": f"p{elsewhere.id}"}).status_code == 422
    assert enrolments(session, look_again) == []


def test_the_details_are_set_right(sign_in, session, look_again, build, version, enrolment, lead):
    later = build.cohort(version, name="Spring", starts_on=build.today + timedelta(days=90))
    session.commit()
    browser, address = sign_in(lead), f"/enrolments/{enrolment.id}/details"
    assert (
        shown(browser.get(address))
        .field("Programme and cohort")
        .chosen[0]
        .startswith(f"{enrolment.programme.title}: Autumn")
    )
    sent = {"start": f"c{later.id}", "funder": "A bursary"}
    assert browser.post(address, data=sent).status_code == 303
    (one,) = enrolments(session, look_again)
    assert (one.cohort_name, one.funder) == ("Spring", "A bursary")


def test_a_cohort_with_learners_is_not_removed(sign_in, session, build, version, learner, programme, lead):
    later = build.cohort(version, name="Spring", starts_on=build.today + timedelta(days=90))
    build.enrolment(learner, programme).in_cohort = later
    session.commit()
    refused = sign_in(lead).post(f"/programme-cohorts/{later.id}/remove")
    assert shown(refused).says("Learners are enrolled in this cohort")


def test_the_list_narrows_and_downloads(sign_in, session, build, cohort, enrolment, lead, programme):
    build.enrolment(build.learner(name="Sal Stays"), programme)
    session.commit()
    browser = sign_in(lead)
    assert shown(browser.get("/enrolments")).says("2 enrolments.")
    narrowed = shown(browser.get(f"/enrolments?cohort={cohort.id}"))
    assert narrowed.says("1 enrolment.")
    assert narrowed.says("Robin Learner")
    assert shown(browser.get("/enrolments?standing=STEPPED_OUT")).says("No enrolment fits that.")
    lines = browser.get("/enrolments.csv").get_data(as_text=True).splitlines()
    assert len(lines) == 3
    assert "Autumn" in lines[1]


def test_others_do_not_enrol(sign_in, session, build, leading, enrolment, learner):
    elsewhere = leading(build.provider(), "Lou Elsewhere")
    session.commit()
    assert sign_in(learner).get("/enrolments").status_code == 403
    browser = sign_in(elsewhere)
    assert browser.get(f"/enrolments/{enrolment.id}").status_code == 404
    assert not shown(browser.get("/enrolments")).says("Robin Learner")
