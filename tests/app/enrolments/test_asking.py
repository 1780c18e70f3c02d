"""A learner asks for a place, a transfer, to step out, to return or to leave; a lead agrees by doing it, or says no."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.academic.enrolment_steps import EnrolmentStep, StepKind
from app.models.academic.way_asked import WayAsked, WayAskedKind, WayAskedState
from app.models.programmes import Enrolment
from tests.screen import shown


@pytest.fixture
def wish(session, look_again):
    def read():
        look_again()
        return session.scalars(select(WayAsked).order_by(WayAsked.id)).all()[-1]

    return read


def test_a_learner_asks_for_a_place_and_is_enrolled(sign_in, session, cohort, lead, learner, days, mails, wish):
    session.commit()
    assert sign_in(learner).post("/my-programme/apply", data={"start": f"c{cohort.id}"}).status_code == 303
    assert mails()[lead.email] == ["Robin Learner asks: a place on the programme"]
    asked = wish()
    browser = sign_in(lead)
    assert shown(browser.get("/")).link("Answer Robin Learner, who asks: a place on the programme")
    page = shown(browser.get(f"/enrolments/asked/{asked.id}"))
    assert page.field("Programme and cohort").chosen[0].endswith("2026") or page.says("Autumn")
    said = {"start": f"c{cohort.id}", **days("started_on", 0)}
    assert browser.post(f"/enrolments/asked/{asked.id}/enrol", data=said).status_code == 303
    assert wish().state is WayAskedState.DONE
    assert session.scalars(select(Enrolment)).one().cohort_name == "Autumn"
    assert browser.post(f"/enrolments/asked/{asked.id}/enrol", data=said).status_code == 409


def test_one_wish_waits_for_each_programme_and_can_be_taken_back(sign_in, session, cohort, lead, learner, mails, wish):
    session.commit()
    browser, said = sign_in(learner), {"start": f"c{cohort.id}"}
    browser.post("/my-programme/apply", data=said)
    again = browser.post("/my-programme/apply", data=said)
    assert again.status_code == 422
    assert shown(again).says("You have asked about this programme already.")
    assert browser.post(f"/my-programme/asked/{wish().id}/take-back").status_code == 303
    assert wish().state is WayAskedState.WITHDRAWN
    assert len(mails()[lead.email]) == 2
    assert browser.post("/my-programme/apply", data=said).status_code == 303


def test_no_is_said_with_a_reason_for_the_learner(sign_in, build, session, lead, learner, programme, mails, wish):
    asked = build.way_asked(learner, programme)
    session.commit()
    browser, address = sign_in(lead), f"/enrolments/asked/{asked.id}/refuse"
    assert browser.post(address, data={"no-answer": ""}).status_code == 422
    assert browser.post(address, data={"no-answer": "The cohort is full."}).status_code == 303
    assert wish().state is WayAskedState.NOT_AGREED
    assert mails()[learner.email] == [f"{programme.title}: a place on the programme was not agreed"]
    assert shown(sign_in(learner).get("/my-programme")).says("The cohort is full.")


def test_a_learner_asks_to_step_out_and_the_lead_notes_it(sign_in, session, enrolment, lead, learner, days, wish):
    browser, address = sign_in(learner), f"/my-programme/{enrolment.id}/ask/step-out"
    said = {"reason": "WORK", "words": "A new post.", **days("day", 10), **days("returns_on", 90)}
    assert browser.post(address, data=said).status_code == 303
    page = shown(sign_in(lead).get(f"/enrolments/{enrolment.id}/note/step-out"))
    assert page.field("Why?").chosen == ("Work, or time released from work",)
    assert page.says("A new post.")
    sent = {"reason": "WORK", **days("day", 10), **days("returns_on", 90)}
    assert sign_in(lead).post(f"/enrolments/{enrolment.id}/note/step-out", data=sent).status_code == 303
    assert wish().state is WayAskedState.DONE


def test_what_cannot_be_asked_is_not_offered(sign_in, build, session, enrolment, lead, learner, days):
    page = shown(sign_in(learner).get("/my-programme"))
    assert "Ask to step out for a time" in page.links
    assert "Ask to return" not in page.links
    build.step(enrolment, StepKind.STEPPED_OUT, lead)
    session.commit()
    assert "Ask to return" in shown(sign_in(learner).get("/my-programme")).links
    build.way_asked(learner, enrolment.programme, enrolment=enrolment, kind=WayAskedKind.RETURN)
    session.commit()
    page = shown(sign_in(learner).get("/my-programme"))
    assert "Ask to return" not in page.links
    assert page.says("Waiting for an answer")


def test_a_transfer_ends_what_is_left_on_the_day_before(
    sign_in, build, session, enrolment, lead, leading, learner, days, wish, mails, today
):
    other = build.programme(build.provider("University of Elsewhere"))
    taker = leading(other.provider, "Tay Taker")
    session.commit()
    said = {"start": f"p{other.id}", "leaving": str(enrolment.id), "shares": "y"}
    assert sign_in(learner).post("/my-programme/apply", data=said).status_code == 303
    asked = wish()
    assert asked.kind is WayAskedKind.TRANSFER
    entry = {"start": f"p{other.id}", **days("started_on", 30)}
    assert sign_in(taker).post(f"/enrolments/asked/{asked.id}/enrol", data=entry).status_code == 303
    wish()
    old = session.get_one(Enrolment, enrolment.id)
    step = session.scalars(select(EnrolmentStep)).one()
    assert step.kind is StepKind.TRANSFERRED
    assert (old.ended_on, step.day) == (today + timedelta(days=29), today + timedelta(days=30))
    assert step.onward.programme_id == other.id
    assert any("transferred from" in one for one in mails()[lead.email])
    refused = sign_in(lead).post(f"/enrolments/{enrolment.id}/take-back")
    assert refused.status_code == 422


def test_earlier_records_are_read_elsewhere_only_while_the_learner_agrees(
    sign_in, build, session, learner, enrolment, programme, leading
):
    placement = build.placement(learner)
    other = build.programme()
    taker = leading(other.provider, "Tay Taker")
    there = build.enrolment(learner, other)
    session.commit()
    address, browser = f"/placements/{placement.id}/record", sign_in(taker)
    assert browser.get(address).status_code == 404
    assert sign_in(learner).post(f"/my-programme/records/{other.provider_id}/share").status_code == 303
    assert browser.get(address).status_code == 200
    assert shown(browser.get(f"/progress/{there.id}")).says("Earlier placements elsewhere")
    assert browser.get(f"/placements/{placement.id}/sign-off").status_code in (403, 404)
    assert sign_in(learner).post(f"/my-programme/records/{other.provider_id}/stop").status_code == 303
    assert browser.get(address).status_code == 404


def test_nobody_answers_for_another_university(sign_in, build, session, learner, programme, leading):
    asked = build.way_asked(learner, programme)
    elsewhere = leading(build.provider(), "Lou Elsewhere")
    session.commit()
    assert sign_in(elsewhere).get(f"/enrolments/asked/{asked.id}").status_code == 404
    assert sign_in(build.learner()).post(f"/my-programme/asked/{asked.id}/take-back").status_code == 404


def test_nobody_is_enrolled_past_what_she_has_asked(sign_in, session, cohort, lead, learner, days, wish, look_again):
    session.commit()
    sign_in(learner).post("/my-programme/apply", data={"start": f"c{cohort.id}"})
    said = {"name": learner.name, "email": learner.email, "start": f"c{cohort.id}", **days("started_on", 0)}
    refused = sign_in(lead).post("/enrolments/new", data=said)
    assert refused.status_code == 422
    assert shown(refused).says("Robin Learner has asked for a place on it.")
    assert session.scalars(select(Enrolment)).all() == []
    assert sign_in(lead).post(f"/enrolments/asked/{wish().id}/enrol", data=said).status_code == 303
    look_again()
    assert len(session.scalars(select(Enrolment)).all()) == 1


def test_who_waits_for_an_answer_does_not_enrol_herself_meanwhile(sign_in, session, cohort, learner, days):
    session.commit()
    browser = sign_in(learner)
    browser.post("/my-programme/apply", data={"start": f"c{cohort.id}"})
    programme = cohort.version.programme
    address = browser.post("/request").location.removesuffix("/module")
    said = {"programme": str(programme.id), **days("started_on", 0)}
    refused = browser.post(f"{address}/university/{programme.provider_id}", data=said)
    assert refused.status_code == 422
    page = shown(refused)
    assert page.says("Wait for its answer, or take that back first")
    assert page.field("Which programme are you on?").chosen == (programme.title,)
    assert session.scalars(select(Enrolment)).all() == []


def test_a_page_that_offers_what_cannot_be_asked_leads_to_where_she_stands(sign_in, session, enrolment, learner, days):
    browser, page = sign_in(learner), f"/my-programme/{enrolment.id}/ask"
    assert browser.get(f"{page}/return").status_code == 303
    assert browser.get(f"{page}/leave").status_code == 200
    late = browser.post(f"{page}/step-out", data=days("day", 5) | days("returns_on", 5 + 4 * 365))
    assert late.status_code == 422
    assert shown(late).says("after the first day away, within three years.")
    assert browser.post(f"{page}/step-out", data=days("day", 5)).status_code == 303
    followed = browser.get(f"{page}/leave", follow_redirects=True)
    assert shown(followed).says("That cannot be asked now.")
    assert browser.get(f"{page}/nothing").status_code == 404


def test_what_a_lead_typed_is_kept_where_an_answer_is_refused(sign_in, session, cohort, lead, learner, days, wish):
    session.commit()
    sign_in(learner).post("/my-programme/apply", data={"start": f"c{cohort.id}"})
    browser, address = sign_in(lead), f"/enrolments/asked/{wish().id}/enrol"
    said = {"start": f"c{cohort.id}", "funder": "Her employer", **days("started_on", -300)}
    refused = browser.post(address, data=said)
    assert refused.status_code == 422
    page = shown(refused)
    assert page.says("Waiting for an answer")
    assert page.field("Who pays? (optional)").value == "Her employer"
    assert wish().state is WayAskedState.WAITING
    assert browser.post(address, data=said | days("started_on", 0)).status_code == 303


def test_a_transfer_cannot_end_what_has_not_begun(sign_in, build, session, enrolment, leading, learner, wish, days):
    other = build.programme(build.provider("University of Elsewhere"))
    taker = leading(other.provider, "Tay Taker")
    session.commit()
    sign_in(learner).post("/my-programme/apply", data={"start": f"p{other.id}", "leaving": str(enrolment.id)})
    entry = {"start": f"p{other.id}", **days("started_on", -60)}
    refused = sign_in(taker).post(f"/enrolments/asked/{wish().id}/enrol", data=entry)
    assert refused.status_code == 422
    label, message = shown(refused).complaint
    assert label == "First day"
    assert "or later, after what was noted last." in message
    assert wish().state is WayAskedState.WAITING
