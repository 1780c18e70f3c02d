"""A lead notes steps of a learner's way; who is concerned is told, and a placement is never left unasked about."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.academic.enrolment_steps import EnrolmentStep, StepKind
from app.models.course.changes_asked import AskedKind, ChangeAsked
from app.models.placements import Offer, OfferState
from app.models.programmes import Enrolment
from app.models.requests import PlacementRequest, RequestState
from app.rules.enrolments.standing import Standing, steps_of, way_of
from tests.screen import shown


@pytest.fixture
def note(sign_in, lead, enrolment):
    def post(page, **said):
        return sign_in(lead).post(f"/enrolments/{enrolment.id}/note/{page}", data=said)

    return post


@pytest.fixture
def stands(session, look_again, enrolment, today):
    def on(day=today):
        look_again()
        read = session.get_one(Enrolment, enrolment.id)
        return way_of(read, steps_of(session, [read.id])[read.id]).on(day)

    return on


def test_a_learner_steps_out_and_returns(note, stands, days, sign_in, learner, lead, leading, programme, mails, today):
    second = leading(programme.provider, "Lu Second")
    assert note("step-out", reason="WORK", **days("day", 5), **days("returns_on", 60)).status_code == 303
    assert stands() is Standing.ENROLLED
    assert stands(today + timedelta(days=5)) is Standing.STEPPED_OUT
    told = mails()
    assert len(told[learner.email]) == 1
    assert len(told[second.email]) == 1
    assert lead.email not in told
    assert shown(sign_in(learner).get("/my-programme")).says("Why: work, or time released from work.")
    assert note("return", **days("day", 50)).status_code == 303
    assert stands(today + timedelta(days=50)) is Standing.ENROLLED


def test_days_follow_each_other(note, days, stands):
    note("step-out", reason="WORK", **days("day", 5))
    refused = note("return", **days("day", 5))
    assert refused.status_code == 422
    assert shown(refused).says("or later, after what was noted last.")
    assert shown(refused).field("First day back").value


def test_a_reason_is_asked_for_and_another_reason_is_said(note, days):
    assert note("step-out", **days("day", 5)).status_code == 422
    refused = note("step-out", reason="OTHER", **days("day", 5))
    assert refused.status_code == 422
    assert shown(refused).says("Say why, in a few words.")


def test_only_what_can_be_is_offered(note, days, sign_in, lead, enrolment):
    page = shown(sign_in(lead).get(f"/enrolments/{enrolment.id}"))
    assert "Is back" not in page.links
    note("step-out", reason="WORK", **days("day", -5))
    page = shown(sign_in(lead).get(f"/enrolments/{enrolment.id}"))
    assert "Is back" in page.links
    assert "Has completed the level" not in page.links
    assert note("complete", **days("day", 0)).status_code == 409


def test_a_step_is_taken_back_and_stays_readable(note, days, stands, sign_in, lead, enrolment, session, mails, learner):
    note("step-out", reason="WORK", **days("day", -5))
    assert sign_in(lead).post(f"/enrolments/{enrolment.id}/take-back").status_code == 303
    assert stands() is Standing.ENROLLED
    assert session.scalars(select(EnrolmentStep)).one().taken_back_at is not None
    assert shown(sign_in(lead).get(f"/enrolments/{enrolment.id}")).says("it does not count")
    assert len(mails()[learner.email]) == 2
    assert sign_in(lead).post(f"/enrolments/{enrolment.id}/take-back").status_code == 409


def test_a_second_tab_takes_back_no_more_than_it_showed(
    note, days, stands, sign_in, lead, enrolment, session, look_again
):
    note("step-out", reason="WORK", **days("day", -9))
    note("return", **days("day", -5))
    look_again()
    (last,) = session.scalars(select(EnrolmentStep).where(EnrolmentStep.kind == StepKind.RETURNED))
    address, said = f"/enrolments/{enrolment.id}/take-back", {"step": str(last.id)}
    page = shown(sign_in(lead).get(f"/enrolments/{enrolment.id}"))
    assert page.says("The step from 26 February 2026 on stays readable")
    assert page.button("Take back the last step").action == address
    assert sign_in(lead).post(address, data=said).status_code == 303
    assert sign_in(lead).post(address, data=said).status_code == 409
    assert stands() is Standing.STEPPED_OUT


def test_a_return_that_is_noted_ahead_is_not_asked_about(note, days, sign_in, lead, learner, enrolment, session):
    note("step-out", reason="WORK", **days("day", -40), **days("returns_on", -10))
    asked = "Ask Robin Learner about the return"
    assert shown(sign_in(lead).get("/")).says(asked)
    assert shown(sign_in(lead).get("/enrolments?standing=overdue")).says("Robin Learner")
    note("return", **days("day", 20))
    assert not shown(sign_in(lead).get("/")).says(asked)
    assert not shown(sign_in(lead).get("/enrolments?standing=overdue")).says("Robin Learner")
    home = shown(sign_in(learner).get("/"))
    assert home.says("You are back on")
    assert not home.says("You are expected back")


def test_whoever_left_is_taken_back_with_the_same_record(note, days, stands, session, enrolment, today):
    assert note("leave", reason="MOVING", **days("day", -1)).status_code == 303
    assert stands() is Standing.WITHDRAWN
    assert session.get_one(Enrolment, enrolment.id).ended_on == today - timedelta(days=1)
    assert note("return", **days("day", 1)).status_code == 303
    assert stands(today + timedelta(days=1)) is Standing.ENROLLED
    assert session.get_one(Enrolment, enrolment.id).ended_on is None


def test_a_level_is_completed_once_its_credit_is_decided(note, days, stands, session, build, enrolment, lead):
    refused = note("complete", **days("day", 0))
    assert refused.status_code == 422
    assert shown(refused).says("0 of 60 credits are decided or recognised.")
    for module in enrolment.programme.modules:
        build.credit_decision(enrolment, module, lead)
    session.commit()
    assert note("complete", **days("day", -1)).status_code == 303
    assert stands() is Standing.COMPLETED


def test_a_level_that_is_completed_and_loses_credit_is_looked_at_again(
    note, days, stands, session, build, sign_in, enrolment, lead
):
    decisions = [build.credit_decision(enrolment, one, lead) for one in enrolment.programme.modules]
    session.commit()
    note("complete", **days("day", -1))
    said = "not all of its credit counts by now"
    browser, page = sign_in(lead), f"/enrolments/{enrolment.id}"
    assert not shown(browser.get(page)).says(said)
    made = browser.post(f"/credit-decisions/{decisions[0].id}/void", data={"reason": "The marks were of another."})
    assert made.status_code == 303
    assert shown(browser.get(made.location)).says(said)
    assert shown(browser.get(page)).says(said)
    assert browser.post(f"{page}/take-back").status_code == 303
    assert stands() is Standing.ENROLLED
    assert not shown(browser.get(page)).says(said)


@pytest.fixture
def placement(build, session, learner, enrolment, programme):
    made = build.placement(learner, build.mentor(name="Dr A. Mentor"))
    made.module = programme.modules[0]
    session.commit()
    return made


def test_a_placement_that_runs_is_asked_about_and_its_coordinators_are_asked_to_pause_it(
    note, days, sign_in, session, look_again, build, lead, enrolment, placement, mails
):
    coordinator = build.coordinator(placement.opening.network)
    session.commit()
    page = shown(sign_in(lead).get(f"/enrolments/{enrolment.id}/note/step-out"))
    assert page.says("The placement with Dr A. Mentor")
    open_still = note("step-out", reason="WORK", **days("day", 3))
    assert open_still.status_code == 422
    assert shown(open_still).says("Say what is to become of the placement")
    without = note("step-out", reason="WORK", placements="PAUSE", **days("day", 3))
    assert shown(without).says("To pause the placement, enter when the learner means to return.")
    said = {"reason": "WORK", "words": "A new post.", "placements": "PAUSE"}
    assert note("step-out", **said, **days("day", 3), **days("returns_on", 40)).status_code == 303
    look_again()
    asked = session.scalars(select(ChangeAsked)).one()
    assert (asked.kind, asked.asked_by_id) == (AskedKind.PAUSE, lead.id)
    assert "post" not in asked.why
    told = mails()
    assert len(told[placement.mentor.email]) == 2
    assert len(told[coordinator.email]) == 2


def test_whoever_leaves_looks_for_no_place_and_has_no_offer(
    note, days, session, look_again, build, learner, enrolment, programme
):
    request = build.request(learner, module=programme.modules[0])
    offer = build.offer(request=request)
    session.commit()
    assert note("leave", reason="MOVING", **days("day", -1)).status_code == 303
    look_again()
    assert session.get_one(Offer, offer.id).state is OfferState.TAKEN_BACK
    read = session.get_one(PlacementRequest, request.id)
    assert read.state is RequestState.WITHDRAWN or read.asked_again_at


def test_whoever_steps_out_may_keep_her_request(note, days, session, look_again, build, learner, enrolment, programme):
    request = build.request(learner, module=programme.modules[0])
    session.commit()
    said = {"reason": "WORK", **days("day", 3)}
    assert note("step-out", **said).status_code == 422
    assert note("step-out", requests="keep", **said).status_code == 303
    look_again()
    assert session.get_one(PlacementRequest, request.id).state is RequestState.SUBMITTED


def test_a_return_that_is_overdue_stands_on_the_leads_page(sign_in, build, session, enrolment, lead, learner, today):
    out = build.step(enrolment, StepKind.STEPPED_OUT, lead, day=today - timedelta(days=40))
    out.returns_on = today - timedelta(days=1)
    session.commit()
    browser = sign_in(lead)
    link = next(one for one in shown(browser.get("/")).links if one.startswith("Ask Robin Learner about the return"))
    assert shown(browser.get("/")).link(link) == f"/enrolments/{enrolment.id}"
    assert shown(browser.get("/enrolments?standing=overdue")).says("1 enrolment.")
    assert shown(sign_in(learner).get("/")).says("You have stepped out of")
    build.step(enrolment, StepKind.RETURNED, lead)
    session.commit()
    assert shown(browser.get("/enrolments?standing=overdue")).says("No enrolment fits that.")


def test_the_board_says_who_has_stepped_out(sign_in, build, session, enrolment, lead):
    build.step(enrolment, StepKind.STEPPED_OUT, lead)
    session.commit()
    assert shown(sign_in(lead).get("/cohorts?place=STEPPED_OUT")).says("1 learner.")
