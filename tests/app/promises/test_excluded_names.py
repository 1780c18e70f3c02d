"""Somebody excluded by a name is never paired before it is known who is meant, and no page promises more than that."""

import pytest
from sqlalchemy import select

from app.models.people import Person, Role
from app.models.placements import OfferState
from app.models.requests import ExcludedMentor, ExclusionKind
from app.models.rounds import MatchRound
from app.models.runs import Proposal
from app.rounds.inputs import inputs_of
from tests.screen import shown

NAMES = ["Jane Example", "Dr Jane Example", "EXAMPLE, Jane", "jané  example", "J. Example"]
KNOWN = "No round pairs you with {name}."
UNKNOWN = (
    "No mentor is known to be this person. Where a mentor’s name could be the same, no round pairs you before your "
    "coordinator has found out."
)


@pytest.fixture
def jane(build):
    return build.mentor(name="Dr Jane Example", email="jane@nowhere.example")


@pytest.fixture
def round_(build):
    network = build.network("North West")
    return build.round(network, coordinator=build.coordinator(network), name="Spring 2026")


def name_somebody(request, name, **given):
    one = ExcludedMentor(kind=ExclusionKind.LINE_MANAGER, name=name, **given)
    request.excluded.append(one)
    return one


@pytest.mark.parametrize("name", NAMES)
def test_a_run_pairs_nobody_with_a_mentor_who_may_be_the_person_she_named(
    sign_in, build, session, round_, jane, today, name, look_again
):
    opening = build.opening(jane, network=round_.networks[0])
    request = build.request(networks=round_.networks, round_id=round_.id)
    name_somebody(request, name, email="other.address@nowhere.example")
    session.commit()
    inputs = inputs_of(session, round_, today)
    assert list(inputs.possible_for(request)) == []
    coordinator = next(one for one in (session.get(type(jane), round_.created_by_id),) if one)
    browser = sign_in(coordinator)
    browser.post(f"/rounds/{round_.id}/runs/new", data={"policy": "fit"})
    assert session.scalars(select(Proposal)).all() == []
    page = shown(browser.get(f"/rounds/{round_.id}/names"))
    assert page.rows == [request.learner.name]
    assert shown(browser.get("/")).says("Check 1 name in Spring 2026")
    row = page.row(request.learner.name)
    assert row["Named"] == f"{' '.join(name.split())}, line manager, other.address@nowhere.example"
    look_again()
    assert opening.is_live


@pytest.mark.parametrize(("is_same", "possible"), [("yes", False), ("no", True)])
def test_a_coordinator_says_whether_it_is_the_same_person(
    sign_in, build, session, round_, jane, today, look_again, is_same, possible
):
    opening = build.opening(jane, network=round_.networks[0])
    request = build.request(networks=round_.networks, round_id=round_.id)
    named = name_somebody(request, "EXAMPLE, Jane")
    session.commit()
    coordinator = session.get(type(jane), round_.created_by_id)
    browser = sign_in(coordinator)
    address = f"/rounds/{round_.id}/names/{named.id}/{jane.id}"
    assert browser.post(address, data={"is_same": is_same}).status_code == 303
    look_again()
    assert list(inputs_of(session, round_, today).possible_for(request)) == ([opening] if possible else [])
    assert shown(browser.get(f"/rounds/{round_.id}/names")).says("No name is to be checked.")
    again = browser.post(address, data={"is_same": is_same})
    assert again.status_code == 409
    page = shown(sign_in(request.learner).get(f"/request/{request.id}/not-my-mentor"))
    assert page.says(UNKNOWN if possible else KNOWN.format(name="EXAMPLE, Jane"))


def test_only_a_coordinator_of_the_round_says_so(sign_in, build, session, round_, jane):
    build.opening(jane, network=round_.networks[0])
    request = build.request(networks=round_.networks, round_id=round_.id)
    named = name_somebody(request, "Jane Example")
    session.commit()
    address = f"/rounds/{round_.id}/names/{named.id}/{jane.id}"
    assert sign_in(jane).post(address, data={"is_same": "yes"}).status_code == 403
    assert sign_in(build.coordinator(build.network())).post(address, data={"is_same": "yes"}).status_code == 404


def test_a_learner_who_finds_mentors_of_the_name_says_which_it_is_or_none(sign_in, build, session, jane, look_again):
    opening = build.opening(jane)
    request = build.request(networks=[opening.network])
    session.commit()
    browser, address = sign_in(request.learner), f"/request/{request.id}/not-my-mentor/add"
    data = {"typed": "EXAMPLE, Jane", "kind": "LINE_MANAGER"}
    asked = browser.post(address, data=data)
    assert asked.status_code == 422
    label, words = shown(asked).complaint
    assert (label, words) == ("Is it one of these mentors?", "Choose which of them it is, or “None of these”")
    assert browser.post(address, data={**data, "picked": "none"}).status_code == 303
    look_again()
    excluded = request.excluded[0]
    assert (excluded.excluded_ids, excluded.other_ids) == (frozenset(), {jane.id})
    page = shown(browser.get(f"/request/{request.id}/not-my-mentor"))
    assert page.says(UNKNOWN)
    assert page.says("A mentor who you or your coordinator said is somebody else can be your mentor.")
    assert not page.says("No round pairs you with EXAMPLE, Jane")


def test_a_namesake_who_joins_later_is_not_paired_before_somebody_has_found_out(build, session, round_, today):
    request = build.request(networks=round_.networks, round_id=round_.id)
    name_somebody(request, "Jane Example")
    build.opening(build.mentor(name="Prof Jane Example"), network=round_.networks[0])
    assert list(inputs_of(session, round_, today).possible_for(request)) == []


