"""Further turns of a round: those who wait are in it without asking again, and everybody else keeps what she has."""

import pytest
from sqlalchemy import select

from app.models.operations.outbox import Message
from app.models.placements import Offer, OfferState
from app.models.runs import Run, UnplacedRequest
from app.models.studies import OpeningState
from app.rounds.runs.queries import published_stages
from tests.screen import shown

HEARS, ANSWER_BY = "hears_by", "answer_by"


@pytest.fixture
def open_turn(sign_in, published, days, look_again):
    """Opens a clearing turn; those who wait hear by 10 March and answer by 17 March."""

    def send():
        data = {**days(HEARS, 7), **days(ANSWER_BY, 14)}
        answer = sign_in(published.coordinator).post(f"/rounds/{published.round.id}/turns/new", data=data)
        look_again()
        return answer

    return send


def run_and_publish(sign_in, session, published, look_again):
    browser = sign_in(published.coordinator)
    assert browser.post(f"/rounds/{published.round.id}/runs/new", data={"policy": "fit"}).status_code == 303
    look_again()
    run = session.scalars(select(Run).order_by(Run.id.desc())).first()
    answer = browser.post(f"/runs/{run.id}/publish", data={"has_looked": "y"})
    look_again()
    return run, answer


def test_opening_a_turn_says_who_is_in_it_and_tells_them(sign_in, session, published, open_turn):
    page = shown(sign_in(published.coordinator).get(f"/rounds/{published.round.id}/turns/new"))
    assert page.heading == "Spring 2026 Open a clearing turn?"
    assert page.paragraphs[0].startswith(
        "A clearing turn is a round over what is left: 2 learners wait, and 1 opening has a free place."
    )
    before = len(session.scalars(select(Message)).all())
    answer = open_turn()
    assert answer.location == f"/rounds/{published.round.id}"
    told = session.scalars(select(Message).order_by(Message.id)).all()[before:]
    waiting = {published.unplaced.learner.email, published.declined.request.learner.email}
    assert {one.recipient for one in told} == waiting
    assert {one.subject for one in told} == {"You are in the next turn of Spring 2026: you hear by 10 March 2026"}


def test_her_home_says_that_she_is_in_the_next_turn_and_when(sign_in, published, open_turn):
    browser = sign_in(published.unplaced.learner)
    home = shown(browser.get("/")).section("How things stand").item("You wait for a place of Spring 2026")
    assert home.says("You are in its next turn, if places come free, and need not ask again.")
    open_turn()
    browser = sign_in(published.unplaced.learner)
    text = "You are in the next turn of Spring 2026: you hear by 10 March 2026"
    item = shown(browser.get("/")).item(text)
    assert item.says("You need not ask again. If you are offered a place, you answer by 17 March 2026.")
    assert shown(browser.get(item.link(text))).part("waiting").says(text)


def test_a_turn_is_run_and_published_like_the_round_and_nobody_loses_what_she_has(
    sign_in, session, published, open_turn, look_again
):
    open_turn()
    browser = sign_in(published.coordinator)
    assert shown(browser.get("/")).item("Run the clearing turn of Spring 2026")
    run, answer = run_and_publish(sign_in, session, published, look_again)
    assert answer.status_code == 303
    assert (run.turn, run.outcome["learners"]) == (2, 2)
    offer = session.scalars(select(Offer).where(Offer.request_id == published.unplaced.id)).one()
    assert offer.answer_by == published.round.turns[0].answer_by == published.round.offers_by
    assert published.kept.state is OfferState.WAITING
    assert published.round.open_turn is None
    again = browser.post(f"/runs/{run.id}/publish", data={"has_looked": "y"})
    assert again.status_code == 409


def test_who_declined_all_that_fits_reads_just_that(sign_in, session, published, open_turn, look_again):
    published.kept.request.stop_waiting(published.round.published_at)
    published.unplaced.stop_waiting(published.round.published_at)
    published.declined.request.ranked, published.declined.request.takes_any_other = [], True
    published.kept.opening.state = OpeningState.WITHDRAWN
    open_turn()
    page = shown(sign_in(published.coordinator).get(f"/rounds/{published.round.id}/obstacles"))
    assert page.says("What fits was offered and declined. Another opening would help.")
    run, _ = run_and_publish(sign_in, session, published, look_again)
    reason = session.scalars(select(UnplacedRequest.reason).where(UnplacedRequest.run_id == run.id)).one()
    assert reason == "The only opening that fits you is the one that you declined."


def test_a_run_of_an_earlier_turn_is_not_published(sign_in, session, published, open_turn):
    first = session.scalars(select(Run)).first()
    open_turn()
    answer = sign_in(published.coordinator).post(f"/runs/{first.id}/publish", data={"has_looked": "y"})
    assert answer.status_code == 422
    assert shown(answer).paragraphs[0].startswith("This run is of an earlier turn of the round.")


def test_a_new_turn_says_nothing_of_runs_that_it_does_not_have(sign_in, published, open_turn):
    open_turn()
    page = shown(sign_in(published.coordinator).get(f"/rounds/{published.round.id}"))
    item = page.item("Start a run")
    assert item.says("Choose what counts first. Nothing is published by a run.")
    assert not item.says("beside the runs below")


