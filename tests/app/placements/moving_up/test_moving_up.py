"""A learner who has a place is offered one that she ranked higher: she moves up, or keeps what she has."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.course.better_places import BetterPlace, BetterPlaceState
from app.models.course.readiness import Need
from app.models.operations.audit import AuditLine
from app.models.operations.outbox import Message
from app.models.placements import OfferState, Outcome, Placement, PlacementState
from app.models.studies import OpeningState
from app.placements.moving_up.jobs import keep_better_places_to_their_days
from app.rounds.fingerprint import fingerprint_of
from app.rules.capacity import Held
from tests.screen import shown


@pytest.fixture
def place(build, ladder):
    made = build.better_place(ladder.offer, ladder.better)
    build.session.commit()
    return made


def told(session, before=0):
    return [(one.recipient, one.subject) for one in session.scalars(select(Message).order_by(Message.id))][before:]


def test_the_coordinator_sees_who_may_move_up_and_offers_it(sign_in, session, ladder, days, look_again):
    browser = sign_in(ladder.coordinator)
    page = shown(browser.get(ladder.free))
    assert page.link("Let Robin Learner move up") == ladder.offering
    assert page.row("Dr Ada Mentor, Falls")["Who comes next"] == (
        "Let Robin Learner move up number 1 on the list, has number 2"
    )
    assert page.says("1 learner who has a place may move up to a free one that stands higher on the list")
    assert shown(browser.get(ladder.offering)).heading == "Spring 2026 Let Robin Learner move up?"
    assert browser.post(ladder.offering, data=days("answer_by", 3)).location == ladder.free
    look_again()
    place = session.scalars(select(BetterPlace)).one()
    assert (place.state, place.offer, place.opening) == (BetterPlaceState.WAITING, ladder.offer, ladder.better)
    assert [recipient for recipient, _ in told(session)] == [ladder.learner.email, ladder.better.mentor.email]
    assert "offered a better place" in session.scalars(select(AuditLine.deed)).all()
    page = shown(browser.get(ladder.free))
    assert page.paragraphs[0] == "0 openings have a free place. Nobody waits for one."
    assert page.says("instead of Dr Bo Mentor, Wounds; to be answered by 6 March 2026")


def test_nobody_may_move_up_where_the_round_did_not_say_so(sign_in, session, ladder, days, look_again):
    ladder.round.moves_up = False
    session.commit()
    browser = sign_in(ladder.coordinator)
    assert not shown(browser.get(ladder.free)).says("move up")
    assert browser.post(ladder.offering, data=days("answer_by", 3)).status_code == 409
    look_again()
    assert session.scalars(select(BetterPlace)).all() == []


def test_those_who_wait_come_first(sign_in, session, build, ladder, days, look_again):
    build.request(
        build.learner(), ladder.round.networks, ladder.offer.request.module, ranked=[ladder.better], round=ladder.round
    )
    session.commit()
    browser = sign_in(ladder.coordinator)
    page = shown(browser.get(ladder.free))
    assert "move up" not in page.row("Dr Ada Mentor, Falls")["Who comes next"]
    assert browser.post(ladder.offering, data=days("answer_by", 3)).status_code == 409


def test_the_answer_is_not_asked_for_after_her_own_offer_ends(sign_in, session, ladder, days, today):
    ladder.offer.answer_by = today + timedelta(days=5)
    session.commit()
    answer = sign_in(ladder.coordinator).post(ladder.offering, data=days("answer_by", 6))
    assert answer.status_code == 422
    assert shown(answer).says("or earlier: the offer of Robin Learner ends then")


@pytest.mark.parametrize("has_accepted", [False, True])
def test_she_moves_up_and_her_place_is_free(sign_in, session, build, ladder, place, accept, look_again, has_accepted):
    before = accept(ladder.offer) if has_accepted else None
    old = ladder.offer.opening
    session.commit()
    browser = sign_in(ladder.learner)
    page = shown(browser.get(f"/moving-up/{place.id}"))
    assert page.heading == "You can move up to a place with Dr Ada Mentor"
    answer = browser.post(f"/moving-up/{place.id}/accept", data={"agreed": place.terms})
    look_again()
    new = session.scalars(select(Placement).where(Placement.state == PlacementState.ACTIVE)).one()
    assert answer.location == f"/placements/{new.id}"
    assert (new.opening, new.offer, ladder.offer.opening) == (ladder.better, ladder.offer, ladder.better)
    assert (ladder.offer.state, place.state) == (OfferState.ACCEPTED, BetterPlaceState.MOVED_UP)
    if before:
        assert (before.outcome, before.state, before.never_began) == (Outcome.MOVED_UP, PlacementState.ENDED, True)
    assert session.scalars(select(Need).where(Need.placement_id == new.id)).all()
    held = Held.on(session, build.today)
    assert (held.places_left(old), held.places_left(ladder.better)) == (1, 0)
    assert [one for one, _ in told(session)][:4] == [
        ladder.learner.email,
        ladder.better.mentor.email,
        old.mentor.email,
        ladder.coordinator.email,
    ]
    free = shown(sign_in(ladder.coordinator).get(ladder.free))
    assert "Moved up Robin Learner" in free.row("Dr Bo Mentor, Wounds")["Why"]
    offer = shown(browser.get(f"/offers/{ladder.offer.id}"))
    assert offer.says("You moved up to this place")
    assert shown(browser.get(f"/moving-up/{place.id}")).says("Moved up")


def test_she_keeps_what_she_has_and_is_not_asked_again(sign_in, session, ladder, place, look_again):
    assert sign_in(ladder.learner).post(f"/moving-up/{place.id}/keep").status_code == 303
    look_again()
    assert (place.state, ladder.offer.state) == (BetterPlaceState.KEPT, OfferState.WAITING)
    assert [one for one, _ in told(session)] == [ladder.better.mentor.email, ladder.coordinator.email]
    page = shown(sign_in(ladder.coordinator).get(ladder.free))
    assert page.row("Dr Ada Mentor, Falls")["Free"] == "1 place"
    assert "move up" not in page.row("Dr Ada Mentor, Falls")["Who comes next"]


def test_home_says_until_when(sign_in, ladder, place):
    page = shown(sign_in(ladder.learner).get("/"))
    item = page.item("Say whether you move up, by 6 March 2026")
    assert item.link("Say whether you move up, by 6 March 2026") == f"/moving-up/{place.id}"


def test_it_is_for_its_learner_alone(sign_in, build, ladder, place):
    stranger, mentor = build.learner(), ladder.better.mentor
    build.session.commit()
    for deed in ("accept", "keep"):
        assert sign_in(stranger).post(f"/moving-up/{place.id}/{deed}").status_code == 404
        assert sign_in(mentor).post(f"/moving-up/{place.id}/{deed}").status_code == 403
    assert sign_in(stranger).get(f"/moving-up/{place.id}").status_code == 404


def test_only_what_was_read_counts(sign_in, session, ladder, place, look_again):
    ladder.better.learner_does = "Something else altogether."
    session.commit()
    answer = sign_in(ladder.learner).post(f"/moving-up/{place.id}/accept", data={"agreed": place.terms})
    assert answer.status_code == 409
    assert shown(answer).says("has changed since you read it")
    look_again()
    assert (place.state, ladder.offer.state) == (BetterPlaceState.WAITING, OfferState.WAITING)


def test_the_place_is_held_in_every_limit(session, build, ladder, place):
    held = Held.on(session, build.today)
    assert held.places_left(ladder.better) == 0
    assert held.by_learner[ladder.learner.id] == {ladder.better.id, ladder.offer.opening_id}
    other = build.opening(ladder.better.mentor, build.study(), ladder.better.network)
    assert held.places_left(other) == 0
    assert Held.without(session, build.today, ladder.offer).places_left(ladder.better) == 1


def test_a_round_notices_that_a_place_is_kept(session, build, ladder):
    before = fingerprint_of(session, ladder.round, build.today)
    build.better_place(ladder.offer, ladder.better)
    assert fingerprint_of(session, ladder.round, build.today) != before


def test_declining_the_offer_ends_the_move_too(sign_in, session, ladder, place, look_again):
    browser = sign_in(ladder.learner)
    browser.post(f"/offers/{ladder.offer.id}/decline", data={"kind": "TRAVEL", "waits": "yes"})
    look_again()
    assert place.state is BetterPlaceState.OVER
    assert browser.post(f"/moving-up/{place.id}/accept").status_code == 409


def test_a_withdrawn_opening_takes_it_back_and_she_keeps_what_she_has(sign_in, session, ladder, place, look_again):
    mentor = ladder.better.mentor
    assert sign_in(mentor).post(f"/openings/{ladder.better.id}/withdraw", data={"is_sure": "y"}).status_code == 303
    look_again()
    assert ladder.better.state is OpeningState.WITHDRAWN
    assert (place.state, place.broken_by, ladder.offer.state) == (
        BetterPlaceState.OVER,
        "withdrawn",
        OfferState.WAITING,
    )
    assert ladder.learner.email in [one for one, _ in told(session)]


@pytest.mark.parametrize("because", ["time", "begun"])
def test_the_service_ends_what_can_be_answered_no_longer(
    app, session, build, ladder, place, accept, look_again, because
):
    if because == "time":
        place.answer_by = build.today - timedelta(days=1)
    else:
        accept(ladder.offer, starts_on=build.today)
    session.commit()
    with app.test_request_context():
        keep_better_places_to_their_days()
    look_again()
    expected = {"time": BetterPlaceState.LAPSED, "begun": BetterPlaceState.OVER}[because]
    assert place.state is expected
    assert [one for one, _ in told(session)] == [
        ladder.learner.email,
        ladder.better.mentor.email,
        ladder.coordinator.email,
    ]


def test_it_is_said_before_the_publication_and_read_in_the_plan(sign_in, session, ladder, look_again):
    browser, at = sign_in(ladder.coordinator), f"/rounds/{ladder.round.id}/moving-up"
    assert browser.post(at, data={"moves_up": "y"}).status_code == 422
    ladder.round.published_at, ladder.round.moves_up = None, False
    session.commit()
    assert shown(browser.get(f"/rounds/{ladder.round.id}/plan")).says("and not to learners who have a place already")
    assert browser.post(at, data={"moves_up": "y"}).status_code == 303
    look_again()
    assert ladder.round.moves_up
    assert shown(browser.get(f"/rounds/{ladder.round.id}/plan")).says("She keeps what she has until she says yes")


def test_no_limit_is_lowered_below_what_is_kept(sign_in, session, ladder, place, look_again):
    study, coordinator = ladder.better.study, ladder.coordinator
    answer = sign_in(coordinator).post(f"/studies/{study.id}/limit", data={"learner_limit": "0"})
    assert answer.status_code == 422
    assert shown(answer).says("Robin Learner, who can move up to a place here")


def test_she_is_reminded_once_two_working_days_before_it_lapses(app, session, build, ladder, place, look_again):
    asked_for = [(timedelta(0), 0), (timedelta(days=1, hours=1), 1), (timedelta(days=1, hours=2), 1)]
    for later, mails in asked_for:
        app.config["NOW"] = lambda later=later: build.now + later
        with app.test_request_context():
            keep_better_places_to_their_days()
        look_again()
        assert [one for one, _ in told(session)] == [ladder.learner.email] * mails
    assert told(session)[0][1] == "Do you move up? Please answer by 6 March 2026"
    assert place.state is BetterPlaceState.WAITING
    assert session.scalars(select(AuditLine.deed)).all().count("reminded of a better place") == 1


def test_nobody_is_reminded_of_what_she_has_answered_or_of_a_day_far_away(app, session, build, ladder, look_again):
    long_ago = build.now - timedelta(days=3)
    build.better_place(ladder.offer, ladder.better, state=BetterPlaceState.KEPT, offered_at=long_ago)
    build.better_place(ladder.offer, ladder.better, answer_by=build.today + timedelta(days=9), offered_at=long_ago)
    session.commit()
    with app.test_request_context():
        keep_better_places_to_their_days()
    look_again()
    assert told(session) == []
