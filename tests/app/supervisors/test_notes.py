"""A supervisor writes a note about a learner; a lead answers it once; it is kept, and in the learner's own copy."""

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
