"""All lines of a board are decided together, once; the list is frozen, and each learner hears once."""

import csv
import io
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.academic.boards import Board, BoardLine, BoardState
from app.models.academic.prior_learning import ClaimState
from app.models.operations.outbox import Message
from app.models.people import Person
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


def test_deciding_needs_as_many_statements_for_many_as_for_two(
    sign_in, build, session, look_again, queries, lead, programme, university
):
    counts = []
    for number in (2, 9):
        one = build.board(university, lead, name=f"Board of {number}")
        for _ in range(number):
            enrolment = build.enrolment(build.learner(), programme)
            for module in programme.modules[:2]:
                reason = "The viva." if module is programme.modules[0] else ""
                build.board_line(one, enrolment, module, outcome=CreditOutcome.EARNED, reason=reason)
        session.commit()
        browser, address = sign_in(lead), f"/boards/{one.id}"
        seen = seen_on(browser, address)
        with queries() as statements:
            assert browser.post(f"{address}/decide", data={"seen": seen}).status_code == 303
        # PostgreSQL takes new rows together; SQLite gives one back at a time, which costs it little.
        is_counted = not session.bind.dialect.name.startswith("sqlite")
        counts.append(len([one for one in statements if is_counted or not one.startswith("INSERT")]))
        look_again()
    assert counts[0] == counts[1]


def test_a_learner_on_two_programmes_is_told_once_and_how_far_she_is_on_each(
    sign_in, build, session, look_again, board, lead, robin, programme, university, proposed, page
):
    second = build.programme(university)
    other = build.enrolment(session.get_one(Person, robin.learner_id), second)
    proposed(robin)
    build.board_line(board, other, second.modules[2], outcome=CreditOutcome.EARNED)
    session.commit()
    decided(sign_in(lead), page)
    look_again()
    mail = session.scalars(select(Message)).one()
    assert mail.subject == "A decision about 2 of your modules"
    for title in (programme.title, second.title):
        assert f"You have 15 of 60 credits of {title} now." in mail.body


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


@pytest.mark.parametrize(
    "way", ["no outcome", "too early", "nobody", "mentor", "herself", "too many", "recorded", "too soon"]
)
def test_what_is_in_the_way_is_said_and_then_nothing_is_offered_or_done(
    sign_in, build, session, look_again, board, lead, robin, programme, proposed, page, way
):
    said = {
        "no outcome": "No outcome is proposed yet.",
        "too early": "The board has not met yet",
        "nobody": "Nobody is on the list yet.",
        "mentor": "You mentor the learner, so a colleague who leads programmes records this list.",
        "herself": "It is about you, so a colleague who leads programmes prepares it and records this list.",
        "recorded": "Just this is recorded already, of the same day. Take it off the list.",
        "too soon": "The day that is proposed is not after the day on which the board meets.",
        "too many": "With what is proposed the learner would have more credits than a level has.",
    }
    if way == "no outcome":
        build.board_line(board, robin, programme.modules[1])
    if way == "recorded":
        build.credit_decision(robin, programme.modules[1], lead)
    if way == "herself":
        robin = build.enrolment(lead, programme)
    if way == "too soon":
        proposed(robin, 2, CreditOutcome.DEFERRED, until_on=board.meets_on)
    elif way not in ("no outcome", "nobody"):
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
    by_boards = select(CreditDecision).where(CreditDecision.board_reference != "")
    assert session.scalars(by_boards).all() == []
    assert session.get_one(Board, board.id).is_preparing


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


def test_a_learner_reads_what_is_recognised_apart_from_what_is_decided(sign_in, build, session, lead, robin, programme):
    build.credit_decision(robin, programme.modules[1], lead)
    learner = session.get_one(Person, robin.learner_id)
    session.commit()
    assert shown(sign_in(learner).get("/my-credit")).says("15 of 60 credits decided.")
    claim = build.claim(robin, state=ClaimState.GRANTED)
    source = build.source(claim)
    session.refresh(claim)
    build.granted(claim, lead, source)
    session.commit()
    assert shown(sign_in(learner).get("/my-credit")).says("30 of 60 credits, 15 of them recognised as prior learning.")
