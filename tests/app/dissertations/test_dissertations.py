"""A dissertation is proposed, agreed, approved and submitted, with days by which each step is to be done."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.academic.dissertations import (
    ApprovalKind,
    Dissertation,
    DissertationState,
    Milestone,
    MilestoneKind,
)
from app.models.operations.outbox import Message
from app.models.people import Person, Role
from app.models.programmes import CreditDecision, CreditOutcome, Enrolment, Level
from tests.app.studies.filling_in import day
from tests.pages import form_to
from tests.screen import shown

DRAFT, PROPOSED, AGREED = DissertationState.DRAFT, DissertationState.PROPOSED, DissertationState.AGREED
TYPED = {"title": "Walking after a fall", "proposal": "To ask those who fell.", "without_study": "None is near."}


@pytest.fixture
def programme(build):
    return build.programme(build.provider("University of Testing"), Level.MSC)


@pytest.fixture
def module(build, programme):
    return build.master_module(programme)


@pytest.fixture
def sam(build, programme):
    person = build.person(name="Sam Supervisor")
    build.grant(person, Role.ACADEMIC_SUPERVISOR, provider=programme.provider)
    return person


@pytest.fixture
def lead(build, programme):
    person = build.person(name="Lee Lead")
    build.grant(person, Role.PROGRAMME_LEAD, provider=programme.provider)
    return person


@pytest.fixture
def enrolment(build, programme, module):
    return build.enrolment(build.learner(name="Robin Learner"), programme)


@pytest.fixture
def robin(session, enrolment):
    return session.get_one(Person, enrolment.learner_id)


@pytest.fixture
def made(build, session, enrolment, module):
    """made(state): a dissertation that stands so, and its page."""

    def make(state=DRAFT, **given):
        dissertation = build.dissertation(enrolment, module, state=state, **given)
        session.commit()
        return dissertation, f"/dissertations/{dissertation.id}"

    return make


@pytest.fixture
def subjects(session, look_again):
    def read():
        look_again()
        return [(one.recipient, one.subject) for one in session.scalars(select(Message).order_by(Message.id))]

    return read


def state_of(session, look_again, dissertation):
    look_again()
    return session.get_one(Dissertation, dissertation.id).state


def test_a_learner_begins_it_once_with_days_to_confirm(sign_in, session, look_again, robin, enrolment, today):
    session.commit()
    browser = sign_in(robin)
    assert shown(browser.get("/")).link("Begin your dissertation") == "/my-dissertation"
    first = browser.post(f"/my-dissertation/{enrolment.id}")
    assert browser.post(f"/my-dissertation/{enrolment.id}").location == first.location
    page = shown(browser.get(first.location))
    assert page.says("You have written nothing yet.")
    look_again()
    days = session.scalars(select(Milestone.due_on).order_by(Milestone.due_on)).all()
    started_on = today - timedelta(days=60)
    assert days == [started_on + timedelta(days=n) for n in (45, 105, 195, 255, 300)]
    assert page.row("Submitted")["By"].endswith(", to confirm")


def test_a_draft_is_hers_alone_and_what_is_sent_is_kept_as_it_was(
    sign_in, session, look_again, robin, sam, made, subjects
):
    dissertation, page = made(title="", proposal="", without_study="")
    browser = sign_in(robin)
    assert "Send it to your academic supervisor" not in shown(browser.get(page)).buttons
    unsent = browser.post(f"{page}/send")
    assert unsent.status_code == 422
    assert shown(unsent).says("Write a title first, then send it.")
    assert sign_in(robin).post(f"{page}/proposal", data=TYPED).status_code == 303
    assert shown(sign_in(sam).get(page)).says("Robin Learner has sent nothing yet.")
    assert not shown(sign_in(sam).get(page)).says("To ask those who fell.")
    assert sign_in(robin).post(f"{page}/send").status_code == 303
    assert subjects() == [(sam.email, "Robin Learner sent a proposal for a dissertation")]
    assert shown(sign_in(sam).get(page)).says("To ask those who fell.")
    assert shown(sign_in(sam).get("/")).link("Answer the proposal of Robin Learner") == page
    assert sign_in(robin).post(f"{page}/send").status_code == 409
    look_again()
    assert [one.words for one in session.get_one(Dissertation, dissertation.id).proposals] == [TYPED["proposal"]]


def test_it_is_returned_with_words_changed_and_agreed(sign_in, session, look_again, robin, sam, made, subjects, today):
    dissertation, page = made(PROPOSED)
    browser = sign_in(sam)
    assert browser.post(f"{page}/return", data={"reason": ""}).status_code == 422
    assert browser.post(f"{page}/return", data={"reason": "Say with whom."}).status_code == 303
    assert state_of(session, look_again, dissertation) is DissertationState.RETURNED
    hers = sign_in(robin)
    assert shown(hers.get(page)).says("Say with whom.")
    assert shown(hers.get("/")).says("Change your proposal, and send it again")
    hers.post(f"{page}/proposal", data=TYPED | {"proposal": "To ask them with the falls team."})
    assert not shown(sign_in(sam).get(page)).says("with the falls team")
    sign_in(robin).post(f"{page}/send")
    assert sign_in(sam).post(f"{page}/agree").status_code == 303
    assert sign_in(sam).post(f"{page}/agree").status_code == 409
    assert state_of(session, look_again, dissertation) is AGREED
    done = session.scalars(select(Milestone.done_on).where(Milestone.kind == MilestoneKind.PROPOSAL)).one()
    assert done == today
    assert [subject for recipient, subject in subjects() if recipient == robin.email] == [
        "Your proposal comes back to you",
        "Your proposal is agreed",
    ]


def test_two_tabs_of_a_proposal_are_told_of_each_other(sign_in, robin, made):
    _, page = made()
    browser, address = sign_in(robin), f"{page}/proposal"
    made_from = form_to(address, browser.get(address)).fields["made_from"][0]
    assert browser.post(address, data=TYPED | {"title": "One", "made_from": made_from}).status_code == 303
    late = browser.post(address, data=TYPED | {"title": "Two", "made_from": made_from})
    assert late.status_code == 409
    assert shown(late).field("Title").value == "Two"


def test_it_is_rooted_in_a_study_that_is_found_by_typing(sign_in, build, session, look_again, robin, made):
    study = build.study("Walking aids in frailty")
    dissertation, page = made()
    browser = sign_in(robin)
    assert shown(browser.get(f"{page}/study?q=walking aids")).says("Walking aids in frailty")
    chosen = browser.get(f"{page}/study?study={study.id}&go=1")
    form = shown(browser.get(chosen.location))
    assert form.says("Walking aids in frailty")
    kept = browser.post(f"{page}/proposal", data=TYPED | {"study": study.id})
    assert kept.status_code == 303
    look_again()
    found = session.get_one(Dissertation, dissertation.id)
    assert (found.study_id, found.without_study) == (study.id, "")
    browser.post(f"{page}/proposal", data=TYPED | {"study": study.id, "no_study": "y"})
    look_again()
    assert session.get_one(Dissertation, dissertation.id).study_id is None


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "Choose how it stands"),
        ({"state": "given"}, "Enter the reference of the approval"),
        ({"state": "given", "reference": "24/LO/1"}, "Enter the day on which it was given"),
        ({"state": "not needed"}, "Say why it is not needed"),
    ],
)
def test_an_approval_is_asked_for_whole(sign_in, robin, made, sent, message):
    _, page = made(AGREED)
    answer = sign_in(robin).post(f"{page}/approvals/HRA", data=sent)
    assert answer.status_code == 422
    assert message in shown(answer).errors


def test_once_each_approval_is_settled_that_milestone_is_done(sign_in, session, look_again, robin, made, today):
    _, page = made(AGREED)
    browser = sign_in(robin)
    for kind in ApprovalKind:
        look_again()
        assert approvals_done(session) is None
        data = {"state": "not needed", "reason": "It is a service evaluation."}
        assert browser.post(f"{page}/approvals/{kind.name}", data=data).status_code == 303
    look_again()
    assert approvals_done(session) == today
    given = {"state": "given", "reference": "IRAS 1", **day("decided_on", today)}
    browser.post(f"{page}/approvals/HRA", data=given)
    assert shown(browser.get(page)).row("HRA and HCRW approval")["State"] == "Given"
    browser.post(f"{page}/approvals/HRA", data={"state": "applied for"})
    look_again()
    assert approvals_done(session) is None
    assert browser.get(f"{page}/approvals/NOTHING").status_code == 404


def test_approvals_stay_settled_since_the_day_on_which_they_first_were(
    sign_in, session, look_again, robin, made, today
):
    _, page = made(AGREED)
    browser = sign_in(robin)
    for kind in ApprovalKind:
        browser.post(f"{page}/approvals/{kind.name}", data={"state": "not needed", "reason": "An evaluation."})
    look_again()
    before = today - timedelta(days=20)
    session.scalars(select(Milestone).where(Milestone.kind == MilestoneKind.APPROVALS)).one().done_on = before
    session.commit()
    given = {"state": "given", "reference": "IRAS 1", **day("decided_on", today)}
    assert sign_in(robin).post(f"{page}/approvals/HRA", data=given).status_code == 303
    look_again()
    assert approvals_done(session) == before


def approvals_done(session):
    return session.scalars(select(Milestone.done_on).where(Milestone.kind == MilestoneKind.APPROVALS)).one()


def test_supervisor_or_lead_sets_a_day_for_a_reason_that_stays(sign_in, lead, robin, made, subjects, today):
    _, page = made(AGREED)
    browser, address = sign_in(lead), f"{page}/milestones/RESEARCH"
    assert browser.post(address, data=day("due_on", today + timedelta(9))).status_code == 422
    too_late = browser.post(address, data=day("due_on", today + timedelta(days=4000)) | {"reason": "Later."})
    assert too_late.status_code == 422
    assert (
        browser.post(address, data=day("due_on", today + timedelta(9)) | {"reason": "A late start."}).status_code == 303
    )
    assert subjects() == [(robin.email, "A day of your dissertation: research done")]
    read = shown(browser.get(page))
    assert read.row("Research done")["By"] == "12 March 2026"
    assert read.says("A late start.")
    assert sign_in(robin).get(address).status_code == 403


def test_what_is_late_is_on_home_and_first_in_reach_of_the_university(
    sign_in, build, session, lead, sam, robin, made, today
):
    dissertation, _ = made(AGREED)
    dissertation.milestones[0].due_on = today - timedelta(days=1)
    session.commit()
    assert shown(sign_in(robin).get("/")).says("It was due by 2 March 2026.")
    for person in (lead, sam):
        browser = sign_in(person)
        assert shown(browser.get("/")).link("See why 1 dissertation is late") == "/dissertations?late=1"
        assert shown(browser.get("/dissertations?late=1")).row("Robin Learner")["Next milestone"].endswith("At risk")
    dissertation.milestones[0].done_on = today
    session.commit()
    assert not shown(sign_in(lead).get("/")).says("See why 1 dissertation is late")
    assert shown(sign_in(lead).get("/dissertations?late=1")).says("No dissertation fits that.")


def test_a_late_one_stands_among_who_is_at_risk_wherever_the_university_looks(
    sign_in, build, session, look_again, lead, sam, robin, made, enrolment, today
):
    dissertation, page = made(AGREED)
    dissertation.milestones[0].due_on = today - timedelta(days=1)
    elsewhere = build.person()
    build.grant(elsewhere, Role.PROGRAMME_LEAD, provider=build.provider())
    session.commit()
    says = "The dissertation is late: “proposal agreed” was due by 2 March 2026, a day to confirm."
    help_ = "See the dissertation, or set its days: Robin Learner"
    for person in (lead, sam):
        browser = sign_in(person)
        for address in ("/at-risk", "/at-risk?risk=DISSERTATION_LATE&q=robin"):
            risks = shown(browser.get(address))
            assert risks.says("1 dissertation is late")
            assert risks.row("Robin Learner Email Robin Learner")["Why, and what helps"].startswith(says)
            assert risks.link(help_) == page
        for address in ("/at-risk?aside=1", "/at-risk?risk=BEHIND", "/at-risk?q=somebody"):
            assert not shown(browser.get(address)).says("Robin Learner")
        assert shown(browser.get("/progress?risk=1")).row("Robin Learner MSc")
        assert shown(browser.get("/progress?risk=1")).says(says)
        assert shown(browser.get(f"/progress/{enrolment.id}")).says(says)
        file = browser.get("/progress.csv").text.removeprefix("\ufeff")
        assert [row["At risk because"] for row in csv.DictReader(io.StringIO(file))] == [says]
        assert shown(browser.get("/")).says("1 of them at risk.")
        assert browser.get(f"{page}/milestones/PROPOSAL").status_code == 200
    assert not shown(sign_in(elsewhere).get("/at-risk")).says("Robin Learner")
    assert sign_in(robin).get("/at-risk").status_code == 403
    look_again()
    build.credit_decision(session.get_one(Enrolment, enrolment.id), dissertation.module, lead)
    session.commit()
    assert not shown(sign_in(lead).get("/at-risk")).says("Robin Learner")
    assert not shown(sign_in(lead).get("/dissertations?late=1")).says("Robin Learner")
    assert not shown(sign_in(robin).get("/")).says("It was due by 2 March 2026.")


def test_a_list_of_late_ones_needs_as_many_queries_for_many_as_for_two(
    sign_in, build, session, look_again, queries, lead, programme, module, today
):
    counts: dict[str, list[int]] = {"/at-risk": [], "/progress": [], "/": []}
    for number in (2, 6):
        for _ in range(number):
            one = build.dissertation(build.enrolment(build.learner(), programme), module)
            one.milestones[0].due_on = today - timedelta(days=1)
        session.commit()
        browser = sign_in(lead)
        for address, found in counts.items():
            with queries() as statements:
                assert browser.get(address).status_code == 200
            found.append(len(statements))
        look_again()
    assert all(few == many for few, many in counts.values())


def test_who_has_the_credits_of_a_dissertation_is_not_asked_to_begin_it(
    sign_in, build, session, lead, robin, enrolment, module
):
    build.credit_decision(enrolment, module, lead)
    session.commit()
    browser = sign_in(robin)
    assert "Begin your dissertation" not in shown(browser.get("/")).links
    assert browser.post(f"/my-dissertation/{enrolment.id}").status_code == 404
    assert not shown(sign_in(lead).get("/dissertations")).says("not begun yet")


def test_it_is_submitted_once_agreed_and_the_note_can_be_taken_back(
    sign_in, session, look_again, robin, sam, made, subjects, today
):
    dissertation, page = made(PROPOSED)
    early = sign_in(robin).post(f"{page}/submission", data=day("submitted_on", today))
    assert early.status_code == 409
    sign_in(sam).post(f"{page}/agree")
    future = sign_in(robin).post(f"{page}/submission", data=day("submitted_on", today + timedelta(1)))
    assert future.status_code == 422
    assert sign_in(robin).post(f"{page}/submission", data=day("submitted_on", today)).status_code == 303
    assert (sam.email, "The dissertation of Robin Learner is submitted") in subjects()
    assert sign_in(sam).post(f"{page}/not-submitted", data={"reason": "The wrong one."}).status_code == 303
    assert state_of(session, look_again, dissertation) is AGREED
    assert session.get_one(Dissertation, dissertation.id).submitted_on is None


def test_what_the_university_asks_for_again_is_submitted_again_once(
    sign_in, build, session, look_again, robin, sam, lead, made, enrolment, module, subjects, today
):
    asked_on = today - timedelta(days=5)
    dissertation, page = made(DissertationState.SUBMITTED, submitted_on=today - timedelta(days=20))
    resubmission = {"outcome": CreditOutcome.RESUBMISSION, "words": "Again.", "until_on": today + timedelta(9)}
    build.credit_decision(enrolment, module, lead, decided_on=asked_on, **resubmission)
    session.commit()
    browser = sign_in(robin)
    assert shown(browser.get("/")).link("Submit again for Dissertation") == "/my-dissertation"
    assert shown(browser.get(page)).link("Note that it is submitted again") == f"{page}/submission"
    early = browser.post(f"{page}/submission", data=day("submitted_on", asked_on - timedelta(1)))
    assert early.status_code == 422
    assert browser.post(f"{page}/submission", data=day("submitted_on", today)).status_code == 303
    assert browser.post(f"{page}/submission", data=day("submitted_on", today)).status_code == 409
    assert "Note that it is submitted again" not in shown(browser.get(page)).links
    assert subjects() == [(sam.email, "The dissertation of Robin Learner is submitted")]
    assert session.get_one(Dissertation, dissertation.id).submitted_on == today


def test_what_credits_rest_on_is_not_taken_back(
    sign_in, build, session, look_again, sam, lead, made, enrolment, module, today
):
    dissertation, page = made(DissertationState.SUBMITTED, submitted_on=today)
    decision = build.credit_decision(enrolment, module, lead)
    session.commit()
    browser = sign_in(sam)
    assert "It is not submitted, or has to be again" not in shown(browser.get(page)).links
    assert browser.get(f"{page}/not-submitted").location == page
    refused = browser.post(f"{page}/not-submitted", data={"reason": "The wrong one."})
    assert refused.status_code == 422
    assert shown(refused).says("That decision has to be made void first.")
    look_again()
    build.void(session.get_one(CreditDecision, decision.id), session.get_one(Person, lead.id))
    session.commit()
    assert browser.post(f"{page}/not-submitted", data={"reason": "The wrong one."}).status_code == 303
    assert state_of(session, look_again, dissertation) is AGREED


def test_once_the_learner_has_left_nothing_is_proposed_and_nobody_waits(
    sign_in, session, look_again, robin, sam, made, enrolment, subjects, today
):
    dissertation, page = made(PROPOSED)
    enrolment.ended_on = today - timedelta(days=1)
    session.commit()
    browser = sign_in(sam)
    assert not shown(browser.get("/")).says("Answer the proposal of Robin Learner")
    read = shown(browser.get(page))
    assert read.says("The last day on the programme was 2 March 2026, so nothing is proposed any more.")
    assert "Agree to it" not in read.buttons
    assert browser.post(f"{page}/agree").status_code == 422
    assert browser.get(f"{page}/return").location == page
    assert browser.post(f"{page}/return", data={"reason": "Why?"}).status_code == 422
    hers = sign_in(robin)
    assert hers.post(f"{page}/take-back").status_code == 303
    assert hers.get(f"{page}/proposal").location == page
    kept = hers.post(f"{page}/proposal", data=TYPED | {"title": "Another title"})
    assert kept.status_code == 422
    assert shown(kept).field("Title").value == "Another title"
    assert hers.post(f"{page}/send").status_code == 422
    assert subjects() == []
    assert state_of(session, look_again, dissertation) is DRAFT


def test_credit_for_one_that_is_not_submitted_asks_why(sign_in, session, lead, enrolment, made):
    made(PROPOSED)
    page = shown(sign_in(lead).get(f"/progress/{enrolment.id}/credit"))
    assert page.says("The dissertation is not noted as submitted.")
    assert page.says("There is no proposal that the academic supervisor agrees to.")
    assert page.says("Not every approval is given, or said not to be needed.")


def test_somebody_elses_is_not_there(sign_in, build, session, robin, sam, made, programme):
    _, page = made(PROPOSED)
    other = build.learner()
    second = build.person()
    build.grant(second, Role.ACADEMIC_SUPERVISOR, provider=build.provider())
    session.commit()
    assert sign_in(other).get(page).status_code == 404
    assert sign_in(other).post(f"{page}/take-back").status_code == 404
    assert sign_in(second).get(page).status_code == 404
    assert sign_in(second).post(f"{page}/agree").status_code == 404
    assert sign_in(robin).post(f"{page}/agree").status_code == 403