def test_who_is_excluded_on_one_request_is_excluded_on_all_of_the_learner(build, session, round_, jane, today):
    opening = build.opening(jane, network=round_.networks[0])
    learner = build.learner()
    first = build.request(learner, round_.networks)
    second = build.request(learner, round_.networks, round_id=round_.id)
    assert list(inputs_of(session, round_, today).possible_for(second)) == [opening]
    name_somebody(first, "Jane Example", mentor_id=jane.id)
    session.commit()
    session.expire_all()
    assert list(inputs_of(session, round_, today).possible_for(second)) == []


@pytest.mark.parametrize("is_known", [True, False])
def test_somebody_can_be_named_after_the_round_has_closed_and_an_offer_with_her_is_taken_back(
    sign_in, build, session, jane, look_again, mails, is_known
):
    offer = build.offer(opening=build.opening(jane))
    request = offer.request
    browser, address = sign_in(request.learner), f"/request/{request.id}/not-my-mentor/add"
    assert "Say who must not be your mentor" in shown(browser.get(f"/request/{request.id}")).links
    data = {"typed": "Jane Example", "picked": str(jane.id) if is_known else "none", "kind": "LINE_MANAGER"}
    asked = browser.post(address, data=data)
    if is_known:
        assert "This takes back the offer to" in shown(asked).complaint[1]
        browser.post(address, data={**data, "is_sure": "y"})
    look_again()
    assert len(request.excluded) == 1
    assert offer.state is (OfferState.TAKEN_BACK if is_known else OfferState.WAITING)
    assert request.round_id == offer.round_id
    to_jane = [subject for recipient, subject, _ in mails() if recipient == jane.email]
    assert to_jane == ([f"{request.learner.name} no longer has an offer from you"] if is_known else [])


def test_after_the_closing_nobody_is_asked_what_can_no_longer_be_answered(sign_in, build, jane):
    offer = build.offer(opening=build.opening(jane))
    browser, address = sign_in(offer.request.learner), f"/request/{offer.request_id}"
    link = shown(browser.get(address)).link("Say who must not be your mentor")
    page = shown(browser.get(link, follow_redirects=True))
    assert page.heading == "Who must not be your mentor?"
    assert "Save and continue" not in page.buttons


def test_what_was_named_after_the_closing_cannot_be_taken_off(sign_in, build, session, jane):
    offer = build.offer(opening=build.opening(jane))
    one = name_somebody(offer.request, "Pat Smith")
    session.commit()
    browser = sign_in(offer.request.learner)
    page = shown(browser.get(f"/request/{offer.request_id}/not-my-mentor"))
    assert "Remove" not in page.buttons
    assert browser.post(f"/request/{offer.request_id}/not-my-mentor/{one.id}/remove").status_code == 422


def test_coordinators_hear_of_a_name_that_bars_an_offer_and_the_page_of_the_offer_says_who_finds_out(
    sign_in, build, session, jane, look_again, mails
):
    offer = build.offer(opening=build.opening(build.mentor(name="Sam Other")))
    offer.opening.mentor.name = "Dr Sam Smith"
    coordinator = session.get_one(Person, session.get_one(MatchRound, offer.round_id).created_by_id)
    browser = sign_in(offer.request.learner)
    name_somebody(offer.request, "SMITH, Sam")
    session.commit()
    page = shown(browser.get(f"/offers/{offer.id}"))
    assert page.says("Its mentor may be somebody whom you named; your coordinator finds out.")
    assert page.says("If that changes by 2 April 2026, you can accept it then.")
    data = {"typed": "S. Smith", "picked": "none", "kind": "LINE_MANAGER"}
    browser.post(f"/request/{offer.request_id}/not-my-mentor/add", data=data)
    subject = f"Is this the same person? An offer to {offer.request.learner.name} waits for it"
    assert (coordinator.email, subject, f"Hello {coordinator.name},") in mails()
    names = shown(sign_in(coordinator).get(f"/rounds/{offer.round_id}/names"))
    assert names.rows == [offer.request.learner.name]


@pytest.mark.parametrize("is_known", [True, False])
def test_a_mentor_who_coordinates_the_round_does_not_hear_that_a_learner_named_her(
    sign_in, build, session, round_, jane, mails, is_known
):
    build.grant(jane, Role.COORDINATOR, network=round_.networks[0])
    opening = build.opening(jane, network=round_.networks[0])
    offer = build.offer(build.request(networks=round_.networks), opening, round_)
    other = build.request(networks=round_.networks, round_id=round_.id)
    round_.published_at = None
    name_somebody(other, "Jane Example", mentor_id=jane.id if is_known else None)
    browser = sign_in(offer.request.learner)
    if is_known:
        form = {"kind": "LINE_MANAGER", "typed": "Jane Example", "picked": str(jane.id), "is_sure": "y"}
        assert browser.post(f"/request/{offer.request_id}/not-my-mentor/add", data=form).status_code == 303
    else:
        name_somebody(offer.request, "Jane Example")
        session.commit()
        assert browser.post(f"/offers/{offer.id}/accept").status_code == 409
    own = sign_in(jane)
    assert shown(own.get(f"/rounds/{round_.id}/names")).rows == []
    assert not shown(own.get("/")).says("Check 1 name")
    assert not shown(own.get(f"/rounds/{round_.id}/requests/{other.id}")).says("May not be the mentor")
    told = [subject for recipient, subject, _ in mails() if recipient == jane.email]
    assert told in ([], [f"{offer.request.learner.name} no longer has an offer from you"])
