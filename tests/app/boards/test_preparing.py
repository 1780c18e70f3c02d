"""A lead makes a board, puts learners on its list, and says what is proposed about each."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.academic.boards import Board, BoardLine, BoardState
from app.models.people import Role
from app.models.programmes import CreditOutcome, Enrolment
from tests.app.studies.filling_in import day
from tests.pages import form_to
from tests.screen import shown


def typed(build, **changes):
    day_ = changes.pop("meets_on", build.today + timedelta(days=7))
    return {
        "name": "Summer board",
        "reference": "B1",
        **day("meets_on", day_),
        "outside": "Prof E. External",
        **changes,
    }


def test_a_board_is_made_with_members_of_the_university_and_from_elsewhere(sign_in, build, session, lead, sam):
    session.commit()
    browser = sign_in(lead)
    made = browser.post("/boards/new", data=typed(build, members=sam.id))
    assert made.status_code == 303
    page = shown(browser.get(made.location))
    assert page.heading == "Summer board"
    assert page.says("Sam Supervisor, Prof E. External")
    assert page.says("Nobody is on the list yet. Put learners on it.")
    assert shown(browser.get("/boards")).row("Summer board")["State"] == "Being prepared"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Enter its name"),
        ({"reference": ""}, "Enter its reference"),
        ({"outside": ""}, "Choose at least one member, or name one from elsewhere."),
        ({"meets_on-day": ""}, "The date must include a day"),
        ({"meets_on-year": "2025"}, "The date must be today or later."),
    ],
)
def test_what_a_board_lacks_is_said_and_what_was_typed_is_kept(sign_in, build, session, lead, changes, message):
    session.commit()
    answer = sign_in(lead).post("/boards/new", data=typed(build) | changes)
    assert answer.status_code == 422
    page = shown(answer)
    assert message in page.errors
    if "name" not in changes:
        assert page.field("Name of the board").value == "Summer board"
    assert session.scalars(select(Board)).all() == []


def test_only_who_leads_there_keeps_it_and_only_who_sits_on_it_reads_it(
    sign_in, build, session, board, sam, university
):
    other = build.person()
    build.grant(other, Role.ACADEMIC_SUPERVISOR, provider=university)
    stranger = build.person()
    build.grant(stranger, Role.PROGRAMME_LEAD, provider=build.provider())
    session.commit()
    page = f"/boards/{board.id}"
    assert sign_in(sam).get(page).status_code == 200
    assert sign_in(sam).get(f"{page}/decide").status_code == 403
    assert sign_in(other).get(page).status_code == 404
    assert sign_in(stranger).get(page).status_code == 404
    assert sign_in(stranger).post(f"{page}/decide").status_code == 404


def test_ready_is_what_is_signed_off_or_learnt_in_no_placement(
    sign_in, build, session, look_again, board, lead, university
):
    placement = build.placement(build.learner(name="Pat Placed"))
    placement.module.programme.provider = university
    session.commit()
    browser, page = sign_in(lead), f"/boards/{board.id}/learners"
    rpe = placement.module
    assert not shown(browser.get(f"{page}?module={rpe.id}")).says("Pat Placed: Research Practice Experience")
    assert shown(browser.get(f"{page}?module={rpe.id}&who=all")).says("Pat Placed: Research Practice Experience")
    assert shown(browser.get(page)).says("Pat Placed: Online module 1")
    look_again()
    build.signed_off(placement, lead)
    session.commit()
    assert shown(browser.get(f"{page}?module={rpe.id}")).says("Pat Placed: Research Practice Experience")


@pytest.mark.parametrize("who", ["herself", "whom she mentors"])
def test_nobody_prepares_a_line_about_herself_or_whom_she_mentors(
    sign_in, build, session, look_again, board, lead, robin, programme, who
):
    if who == "herself":
        robin = build.enrolment(lead, programme)
    else:
        build.placement(session.get_one(type(lead), robin.learner_id), mentor=lead)
    line = build.board_line(board, robin, programme.modules[1])
    session.commit()
    browser, page = sign_in(lead), f"/boards/{board.id}"
    read = shown(browser.get(page))
    assert not [one for one in read.links if one.startswith(("Propose", "Change:"))]
    asked = shown(browser.get(f"{page}/lines/{line.id}"))
    assert asked.says("so a colleague who leads programmes")
    assert "Save the proposal" not in asked.buttons
    refused = browser.post(f"{page}/lines/{line.id}", data={"outcome": "earned"})
    assert refused.status_code == 422
    assert shown(refused).says("A colleague who leads programmes of your university does.")
    assert browser.post(f"{page}/lines/{line.id}/take-off").status_code == 422
    look_again()
    assert session.get_one(BoardLine, line.id).outcome is None


def test_what_waits_until_a_day_is_ready_from_that_day_on_although_it_is_signed_off(
    sign_in, build, session, look_again, board, lead, university, today
):
    placement = build.placement(build.learner(name="Pat Placed"))
    placement.module.programme.provider = university
    build.signed_off(placement, lead)
    hers = session.scalars(select(Enrolment).where(Enrolment.learner_id == placement.learner_id)).one()
    until_on = today + timedelta(days=30)
    build.credit_decision(
        hers, placement.module, lead, outcome=CreditOutcome.DEFERRED, words="Wait.", until_on=until_on
    )
    session.commit()
    browser, page = sign_in(lead), f"/boards/{board.id}/learners?module={placement.module.id}"
    says = "Pat Placed: Research Practice Experience"
    assert not shown(browser.get(page)).says(says)
    assert shown(browser.get(f"{page}&who=all")).says(says)
    look_again()
    session.get_one(Board, board.id).meets_on = until_on
    session.commit()
    assert shown(browser.get(page)).says(says)


def test_nobody_is_put_on_two_lists_or_on_one_whose_credits_she_has(
    sign_in, build, session, look_again, board, lead, robin, ali, programme
):
    build.credit_decision(ali, programme.modules[1], lead)
    session.commit()
    browser, page = sign_in(lead), f"/boards/{board.id}/learners"
    boxes = [f"{one.id}-{programme.modules[1].id}" for one in (robin, ali)]
    assert browser.post(page, data={"lines": boxes[0]}).status_code == 303
    for box in boxes:
        again = browser.post(page, data={"lines": box})
        assert again.status_code == 422
    look_again()
    (line,) = session.scalars(select(BoardLine)).all()
    assert (line.enrolment_id, line.outcome) == (robin.id, None)


def test_what_is_proposed_is_asked_for_whole(sign_in, build, session, look_again, board, lead, robin, programme):
    line = build.board_line(board, robin, programme.modules[0])
    session.commit()
    browser, page = sign_in(lead), f"/boards/{board.id}/lines/{line.id}"
    says = shown(browser.get(page))
    assert says.says("There is no placement for this module on record.")
    for sent, message in (
        ({}, "Choose what is proposed"),
        ({"outcome": "earned"}, "Something is missing from the record. Say why the credits are earned all the same."),
        ({"outcome": "deferred"}, "Enter the day until which the decision waits"),
        ({"outcome": "failed"}, "Write what the learner should know: why, and what to do next."),
    ):
        answer = browser.post(page, data=sent)
        assert answer.status_code == 422
        assert message in shown(answer).errors
    kept = browser.post(page, data={"outcome": "failed", "words": "You can take it again."})
    assert kept.status_code == 303
    look_again()
    assert session.get_one(BoardLine, line.id).outcome is CreditOutcome.FAILED
    assert (
        shown(browser.get(f"/boards/{board.id}"))
        .row(f"Robin Learner {programme.title}")["Proposed"]
        .startswith("Failed")
    )


def test_what_changed_since_it_was_prepared_is_told_and_has_to_be_looked_at(
    sign_in, build, session, board, lead, robin, programme, proposed
):
    line = proposed(robin)
    build.credit_decision(robin, programme.modules[1], lead, outcome=CreditOutcome.FAILED, words="No.")
    session.commit()
    browser, page = sign_in(lead), f"/boards/{board.id}"
    says = shown(browser.get(page))
    assert says.says("Something changed since it was prepared.")
    assert says.says("Decided on 3 March 2026: Failed.")
    assert browser.get(f"{page}/decide").status_code == 303
    assert browser.post(f"{page}/lines/{line.id}", data={"outcome": "earned"}).status_code == 303
    assert browser.get(f"{page}/decide").status_code == 200


def test_it_is_called_off_with_a_reason_and_its_learners_can_be_put_on_another(
    sign_in, build, session, look_again, board, lead, university, robin, programme, proposed
):
    proposed(robin)
    other = build.board(university, lead, name="Another board")
    session.commit()
    browser, box = sign_in(lead), f"{robin.id}-{programme.modules[1].id}"
    assert browser.post(f"/boards/{other.id}/learners", data={"lines": box}).status_code == 422
    assert browser.post(f"/boards/{board.id}/call-off", data={"reason": ""}).status_code == 422
    assert browser.post(f"/boards/{board.id}/call-off", data={"reason": "Too few can come."}).status_code == 303
    look_again()
    assert session.get_one(Board, board.id).state is BoardState.CALLED_OFF
    assert shown(browser.get(f"/boards/{board.id}")).says("Too few can come.")
    assert browser.post(f"/boards/{other.id}/learners", data={"lines": box}).status_code == 303


def test_a_member_who_has_left_is_named_as_such_and_stays_until_somebody_takes_her_off(
    sign_in, build, session, look_again, board, lead, sam
):
    sam.grants[0].ended_at = build.now
    session.commit()
    browser, page = sign_in(lead), f"/boards/{board.id}"
    left = "Sam Supervisor (no longer of the university), Prof E. External"
    assert shown(browser.get(page)).says(left)
    fields = form_to(f"{page}/change", browser.get(f"{page}/change")).fields
    assert fields["members"] == [str(sam.id)]
    assert browser.post(f"{page}/change", data=typed(build, members=sam.id)).status_code == 303
    assert shown(browser.get(page)).says(left)
    assert browser.post(f"{page}/change", data=typed(build)).status_code == 303
    assert not shown(browser.get(page)).says("Sam Supervisor")


def test_two_who_change_a_board_are_told_of_each_other(sign_in, build, session, board, lead):
    session.commit()
    browser, page = sign_in(lead), f"/boards/{board.id}/change"
    made_from = form_to(page, browser.get(page)).fields["made_from"][0]
    first = browser.post(page, data=typed(build, name="First name", made_from=made_from))
    assert first.status_code == 303
    second = browser.post(page, data=typed(build, name="Second name", made_from=made_from))
    assert second.status_code == 409
    assert shown(second).field("Name of the board").value == "Second name"
