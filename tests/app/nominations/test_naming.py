"""A learner names her own supervisor, has the mail sent again, and takes it back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.pairs.nominations import Nomination, NominationState
from app.models.people import Person, Role
from app.models.requests import ExcludedMentor, ExclusionKind
from app.models.values.identifiers import Scheme
from app.models.values.study_status import StudyStatus
from app.nominations.jobs import remind_supervisors
from tests.app.nominations.conftest import EMAIL
from tests.conftest import NOON
from tests.screen import shown


def test_the_supervisor_is_mailed_a_link_and_the_learner_sees_how_it_stands(
    found, sign_in, session, mails, link_in_mail, client
):
    browser = sign_in(found.learner)
    page = shown(browser.get(f"/my-supervisor/new/{found.study.id}"))
    assert page.heading == "Who supervises you?"
    sent = browser.post(f"/my-supervisor/new/{found.study.id}", data=found.says)
    assert sent.status_code == 303
    assert mails() == [
        (EMAIL, "Alex Learner names you as supervisor of a Research Practice Experience", "Hello Sam Example,")
    ]
    page = shown(browser.get(sent.location))
    assert page.texts(".nhsuk-tag") == ["Waiting for the supervisor"]
    assert page.banner == "We have written to Sam Example. You hear from us when there is an answer."
    assert shown(browser.get("/")).says("Sam Example has not answered yet")
    nomination = session.scalar(select(Nomination))
    assert (nomination.email, nomination.network_id, nomination.study_id) == (EMAIL, found.network.id, found.study.id)
    assert session.scalar(select(Person).where(Person.email == EMAIL)) is None
    assert "nominated a supervisor" in session.scalars(select(AuditLine.deed)).all()
    assert client.get(link_in_mail()).status_code == 200


def test_a_study_that_is_not_listed_is_named_by_title_and_number_and_found_where_it_is(
    found, sign_in, session, look_again
):
    other = {**found.says, "study_title": "A study of ours", "scheme": "CPMS", "number": "cpms 54321"}
    browser = sign_in(found.learner)
    bad = browser.post("/my-supervisor/new/other", data={**other, "number": "none"})
    assert bad.status_code == 422
    assert shown(bad).field("Title of the study").value == "A study of ours"
    assert browser.post("/my-supervisor/new/other", data=other).status_code == 303
    look_again()
    nomination = session.scalar(select(Nomination))
    assert (nomination.study, nomination.study_name, nomination.study_numbers) == (
        None,
        "A study of ours",
        "CPMS 54321",
    )


def test_a_number_that_is_known_here_leads_to_the_study(found, sign_in, session, look_again):
    number = found.study.identifiers[0].value
    study_id = found.study.id
    other = {**found.says, "study_title": "Whatever", "scheme": Scheme.CPMS.name, "number": number}
    sign_in(found.learner).post("/my-supervisor/new/other", data=other)
    look_again()
    nomination = session.scalar(select(Nomination))
    assert (nomination.study_id, nomination.number) == (study_id, "")


@pytest.mark.parametrize(
    ("field", "value", "label", "words"),
    [
        ("email", "", "Work email address", "Enter the email address of your supervisor"),
        ("email", "not an address", "Work email address", "Enter an email address like"),
        ("name", " ", "Name", "Enter the name of your supervisor"),
        ("organisation", "", "Organisation", "Enter the name or the code"),
        ("ends_on-year", "2026", "Last day", "must be at least 4 weeks after"),
        ("starts_on-year", "2025", "First day", "must be today or later"),
    ],
)
def test_bad_input_is_refused_and_what_was_typed_is_kept(found, sign_in, session, field, value, label, words):
    says = {**found.says, "ends_on-month": "3", "ends_on-year": "2027", field: value}
    answer = sign_in(found.learner).post(f"/my-supervisor/new/{found.study.id}", data=says)
    assert answer.status_code == 422
    page = shown(answer)
    where, message = page.complaint
    assert (where.startswith(label), words in message) == (True, True), (where, message)
    assert page.field("Job").value == "Consultant nurse"
    assert session.scalar(select(Nomination)) is None


def test_nobody_names_herself_or_whom_she_excluded(found, sign_in, session):
    excluded = ExcludedMentor(
        learner_id=found.learner.id, kind=ExclusionKind.LINE_MANAGER, name="Sam Example", email=EMAIL
    )
    found.build.add(excluded)
    own = found.learner.email
    browser = sign_in(found.learner)
    for email, words in ((own, "This is your own address."), (EMAIL, "must not be your mentor")):
        answer = browser.post(f"/my-supervisor/new/{found.study.id}", data={**found.says, "email": email})
        assert words in shown(answer).complaint[1]
    assert session.scalar(select(Nomination)) is None


def test_one_supervisor_is_named_at_a_time_for_a_module(found, sign_in, session):
    found.build.nomination(found.learner, module=found.module)
    answer = sign_in(found.learner).post(f"/my-supervisor/new/{found.study.id}", data=found.says)
    assert (answer.status_code, shown(answer).says("Withdraw that first")) == (422, True)


def test_a_learner_who_has_a_place_or_an_offer_for_the_module_names_nobody(found, sign_in):
    offered = found.build.request(found.learner, [found.network], found.module)
    found.build.offer(offered)
    answer = sign_in(found.learner).post(f"/my-supervisor/new/{found.study.id}", data=found.says)
    assert (answer.status_code, shown(answer).says("You have an offer for this module.")) == (422, True)


def test_few_mails_go_to_people_who_did_not_ask_for_them(found, sign_in):
    for _ in range(4):
        found.build.nomination(found.learner, module=found.module, state=NominationState.WITHDRAWN)
    answer = sign_in(found.learner).post(f"/my-supervisor/new/{found.study.id}", data=found.says)
    assert (answer.status_code, shown(answer).says("named 4 people within a week")) == (422, True)


def test_an_address_is_asked_by_few_learners_a_week_and_not_again_after_a_no(found, sign_in):
    for _ in range(4):
        found.build.nomination(email=EMAIL)
    crowded = sign_in(found.learner).post(f"/my-supervisor/new/{found.study.id}", data=found.says)
    assert shown(crowded).says("asked by several learners this week")
    long_ago = NOON - timedelta(days=20)
    other = "other@nowhere.example"
    found.build.nomination(
        found.learner, module=found.module, email=other, state=NominationState.DECLINED, created_at=long_ago
    )
    refused = sign_in(found.learner).post(f"/my-supervisor/new/{found.study.id}", data={**found.says, "email": other})
    assert shown(refused).says("This person has declined.")


def test_the_mail_is_sent_again_after_two_days_and_only_the_newest_link_is_good(
    app, found, sign_in, client, link_in_mail, look_again
):
    browser = sign_in(found.learner)
    address = browser.post(f"/my-supervisor/new/{found.study.id}", data=found.says).location
    first = link_in_mail()
    assert browser.post(f"{address}/ask-again").status_code == 422
    assert shown(browser.get(address)).says("We have written only lately.")
    app.config["NOW"] = lambda: NOON + timedelta(days=3)
    browser = sign_in(found.learner)
    assert shown(browser.get(address)).button("Write again").action == f"{address}/ask-again"
    assert browser.post(f"{address}/ask-again").status_code == 303
    assert link_in_mail() != first
    assert client.get(first).status_code == 422
    assert client.get(link_in_mail()).status_code == 200


def test_taking_it_back_tells_the_supervisor_and_the_coordinators_who_were_to_check(
    found, sign_in, mails, session, look_again
):
    nomination = found.build.nomination(
        found.learner, module=found.module, network=found.network, state=NominationState.CONFIRMED
    )
    id_, email, coordinator = nomination.id, nomination.email, found.coordinator.email
    browser = sign_in(found.learner)
    page = shown(browser.get(f"/my-supervisor/{id_}/withdraw"))
    assert page.says("so are the coordinators")
    assert browser.post(f"/my-supervisor/{id_}/withdraw").status_code == 303
    assert {one[0] for one in mails()} == {email, coordinator}
    assert session.get(Nomination, id_).state is NominationState.WITHDRAWN
    assert browser.post(f"/my-supervisor/{id_}/withdraw").status_code == 409


def test_somebody_elses_nomination_is_not_found_and_other_roles_name_nobody(found, sign_in, build):
    nomination = build.nomination()
    id_, study_id = nomination.id, found.study.id
    mentor = build.person(Role.MENTOR)
    browser = sign_in(found.learner)
    assert browser.get(f"/my-supervisor/{id_}").status_code == 404
    for deed in ("withdraw", "ask-again"):
        assert browser.post(f"/my-supervisor/{id_}/{deed}").status_code == 404
    browser = sign_in(mentor)
    assert browser.get("/my-supervisor").status_code == 403
    assert browser.post(f"/my-supervisor/new/{study_id}").status_code == 403


def test_who_does_not_answer_is_reminded_once_and_then_the_learner_hears(
    app, found, sign_in, mails, session, look_again
):
    browser = sign_in(found.learner)
    address = browser.post(f"/my-supervisor/new/{found.study.id}", data=found.says).location
    learner = session.get(Person, found.learner.id).email
    for days, expected in ((6, [EMAIL]), (8, [EMAIL] * 2), (9, [EMAIL] * 2), (16, [EMAIL, EMAIL, learner])):
        app.config["NOW"] = lambda days=days: NOON + timedelta(days=days)
        with app.app_context():
            remind_supervisors()
            remind_supervisors()
        assert [one[0] for one in mails()] == expected, days
    browser = sign_in(session.get(Person, found.learner.id))
    assert shown(browser.get(address)).says("Nobody has answered.")
    assert shown(browser.get("/")).says("Sam Example has not answered")


def test_nobody_is_named_for_a_study_that_takes_nobody(found, sign_in):
    found.study.status = StudyStatus.COMPLETED
    answer = sign_in(found.learner).post(f"/my-supervisor/new/{found.study.id}", data=found.says)
    assert (answer.status_code, shown(answer).says("nobody can join it")) == (422, True)


def test_somebody_of_a_like_name_as_whom_she_excluded_is_asked_about(found, sign_in, session, look_again):
    named = ExcludedMentor(learner_id=found.learner.id, kind=ExclusionKind.LINE_MANAGER, name="Dr Sam Example")
    found.build.add(named)
    path = f"/my-supervisor/new/{found.study.id}"
    asked = sign_in(found.learner).post(path, data=found.says)
    assert (asked.status_code, shown(asked).says("Is Sam Example somebody else?")) == (422, True)
    look_again()
    assert sign_in(found.learner).post(path, data={**found.says, "is_sure": "y"}).status_code == 303
