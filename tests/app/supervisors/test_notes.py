"""A supervisor writes a note about a learner; a lead answers it once; it is kept, and in the learner's own copy."""

import json

from app.rules.course.risks import Risk
from tests.screen import shown

WORDS, ANSWER = "Robin has missed two seminars.", "I will ask Robin to a talk."


def test_a_note_is_written_answered_once_and_kept(sign_in, session, enrolment, sam, lead, mails):
    session.commit()
    page = f"/supervisors/{enrolment.id}/notes"
    assert sign_in(sam).post(page, data={"words": WORDS}).status_code == 303
    assert mails()[lead.email] == ["Sam Supervisor wrote a note about Robin Learner"]
    browser = sign_in(lead)
    answering = shown(browser.get("/")).link("Answer Sam Supervisor about Robin Learner")
    assert shown(browser.get(answering)).says(WORDS)
    assert browser.post(answering, data={"answer": ""}).status_code == 422
    assert browser.post(answering, data={"answer": ANSWER}).status_code == 303
    assert browser.post(answering, data={"answer": "Another."}).status_code == 409
    assert mails()[sam.email] == ["Your note about Robin Learner was answered"]
    assert not shown(browser.get("/")).says("Answer Sam Supervisor")
    seen = shown(sign_in(sam).get(page))
    assert seen.says(ANSWER)
    assert not seen.says("Another.")


def test_what_looks_like_a_patient_is_asked_about_and_kept(sign_in, session, enrolment, sam):
    session.commit()
    answer = sign_in(sam).post(f"/supervisors/{enrolment.id}/notes", data={"words": "About 943 476 5919."})
    assert answer.status_code == 422
    assert shown(answer).field("Your note").value == "About 943 476 5919."


def test_the_list_says_what_waits_for_the_supervisor(sign_in, build, session, placement, enrolment, sam, other):
    build.agreement(placement)
    session.commit()
    browser = sign_in(sam)
    page = shown(browser.get("/progress"))
    assert page.link("Sign the learning agreement of Robin Learner") == f"/placements/{placement.id}/agreement"
    build.supervision(enrolment, other)
    session.commit()
    assert not shown(sign_in(sam).get("/progress?whose=mine")).says("Robin Learner")
    assert shown(sign_in(other).get("/progress?whose=mine")).says("Robin Learner")


def test_the_learners_own_copy_has_supervisors_notes_and_what_was_put_aside(
    sign_in, build, session, placement, enrolment, sam, lead
):
    build.supervision(enrolment, sam, reason="Between two members of staff.")
    build.note(enrolment, sam, words=WORDS, answer=ANSWER, answered_by=lead, answered_at=build.now)
    build.put_aside(placement, Risk.NO_SESSION, lead)
    session.commit()
    address = f"/request/{placement.offer.request_id}"
    browser = sign_in(placement.learner)
    copy = json.loads(browser.get(f"{address}/request.json").text)
    assert [one["name"] for one in copy["academic_supervisors"]] == ["Sam Supervisor"]
    assert [(one["says"], one["answer"]) for one in copy["notes_about_me"]] == [(WORDS, ANSWER)]
    assert [one["says"] for one in copy["risks_put_aside"]] == ["We meet on Monday."]
    page = shown(browser.get(f"{address}/print"))
    assert page.section("Notes about you to the programme leads").says(WORDS)
    assert page.section("Your academic supervisors").says("Sam Supervisor")
    assert not page.says("Between two members of staff.")
