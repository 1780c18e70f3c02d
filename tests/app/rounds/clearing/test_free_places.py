"""Free places after a publication: who comes next is shown, and offered one place at a time."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

import matching
from app.models.operations.audit import AuditLine
from app.models.operations.outbox import Message
from app.models.people import Person, Role
from app.models.placements import Offer, OfferState
from app.models.runs import Proposal, Run
from app.models.studies import OpeningState
from app.rounds.clearing import next_in_line
from tests.screen import shown


def free(sign_in, published):
    return shown(sign_in(published.coordinator).get(published.address))


def row_of(page, opening):
    return page.row(f"{opening.mentor.name}, {opening.study.name}")


def test_a_declined_place_is_on_home_and_on_its_page_with_who_comes_next(sign_in, published):
    browser, opening = sign_in(published.coordinator), published.declined.opening
    item = shown(browser.get("/")).item("Fill free places of Spring 2026")
    assert item.link("Fill free places of Spring 2026") == published.address
    assert item.paragraphs == [
        "1 opening has a free place, and 2 learners wait for one. See who comes next, or open a clearing turn."
    ]
    page = free(sign_in, published)
    assert page.heading == "Spring 2026 Free places"
    assert page.paragraphs[0] == "1 opening has a free place. 2 learners wait for one."
    row = row_of(page, opening)
    assert row["Free"] == "1 place"
    assert row["Why"] == f"Declined {published.declined.request.learner.name}, 3 March 2026"
    assert page.link(f"Offer it to {published.unplaced.learner.name}") == published.offering


def test_an_answer_leads_to_its_request_and_to_the_place_that_it_freed(sign_in, published):
    page = shown(sign_in(published.coordinator).get(f"/rounds/{published.round.id}/answers?state=declined"))
    name = published.declined.request.learner.name
    assert page.link(name) == f"/rounds/{published.round.id}/requests/{published.declined.request_id}"
    assert page.link("The place is free") == f"{published.address}#opening-{published.declined.opening_id}"
    assert page.row(name)["Answer"] == "Declined The journey is too long."


def test_a_mentor_who_coordinates_does_not_read_why_a_place_with_her_was_declined(build, sign_in, published):
    mentor = published.declined.opening.mentor
    build.grant(mentor, Role.COORDINATOR, network=published.declined.opening.network)
    page = shown(sign_in(mentor).get(f"/rounds/{published.round.id}/answers"))
    assert page.row(published.declined.request.learner.name)["Answer"] == "Declined"


def test_the_place_is_offered_to_who_comes_next_with_the_mails_of_a_publication(
    sign_in, session, published, days, look_again
):
    browser, learner = sign_in(published.coordinator), published.unplaced.learner
    before = len(session.scalars(select(Message)).all())
    page = shown(browser.get(published.offering))
    assert page.heading == f"Spring 2026 Offer this place to {learner.name}?"
    answer = browser.post(published.offering, data=days("answer_by", 7))
    look_again()
    assert answer.location == published.address
    offer = session.scalars(select(Offer).where(Offer.request_id == published.unplaced.id)).one()
    assert (offer.state, offer.answer_by) == (OfferState.WAITING, date(2026, 3, 10))
    assert offer.opening_id == published.declined.opening_id
    told = session.scalars(select(Message).order_by(Message.id)).all()[before:]
    assert [(one.recipient, one.subject) for one in told] == [
        (learner.email, "You are offered a place: answer by 10 March 2026"),
        (offer.opening.mentor.email, f"A place with you was offered to {learner.name}"),
    ]
    assert "offered a free place" in session.scalars(select(AuditLine.deed)).all()
    page = shown(browser.get(published.address))
    assert page.paragraphs[0] == "0 openings have a free place. 1 learner waits for one."


def test_the_calculation_stays_as_a_run_that_anybody_can_check(sign_in, session, published, days, look_again):
    sign_in(published.coordinator).post(published.offering, data=days("answer_by", 7))
    look_again()
    offer = session.scalars(select(Offer).where(Offer.request_id == published.unplaced.id)).one()
    run = session.get_one(Run, session.get_one(Proposal, offer.proposal_id).run_id)
    problem, solution = matching.read_problem(run.problem), matching.read_solution(run.solution)
    assert matching.check(problem, solution).proved
    assert len(problem.learners) == 2
    assert run.published_at is None
    page = shown(sign_in(published.coordinator).get(f"/runs/{run.id}"))
    assert page.heading == f"Spring 2026 Run {run.id}"
    assert "Publish this run" not in page.links


def test_offering_twice_is_too_late_the_second_time(sign_in, published, days):
    browser = sign_in(published.coordinator)
    statuses = [browser.post(published.offering, data=days("answer_by", 7)).status_code for _ in range(2)]
    assert statuses == [303, 409]


def take_the_place(build, published):
    build.offer(opening=published.declined.opening)


def stop_waiting(build, published):
    published.unplaced.stop_waiting(build.now)


def leave(build, published):
    published.unplaced.learner.is_active = False


def pause(build, published):
    published.declined.opening.state = OpeningState.PAUSED


@pytest.mark.parametrize("change", [take_the_place, stop_waiting, leave])
def test_what_has_changed_meanwhile_is_found_before_anything_is_offered(
    build, sign_in, session, published, days, look_again, change
):
    change(build, published)
    answer = sign_in(published.coordinator).post(published.offering, data=days("answer_by", 7))
    assert answer.status_code == 409
    look_again()
    assert session.scalars(select(Offer).where(Offer.request_id == published.unplaced.id)).all() == []


def test_an_opening_that_is_no_longer_published_is_no_free_place(build, sign_in, published, days):
    pause(build, published)
    assert sign_in(published.coordinator).post(published.offering, data=days("answer_by", 7)).status_code == 404
    assert free(sign_in, published).paragraphs[0] == "0 openings have a free place. 2 learners wait for one."


def test_nobody_is_offered_again_what_she_declined(sign_in, published, days, look_again):
    published.unplaced.stop_waiting(published.round.published_at)
    page = free(sign_in, published)
    assert page.says("None of those who wait could take any of these places as things stand.")
    address = f"{published.address}/{published.declined.opening_id}/{published.declined.request_id}"
    assert sign_in(published.coordinator).post(address, data=days("answer_by", 7)).status_code == 409


@pytest.mark.parametrize("number", [0, -1])
def test_there_is_a_day_at_least_to_answer(sign_in, published, days, number):
    answer = sign_in(published.coordinator).post(published.offering, data=days("answer_by", number))
    assert answer.status_code == 422
    label, message = shown(answer).complaint
    assert (label, message) == ("Last day to answer", "The last day to answer must be after 3 March 2026")


def test_free_places_are_for_the_coordinators_of_the_round(build, sign_in, published, days):
    stranger, learner = sign_in(build.coordinator(build.network())), sign_in(published.unplaced.learner)
    for address in (published.address, published.offering, f"/rounds/{published.round.id}/turns/new"):
        assert stranger.get(address).status_code == 404
        assert learner.get(address).status_code == 403
    assert stranger.post(published.offering).status_code == 404
    assert learner.post(published.offering).status_code == 403


def test_a_mentors_new_place_is_free_and_new(build, sign_in, session, published, now):
    opening = build.opening(network=published.declined.opening.network, created_at=now + timedelta(hours=1))
    row = row_of(free(sign_in, published), opening)
    assert row["Why"] == "New since the publication"


def test_where_too_many_wait_the_page_leads_to_a_clearing_turn(sign_in, published, monkeypatch):
    monkeypatch.setattr(next_in_line, "PAIRS_AT_ONCE", 1)
    page = free(sign_in, published)
    assert page.says("So many wait that a page cannot weigh them. Open a clearing turn, which can.")
    assert page.link("Open a clearing turn") == f"/rounds/{published.round.id}/turns/new"


def test_all_free_places_are_weighed_together(build, sign_in, session, published):
    """One who could take either leaves the one that another can take alone."""
    network = published.declined.opening.network
    free_too = build.opening(network=network)
    published.unplaced.takes_any_other = False
    from app.models.requests import RankedOpening

    published.unplaced.ranked = [RankedOpening(opening=published.declined.opening, position=1)]
    page = free(sign_in, published)
    assert page.link(f"Offer it to {published.unplaced.learner.name}") == published.offering
    other = published.declined.request
    assert page.link(f"Offer it to {other.learner.name}") == f"{published.address}/{free_too.id}/{other.id}"


def test_before_the_publication_there_are_no_free_places_to_offer(scene, sign_in):
    answer = sign_in(scene.coordinator).get(f"/rounds/{scene.round.id}/free-places")
    assert (answer.status_code, answer.location) == (303, f"/rounds/{scene.round.id}")


def test_home_says_who_waits_where_no_place_is_free_and_what_is_free_where_nobody_waits(
    build, sign_in, session, published
):
    published.unplaced.stop_waiting(build.now)
    published.declined.request.stop_waiting(build.now)
    session.commit()
    home = shown(sign_in(published.coordinator).get("/"))
    assert home.item("1 opening of Spring 2026 has a free place").paragraphs == ["Nobody waits for one."]
    session.get_one(Person, published.declined.opening.mentor_id).mentor_profile.learners_max = 0
    published.unplaced.stopped_waiting_at = None
    home = shown(sign_in(published.coordinator).get("/"))
    assert home.item("1 learner of Spring 2026 waits for a place").paragraphs == ["None is free at the moment."]
