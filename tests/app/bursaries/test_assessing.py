"""Assessors score what has closed, not where they have an interest; nothing is decided while scores are missing."""

import pytest
from sqlalchemy import select

from app.models.bursaries.applications import ApplicationState, BursaryApplication
from app.models.bursaries.calls import Method
from app.models.people import Role
from tests.screen import shown


@pytest.fixture
def two(scored_call, applied):
    return applied(scored_call, "Ada", "Ben")


@pytest.fixture
def sam(build, scored_call, assess):
    return build.assessor(scored_call, assess("Sam Senior")).person


@pytest.fixture
def olu(build, scored_call, assess):
    return build.assessor(scored_call, assess("Olu Other")).person


@pytest.fixture
def points(scored_call):
    """Points for the criteria of the call in their order, as the form has them."""
    names = [f"criterion_{one.id}" for one in scored_call.criteria]

    def give(*given):
        return dict(zip(names, map(str, given), strict=True)) | {"words": "Clear.", "no_interest": "y"}

    return give


def test_an_assessor_is_named_told_and_stood_down(sign_in, scored_call, lead, assess, mails):
    email, at = assess("Sam Senior").email, f"/bursary-calls/{scored_call.id}/assessors"
    browser = sign_in(lead)
    assert browser.post(at, data={"email": "nobody@nowhere.example"}).status_code == 422
    assert browser.post(at, data={"email": email.upper()}).status_code == 303
    assert shown(browser.post(at, data={"email": email})).says("Sam Senior assesses for this call already.")
    assert mails()[-1][:2] == (email, "You assess applications to “Scored”")
    page = shown(browser.get(at))
    assert "Stand Sam Senior down" in page.buttons


def test_who_is_stood_down_is_no_longer_waited_for_and_what_was_scored_counts(
    sign_in, session, build, scored_call, two, sam, olu, lead, mails
):
    build.score_sheet(two[0], sam, 5, 5)
    row = build.assessor(scored_call, build.person(Role.MENTOR, name="Kim"))
    call_id, at = scored_call.id, f"/bursary-calls/{scored_call.id}/assessors/{row.id}/stand-down"
    browser = sign_in(lead)
    assert shown(browser.get(f"/bursary-calls/{call_id}")).says("Kim has not scored")
    assert browser.post(at).status_code == 303
    assert browser.post(at).status_code == 409
    assert not shown(browser.get(f"/bursary-calls/{call_id}")).says("Kim has not scored")
    assert mails()[-1][1] == "You no longer assess for “Scored”"


def test_a_learner_alone_cannot_assess(sign_in, scored_call, two, lead):
    email, at = two[0].learner.email, f"/bursary-calls/{scored_call.id}/assessors"
    page = shown(sign_in(lead).post(at, data={"email": email}))
    assert page.says("Nobody with this address can assess here.")


def test_scores_are_given_changed_and_decide(sign_in, session, scored_call, two, sam, olu, lead, points, look_again):
    ada, ben = (f"/bursary-assessments/{one.id}" for one in two)
    call_id, sam_id, olu_id, lead_id = scored_call.id, sam, olu, lead
    browser = sign_in(sam_id)
    assert shown(browser.get("/")).link("Score 2 applications for a bursary") == "/bursary-assessments"
    assert shown(browser.get(ada)).says("I run a clinic.")
    refused = shown(browser.post(ada, data=points(1, 1) | {"no_interest": ""}))
    assert refused.says("Tick that you have no conflict of interest, or declare it below")
    browser.post(ada, data=points(5, 5))
    browser.post(ada, data=points(2, 2))
    assert shown(browser.get(ada)).field("Why these points?").value == "Clear."
    browser.post(ben, data=points(5, 0))
    run = sign_in(lead_id)
    page = shown(run.get(f"/bursary-calls/{call_id}"))
    assert page.says("Olu Other has not scored")
    assert run.post(f"/bursary-calls/{call_id}/decide").status_code == 422
    browser = sign_in(olu_id)
    browser.post(ada, data=points(1, 1))
    browser.post(ben, data=points(4, 0))
    run = sign_in(lead_id)
    assert run.post(f"/bursary-calls/{call_id}/decide").status_code == 303
    look_again()
    found = session.scalars(select(BursaryApplication).order_by(BursaryApplication.position)).all()
    assert [(one.learner.name, one.score_hundredths) for one in found] == [("Ben", 6750), ("Ada", 3000)]
    late = sign_in(session.get_one(type(sam_id), sam_id.id)).post(ada, data=points(5, 5))
    assert late.status_code == 409


