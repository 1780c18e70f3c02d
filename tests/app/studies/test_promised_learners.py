"""A coordinator says how many learners a round must give a mentor."""

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.people import MentorProfile, Role
from tests.screen import shown

LABEL = "Learners that a round must give this mentor"


@pytest.fixture
def network(build):
    return build.network("Wessex")


@pytest.fixture
def coordinator(build, network):
    return build.coordinator(network)


@pytest.fixture
def mentor(build, network):
    person = build.mentor(name="Dr Busy", learners_max=3)
    build.opening(mentor=person, network=network)
    return person


def test_a_promise_is_kept_and_the_mentor_and_the_other_coordinators_hear_of_it(
    sign_in, build, session, look_again, mails, network, coordinator, mentor
):
    other, address = build.coordinator(network), f"/mentors/{mentor.id}/promised"
    emails, mentor_id = {other.email, mentor.email}, mentor.id
    browser = sign_in(coordinator)
    assert browser.post(address, data={"learner_minimum": "2"}).status_code == 303
    look_again()
    assert session.get(MentorProfile, mentor_id).learner_minimum == 2
    line = session.scalars(select(AuditLine)).one()
    assert line.deed == "said how many learners a round must give a mentor"
    assert (line.details["before"], line.details["after"]) == (0, 2)
    sent = mails()
    assert {to for to, _, _ in sent} == emails
    assert any(subject == "A round must now give you at least 2 learners" for _, subject, _ in sent)
    page = shown(browser.get(address))
    assert page.field(LABEL).value == "2"
    assert page.row("Learners that a round must give").value == "2"
    assert browser.post(address, data={"learner_minimum": "2"}).status_code == 303
    assert len(mails()) == 2, "what changes nothing is told to nobody"
    assert browser.post(address, data={"learner_minimum": ""}).status_code == 303
    look_again()
    assert session.get(MentorProfile, mentor_id).learner_minimum == 0


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("0", "must be between 1 and 10"),
        ("11", "must be between 1 and 10"),
        ("two", "must be a whole number"),
        ("4", "Dr Busy takes at most 3 at once, so 4 can never be there"),
    ],
)
def test_a_number_that_cannot_be_is_refused_and_kept_as_typed(
    sign_in, session, look_again, coordinator, mentor, typed, words
):
    answer = sign_in(coordinator).post(f"/mentors/{mentor.id}/promised", data={"learner_minimum": typed})
    assert answer.status_code == 422
    page = shown(answer)
    where, message = page.complaint
    assert (where, words in message) == (LABEL, True)
    assert page.field(LABEL).value == typed
    look_again()
    assert session.get(MentorProfile, mentor.id).learner_minimum == 0


def test_only_who_hosts_her_and_is_not_herself_promises_anything(sign_in, build, session, network, mentor):
    build.grant(mentor, Role.COORDINATOR, network=network)
    session.commit()
    address, elsewhere = f"/mentors/{mentor.id}/promised", build.coordinator(build.network("Elsewhere"))
    assert sign_in(elsewhere).post(address, data={"learner_minimum": "1"}).status_code == 404
    browser = sign_in(mentor)
    page = shown(browser.get(address))
    assert "You cannot set this for yourself. Another coordinator of your network can." in page.paragraphs
    assert browser.post(address, data={"learner_minimum": "1"}).status_code == 422


def test_a_mentor_who_has_said_nothing_of_herself_is_promised_nothing(sign_in, build, session, network, coordinator):
    silent = build.person(Role.MENTOR)
    build.opening(mentor=silent, network=network)
    session.commit()
    browser, address = sign_in(coordinator), f"/mentors/{silent.id}/promised"
    assert any("has not said yet how many learners" in words for words in shown(browser.get(address)).paragraphs)
    assert browser.post(address, data={"learner_minimum": "1"}).status_code == 422


def test_a_mentor_reads_what_she_was_promised_and_lowers_what_she_takes(
    sign_in, session, look_again, build, mentor, answers
):
    mentor.mentor_profile.learner_minimum = 3
    session.commit()
    browser = sign_in(mentor)
    told = "The coordinators of your networks have said that a round must give you at least 3 learners."
    assert any(told in words for words in shown(browser.get("/mentor/profile")).paragraphs)
    assert browser.post("/mentor/profile", data={**answers, "learners_max": "2"}).status_code == 303
    look_again()
    assert session.get(MentorProfile, mentor.id).promised == 2
