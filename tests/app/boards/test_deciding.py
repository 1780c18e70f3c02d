"""All lines of a board are decided together, once; the list is frozen, and each learner hears once."""

import csv
import io
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.academic.boards import Board, BoardLine, BoardState
from app.models.programmes import CreditDecision, CreditOutcome
from app.rules.signing.canonical import digest_of
from tests.pages import form_to
from tests.screen import shown


@pytest.fixture
def page(board):
    return f"/boards/{board.id}"


def decided(browser, page):
    return browser.post(f"{page}/decide", data={"seen": seen_on(browser, page)})


def seen_on(browser, page):
    """What the page of deciding says was read."""
    address = f"{page}/decide"
    return form_to(address, browser.get(address)).fields["seen"][0]


def test_all_are_decided_together_and_each_learner_is_told_once(
    sign_in, session, look_again, board, lead, robin, ali, proposed, page, mails, today
):
    proposed(robin, 1)
    proposed(robin, 2, CreditOutcome.RESUBMISSION)
    proposed(ali, 1, CreditOutcome.DEFERRED)
    session.commit()
    browser = sign_in(lead)
    assert decided(browser, page).status_code == 303
    look_again()
    decisions = session.scalars(select(CreditDecision).order_by(CreditDecision.enrolment_id, CreditDecision.module_id))
    assert [(one.outcome, one.credits, one.decided_on, one.board_reference) for one in decisions] == [
        (CreditOutcome.EARNED, 15, today, "BoE 2026/1"),
        (CreditOutcome.RESUBMISSION, 0, today, "BoE 2026/1"),
        (CreditOutcome.DEFERRED, 0, today, "BoE 2026/1"),
    ]
    assert sorted(subject for _, subject, _ in mails()) == [
        "A decision about 2 of your modules",
        "A decision about Online module 1",
    ]
    frozen = session.get_one(Board, board.id)
    assert (frozen.state, frozen.digest) == (BoardState.DECIDED, digest_of(frozen.decided))
    assert [one["learner"]["name"] for one in json.loads(frozen.decided)["lines"]] == [
        "Ali Learner",
        "Robin Learner",
        "Robin Learner",
    ]


def test_pressed_twice_or_in_two_tabs_it_is_decided_once(
    sign_in, session, look_again, lead, robin, proposed, page, mails
):
    proposed(robin)
    session.commit()
    browser = sign_in(lead)
    seen = seen_on(browser, page)
    assert browser.post(f"{page}/decide", data={"seen": seen}).status_code == 303
    late = browser.post(f"{page}/decide", data={"seen": seen})
    assert late.status_code == 409
    look_again()
    assert len(session.scalars(select(CreditDecision)).all()) == 1
    assert len(mails()) == 1


def test_a_list_that_changed_while_it_was_read_is_not_decided(
    sign_in, session, look_again, lead, robin, proposed, page
):
    line = proposed(robin)
    session.commit()
    browser = sign_in(lead)
    seen = seen_on(browser, page)
    browser.post(f"{page}/lines/{line.id}", data={"outcome": "failed", "words": "You can take it again."})
    late = browser.post(f"{page}/decide", data={"seen": seen})
    assert late.status_code == 409
    assert shown(late).says("The list has changed while you read it.")
    look_again()
    assert session.scalars(select(CreditDecision)).all() == []


@pytest.mark.parametrize("way", ["no outcome", "too early", "nobody", "mentor", "too many"])
def test_what_is_in_the_way_is_said_and_then_nothing_is_offered_or_done(
    sign_in, build, session, look_again, board, lead, robin, programme, proposed, page, way
):
    said = {
        "no outcome": "No outcome is proposed yet.",
        "too early": "The board has not met yet",
        "nobody": "Nobody is on the list yet.",
        "mentor": "You mentor the learner, so a colleague who leads programmes records this list.",
        "too many": "With what is proposed the learner would have more credits than a level has.",
    }
    if way == "no outcome":
        build.board_line(board, robin, programme.modules[1])
    elif way != "nobody":
        proposed(robin)
    if way == "too early":
        board.meets_on += timedelta(days=1)
    if way == "mentor":
        build.placement(session.get_one(type(lead), robin.learner_id), mentor=lead)
    if way == "too many":
        programme.modules[1].credits = 75
    session.commit()
    browser = sign_in(lead)
    before = shown(browser.get(page))
    assert before.says(said[way])
    assert "Record what the board decided" not in before.links
    assert browser.get(f"{page}/decide").location == page
    assert browser.post(f"{page}/decide", data={"seen": "anything"}).status_code == 409
    look_again()
    assert session.scalars(select(CreditDecision)).all() == []


