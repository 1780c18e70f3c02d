"""What learner and mentor ask to change in a placement, and the learner's answer to a place to go on with."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.course.changes_asked import AskedKind, AskedState, ChangeAsked
from app.models.course.next_places import NextPlace, NextPlaceState
from app.models.placements import Cause, Outcome, Placement
from app.models.studies import OpeningState
from app.platform.lifecycle import story_of
from tests.app.studies.filling_in import day
from tests.screen import shown

DAYS = timedelta(days=1)
PATIENT = "Patient 943 476 5919."


@pytest.fixture
def placement(build):
    return build.placement(build.learner(name="Robin Learner"), build.mentor(name="Dr A. Mentor"))


@pytest.fixture
def coordinator(build, placement):
    return build.coordinator(placement.opening.network)


@pytest.fixture
def place(build, placement, today):
    opening = build.opening(build.mentor(name="Dr O. Other"), build.study("Falls"), placement.opening.network)
    return build.add(
        NextPlace(
            placement=placement,
            opening=opening,
            cause=Cause.MENTOR_LEAVES,
            starts_on=today + 30 * DAYS,
            ends_on=today + 200 * DAYS,
            answer_by=today + 7 * DAYS,
            offered_at=build.now,
            state=NextPlaceState.WAITING,
        )
    )


def to_pause(today, first=10, **more):
    return {"kind": "PAUSE", "why": "A term elsewhere.", **day("from_on", today + first * DAYS), **more}


def leaving(today, first=10, **more):
    return {"why": "A new job.", **day("from_on", today + first * DAYS), **more}


def test_a_learner_asks_to_pause_and_everybody_who_answers_hears_of_it(
    sign_in, placement, coordinator, session, look_again, today, mails
):
    address, readers = f"/placements/{placement.id}/change", {coordinator.email, placement.mentor.email}
    page = shown(sign_in(placement.learner).post(address, data=to_pause(today), follow_redirects=True))
    assert "Until then everything stays as it is" in page.banner
    look_again()
    [asked] = session.scalars(select(ChangeAsked)).all()
    assert (asked.kind, asked.from_on, asked.state) == (AskedKind.PAUSE, today + 10 * DAYS, AskedState.WAITING)
    assert {recipient for recipient, _, _ in mails()} >= readers


def test_a_mentor_says_from_which_day_she_leaves_and_the_coordinator_sees_it_at_home(
    sign_in, placement, coordinator, today
):
    address, mentor, learner = f"/placements/{placement.id}/change", placement.mentor, placement.learner
    coordinating, mentoring, learning = sign_in(coordinator), sign_in(mentor), sign_in(learner)
    assert mentoring.post(address, data=leaving(today)).status_code == 303
    assert shown(coordinating.get("/")).link("Say what comes next for 1 placement") == "/our-placements/rescue"
    rescue = shown(coordinating.get("/our-placements/rescue"))
    assert any("The mentor leaves on 13 March 2026." in words for words in rescue.paragraphs)
    assert "Your mentor leaves on 13 March 2026" in " ".join(shown(learning.get("/")).texts("main"))


@pytest.mark.parametrize(
    ("given", "status", "label"),
    [
        ({"first": -1}, 422, "From which day?"),
        ({"first": 241}, 422, "From which day?"),
        ({"why": ""}, 422, "Why?"),
        ({"kind": "MENTOR_LEAVES"}, 422, "What do you ask for?"),
        ({"why": PATIENT}, 422, "It is right as it is: save it"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field(sign_in, placement, today, given, status, label):
    answer = sign_in(placement.learner).post(f"/placements/{placement.id}/change", data=to_pause(today, **given))
    assert answer.status_code == status
    assert shown(answer).complaint[0] == label


def test_a_wish_waits_once_and_can_be_taken_back(sign_in, placement, coordinator, session, look_again, today, mails):
    address = f"/placements/{placement.id}/change"
    browser = sign_in(placement.learner)
    browser.post(address, data=to_pause(today))
    assert browser.post(address, data=to_pause(today)).status_code == 422
    assert shown(browser.get(address)).buttons == ["Take it back"]
    assert browser.post(f"{address}/take-back").status_code == 303
    look_again()
    assert session.scalars(select(ChangeAsked.state)).all() == [AskedState.TAKEN_BACK]
    assert browser.post(f"{address}/take-back").status_code == 409
    assert len({subject for _, subject, _ in mails()}) == 2


def test_the_coordinator_says_why_not_and_whoever_asked_reads_it(
    sign_in, placement, coordinator, session, look_again, today, mails
):
    placement_id, learner = placement.id, placement.learner
    learning, coordinating = sign_in(learner), sign_in(coordinator)
    learning.post(f"/placements/{placement_id}/change", data=to_pause(today))
    look_again()
    wish_id = session.scalars(select(ChangeAsked.id)).one()
    session.rollback()
    address = f"/our-placements/{placement_id}/wishes/{wish_id}"
    assert coordinating.post(address, data={"answer": ""}).status_code == 422
    assert coordinating.post(address, data={"answer": "The study ends then."}).status_code == 303
    assert mails()[-1][1] == "Your wish about a placement was answered"
    assert "The study ends then." in " ".join(shown(learning.get(f"/placements/{placement_id}")).texts("main"))
    assert coordinating.post(address, data={"answer": "No."}).status_code == 409


def test_a_pause_that_was_asked_for_is_done_with_when_it_is_made(
    sign_in, build, placement, coordinator, session, look_again, today
):
    placement_id, learner = placement.id, placement.learner
    learning, coordinating = sign_in(learner), sign_in(coordinator)
    learning.post(f"/placements/{placement_id}/change", data=to_pause(today))
    page = shown(coordinating.get(f"/our-placements/{placement_id}/pause"))
    assert page.field("First day of the pause").value == "13 3 2026"
    given = {"reason": "As asked.", **day("from_on", today + 10 * DAYS)}
    given |= day("resumes_on", today + 40 * DAYS) | day("ends_on", today + 280 * DAYS)
    assert coordinating.post(f"/our-placements/{placement_id}/pause", data=given).status_code == 303
    look_again()
    assert session.scalars(select(ChangeAsked.state)).all() == [AskedState.DONE]


def test_a_learner_goes_on_at_the_place_that_she_was_offered(
    sign_in, placement, coordinator, place, session, look_again, today, mails
):
    address, placement_id, opening_id = f"/next-places/{place.id}", placement.id, place.opening_id
    told = {placement.learner.email, placement.mentor.email, place.opening.mentor.email, coordinator.email}
    told -= {placement.learner.email}
    browser = sign_in(placement.learner)
    home = shown(browser.get("/"))
    assert home.link("Answer by 10 March 2026: your placement can go on with Dr O. Other") == address
    assert shown(browser.get(address)).heading == "A place to go on with: Dr O. Other"
    page = shown(browser.post(f"{address}/accept", follow_redirects=True))
    assert page.heading == "Placement with Dr O. Other"
    look_again()
    old = session.get_one(Placement, placement_id)
    new = session.scalars(select(Placement).where(Placement.continues_id == placement_id)).one()
    assert (old.outcome, old.ends_on) == (Outcome.MOVED, today + 29 * DAYS)
    assert (new.opening_id, new.starts_on, new.ends_on) == (opening_id, today + 30 * DAYS, today + 200 * DAYS)
    assert {recipient for recipient, _, _ in mails()} >= told
    assert [change.deed for change in story_of(session, old)] == ["moved a placement"]
    assert browser.post(f"{address}/accept").status_code == 303
    look_again()
    assert len(session.scalars(select(Placement)).all()) == 2


@pytest.mark.parametrize("why", ["lapsed", "withdrawn", "full", "over"])
def test_a_place_that_cannot_be_any_more_is_not_accepted(
    sign_in, build, placement, place, session, look_again, today, why
):
    if why == "lapsed":
        place.answer_by = today - DAYS
    if why == "withdrawn":
        place.opening.state = OpeningState.WITHDRAWN
    if why == "full":
        place.opening.mentor.mentor_profile.learners_max = 0
    if why == "over":
        placement.ends_on = today - DAYS
    address = f"/next-places/{place.id}"
    browser = sign_in(placement.learner)
    assert "Yes, I go on here" not in shown(browser.get(address)).buttons
    assert browser.post(f"{address}/accept").status_code == 409
    look_again()
    assert len(session.scalars(select(Placement).where(Placement.continues_id.is_not(None))).all()) == 0


def test_a_learner_says_no_and_why_and_the_placement_stays(
    sign_in, placement, coordinator, place, session, look_again, mails
):
    address, placement_id, email = f"/next-places/{place.id}/decline", placement.id, coordinator.email
    browser = sign_in(placement.learner)
    assert shown(browser.post(address, data={"why": ""})).complaint[0] == "Why does this place not suit you?"
    assert browser.post(address, data={"why": PATIENT}).status_code == 422
    assert browser.post(address, data={"why": "Too far."}).status_code == 303
    look_again()
    assert session.scalars(select(NextPlace.state)).all() == [NextPlaceState.DECLINED]
    assert session.get_one(Placement, placement_id).outcome is None
    assert email in [recipient for recipient, _, _ in mails()]
    assert browser.post(address, data={"why": "Too far."}).status_code == 409


def test_nobody_answers_or_asks_for_another(sign_in, build, placement, place, today):
    placement_id, place_id, mentor = placement.id, place.id, placement.mentor
    stranger = build.learner()
    browser = sign_in(stranger)
    assert browser.get(f"/placements/{placement_id}/change").status_code == 404
    assert browser.post(f"/placements/{placement_id}/change", data=to_pause(today)).status_code == 404
    assert browser.get(f"/next-places/{place_id}").status_code == 404
    assert sign_in(mentor).post(f"/next-places/{place_id}/accept").status_code == 403
