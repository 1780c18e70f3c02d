"""A lead names who supervises whom; from then on nobody else of the supervisors reads or signs for that learner."""

from datetime import datetime

import pytest
from sqlalchemy import select

from app.models.academic.supervisors import SupervisorAssignment
from app.models.operations.parties import Party
from app.models.people import Role
from app.models.placements import Placement
from app.rules.academic.reach import reaches_enrolment, reaches_placement
from app.rules.agreements.parts import part_of, supervisors_of
from tests.screen import shown

SUPERVISOR = "Academic supervisor"


def named(browser, enrolment, supervisor, reason=""):
    who = "nobody" if supervisor is None else supervisor.id
    return browser.post(f"/supervisors/{enrolment.id}", data={"supervisor": who, "reason": reason})


def reads(session, person, placement):
    hers = select(Placement.id).where(Placement.id == placement.id)
    return session.scalar(hers.where(reaches_placement(person, Role.ACADEMIC_SUPERVISOR))) is not None


def test_a_lead_names_a_supervisor_and_all_concerned_are_told(sign_in, enrolment, placement, sam, other, lead, mails):
    browser = sign_in(lead)
    assert shown(browser.get("/")).link("Name an academic supervisor for 1 learner") == "/supervisors?now=none"
    assert named(browser, enrolment, sam).status_code == 303
    assert not shown(browser.get("/")).says("Name an academic supervisor for 1 learner")
    told = mails()
    assert told[placement.learner.email] == ["Sam Supervisor is your academic supervisor"]
    assert told[sam.email] == ["You are the academic supervisor of 1 more learner"]
    assert other.email not in told
    hers = shown(sign_in(placement.learner).get(f"/placements/{placement.id}"))
    assert hers.says("The academic supervisor is Sam Supervisor")


def test_from_then_on_the_learner_is_with_that_supervisor_alone(
    sign_in, build, session, enrolment, placement, sam, other
):
    pages = (f"/progress/{enrolment.id}", f"/placements/{placement.id}/sign-off", f"/supervisors/{enrolment.id}/notes")
    build.supervision(enrolment, sam)
    session.commit()
    assert {sign_in(sam).get(page).status_code for page in pages} == {200}
    browser = sign_in(other)
    assert {browser.get(page).status_code for page in pages} == {404}
    assert not shown(browser.get("/progress")).says("Robin Learner")
    assert supervisors_of(session, placement) == [sam]


def test_it_is_handed_over_for_a_reason_and_both_are_told(
    sign_in, build, session, look_again, enrolment, sam, other, lead, mails, today
):
    build.supervision(enrolment, sam)
    session.commit()
    browser = sign_in(lead)
    refused = named(browser, enrolment, other)
    assert refused.status_code == 422
    page = shown(refused)
    assert page.says("Say why, because somebody supervises Robin Learner already.")
    assert page.field(SUPERVISOR).chosen == (f"Olu Other, {other.email}",)
    assert named(browser, enrolment, other, "Sam is on leave.").status_code == 303
    told = mails()
    assert told[sam.email] == ["You no longer supervise 1 learner"]
    assert told[other.email] == ["You are the academic supervisor of 1 more learner"]
    look_again()
    first, second = session.scalars(select(SupervisorAssignment).order_by(SupervisorAssignment.id)).all()
    assert (first.supervisor_id, first.ended_on, first.reason) == (sam.id, today, "Sam is on leave.")
    assert (second.supervisor_id, second.starts_on, second.ended_on) == (other.id, today, None)
    same = named(browser, enrolment, other, "Once more.")
    assert same.status_code == 422
    assert shown(same).says("That is how it is already")


def test_it_can_be_nobody_for_a_time(sign_in, build, session, enrolment, placement, sam, other, lead, mails):
    build.supervision(enrolment, sam)
    session.commit()
    assert named(sign_in(lead), enrolment, None, "Sam leaves.").status_code == 303
    assert mails()[placement.learner.email] == ["Your academic supervisor changes"]
    assert set(supervisors_of(session, placement)) == {sam, other}


def test_a_mentor_or_somebody_elsewhere_cannot_be_named(sign_in, build, session, enrolment, placement, provider, lead):
    build.grant(placement.mentor, Role.ACADEMIC_SUPERVISOR, provider=provider)
    elsewhere = build.person()
    build.grant(elsewhere, Role.ACADEMIC_SUPERVISOR, provider=build.provider())
    session.commit()
    browser = sign_in(lead)
    refused = named(browser, enrolment, placement.mentor)
    assert refused.status_code == 422
    assert shown(refused).says("Dr A. Mentor is the mentor of Robin Learner")
    assert named(browser, enrolment, elsewhere).status_code == 422
    assert session.scalar(select(SupervisorAssignment.id)) is None


def test_many_are_named_at_once_and_each_supervisor_gets_one_mail(
    sign_in, build, session, enrolment, placement, sam, other, lead, mails
):
    second = build.enrolment(build.learner(name="Second Learner"), placement.module.programme)
    build.supervision(second, other)
    session.commit()
    browser = sign_in(lead)
    page = shown(browser.get("/supervisors"))
    assert page.table("Academic supervisors and how many learners they have").rows
    both = {"learners": [enrolment.id, second.id], "supervisor": sam.id}
    refused = browser.post("/supervisors?now=none", data=both)
    assert refused.status_code == 422
    assert shown(refused).says("Say why, because somebody supervises Second Learner already.")
    assert browser.post("/supervisors", data={**both, "reason": "A new group."}).status_code == 303
    told = mails()
    assert told[sam.email] == ["You are the academic supervisor of 2 more learners"]
    assert told[other.email] == ["You no longer supervise 1 learner"]
    assert browser.post("/supervisors", data={"learners": [], "supervisor": sam.id}).status_code == 422


@pytest.mark.parametrize("named_one", ["nobody", "sam", "other", "left", "inactive", "mentor", "ended"])
def test_every_rule_says_the_same_of_who_supervises(
    build, session, today, enrolment, placement, provider, of_university, sam, other, named_one
):
    """The conditions of the database, the part in which somebody signs, and who is asked by mail."""
    left, inactive = of_university("Left"), of_university("Inactive")
    left.grants[0].ended_at, inactive.is_active = datetime.fromisoformat("2026-01-01T00:00+00:00"), False
    build.grant(placement.mentor, Role.ACADEMIC_SUPERVISOR, provider=provider)
    people = {"sam": sam, "other": other, "left": left, "inactive": inactive, "mentor": placement.mentor, "ended": sam}
    if named_one != "nobody":
        ended = {"ended_on": today} if named_one == "ended" else {}
        build.supervision(enrolment, people[named_one], **ended)
    session.flush()
    expected = {"sam": {sam}, "other": {other}}.get(named_one, {sam, other})
    both = {sam, other}
    assert {one for one in both if reads(session, one, placement)} == expected
    signs = {one for one in both if part_of(session, one, placement) is Party.ACADEMIC_SUPERVISOR}
    assert signs == expected
    assert set(supervisors_of(session, placement)) == expected
    if named_one != "mentor":  # whom the mentor supervises is with her as a learner, and with others as a placement
        enrolled = select(type(enrolment).id)
        hers = {one for one in both if session.scalar(enrolled.where(reaches_enrolment(one, Role.ACADEMIC_SUPERVISOR)))}
        assert hers == expected