def test_a_member_with_a_conflict_is_named_and_steps_out_of_that_line(
    sign_in, build, session, look_again, board, lead, sam, robin, ali, proposed, page
):
    build.supervision(robin, sam)
    proposed(robin)
    proposed(ali)
    session.commit()
    browser = sign_in(lead)
    named = "Sam Supervisor is or was the academic supervisor"
    assert shown(browser.get(page)).says(named)
    decided(browser, page)
    look_again()
    lines = json.loads(session.get_one(Board, board.id).decided)["lines"]
    assert [[one["name"] for one in line["stepped_out"]] for line in lines] == [[], ["Sam Supervisor"]]


def test_where_every_member_steps_out_nothing_is_decided(
    sign_in, build, session, board, lead, sam, robin, proposed, page
):
    board.members = board.members[:1]
    build.supervision(robin, sam)
    proposed(robin)
    session.commit()
    assert shown(sign_in(lead).get(page)).says("Every member steps out of this line.")


def test_what_comes_later_stands_beside_the_frozen_list_and_never_in_it(
    sign_in, session, look_again, board, lead, robin, programme, proposed, page
):
    proposed(robin)
    session.commit()
    browser = sign_in(lead)
    decided(browser, page)
    look_again()
    before = session.get_one(Board, board.id)
    content, digest = before.decided, before.digest
    decision = session.scalars(select(CreditDecision)).one()
    assert browser.post(f"/credit-decisions/{decision.id}/void", data={"reason": "The wrong marks."}).status_code == 303
    look_again()
    after = session.get_one(Board, board.id)
    assert (after.decided, after.digest) == (content, digest)
    row = shown(browser.get(page)).row(f"Robin Learner {programme.title}")
    assert row["Outcome"].startswith("Earned")
    assert row["Since then"] == "Void since 3 March 2026: The wrong marks."
    for suffix in ("/change", "/learners", "/call-off", "/decide"):
        assert browser.get(f"{page}{suffix}").location == page
    assert browser.post(f"{page}/call-off", data={"reason": "No."}).status_code == 409


def test_no_deed_can_change_what_is_frozen(sign_in, session, look_again, board, lead, robin, proposed, page):
    line = proposed(robin)
    session.commit()
    decided(sign_in(lead), page)
    look_again()
    session.get_one(Board, board.id).name = "Another name"
    with pytest.raises(ValueError, match="never changed"):
        session.flush()
    session.rollback()
    session.delete(session.get_one(BoardLine, line.id))
    with pytest.raises(ValueError, match="never changed"):
        session.flush()
    session.rollback()


def test_the_list_is_printed_and_kept_as_a_file(sign_in, session, lead, robin, ali, proposed, page):
    proposed(robin, 0, reason="By the marks of the viva.")
    proposed(ali, 1)
    session.commit()
    browser = sign_in(lead)
    for is_decided in (False, True):
        if is_decided:
            decided(browser, page)
        assert shown(browser.get(f"{page}/print")).says("By the marks of the viva.")
        file = browser.get(f"{page}/list.csv")
        rows = list(csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff"))))
        assert [(row["Learner"], row["Outcome"]) for row in rows] == [
            ("Ali Learner", "Earned"),
            ("Robin Learner", "Earned"),
        ]
        assert rows[1]["Why the credits are earned all the same"] == "By the marks of the viva."
        assert "There is no placement for this module on record." in rows[1]["Missing from the record"]


def test_home_says_what_waits(sign_in, build, session, board, lead, sam, robin, programme, today):
    build.board_line(board, robin, programme.modules[1])
    build.credit_decision(
        robin,
        programme.modules[2],
        lead,
        outcome=CreditOutcome.RESUBMISSION,
        words="Add it.",
        until_on=today + timedelta(9),
    )
    session.commit()
    assert shown(sign_in(lead).get("/")).says("Record what Board of examiners decided")
    assert shown(sign_in(sam).get("/")).says("You sit on Board of examiners")
    learner = session.get_one(type(lead), robin.learner_id)
    assert shown(sign_in(learner).get("/")).says("Submit again for Online module 2")
    page = shown(sign_in(learner).get("/my-credit"))
    assert page.says("To be submitted again by 12 March 2026")
    assert page.says("Add it.")