def test_whoever_has_an_interest_does_not_score_and_another_is_needed(
    sign_in, build, scored_call, two, sam, olu, lead, points, mails
):
    for person in (sam, olu):
        for one in two:
            build.score_sheet(one, person, 3, 3)
    ada, call_id = two[0], scored_call.id
    reference, at = ada.reference, f"/bursary-assessments/{ada.id}"
    browser = sign_in(sam)
    assert browser.post(f"{at}/interest", data={"interest-reason": ""}).status_code == 422
    assert browser.post(f"{at}/interest", data={"interest-reason": "We share an office."}).status_code == 303
    assert browser.post(f"{at}/interest", data={"interest-reason": "We share an office."}).status_code == 409
    assert browser.post(at, data=points(5, 5)).status_code == 422
    page = shown(browser.get(at))
    assert page.insets[0].startswith("You declared a conflict of interest on 3 March 2026: We share an office.")
    assert "Save your points" not in page.buttons
    assert mails()[-1][1] == f"Sam Senior does not score application {reference}"
    run = sign_in(lead)
    assert shown(run.get(f"/bursary-calls/{call_id}")).says(f"{reference} has 1 score of 2 that it needs.")
    assert run.post(f"/bursary-calls/{call_id}/decide").status_code == 422


def test_an_interest_declared_by_mistake_is_taken_back_and_the_scores_count_again(
    sign_in, build, scored_call, two, sam, olu, lead, points, mails
):
    for person in (sam, olu):
        for one in two:
            build.score_sheet(one, person, 3, 3)
    ada, call_id = two[0], scored_call.id
    reference, at, sam_id = ada.reference, f"/bursary-assessments/{ada.id}", sam
    browser = sign_in(sam)
    assert browser.post(f"{at}/interest/take-back", data={"back-why": "There is none."}).status_code == 409
    browser.post(f"{at}/interest", data={"interest-reason": "We share an office."})
    assert browser.post(f"{at}/interest/take-back", data={"back-why": ""}).status_code == 422
    assert "Take it back" in shown(browser.get(at)).buttons
    assert browser.post(f"{at}/interest/take-back", data={"back-why": "Somebody of the same name."}).status_code == 303
    assert browser.post(f"{at}/interest/take-back", data={"back-why": "Again."}).status_code == 409
    assert "Save your points" in shown(browser.get(at)).buttons
    assert mails()[-1][:2] == (lead.email, f"Sam Senior can score application {reference} after all")
    run = sign_in(lead)
    read = shown(run.get(f"/bursary-calls/{call_id}/applications/{at.rpartition('/')[2]}"))
    assert read.says("We share an office. Taken back on 3 March 2026: Somebody of the same name.")
    assert not shown(run.get(f"/bursary-calls/{call_id}")).says("Scores are missing")
    browser = sign_in(sam_id)
    assert browser.post(f"{at}/interest", data={"interest-reason": "It is the same after all."}).status_code == 303
    assert sign_in(lead).post(f"/bursary-calls/{call_id}/decide").status_code == 422


def test_a_mentor_who_takes_an_interest_back_has_one_still(sign_in, build, scored_call, two, points):
    mentor = build.mentor()
    build.assessor(scored_call, mentor)
    at = f"/bursary-assessments/{two[0].id}"
    sign_in(mentor).post(f"{at}/interest", data={"interest-reason": "I am asked to be the mentor."})
    build.placement(two[0].learner, mentor)
    build.session.commit()
    browser = sign_in(mentor)
    browser.post(f"{at}/interest/take-back", data={"back-why": "I thought so."})
    assert shown(browser.get(at)).says("That is a conflict of interest: you do not score it.")
    assert browser.post(at, data=points(5, 5)).status_code == 422


def test_the_mentor_of_an_applicant_has_an_interest_without_saying_so(sign_in, build, scored_call, two, points):
    mentor = build.mentor()
    build.placement(two[0].learner, mentor)
    build.assessor(scored_call, mentor)
    ada, ben = (f"/bursary-assessments/{one.id}" for one in two)
    browser = sign_in(mentor)
    assert shown(browser.get(ada)).says("That is a conflict of interest: you do not score it.")
    assert browser.post(ada, data=points(5, 5)).status_code == 422
    assert browser.post(ben, data=points(5, 5)).status_code == 303


def test_nothing_is_scored_while_it_can_still_change(sign_in, build, provider, applied, assess):
    call = build.bursary_call(provider, method=Method.SCORING)
    (ada,) = applied(call, "Ada")
    person = build.assessor(call, assess("Sam")).person
    at = f"/bursary-assessments/{ada.id}"
    browser = sign_in(person)
    assert browser.get(at).status_code == 404
    assert shown(browser.get("/bursary-assessments")).says("You can score them after that.")


def test_who_does_not_assess_for_the_call_finds_nothing(sign_in, two, assess):
    at = f"/bursary-assessments/{two[0].id}"
    browser = sign_in(assess("Somebody Else"))
    assert browser.get(at).status_code == 404
    assert two[0].state is ApplicationState.SENT
