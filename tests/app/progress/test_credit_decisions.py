"""A decision about credit says what it rests on; a thin record asks for a reason; what was wrong becomes void."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.operations.outbox import Message
from app.models.programmes import CreditDecision, CreditOutcome, Enrolment
from app.rules.credit.counting import counting, credits_decided
from app.rules.of_learners.modules import rpe_modules_of
from tests.app.progress.test_progress_of_learners import sent
from tests.app.studies.filling_in import day
from tests.screen import shown


@pytest.fixture
def placement(build, university):
    placement = build.placement(build.learner(name="Pat Placed"))
    placement.module.programme.provider = university
    return placement


@pytest.fixture
def hers(session, placement):
    return session.scalars(select(Enrolment).where(Enrolment.learner_id == placement.learner_id)).one()


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        ("earned", "you have earned its 15 credits. Well done."),
        ("to be submitted again", "you can submit again, by 2 May 2026."),
        ("deferred", "the decision waits until 2 May 2026. Nothing is lost by it"),
        ("failed", "Credits that you have for other modules stay yours."),
    ],
)
def test_each_outcome_is_told_in_kind_words_with_what_comes_next(
    sign_in, session, look_again, lead, enrolment, programme, today, outcome, says
):
    data = sent(programme.modules[1], today, outcome=outcome, words="Add it.") | day("until_on", today + timedelta(60))
    assert sign_in(lead).post(f"/progress/{enrolment.id}/credit", data=data).status_code == 303
    look_again()
    decision = session.scalars(select(CreditDecision)).one()
    assert (decision.outcome.value, decision.credits) == (outcome, 15 if outcome == "earned" else 0)
    assert (decision.until_on is not None) == decision.outcome.has_day
    body = session.scalars(select(Message.body)).one()
    assert says in body
    assert "Add it." in body
    assert "http://localhost/my-credit" in body


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"outcome": "deferred", "words": "Soon."}, "Enter the day until which the decision waits"),
        ({"outcome": "to be submitted again", "words": "Soon."}, "Enter the day by which it is submitted again"),
        ({"outcome": "failed"}, "Write what the learner should know: why, and what to do next."),
        ({"considered": ""}, "Say what was considered, for instance the marks or a report."),
        ({"outcome": "not earned"}, "Choose what was decided"),
    ],
)
def test_what_a_decision_lacks_is_asked_for(sign_in, session, lead, enrolment, programme, today, changes, message):
    answer = sign_in(lead).post(f"/progress/{enrolment.id}/credit", data=sent(programme.modules[1], today, **changes))
    assert answer.status_code == 422
    assert message in shown(answer).errors
    assert session.scalars(select(CreditDecision)).all() == []


def test_a_thin_record_is_said_fact_by_fact_and_asks_for_a_reason_that_stays(
    sign_in, session, look_again, lead, placement, hers, today
):
    session.commit()
    browser, address = sign_in(lead), f"/progress/{hers.id}/credit"
    page = shown(browser.get(address)).section("On record for Research Practice Experience")
    missing = (
        "No placement for this module is signed off.",
        "The verified workplace hours are 50 h below the band.",
        "There is no final review that learner and mentor have both signed.",
        "There is no learning agreement that all have signed.",
    )
    for words in missing:
        assert page.says(words)
        assert browser.get(page.link(f"See it: {words}")).status_code == 200
    data = sent(placement.module, today, reason="")
    refused = browser.post(address, data=data)
    assert refused.status_code == 422
    assert shown(refused).complaint == (
        "If something is missing from the record: why are the credits earned all the same?",
        "Something is missing from the record. Say why the credits are earned all the same.",
    )
    assert browser.post(address, data=data | {"reason": "The viva."}).status_code == 303
    look_again()
    decision = session.scalars(select(CreditDecision)).one()
    assert decision.reason == "The viva."
    assert [one["what"] for one in decision.thin] == ["NO_SIGN_OFF", "BELOW_BAND", "NO_LAST_REVIEW", "NO_AGREEMENT"]
    assert shown(browser.get(f"/progress/{hers.id}")).says("Missing then: No placement for this module is signed off.")


def test_what_was_considered_is_kept_as_it_stood(sign_in, build, session, look_again, lead, placement, hers, today):
    sign_off = build.signed_off(placement, lead)
    session.commit()
    data = sent(placement.module, today, considered="")
    assert sign_in(lead).post(f"/progress/{hers.id}/credit", data=data).status_code == 303
    look_again()
    decision = session.scalars(select(CreditDecision)).one()
    (piece,) = decision.evidence
    assert (piece["what"], piece["id"]) == ("sign-off", sign_off.id)
    assert piece["digest"].startswith("sha256:")


def test_a_void_decision_counts_no_longer_and_what_was_before_does(
    sign_in, build, session, look_again, lead, enrolment, programme, today
):
    module = programme.modules[1]
    first = build.credit_decision(enrolment, module, lead, outcome=CreditOutcome.FAILED, words="No.")
    second = build.credit_decision(enrolment, module, lead)
    session.commit()
    browser, address = sign_in(lead), f"/credit-decisions/{second.id}/void"
    assert shown(browser.get(address)).says("What was decided before about the module counts again: Failed")
    assert browser.post(address, data={"reason": ""}).status_code == 422
    assert browser.post(address, data={"reason": "The wrong learner."}).status_code == 303
    again = browser.post(address, data={"reason": "The wrong learner."})
    assert again.status_code in (303, 409)
    look_again()
    enrolment = session.get_one(Enrolment, enrolment.id)
    assert credits_decided(enrolment.decisions) == 0
    assert counting(enrolment.decisions)[module.id].id == first.id
    assert len(session.scalars(select(Message.subject)).all()) == 1
    page = shown(browser.get(f"/progress/{enrolment.id}"))
    assert page.says("Void since 3 March 2026")
    assert page.says("The wrong learner.")


def test_a_module_whose_credits_became_void_can_be_learnt_again(build, session, lead, placement, hers):
    learner, module = placement.learner, placement.module
    earned = build.credit_decision(hers, module, lead)
    assert rpe_modules_of(session, learner) == []
    build.void(earned, lead)
    assert rpe_modules_of(session, learner) == [module]
    build.credit_decision(hers, module, lead)
    build.credit_decision(hers, module, lead, outcome=CreditOutcome.RESUBMISSION, words="Again.")
    assert rpe_modules_of(session, learner) == [module]


def test_nobody_decides_about_herself_or_whom_she_mentors(sign_in, build, session, lead, placement, hers, today):
    placement.mentor = lead
    session.commit()
    answer = sign_in(lead).post(f"/progress/{hers.id}/credit", data=sent(placement.module, today))
    assert answer.status_code == 422
    assert shown(answer).says("You mentor Pat Placed, so you do not decide about this credit.")
    assert session.scalars(select(CreditDecision)).all() == []


def test_a_void_that_would_give_too_many_credits_is_refused(
    sign_in, build, session, look_again, lead, enrolment, programme
):
    programme.modules[3].credits = 30
    build.credit_decision(enrolment, programme.modules[3], lead)
    failed = build.credit_decision(enrolment, programme.modules[3], lead, outcome=CreditOutcome.FAILED, words="No.")
    for module in programme.modules[:3]:
        build.credit_decision(enrolment, module, lead)
    session.commit()
    answer = sign_in(lead).post(f"/credit-decisions/{failed.id}/void", data={"reason": "Wrong."})
    assert answer.status_code == 422
    assert shown(answer).says("Decide about the module anew instead.")
    look_again()
    assert session.get_one(CreditDecision, failed.id).stands
