"""A learner claims credit for what she has learnt before, and her university decides by what it has said."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.academic.prior_learning import ClaimState, CreditUse, PriorLearningClaim
from app.models.people import Role
from app.models.programmes import Enrolment
from app.rules.credit.held import held_of
from app.rules.of_learners.modules import rpe_modules_of
from tests.app.prior_learning.conftest import a_module
from tests.app.studies.filling_in import day
from tests.screen import shown

HOW_MANY = "How many credits does the university recognise at this level, at the most?"


def held(session, enrolment):
    """As it stands by now."""
    session.rollback()
    session.expire_all()
    return held_of(session, [session.get_one(Enrolment, enrolment.id)])[enrolment.id]


def test_a_claim_is_written_sent_and_granted_and_all_concerned_hear(
    sign_in, session, build, learner, enrolment, module, lead, of_university, says, claims, decides, mails, claim
):
    says()
    supervisor = of_university("Sam Supervisor", Role.ACADEMIC_SUPERVISOR)
    build.supervision(enrolment, supervisor)
    made = claims(module)
    assert mails() == {lead.email: ["Robin Learner claims credit for prior learning"]}
    browser = sign_in(lead)
    assert shown(browser.get("/")).link(f"Decide on the claim of Robin Learner for {module.title}")
    page = shown(browser.get(f"/prior-learning/claims/{made.id}/decide"))
    assert page.field("Credits that count of “Clinical Trials”").value == "15"
    assert decides(browser, made, 15).status_code == 303
    assert claim().state is ClaimState.GRANTED
    assert held(session, enrolment).recognised == {module.id: 15}
    told = mails()
    assert told[learner.email] == [f"Decided: your claim for {module.title}"]
    assert told[supervisor.email] == ["Prior learning of Robin Learner was decided"]
    hers = shown(sign_in(learner).get(f"/prior-learning/claims/{made.id}"))
    assert hers.says("15 credits recognised")
    assert hers.says("15 credits of “Clinical Trials”")
    assert not hers.says("You can appeal"), "all was granted"


def test_nobody_else_sees_a_claim_before_it_is_sent(sign_in, enrolment, module, lead, says, claims):
    says()
    made = claims(module, is_sent=False)
    browser = sign_in(lead)
    assert browser.get(f"/prior-learning/claims/{made.id}").status_code == 404
    assert browser.get(f"/prior-learning/claims/{made.id}/decide").status_code == 404
    assert shown(browser.get("/prior-learning/all")).says("No learner has sent a claim yet.")


def test_a_claim_without_a_source_is_not_sent(sign_in, learner, enrolment, module, says, claim):
    says()
    browser = sign_in(learner)
    browser.post(f"/prior-learning/of/{enrolment.id}/new", data={"module": module.id, "words": "The same."})
    made = claim()
    assert shown(browser.get(f"/prior-learning/claims/{made.id}")).says("Nothing is named yet")
    assert browser.post(f"/prior-learning/claims/{made.id}/send").status_code == 422
    assert claim().state is ClaimState.DRAFT


def test_it_is_sent_back_changed_and_sent_again(
    sign_in, learner, module, lead, says, claims, decides, claim, mails, today
):
    says()
    made = claims(module)
    browser = sign_in(lead)
    read_before = made
    back = browser.post(f"/prior-learning/claims/{made.id}/send-back", data={"reason": "Add the transcript."})
    assert back.status_code == 303
    assert mails()[learner.email] == [f"Your claim for {module.title} needs something more"]
    hers = sign_in(learner)
    page = shown(hers.get(f"/prior-learning/claims/{made.id}"))
    assert page.says("Add the transcript.")
    assert decides(browser, read_before, 15).status_code == 409, "it is with the learner"
    source = made.sources[0]
    assert hers.post(f"/prior-learning/sources/{source.id}/take-out").status_code == 303
    again = a_module(today, title="Trials, with the transcript")
    assert hers.post(f"/prior-learning/claims/{made.id}/sources/new", data=again).status_code == 303
    assert hers.post(f"/prior-learning/claims/{made.id}/send").status_code == 303
    old = decides(browser, read_before, 15)
    assert old.status_code == 409, "the lead has read what was sent before"
    assert decides(browser, claim(), 15).status_code == 303
    assert claim().decision.revision == 2


def test_the_cap_holds_over_claims_and_an_exemption_is_named(
    sign_in, session, enrolment, lead, says, claims, decides, claim, today
):
    says(cap=20, exempt_cap=30)
    _, first, second, third = enrolment.programme.modules
    browser = sign_in(lead)
    assert decides(browser, claims(first), 15).status_code == 303
    other = claims(second, sources=[a_module(today, title="Statistics")])
    refused = decides(browser, other, 15)
    assert refused.status_code == 422
    page = shown(refused)
    assert page.says("With these 30 credits would be recognised, more than the cap of 20.")
    assert page.field("Why?").value == "As the board saw it."
    exempted = {"exempted_by": "Postgraduate Dean", "exemption_reference": "PD/12"}
    assert decides(browser, other, 15, **exempted).status_code == 303
    assert (claim().decision.exempted_by, claim().decision.cap) == ("Postgraduate Dean", 20)
    last = claims(third, sources=[a_module(today, title="Ethics")])
    assert shown(decides(browser, last, 15, **exempted)).says("even with an exemption it is 30 at the most")
    assert held(session, enrolment).credits_recognised == 30


def test_where_the_cap_is_to_confirm_the_lead_states_it_first(sign_in, learner, module, lead, claims, decides, claim):
    made = claims(module)
    assert shown(sign_in(learner).get("/prior-learning")).says("To confirm")
    browser = sign_in(lead)
    page = shown(browser.get(f"/prior-learning/claims/{made.id}/decide"))
    address = page.link("State it first")
    refused = decides(browser, made, 15)
    assert refused.status_code == 422
    assert shown(refused).says("How many credits the university recognises at this level is to be confirmed.")
    unsaid = browser.post(address, data={"cap": "20"})
    assert unsaid.status_code == 422, "where it stands is part of stating it"
    assert shown(unsaid).field(HOW_MANY).value == "20"
    assert browser.post(address, data={"cap": "20", "reference": "Regulations, 4"}).status_code == 303
    assert decides(browser, made, 15).status_code == 303
    assert claim().state is ClaimState.GRANTED


def test_the_same_learning_counts_once_at_whichever_university(
    sign_in, build, look_again, learner, enrolment, lead, says, claims, decides, today
):
    says(cap=60)
    first = claims(enrolment.programme.modules[1])
    assert decides(sign_in(lead), first, 15).status_code == 303
    look_again()
    elsewhere = build.enrolment(learner)
    there = build.person(name="Another Lead")
    build.grant(there, Role.PROGRAMME_LEAD, provider=elsewhere.programme.provider)
    browser = sign_in(there)
    rule = f"/prior-learning/rules/{elsewhere.programme.provider_id}/{elsewhere.programme.level.name}"
    assert browser.post(rule, data={"cap": "60", "reference": "Ours"}).status_code == 303
    again = claims(amount=30, of=elsewhere, sources=[a_module(today, body="The University of SOMEWHERE")])
    page = shown(browser.get(f"/prior-learning/claims/{again.id}/decide"))
    where = f"15 credits of “Clinical Trials” in {enrolment.programme.title}"
    assert page.says(where), "who decides reads where it was used"
    refused = decides(browser, again, 30)
    assert refused.status_code == 422
    assert shown(refused).says("“Clinical Trials” has 15 credits left: the same credit counts once.")
    assert decides(browser, again, 15).status_code == 303


def test_a_refusal_is_appealed_once_and_decided_by_somebody_else(
    sign_in, learner, module, lead, other_lead, says, claims, decides, claim, mails
):
    says()
    made = claims(module)
    first, second, hers = sign_in(lead), sign_in(other_lead), sign_in(learner)
    assert decides(first, made, 0).status_code == 303
    assert shown(hers.get(f"/prior-learning/claims/{made.id}")).says("You can appeal once, until 23 March 2026")
    appeal = f"/prior-learning/claims/{made.id}/appeal"
    assert hers.post(appeal, data={"reason": ""}).status_code == 422
    assert hers.post(appeal, data={"reason": "The transcript was not read."}).status_code == 303
    told = mails()
    assert told[other_lead.email][-1] == "Robin Learner appeals about prior learning"
    assert told[lead.email] == ["Robin Learner claims credit for prior learning"]
    assert shown(first.get(f"/prior-learning/claims/{made.id}")).says("You decided first")
    assert not shown(first.get("/")).says("Decide on the appeal")
    refused = decides(first, claim(), 15)
    assert refused.status_code == 422
    assert shown(refused).says("You decided first.")
    assert decides(second, claim(), 15).status_code == 303
    assert mails()[lead.email][-1] == "The appeal of Robin Learner is decided"
    assert claim().state is ClaimState.GRANTED
    assert [one.credits for one in claim().decisions] == [0, 15]
    assert hers.post(appeal, data={"reason": "More."}).status_code == 409


def test_an_appeal_takes_nothing_away_and_can_be_taken_back(
    sign_in, session, learner, enrolment, lead, other_lead, says, claims, decides, claim
):
    says(is_whole_modules=False)
    made = claims(enrolment.programme.modules[1])
    first, second, hers = sign_in(lead), sign_in(other_lead), sign_in(learner)
    assert decides(first, made, 10).status_code == 303
    assert claim().state is ClaimState.PARTLY
    appeal = f"/prior-learning/claims/{made.id}/appeal"
    hers.post(appeal, data={"reason": "It is all the same."})
    assert held(session, enrolment).credits_recognised == 10, "it counts meanwhile"
    assert decides(second, claim(), 5).status_code == 422
    assert decides(second, claim(), 0).status_code == 422
    assert hers.post(f"/prior-learning/claims/{made.id}/take-appeal-back").status_code == 303
    assert claim().state is ClaimState.PARTLY
    assert hers.post(appeal, data={"reason": "Once more."}).status_code == 422
    assert held(session, enrolment).credits_recognised == 10


def test_what_was_decided_first_can_stand_after_an_appeal_whatever_has_become_of_the_rules(
    sign_in, session, look_again, learner, enrolment, lead, other_lead, says, claims, decides, claim, mails, today
):
    says(is_whole_modules=False)
    made = claims(enrolment.programme.modules[1])
    decides(sign_in(lead), made, 10)
    sign_in(learner).post(f"/prior-learning/claims/{made.id}/appeal", data={"reason": "It is all the same."})
    look_again()
    says(cap=5, exempt_cap=5, is_whole_modules=False)
    session.get_one(Enrolment, enrolment.id).ended_on = today - timedelta(days=1)
    session.commit()
    browser = sign_in(other_lead)
    page = shown(browser.get(f"/prior-learning/claims/{made.id}/decide"))
    upheld = "That what was decided first stands: 10 credits"
    assert page.field("What did the university decide?").choices[-1] == upheld
    assert decides(browser, claim(), 15).status_code == 422
    assert decides(browser, claim(), outcome="upheld", reason="").status_code == 422
    assert decides(browser, claim(), outcome="upheld").status_code == 303
    assert claim().state is ClaimState.PARTLY
    assert [one.credits for one in claim().decisions] == [10, 10]
    assert [use.ended_at is None for one in claim().decisions for use in one.uses] == [False, True]
    assert held(session, enrolment).credits_recognised == 10
    assert mails()[lead.email][-1] == "The appeal of Robin Learner is decided"


def test_where_nobody_else_can_decide_an_administrator_hears(
    sign_in, build, learner, module, lead, says, claims, decides, mails
):
    says()
    administrator = build.person(Role.ADMINISTRATOR)
    made = claims(module)
    decides(sign_in(lead), made, 0)
    sign_in(learner).post(f"/prior-learning/claims/{made.id}/appeal", data={"reason": "No."})
    assert mails()[administrator.email][0].startswith("Nobody can decide on an appeal at")


def test_a_decision_is_made_void_and_its_credit_can_be_used_again(
    sign_in, session, learner, enrolment, module, lead, says, claims, decides, claim, mails
):
    says()
    made = claims(module)
    browser = sign_in(lead)
    decides(browser, made, 15)
    assert browser.post(f"/prior-learning/claims/{made.id}/void", data={"reason": ""}).status_code == 422
    assert browser.post(f"/prior-learning/claims/{made.id}/void", data={"reason": "A forgery."}).status_code == 303
    assert claim().state is ClaimState.VOID
    assert mails()[learner.email][-1] == f"A decision on prior learning for {module.title} is void"
    assert held(session, enrolment).credits_recognised == 0
    assert session.scalars(select(CreditUse)).one().ended_at is not None, "it stays as history"
    assert decides(browser, claims(module), 15).status_code == 303


def test_credit_decided_here_goes_along_once(sign_in, build, session, learner, lead, enrolment, says, claims, decides):
    """Fifteen credits of a level that was not completed count where they are recognised, and no longer there."""
    says(cap=60)
    before = build.enrolment(learner)
    credit = build.credit(before, before.programme.modules[1])
    source = {"kind": "HERE", "decision": str(credit.id), "form_key": "a key of credit here"}
    made = claims(enrolment.programme.modules[1], sources=[source])
    browser = sign_in(lead)
    assert decides(browser, made, 15).status_code == 303
    assert held(session, enrolment).total == 15
    assert (held(session, before).total, held(session, before).credits_carried) == (0, 15)


def test_credit_of_a_complete_level_stays_there(
    sign_in, build, look_again, session, learner, lead, enrolment, says, claims, decides
):
    says(cap=60)
    before = build.enrolment(learner)
    earned = [build.credit(before, one) for one in before.programme.modules[:2]]
    source = {"kind": "HERE", "decision": str(earned[1].id), "form_key": "a key of credit here"}
    made = claims(enrolment.programme.modules[1], sources=[source])
    look_again()
    for module in before.programme.modules[2:]:
        build.credit(before, module)
    refused = decides(sign_in(lead), made, 15)
    assert refused.status_code == 422
    assert not shown(sign_in(learner).get(f"/prior-learning/claims/{made.id}")).says("Credit that you hold")
    assert shown(refused).says("which is complete: they count there")
    assert held(session, before).total == 60


def test_no_placement_is_asked_for_what_is_recognised(
    sign_in, session, learner, enrolment, lead, says, claims, decides
):
    says()
    rpe = enrolment.programme.modules[0]
    assert [one.id for one in rpe_modules_of(session, learner)] == [rpe.id]
    decides(sign_in(lead), claims(rpe), 15)
    assert held(session, enrolment).hours_expected(rpe) == 0
    assert rpe_modules_of(session, learner) == []


def test_a_module_with_a_placement_is_not_recognised_whole(
    sign_in, build, look_again, lead, learner, enrolment, says, claims, decides
):
    says()
    rpe = enrolment.programme.modules[0]
    made = claims(rpe)
    look_again()
    build.placement(learner, module=rpe)
    refused = decides(sign_in(lead), made, 15)
    assert refused.status_code == 422
    assert shown(refused).says("Robin Learner has a placement for this module, which must end first.")


def test_credit_is_not_decided_for_what_is_recognised(
    sign_in, session, enrolment, lead, module, says, claims, decides, today
):
    says()
    browser = sign_in(lead)
    decides(browser, claims(module), 15)
    said = {"module": module.id, "outcome": "earned", "considered": "The marks.", **day("decided_on", today)}
    refused = browser.post(f"/progress/{enrolment.id}/credit", data=said)
    assert refused.status_code == 422
    assert shown(refused).says("The credits of this module are recognised as prior learning")


@pytest.mark.parametrize("deed", ["send-back", "decide", "void"])
def test_a_lead_elsewhere_reaches_no_claim(sign_in, build, module, lead, says, claims, deed):
    says()
    made = claims(module)
    stranger = build.person()
    build.grant(stranger, Role.PROGRAMME_LEAD, provider=build.provider())
    browser = sign_in(stranger)
    assert browser.get(f"/prior-learning/claims/{made.id}/{deed}").status_code == 404
    assert browser.post(f"/prior-learning/claims/{made.id}/{deed}", data={}).status_code == 404


def test_a_lead_does_not_decide_on_her_own_claim(
    sign_in, build, session, learner, provider, module, lead, says, claims, decides
):
    build.grant(learner, Role.PROGRAMME_LEAD, provider=provider)
    says()
    made = claims(module)
    refused = decides(sign_in(learner), made, 15)
    assert refused.status_code == 422
    assert session.scalars(select(PriorLearningClaim.state)).one() is ClaimState.SENT
