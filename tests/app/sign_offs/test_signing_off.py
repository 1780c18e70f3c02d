"""Mentor attests, study team confirms by a link, the academic supervisor decides; each return and end has a reason."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.course.sign_offs import ReturnPart, SignOff, SignOffState
from app.models.operations.outbox import Message
from app.models.operations.parties import Party
from app.models.programmes import CreditDecision, Enrolment
from app.rules.sign_offs.standing import sign_off_of
from tests.pages import form_to
from tests.screen import shown

WHO = {
    "who": "other",
    "name": "Dr P. Investigator",
    "role": "Principal investigator",
    "email": "pi@nowhere.example",
}
ATTESTED = {"words": "I saw screening and consent.", "reason": "The last month was on another site.", **WHO}
SELF = {**ATTESTED, "who": "self", "name": "", "email": ""}
NOTHING = {part.name.lower(): "" for part in ReturnPart}
RECORDS = {"words": "The delegation log and the rota."}


@pytest.fixture
def page(placement):
    return f"/placements/{placement.id}/sign-off"


@pytest.fixture
def learner(sign_in, placement):
    return sign_in(placement.learner)


@pytest.fixture
def mentor(sign_in, placement):
    return sign_in(placement.mentor)


@pytest.fixture
def academic(sign_in, supervisor):
    return sign_in(supervisor)


@pytest.fixture
def known(session, look_again, placement):
    """The sign-off as requests have left it."""

    def read():
        look_again()
        found = sign_off_of(session, placement)
        assert found
        return found

    return read


@pytest.fixture
def link(session, look_again):
    """The path of the link that was mailed last."""

    def read():
        look_again()
        mails = session.scalars(select(Message).order_by(Message.id.desc())).all()
        return next(found.group(0) for mail in mails if (found := re.search(r"/confirm-sign-off/[\w-]+", mail.body)))

    return read


def send(browser, path, **data):
    """Fill in the form of a page and send it, as a browser does."""
    form = form_to(path, browser.get(path))
    return browser.post(form.action, data={**form.fields, **data})


def asked(learner, page):
    return learner.post(f"{page}/ask")


def attested(mentor, page, **given):
    return send(mentor, f"{page}/attest", **{**ATTESTED, **given})


def confirmed(client, link):
    return send(client, link(), **RECORDS)


def test_from_the_first_word_to_the_decision(learner, mentor, academic, client, page, known, link, mails):
    assert asked(learner, page).status_code == 303
    assert attested(mentor, page).status_code == 303
    assert known().standing.missing == (Party.STUDY_TEAM, Party.ACADEMIC_SUPERVISOR)
    assert client.get(link()).status_code == 200
    assert known().standing.missing == (Party.STUDY_TEAM, Party.ACADEMIC_SUPERVISOR)  # looking confirms nothing
    assert confirmed(client, link).status_code == 200
    assert send(academic, f"{page}/decide", reason="The board knows.").status_code == 303
    found = known()
    assert found.is_signed_off
    assert [one.name for one in found.parts] == ["Dr A. Mentor", "Dr P. Investigator", "Sam Supervisor"]
    assert [one.person_id is None for one in found.parts] == [False, True, False]
    assert found.parts[2].reason == "The board knows."
    assert "The placement of Robin Learner is signed off" in [subject for _, subject, _ in mails()]
    assert shown(learner.get(page)).says("by all three")


def test_a_link_answers_once(learner, mentor, client, page, link):
    asked(learner, page)
    attested(mentor, page)
    secret = link()
    confirmed(client, link)
    assert client.get(secret).status_code == 422


def test_a_new_link_ends_the_one_before(learner, mentor, client, page, link):
    asked(learner, page)
    attested(mentor, page)
    before = link()
    assert mentor.post(f"{page}/link").status_code == 303
    assert client.get(before).status_code == 422
    assert client.get(link()).status_code == 200


def test_what_is_missing_asks_for_a_reason_and_what_was_typed_is_kept(learner, mentor, page):
    asked(learner, page)
    answer = attested(mentor, page, reason="")
    assert answer.status_code == 422
    assert shown(answer).says("Something is missing from the record")
    assert shown(answer).field("What did you see the learner do?").value == ATTESTED["words"]


@pytest.mark.parametrize("missing", ["name", "email"])
def test_whoever_confirms_it_has_a_name_and_an_address(learner, mentor, page, missing):
    asked(learner, page)
    assert attested(mentor, page, **{missing: ""}).status_code == 422


def test_the_learner_confirms_nothing_of_her_own(learner, mentor, page, placement):
    asked(learner, page)
    assert attested(mentor, page, email=placement.learner.email).status_code == 422


def test_nobody_stands_in_two_parts_without_an_exception(learner, mentor, academic, page, known):
    asked(learner, page)
    assert send(mentor, f"{page}/attest", **SELF).status_code == 303
    assert mentor.get(f"{page}/confirm").status_code == 303
    assert mentor.post(f"{page}/confirm", data={**RECORDS, "seen": known().digest}).status_code == 422
    assert send(academic, f"{page}/except", reason="A study of one person.").status_code == 303
    assert send(mentor, f"{page}/confirm", **RECORDS).status_code == 303
    assert send(academic, f"{page}/decide", reason="The board knows.").status_code == 303
    found = known()
    assert found.is_signed_off
    assert [one.granted_by.name for one in found.exceptions] == ["Sam Supervisor"]
    assert shown(academic.get(page)).says("stands in two parts")


def test_the_mentors_own_address_is_the_mentor(learner, mentor, page, placement, known):
    asked(learner, page)
    attested(mentor, page, email=placement.mentor.email.upper())
    assert known().sign_off.confirmer_id == placement.mentor_id


def test_nobody_decides_before_the_study_team_has_confirmed(learner, mentor, academic, page, known):
    asked(learner, page)
    attested(mentor, page)
    data = {"reason": "Soon over.", "seen": known().digest}
    assert academic.post(f"{page}/decide", data=data).status_code == 409


def test_a_return_has_words_for_a_part_and_ends_what_was_signed(learner, mentor, academic, page, known, mails):
    asked(learner, page)
    attested(mentor, page)
    assert send(academic, f"{page}/return", **NOTHING).status_code == 422
    assert send(academic, f"{page}/return", **NOTHING | {"hours": "May is missing."}).status_code == 303
    found = known()
    assert found.sign_off.state is SignOffState.RETURNED
    assert [(one.part, one.words) for one in found.sign_off.returns] == [(ReturnPart.HOURS, "May is missing.")]
    assert not found.parts
    assert shown(learner.get(page)).says("May is missing.")
    assert asked(learner, page).status_code == 303
    assert known().sign_off.state is SignOffState.OPEN
    assert "The sign-off of Robin Learner was returned" in [subject for _, subject, _ in mails()]


def test_the_study_team_returns_by_the_link(learner, mentor, client, page, link, known):
    asked(learner, page)
    attested(mentor, page)
    assert send(client, f"{link()}/return", **NOTHING | {"sessions": "Two of them were with me."}).status_code == 200
    assert known().sign_off.returns[0].by_name == "Dr P. Investigator"


def test_what_was_attested_anew_is_confirmed_anew(learner, mentor, client, page, link, known):
    asked(learner, page)
    attested(mentor, page)
    confirmed(client, link)
    attested(mentor, page, words="I saw screening.")
    assert known().standing.missing == (Party.STUDY_TEAM, Party.ACADEMIC_SUPERVISOR)


def test_void_has_a_reason_and_a_new_one_can_be_asked_for(
    build, session, look_again, sign_in, placement, supervisor, lead, page
):
    build.signed_off(placement, supervisor)
    assert send(sign_in(lead), f"{page}/void", reason="The wrong learner.").status_code == 303
    learner = sign_in(placement.learner)
    assert shown(learner.get(page)).says("The wrong learner.")
    assert asked(learner, page).status_code == 303
    look_again()
    states = session.scalars(select(SignOff.state).order_by(SignOff.id)).all()
    assert states == [SignOffState.VOID, SignOffState.OPEN]


def test_it_is_not_asked_for_long_before_the_end(session, placement, learner, page, today):
    placement.ends_on = today + timedelta(days=90)
    session.commit()
    assert asked(learner, page).status_code == 422


@pytest.mark.parametrize("is_asked", [False, True])
def test_where_the_mentor_has_left_nobody_waits_for_her(session, look_again, placement, learner, page, is_asked):
    if is_asked:
        asked(learner, page)
    look_again()
    placement.mentor.is_active = False
    session.commit()
    screen = shown(learner.get(page))
    assert screen.says("has left, so nobody can attest it.")
    assert "Ask for the sign-off" not in screen.buttons
    assert shown(asked(learner, page)).says("has left, so nobody can attest it.")


def test_what_the_mentor_who_left_had_returned_is_not_to_be_asked_for_again(session, look_again, learner, mentor, page):
    asked(learner, page)
    send(mentor, f"{page}/return", **{**NOTHING, "hours": "Two were fewer."})
    look_again()
    session.scalars(select(SignOff)).one().placement.mentor.is_active = False
    session.commit()
    screen = shown(learner.get(page))
    assert screen.says("has left, so nobody can attest it.")
    assert not screen.says("then ask again")


def test_a_lead_who_decides_nothing_is_not_told_to_return_it(learner, mentor, page, sign_in, lead):
    leads = sign_in(lead)
    asked(learner, page)
    send(mentor, f"{page}/attest", **SELF)
    screen = shown(leads.get(page))
    assert screen.says("or ask an academic supervisor to return it so that somebody else is named.")


def test_who_has_no_part_in_it_does_not_reach_it(build, sign_in, page):
    assert sign_in(build.mentor()).get(page).status_code == 404


def test_a_lead_decides_nothing(sign_in, lead, page):
    assert sign_in(lead).get(f"{page}/decide").status_code == 403


def test_each_has_it_on_her_home_page(learner, mentor, academic, client, page, link):
    assert shown(learner.get("/")).says("Ask for the sign-off of your placement")
    asked(learner, page)
    assert shown(mentor.get("/")).says("Attest the placement of Robin Learner")
    attested(mentor, page)
    assert shown(mentor.get("/")).says("It waits for Dr P. Investigator to confirm it from records")
    confirmed(client, link)
    assert shown(academic.get("/")).says("See to the sign-off of Robin Learner")
    assert shown(academic.get("/sign-offs?waiting=1")).says("Robin Learner")


def test_credit_without_a_sign_off_asks_for_a_reason_that_stays(session, look_again, sign_in, placement, lead, today):
    enrolment = session.scalar(select(Enrolment).where(Enrolment.learner_id == placement.learner_id))
    browser, path = sign_in(lead), f"/progress/{enrolment.id}/credit"
    day = {"decided_on-day": today.day, "decided_on-month": today.month, "decided_on-year": today.year}
    data = {"module": placement.module_id, "outcome": "earned", **day}
    assert send(browser, path, **data, reason="").status_code == 422
    assert send(browser, path, **data, reason="By board of March.").status_code == 303
    look_again()
    assert session.scalars(select(CreditDecision.reason)).one() == "By board of March."
