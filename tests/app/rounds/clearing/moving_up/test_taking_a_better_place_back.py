"""A coordinator takes a better place back by hand: with a reason, before its learner has answered, and all hear."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.course.better_places import BetterPlace, BetterPlaceState
from app.models.operations.outbox import Message
from app.models.operations.state_changes import StateChange
from app.models.people import Person
from app.models.placements import OfferState
from tests.in_between import in_between
from tests.screen import shown

WHY = {"reason": "The clinic has moved to another week."}


@pytest.fixture
def place(build):
    network = build.network("North West")
    coordinator = build.coordinator(network)
    round_ = build.round(network, coordinator=coordinator, name="Spring 2026", published_at=build.now, moves_up=True)
    better, hers = (
        build.opening(build.mentor(1, name=name), build.study(title), network)
        for name, title in (("Dr Ada Mentor", "Falls"), ("Dr Bo Mentor", "Wounds"))
    )
    module = build.programme().modules[0]
    request = build.request(build.learner(name="Robin Learner"), [network], module, ranked=[better, hers])
    made = build.better_place(build.offer(request, hers, round_), better)
    build.session.commit()
    return made


@pytest.fixture
def coordinator(session, place):
    return session.get_one(Person, place.round.created_by_id)


@pytest.fixture
def at(place):
    return f"/rounds/{place.round_id}/better-places/{place.id}/take-back"


def test_she_takes_it_back_and_everybody_hears(sign_in, session, build, place, coordinator, at, look_again):
    colleague = build.coordinator(place.round.networks[0])
    session.commit()
    browser = sign_in(coordinator)
    free = f"/rounds/{place.round_id}/free-places"
    assert shown(browser.get(free)).link("Take it back from Robin Learner") == at
    page = shown(browser.get(at))
    assert page.heading == "Spring 2026 Take the place kept for Robin Learner back?"
    assert page.says("Robin Learner reads this, and so can the coordinators of the round; the mentor does not.")
    assert browser.post(at, data=WHY).location == free
    look_again()
    assert (place.state, place.offer.state) == (BetterPlaceState.TAKEN_BACK, OfferState.WAITING)
    mails = session.scalars(select(Message).order_by(Message.id)).all()
    learner, mentor = place.offer.request.learner, place.opening.mentor
    assert [one.recipient for one in mails] == [learner.email, mentor.email, colleague.email]
    assert [WHY["reason"] in one.body for one in mails] == [True, False, False]
    moved = session.scalars(select(StateChange).where(StateChange.subject_type == "BetterPlace")).one()
    assert (moved.party, moved.reason) == ("coordinator", WHY["reason"])
    assert shown(browser.get(free)).row("Dr Ada Mentor, Falls")["Free"] == "1 place"
    hers = shown(sign_in(learner).get(f"/moving-up/{place.id}"))
    assert hers.says("A coordinator took it back on 3 March 2026, and wrote: “The clinic has moved to another week.”")
    assert not hers.texts("form button")


def test_it_can_be_offered_again(sign_in, place, coordinator, at):
    browser = sign_in(coordinator)
    browser.post(at, data=WHY)
    page = shown(browser.get(f"/rounds/{place.round_id}/free-places"))
    assert page.link("Let Robin Learner move up")


@pytest.mark.parametrize(("reason", "says"), [("", "Say why, in a few words"), ("Born 3/4/1961, cannot.", "1961")])
def test_a_reason_is_needed_and_names_no_patient(sign_in, session, place, coordinator, at, look_again, reason, says):
    answer = sign_in(coordinator).post(at, data={"reason": reason})
    assert answer.status_code == 422
    assert shown(answer).says(says)
    assert shown(answer).field("Why do you take it back?").value == reason
    look_again()
    assert place.state is BetterPlaceState.WAITING


def test_what_is_answered_or_over_is_not_taken_back(sign_in, session, build, place, coordinator, at, look_again):
    browser = sign_in(coordinator)
    sign_in(place.offer.request.learner).post(f"/moving-up/{place.id}/keep")
    assert browser.post(at, data=WHY).status_code == 409
    assert shown(browser.get(at)).says("There is nothing to take back any more.")
    look_again()
    assert place.state is BetterPlaceState.KEPT
    late = build.better_place(place.offer, place.opening, answer_by=build.today - timedelta(days=1))
    session.commit()
    assert (
        browser.post(at.replace(f"better-places/{place.id}", f"better-places/{late.id}"), data=WHY).status_code == 409
    )


def test_it_is_for_the_coordinators_of_the_round(sign_in, session, build, place, coordinator, at):
    stranger = build.coordinator(build.network())
    other = build.round(place.round.networks[0], coordinator=coordinator)
    session.commit()
    assert sign_in(stranger).post(at, data=WHY).status_code == 404
    assert sign_in(place.opening.mentor).post(at, data=WHY).status_code == 403
    elsewhere = f"/rounds/{other.id}/better-places/{place.id}/take-back"
    assert sign_in(coordinator).post(elsewhere, data=WHY).status_code == 404


@pytest.mark.parametrize("first", ["moves up", "is taken back"])
def test_she_moves_up_while_it_is_taken_back(sign_in, session, engine, place, coordinator, at, look_again, first):
    learner, browser = sign_in(place.offer.request.learner), sign_in(coordinator)
    deeds = {
        "moves up": lambda: learner.post(f"/moving-up/{place.id}/accept"),
        "is taken back": lambda: browser.post(at, data=WHY),
    }
    second = next(name for name in deeds if name != first)
    answers = in_between(engine, deeds[first], deeds[second])
    assert [answer.status_code for answer in answers] == [303, 409]
    look_again()
    became = {"moves up": BetterPlaceState.MOVED_UP, "is taken back": BetterPlaceState.TAKEN_BACK}
    assert session.scalars(select(BetterPlace.state)).all() == [became[first]]
