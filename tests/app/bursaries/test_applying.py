"""A learner learns at once whether she can apply, writes nothing in vain, sends, changes, withdraws and comes back."""

import pytest
from sqlalchemy import select

from app.models.bursaries.applications import ApplicationState, BursaryApplication
from app.models.bursaries.calls import CallState, DoctorsAndDentists, Method
from app.models.people import Role
from app.models.programmes import CreditDecision, Level
from app.models.values.registration import Regulator
from tests.screen import shown

NURSE = {"profession": "NURSE", "regulator": "NMC", "number": "12A3456B", "was_funded": "no", "is_retake": "no"}


@pytest.fixture
def learner(build, programme):
    person = build.learner(name="Robin Learner")
    person.learner_profile.regulator = Regulator.NMC
    person.learner_profile.registration_number = "12A3456B"
    build.enrolment(person, programme)
    return person


@pytest.fixture
def own(session, look_again):
    """The application that the learner has."""

    def read():
        look_again()
        return session.scalars(select(BursaryApplication)).one()

    return read


def answer(browser, call_id, **changes):
    return shown(browser.post(f"/bursaries/{call_id}/apply", data=NURSE | changes, follow_redirects=True))


def test_what_is_known_is_filled_in_and_she_sends_in_two_steps(sign_in, call, programme, learner, own, mails):
    call_id, course, title = call.id, str(programme.id), programme.title
    browser = sign_in(learner)
    page = shown(browser.get(f"/bursaries/{call_id}"))
    form = shown(browser.get(page.link("Apply")))
    assert form.field("Registration number").value == "12A3456B"
    assert form.field("Your course").value == f"University of Exampleton: {title}"
    page = answer(browser, call_id, programme=course)
    assert page.says("You meet the conditions.")
    assert "Write your statement" not in page.links, "a lottery asks for none"
    at = f"/bursary-applications/{own().id}"
    refused = shown(browser.post(f"{at}/send"))
    assert refused.complaint == ("I declare all of this", "Tick that you declare it, or do not send it")
    page = shown(browser.post(f"{at}/send", data={"declares": "y"}, follow_redirects=True))
    assert page.says(f"Its reference is {own().reference}")
    assert own().state is ApplicationState.SENT
    assert mails()[0][1] == "Your application to “PGCert bursaries” is sent"
    assert shown(browser.get("/")).says("Your application to “PGCert bursaries” is sent")


def test_whoever_cannot_apply_is_told_why_at_once_and_is_asked_for_nothing_more(sign_in, build, programme, learner):
    call = build.bursary_call(programme.provider, method=Method.SCORING)
    call_id = call.id
    browser = sign_in(learner)
    page = answer(browser, call_id, programme="none", number="", was_funded="yes")
    assert page.section("You cannot apply as things stand").items == [
        "Your registration number is missing. Enter it: it is on your regulator’s register.",
        "You hold no place on a course of this level that you have told us of. Apply to the university first. Once it "
        "has offered you a place, come back and say when and how it did.",
        "You had a bursary for this level before. Each level is paid for once. You can apply for the next level when "
        "you have passed this one.",
    ]
    assert "Write your statement" not in page.links
    assert "Send your application" not in page.buttons
    at = page.link("Withdraw your application").removesuffix("/withdraw")
    assert browser.get(f"{at}/statement").status_code == 422
    assert browser.post(f"{at}/statement", data={"statement": "In vain."}).status_code == 422
    assert browser.post(f"{at}/send", data={"declares": "y"}).status_code == 422
    page = answer(browser, call_id, programme=str(programme.id))
    assert page.link("Write your statement") == f"{at}/statement"


def test_the_level_before_counts_from_the_decided_credits(sign_in, build, session, programme, learner):
    dip = build.programme(programme.provider, Level.PGDIP)
    call = build.bursary_call(programme.provider, level=Level.PGDIP)
    call_id, dip_id = call.id, str(dip.id)
    build.enrolment(learner, dip)
    pgcert = build.enrolment(learner, build.programme(level=Level.PGCERT))
    browser = sign_in(learner)
    assert shown(browser.get(f"/bursaries/{call_id}/apply")).field("Where and when did you pass the PGCert?")
    page = answer(browser, call_id, programme=dip_id, level_before="")
    assert page.says("You have not passed the level before this one.")
    for module in pgcert.programme.modules:
        decided = {"credits": 15, "decided_on": build.today, "decided_by_id": learner.id, "recorded_at": build.now}
        session.add(CreditDecision(enrolment_id=pgcert.id, module_id=module.id, **decided))
    session.commit()
    assert "Where and when did you pass the PGCert?" not in shown(browser.get(f"/bursaries/{call_id}/apply")).fields
    assert answer(browser, call_id, programme=dip_id).says("You meet the conditions.")