def test_the_form_of_a_run_begins_with_the_policy_that_was_published(sign_in, session, published, open_turn):
    open_turn()
    page = shown(sign_in(published.coordinator).get(f"/rounds/{published.round.id}/runs/new"))
    assert page.field("What counts first?").value == "Place as many learners as possible, then the best fit overall"
    assert published_stages(session, published.round) == ("placed", "score", "lottery")


def test_without_a_turn_nothing_can_be_run_or_pinned_after_the_publication(sign_in, published):
    browser = sign_in(published.coordinator)
    answer = browser.post(f"/rounds/{published.round.id}/runs/new", data={"policy": "fit"})
    assert answer.status_code == 422
    assert shown(answer).says("no clearing turn of it is open")


def test_there_is_one_turn_at_a_time_and_no_single_offers_beside_it(sign_in, published, open_turn, days):
    open_turn()
    assert open_turn().status_code == 422
    answer = sign_in(published.coordinator).post(published.offering, data=days(ANSWER_BY, 7))
    assert answer.status_code == 422
    page = shown(sign_in(published.coordinator).get(published.address))
    assert page.says("A clearing turn is open: its runs decide who is offered what")
    assert f"Offer it to {published.unplaced.learner.name}" not in page.links


def test_a_turn_ends_without_offers_and_those_who_wait_are_told(sign_in, session, published, open_turn, look_again):
    open_turn()
    browser, address = sign_in(published.coordinator), f"/rounds/{published.round.id}/turns/end"
    page = shown(browser.get(address))
    assert page.heading == "Spring 2026 End the clearing turn without offers?"
    before = len(session.scalars(select(Message)).all())
    assert browser.post(address).status_code == 303
    look_again()
    told = session.scalars(select(Message).order_by(Message.id)).all()[before:]
    assert {one.subject for one in told} == {"The turn of Spring 2026 has ended without offers"}
    assert len(told) == 2
    assert published.round.open_turn is None
    assert browser.post(address).status_code == 409
    assert open_turn().status_code == 303
    assert published.round.turn_number == 3


@pytest.mark.parametrize(
    ("hears", "answers", "complaint"),
    [
        (-1, 14, ("Learners hear by", "The day by which learners hear must be today or later")),
        (7, 7, ("Last day to answer an offer", "The last day to answer must be after 10 March 2026")),
    ],
)
def test_the_days_of_a_turn_are_in_their_order(sign_in, published, days, hears, answers, complaint):
    data = {**days(HEARS, hears), **days(ANSWER_BY, answers)}
    answer = sign_in(published.coordinator).post(f"/rounds/{published.round.id}/turns/new", data=data)
    assert answer.status_code == 422
    assert shown(answer).complaint == complaint


def test_no_turn_is_opened_where_nobody_waits(sign_in, published, open_turn, now):
    for request in published.requests:
        request.stop_waiting(now)
    assert open_turn().status_code == 422
    page = shown(sign_in(published.coordinator).get(f"/rounds/{published.round.id}/turns/new"))
    assert page.says("Nobody waits for a place of this round, so there is nothing to clear.")
    assert page.buttons == []


def test_who_no_longer_waits_is_in_no_turn_and_can_change_her_mind(sign_in, published, look_again):
    browser, address = sign_in(published.unplaced.learner), f"/request/{published.unplaced.id}"
    asked = shown(browser.get(shown(browser.get(address)).link("I no longer want to wait")))
    assert asked.heading == "No longer wait for a place of Spring 2026?"
    assert browser.post(f"{address}/stop-waiting").status_code == 303
    look_again()
    assert not published.unplaced.wants_a_place
    page = shown(browser.get(address))
    assert page.says("You do not wait for a further turn of Spring 2026.")
    assert "Ask again: Spring 2026 had no place for you" in shown(browser.get("/")).links
    assert browser.post(f"{address}/stop-waiting").status_code == 422
    assert browser.post(page.button("Wait for the next turn").action).status_code == 303
    look_again()
    assert published.unplaced.wants_a_place
    assert browser.post(f"{address}/wait").status_code == 422


def test_who_has_an_offer_cannot_wait_for_another(sign_in, published):
    browser = sign_in(published.kept.request.learner)
    for deed in ("stop-waiting", "wait"):
        assert browser.post(f"/request/{published.kept.request_id}/{deed}").status_code == 422


def test_waiting_is_for_the_learner_of_the_request_alone(build, sign_in, published):
    for deed in ("stop-waiting", "wait"):
        address = f"/request/{published.unplaced.id}/{deed}"
        assert sign_in(build.learner()).post(address).status_code == 404
        assert sign_in(published.coordinator).post(address).status_code == 403


def test_more_time_is_said_before_the_publication_and_not_after_it(scene, sign_in, look_again, now):
    browser, address = sign_in(scene.coordinator), f"/rounds/{scene.round.id}/more-time"
    label = "How many working days more can a learner have to answer, if she asks?"
    assert shown(browser.get(address)).field(label).value == "5"
    refused = shown(browser.post(address, data={"more_time_days": "11"}))
    assert refused.complaint == (label, "Enter a number from 0 to 10")
    assert browser.post(address, data={"more_time_days": "2"}).status_code == 303
    look_again()
    assert scene.round.more_time_days == 2
    scene.round.published_at = now
    browser = sign_in(scene.coordinator)
    assert browser.post(address, data={"more_time_days": "3"}).status_code == 422
    assert shown(browser.get(address)).buttons == []
