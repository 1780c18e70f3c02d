"""Whoever no longer takes part is out of everything at once, and everybody concerned is told."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.people import Person, Role
from app.models.placements import OfferState
from app.models.rounds import MatchRound
from app.rounds.inputs import inputs_of
from tests.screen import shown


@pytest.fixture
def administrator(build):
    return build.person(Role.ADMINISTRATOR, name="Ada Administrator")


@pytest.fixture
def offer(build):
    mentor = build.mentor(name="Dr Leaving Mentor", email="mentor@nowhere.example")
    opening = build.opening(mentor, build.study("Walking after a stroke"))
    learner = build.learner(name="Lee Learner", email="learner@nowhere.example")
    return build.offer(build.request(learner, [opening.network]), opening)


def withdraw(browser, person):
    return browser.post(f"/admin/people/{person.id}/withdraw")


def end_role(browser, person):
    return browser.post(f"/admin/people/{person.id}/roles/{person.grants[0].id}/end")


@pytest.mark.parametrize("deed", [withdraw, end_role])
@pytest.mark.parametrize("who", ["learner", "mentor"])
def test_a_live_offer_is_taken_back_and_all_are_told_when_one_of_the_two_leaves(
    sign_in, session, administrator, offer, mails, look_again, deed, who
):
    learner, mentor = offer.request.learner, offer.opening.mentor
    coordinator = session.get_one(Person, session.get_one(MatchRound, offer.round_id).created_by_id)
    assert deed(sign_in(administrator), learner if who == "learner" else mentor).status_code == 303
    look_again()
    assert offer.state is OfferState.TAKEN_BACK
    told = {recipient: subject for recipient, subject, _ in mails()}
    assert told[learner.email] == "Your offer of a place with Dr Leaving Mentor was taken back"
    assert told[coordinator.email] == "The offer to Lee Learner was taken back"
    assert (mentor.email in told) == (who == "learner"), "a mentor who has left hears nothing more of learners"


def test_the_learner_of_an_offer_that_was_taken_back_reads_why_and_can_ask_again(
    sign_in, administrator, offer, look_again
):
    withdraw(sign_in(administrator), offer.opening.mentor)
    look_again()
    browser = sign_in(offer.request.learner)
    page = shown(browser.get(f"/offers/{offer.id}"))
    assert page.paragraphs[0].startswith(
        "Taken back This offer was taken back on 3 March 2026: its mentor no longer takes part."
    )
    assert page.buttons == []
    answer = browser.post(f"/offers/{offer.id}/accept")
    assert answer.status_code == 422
    assert "was taken back" in shown(answer).paragraphs[0]
    request = shown(browser.get(page.link("Open your request")))
    assert "Ask again with these answers" in request.buttons
    assert shown(browser.get("/")).links  # home still answers


@pytest.mark.parametrize("deed", [withdraw, end_role])
def test_a_learner_who_has_left_is_matched_no_more_and_a_mentor_is_in_no_round(
    sign_in, build, session, administrator, today, look_again, deed
):
    network = build.network()
    round_ = build.round(network)
    learner, mentor = build.learner(), build.mentor()
    build.opening(mentor, network=network)
    build.request(learner, [network], round_id=round_.id)
    browser = sign_in(administrator)
    for person in (learner, mentor):
        deed(browser, person)
    look_again()
    inputs = inputs_of(session, round_, today)
    assert (list(inputs.requests), list(inputs.openings)) == ([], [])


def test_before_an_account_is_withdrawn_the_page_names_everybody_whom_it_concerns(
    sign_in, build, administrator, offer, today
):
    mentor = offer.opening.mentor
    placement = build.placement(build.learner(name="Placed Learner"), mentor)
    build.request(networks=[offer.opening.network], ranked=[offer.opening])
    page = shown(sign_in(administrator).get(f"/admin/people/{mentor.id}/withdraw"))
    assert page.items == [
        "The offer to Lee Learner of a place with Dr Leaving Mentor, to be answered by 2 April 2026, is taken back. "
        "Both of them and the coordinators get an email.",
        "The opening on “Walking after a stroke” is out of every round, and learners no longer see it.",
        f"The opening on “{placement.opening.study.title}” is out of every round, and learners no longer see it.",
        "1 sent request has one of these openings on the list. It no longer fits them.",
        "The placement of Placed Learner with Dr Leaving Mentor until 29 October 2026 goes on as a record. The other "
        "of them and the coordinators of its network get an email.",
    ]


def test_before_a_learner_is_withdrawn_the_page_names_her_requests(sign_in, build, administrator):
    network = build.network()
    round_ = build.round(network, name="Spring 2026")
    learner = build.learner(name="Lee Learner")
    build.request(learner, [network], round_id=round_.id)
    page = shown(sign_in(administrator).get(f"/admin/people/{learner.id}/roles/{learner.grants[0].id}/end"))
    assert page.items == ["Lee Learner’s request for Research Practice Experience in Spring 2026 is no longer matched."]


def test_the_other_one_of_a_placement_and_the_coordinators_of_its_network_are_told(
    sign_in, build, administrator, mails, session
):
    placement = build.placement(build.learner(name="Placed Learner", email="placed@nowhere.example"))
    coordinator = build.coordinator(placement.opening.network)
    elsewhere = build.coordinator(build.network())
    withdraw(sign_in(administrator), placement.mentor)
    told = [(recipient, subject) for recipient, subject, _ in mails()]
    subject = f"{placement.mentor.name} no longer takes part"
    assert ("placed@nowhere.example", subject) in told
    assert (coordinator.email, subject) in told
    assert {elsewhere.email, placement.mentor.email}.isdisjoint(recipient for recipient, _ in told)


def test_withdrawing_twice_tells_nobody_twice(sign_in, administrator, offer, mails):
    browser = sign_in(administrator)
    withdraw(browser, offer.request.learner)
    number = len(mails())
    withdraw(browser, offer.request.learner)
    assert len(mails()) == number


def test_a_coordinator_who_leaves_breaks_no_offer(sign_in, build, session, administrator, offer, look_again):
    coordinator = build.coordinator(offer.opening.network)
    withdraw(sign_in(administrator), coordinator)
    look_again()
    assert offer.state is OfferState.WAITING


def test_somebody_who_comes_back_takes_part_again_but_the_offer_stays_taken_back(
    sign_in, session, administrator, offer, look_again
):
    browser, learner = sign_in(administrator), offer.request.learner
    withdraw(browser, learner)
    browser.post(f"/admin/people/{learner.id}/restore")
    look_again()
    assert learner.takes_part_as(Role.LEARNER)
    assert offer.state is OfferState.TAKEN_BACK


def test_taking_part_reads_the_same_in_python_and_in_the_database(build, session, look_again):
    people = [
        build.learner(),
        build.learner(is_active=False),
        build.mentor(),
        build.person(),
        build.person(Role.LEARNER, Role.MENTOR),
    ]
    people[2].grants[0].ended_at = build.now - timedelta(days=1)
    session.flush()
    for role in (Role.LEARNER, Role.MENTOR):
        found = set(session.scalars(select(Person).where(Person.takes_part_as(role))))
        assert found == {person for person in people if person.takes_part_as(role)}


def test_coordinators_see_at_home_for_whom_to_look_for_another_place(
    sign_in, build, session, administrator, offer, look_again
):
    coordinator = session.get_one(Person, session.get_one(MatchRound, offer.round_id).created_by_id)
    name = session.get_one(MatchRound, offer.round_id).name
    withdraw(sign_in(administrator), offer.opening.mentor)
    browser, words = sign_in(coordinator), f"Look for another place for 1 learner of {name}"
    home = shown(browser.get("/"))
    listed = shown(browser.get(home.link(words)))
    assert listed.row("Lee Learner")["Answer"] == "Taken back To the learner: its mentor no longer takes part"
    sign_in(offer.request.learner).post(f"/request/{offer.request_id}/again")
    assert words not in shown(browser.get("/")).links


def test_a_learner_who_has_left_is_marked_in_the_list_of_requests(sign_in, build, administrator, look_again):
    network = build.network()
    coordinator = build.coordinator(network)
    round_ = build.round(network, coordinator=coordinator)
    learner = build.learner(name="Gone Learner")
    build.request(learner, [network], round_id=round_.id)
    withdraw(sign_in(administrator), learner)
    row = shown(sign_in(coordinator).get(f"/rounds/{round_.id}/requests")).row("Gone Learner")
    assert "No longer takes part" in row.tags