def test_she_withdraws_comes_back_and_changes_what_she_sent(sign_in, call, programme, learner, own, later):
    call_id, course = call.id, str(programme.id)
    browser = sign_in(learner)
    answer(browser, call_id, programme=course)
    at = f"/bursary-applications/{own().id}"
    browser.post(f"{at}/send", data={"declares": "y"})
    page = shown(browser.post(f"{at}/take-up", follow_redirects=True))
    assert page.banner.endswith("You can change your application. It does not count before you send it again.")
    assert own().sent_at is None
    assert shown(browser.get("/")).link("Send your application to “PGCert bursaries”") == at
    browser.post(f"{at}/send", data={"declares": "y"})
    assert browser.post(f"/bursaries/{call_id}/apply", data=NURSE | {"programme": course}).status_code == 409
    browser.post(f"{at}/withdraw")
    assert shown(browser.get(at)).says("Until 10 March 2026 at midday you can take it up again")
    browser.post(f"{at}/take-up")
    later(8)
    browser = sign_in(learner)
    assert browser.post(f"{at}/send", data={"declares": "y"}).status_code == 409
    page = shown(browser.get(at))
    assert page.says("so it does not count")
    assert browser.post(f"{at}/withdraw").status_code == 303
    assert browser.post(f"{at}/take-up").status_code == 409


def test_a_number_is_written_as_its_register_writes_it_and_what_was_typed_is_kept(sign_in, call, programme, learner):
    call_id, data = call.id, NURSE | {"programme": str(programme.id), "number": "12"}
    page = shown(sign_in(learner).post(f"/bursaries/{call_id}/apply", data=data))
    assert page.complaint[0] == "Registration number"
    assert page.field("Registration number").value == "12"


@pytest.mark.parametrize("state", [CallState.CANCELLED, CallState.DECIDED, CallState.FINISHED])
def test_nobody_applies_to_what_is_over(sign_in, session, call, learner, state):
    call.state = state
    call_id = call.id
    browser = sign_in(learner)
    assert not {"Apply", "Sign in and apply"} & set(shown(browser.get(f"/bursaries/{call_id}")).links)
    assert browser.get(f"/bursaries/{call_id}/apply").status_code == 409


def test_what_is_to_confirm_is_said_and_told_when_it_is_not_so(sign_in, call, programme, learner, lead, own, mails):
    call_id, course, email = call.id, str(programme.id), learner.email
    browser = sign_in(learner)
    doctor = {"profession": "DOCTOR", "regulator": "GMC", "number": "1234567", "programme": course}
    page = answer(browser, call_id, **doctor)
    assert page.insets[0].startswith("To confirm Whether doctors and dentists may apply is not said yet.")
    browser.post(f"/bursary-applications/{own().id}/send", data={"declares": "y"})
    run = sign_in(lead)
    run.post(f"/bursary-calls/{call_id}/doctors", data={"doctors": DoctorsAndDentists.MAY_NOT_APPLY.name})
    assert (email, "“PGCert bursaries”: doctors and dentists may not apply") in {mail[:2] for mail in mails()}
    again = run.post(f"/bursary-calls/{call_id}/doctors", data={"doctors": DoctorsAndDentists.MAY_APPLY.name})
    assert again.status_code == 409


def test_an_assessor_does_not_apply_and_an_applicant_does_not_run_the_call(sign_in, build, call, programme, learner):
    build.grant(learner, Role.PROGRAMME_LEAD, provider=programme.provider)
    build.assessor(call, learner)
    call_id, course = call.id, str(programme.id)
    browser = sign_in(learner)
    assert shown(browser.post(f"/bursaries/{call_id}/apply", data=NURSE | {"programme": course})).says(
        "You assess the applications of this call"
    )
    other = build.bursary_call(programme.provider)
    build.bursary_application(other, learner, programme=programme)
    other_id = other.id
    browser = sign_in(learner)
    assert browser.get(f"/bursary-calls/{other_id}").status_code == 404
    assert browser.get(f"/bursary-calls/{call_id}").status_code == 200


def test_somebody_elses_application_is_not_there(sign_in, call, applied, learner):
    (one,) = applied(call, "Alex Other")
    at = f"/bursary-applications/{one.id}"
    assert sign_in(learner).get(at).status_code == 404
