"""Two learners swap their places: by a code, with two yeses and a coordinator's, and nobody loses what she has."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.course.swaps import Swap, SwapCode, SwapState
from app.models.operations.outbox import Message
from app.models.people import Role
from app.models.placements import OfferState, Outcome, Placement, PlacementState
from app.models.requests import ExcludedMentor, ExclusionKind
from app.models.studies import OpeningState
from app.placements.swaps.jobs import end_what_is_over
from app.platform.lifecycle import story_of
from tests.screen import shown

KEEPS = "Until then you keep what you have."


def code_of(session, offer):
    return session.scalars(select(SwapCode).where(SwapCode.offer_id == offer.id, SwapCode.ended_at.is_(None))).one()


def only_swap(session):
    return session.scalars(select(Swap)).one()


def current(session):
    """The opening that each learner has a placement on, by her id."""
    placements = session.scalars(select(Placement).where(Placement.state == PlacementState.ACTIVE))
    return {one.learner_id: one.opening_id for one in placements}


@pytest.mark.parametrize("accepted", [(), ("one",), ("other",), ("one", "other")])
def test_two_learners_find_each_other_by_a_code_agree_and_a_coordinator_swaps_them(
    sign_in, session, two, accept, look_again, mails, accepted
):
    had = [accept(getattr(two, name)) for name in accepted]
    session.commit()
    one, other, coordinator = map(sign_in, (two.one.request.learner, two.other.request.learner, two.coordinator))
    openings = two.one.opening_id, two.other.opening_id

    start = shown(other.get(f"/offers/{two.other.id}")).link("Swap your places")
    assert other.post(f"{start}/code").status_code == 303
    look_again()
    code = code_of(session, two.other)
    assert shown(other.get(start)).says(f"Your code is {code.in_groups}.")

    typed = code.in_groups.lower()
    page = shown(one.post(f"/offers/{two.one.id}/swap", data={"code": typed}, follow_redirects=True))
    assert page.heading == "Swap places with Sam Learner?"
    assert page.says("It keeps to every limit as things stand.")
    asked = one.post(f"/offers/{two.one.id}/swap/with/{code.code}", follow_redirects=True)
    assert shown(asked).banner == f"Sam Learner gets an email, and says yes or no. {KEEPS}"
    look_again()
    swap = only_swap(session)

    home = shown(other.get("/"))
    page = shown(other.get(home.link("Say whether you swap places with Robin Learner")))
    assert page.says("Robin Learner asked on 3 March 2026 whether you swap your places. You are free to say no.")
    assert other.post(f"/swaps/{swap.id}/agree").status_code == 303

    home = shown(coordinator.get("/"))
    page = shown(coordinator.get(home.link("Decide whether Robin Learner and Sam Learner swap places")))
    assert page.says("It keeps to every limit: level, networks, professions, days")
    assert coordinator.post(f"/swaps/{swap.id}/do").status_code == 303

    look_again()
    assert swap.state is SwapState.DONE
    learners = two.one.request.learner_id, two.other.request.learner_id
    assert current(session) == {learners[0]: openings[1], learners[1]: openings[0]}
    assert (two.one.opening_id, two.other.opening_id) == openings[::-1]
    assert {two.one.state, two.other.state} == {OfferState.ACCEPTED}
    for placement in had:
        assert (placement.state, placement.outcome) == (PlacementState.ENDED, Outcome.SWAPPED)
        assert placement.never_began
    assert [change.deed for change in story_of(session, swap)] == ["agreed to a swap", "swapped two places"]
    told = {recipient for recipient, _, _ in mails()}
    assert told >= {two.one.request.learner.email, two.other.request.learner.email}
    assert told >= {two.one.opening.mentor.email, two.other.opening.mentor.email}
    page = shown(one.get(f"/offers/{two.one.id}"))
    assert page.heading == "Your offer: a place with Dr Bo Mentor"
    assert page.says("You swapped places with Sam Learner on 3 March 2026; a coordinator agreed.")
    assert shown(coordinator.get(f"/rounds/{two.round.id}/swaps")).says("Robin Learner and Sam Learner")


def test_without_a_code_nobody_sees_anothers_place_and_a_new_code_ends_the_one_before(
    sign_in, session, build, two, look_again
):
    code = build.swap_code(two.other).code
    one, other = sign_in(two.one.request.learner), sign_in(two.other.request.learner)
    address = f"/offers/{two.one.id}/swap"
    assert shown(one.post(address, data={"code": "AAAAA BBBBB"})).complaint[1].startswith("No place of your round has")
    assert one.get(f"{address}/with/AAAAABBBBB").status_code == 404
    assert one.get(f"{address}/with/{code}").status_code == 200
    assert other.get(f"/offers/{two.other.id}/swap/with/{code}").status_code == 404
    other.post(f"/offers/{two.other.id}/swap/code")
    look_again()
    assert code_of(session, two.other).code != code
    assert one.get(f"{address}/with/{code}").status_code == 404


def test_a_code_of_another_round_leads_to_no_place(sign_in, build, two):
    elsewhere = build.offer()
    code = build.swap_code(elsewhere).code
    browser = sign_in(two.one.request.learner)
    assert browser.get(f"/offers/{two.one.id}/swap/with/{code}").status_code == 404


def test_what_stands_between_the_other_learner_and_a_place_is_told_to_the_coordinator_alone(
    sign_in, session, build, two
):
    manager = ExcludedMentor(
        learner_id=two.other.request.learner_id,
        kind=ExclusionKind.LINE_MANAGER,
        name="Dr Ada Mentor",
        mentor_id=two.one.opening.mentor_id,
    )
    build.add(manager)
    code = build.swap_code(two.other).code
    swap = build.swap(two.one, two.other, SwapState.AGREED)
    one, coordinator = sign_in(two.one.request.learner), sign_in(two.coordinator)
    secret = "must not mentor"
    page = shown(one.get(f"/offers/{two.one.id}/swap/with/{code}"))
    assert page.says("Sam Learner cannot have your place as things stand")
    assert not page.says(secret)
    decide = shown(coordinator.get(f"/swaps/{swap.id}/decide"))
    assert decide.says(f"because the mentor is somebody who {secret} this learner")
    assert "Yes, let them swap" not in decide.texts("button")
    answer = coordinator.post(f"/swaps/{swap.id}/do")
    assert (answer.status_code, shown(answer).says(secret)) == (409, True)


def test_a_mentor_who_coordinates_does_not_read_that_a_learner_named_her(sign_in, session, build, two):
    build.add(
        ExcludedMentor(
            learner_id=two.other.request.learner_id,
            kind=ExclusionKind.CONFLICT,
            name="Dr Ada Mentor",
            mentor_id=two.one.opening.mentor_id,
        )
    )
    swap = build.swap(two.one, two.other, SwapState.AGREED)
    mentor = two.one.opening.mentor
    build.grant(mentor, next(iter(two.coordinator.roles)), network=two.one.opening.network)
    page = shown(sign_in(mentor).get(f"/swaps/{swap.id}/decide"))
    assert page.says("for a reason that the other coordinators can see")
    assert not page.says("must not mentor")


@pytest.mark.parametrize("who", ["one", "other"])
@pytest.mark.parametrize("state", [SwapState.PROPOSED, SwapState.AGREED])
def test_who_declines_her_offer_ends_the_swap_and_the_other_one_is_told(
    sign_in, session, build, two, look_again, mails, who, state
):
    swap = build.swap(two.one, two.other, state)
    declining, keeping = (two.one, two.other) if who == "one" else (two.other, two.one)
    data = {"kind": "TRAVEL", "waits": "yes"}
    assert sign_in(declining.request.learner).post(f"/offers/{declining.id}/decline", data=data).status_code == 303
    look_again()
    assert (swap.state, keeping.state) == (SwapState.OVER, OfferState.WAITING)
    told = {recipient for recipient, _, _ in mails()}
    assert keeping.request.learner.email in told
    assert (two.coordinator.email in told) == (state is SwapState.AGREED)
    assert sign_in(two.coordinator).post(f"/swaps/{swap.id}/do").status_code == (
        409 if state is SwapState.AGREED else 404
    )


def test_each_of_the_two_answers_for_herself_and_can_take_it_back_until_it_is_decided(
    sign_in, session, build, two, look_again
):
    swap = build.swap(two.one, two.other)
    one, other = sign_in(two.one.request.learner), sign_in(two.other.request.learner)
    assert one.post(f"/swaps/{swap.id}/agree").status_code == 422
    assert one.post(f"/swaps/{swap.id}/decline").status_code == 422
    assert other.post(f"/swaps/{swap.id}/take-back").status_code == 422
    assert other.post(f"/swaps/{swap.id}/agree").status_code == 303
    assert other.post(f"/swaps/{swap.id}/agree").status_code == 409
    assert other.post(f"/swaps/{swap.id}/take-back").status_code == 303
    assert sign_in(two.coordinator).post(f"/swaps/{swap.id}/do").status_code == 409
    look_again()
    assert swap.state is SwapState.TAKEN_BACK
    assert current(session) == {}


def test_the_coordinator_says_no_with_a_reason_that_both_read(sign_in, session, build, two, look_again, mails):
    swap = build.swap(two.one, two.other, SwapState.AGREED)
    browser, address = sign_in(two.coordinator), f"/swaps/{swap.id}/refuse"
    assert shown(browser.post(address)).complaint == ("Why do you not agree?", "Say why, in a few words")
    assert browser.post(address, data={"answer": "The mentors have planned it."}).status_code == 303
    look_again()
    assert swap.state is SwapState.NOT_AGREED
    bodies = session.scalars(select(Message.body).order_by(Message.id)).all()
    assert sum("The mentors have planned it." in body for body in bodies) == 2
    page = shown(sign_in(two.one.request.learner).get(f"/swaps/{swap.id}"))
    assert page.says("The mentors have planned it.")


def test_a_stranger_is_not_told_of_a_swap_and_a_coordinator_not_before_both_agree(sign_in, build, two):
    swap = build.swap(two.one, two.other)
    assert sign_in(build.learner()).get(f"/swaps/{swap.id}").status_code == 404
    assert sign_in(two.coordinator).get(f"/swaps/{swap.id}/decide").status_code == 404
    assert sign_in(build.coordinator(build.network())).get(f"/rounds/{two.round.id}/swaps").status_code == 404
    assert sign_in(two.one.opening.mentor).get(f"/swaps/{swap.id}").status_code == 403


@pytest.mark.parametrize(
    "change",
    [
        lambda two, today: setattr(two.other.opening, "state", OpeningState.WITHDRAWN),
        lambda two, today: setattr(two.other.opening, "learner_does", "Something else."),
        lambda two, today: setattr(two.one.opening.mentor.mentor_profile, "learners_max", 0),
        lambda two, today: setattr(two.one, "answer_by", today - timedelta(days=1)),
    ],
)
def test_what_changed_since_both_agreed_is_asked_again(sign_in, session, build, two, today, look_again, change):
    swap = build.swap(two.one, two.other, SwapState.AGREED)
    change(two, today)
    session.commit()
    answer = sign_in(two.coordinator).post(f"/swaps/{swap.id}/do")
    assert answer.status_code == 409
    look_again()
    assert (swap.state, current(session)) == (SwapState.AGREED, {})


def test_who_has_asked_or_agreed_does_not_ask_for_another_one(sign_in, session, build, two, look_again):
    third = build.offer(
        build.request(networks=[two.one.opening.network]), build.opening(network=two.one.opening.network), two.round
    )
    code = build.swap_code(third).code
    build.swap(two.one, two.other, SwapState.AGREED)
    for offer in (two.one, two.other):
        browser = sign_in(offer.request.learner)
        assert browser.post(f"/offers/{offer.id}/swap/with/{code}").status_code == 422
    look_again()
    assert len(session.scalars(select(Swap)).all()) == 1


def test_a_place_that_has_begun_is_not_swapped_and_what_waited_ends(
    app, sign_in, session, build, two, accept, now, look_again
):
    placement = accept(two.one)
    accept(two.other)
    swap = build.swap(two.one, two.other)
    session.commit()
    app.config["NOW"] = lambda: now + (placement.starts_on - build.today)
    with app.test_request_context():
        end_what_is_over()
    look_again()
    assert swap.state is SwapState.OVER
    page = shown(sign_in(two.one.request.learner).get(f"/offers/{two.one.id}/swap"))
    assert page.says("This place cannot be swapped")


def test_a_swap_that_is_done_ends_the_others_of_both_places(sign_in, session, build, two, look_again, mails):
    third = build.offer(
        build.request(networks=[two.one.opening.network]), build.opening(network=two.one.opening.network), two.round
    )
    asked = build.swap(third, two.other)
    swap = build.swap(two.one, two.other, SwapState.AGREED)
    session.commit()
    assert sign_in(two.coordinator).post(f"/swaps/{swap.id}/do").status_code == 303
    look_again()
    assert (swap.state, asked.state) == (SwapState.DONE, SwapState.OVER)
    assert third.request.learner.email in {recipient for recipient, _, _ in mails()}


def test_while_another_swap_comes_first_no_page_offers_this_one(sign_in, build, two):
    third = build.offer(
        build.request(networks=[two.one.opening.network]), build.opening(network=two.one.opening.network), two.round
    )
    asked = build.swap(third, two.other)
    build.swap(two.one, two.other, SwapState.AGREED)
    of_one, of_third = build.swap_code(two.one).code, build.swap_code(third).code
    first = "agreed to another swap, which a coordinator decides first."
    page = shown(sign_in(two.one.request.learner).get(f"/offers/{two.one.id}/swap/with/{of_third}"))
    assert page.says("You have asked for a swap already. Take that back first, or wait for the answer.")
    assert not any(words.startswith("Ask ") for words in page.texts("main button"))
    page = shown(sign_in(two.other.request.learner).get(f"/swaps/{asked.id}"))
    assert page.says(f"One of you has {first}")
    assert page.texts("main button") == ["No, I keep my place"]
    page = shown(sign_in(third.request.learner).get(f"/offers/{third.id}/swap/with/{of_one}"))
    assert page.says("You have asked for a swap already.")
    assert page.says(f"Learner has {first}")
    assert not any(words.startswith("Ask ") for words in page.texts("main button"))


@pytest.mark.parametrize("state", [SwapState.PROPOSED, SwapState.AGREED])
@pytest.mark.parametrize("is_withdrawn", [True, False])
def test_who_no_longer_takes_part_leaves_nobody_waiting_for_her_swap(
    sign_in, session, build, two, accept, look_again, mails, state, is_withdrawn
):
    """Her place stays hers until a coordinator ends it, but she cannot answer."""
    accept(two.other)
    swap = build.swap(two.one, two.other, state)
    gone = two.other.request.learner
    address = f"/admin/people/{gone.id}/withdraw" if is_withdrawn else role_to_end(gone)
    assert sign_in(build.person(Role.ADMINISTRATOR)).post(address).status_code == 303
    look_again()
    assert swap.state is SwapState.OVER
    told = [recipient for recipient, subject, _ in mails() if "no longer swap places" in subject]
    assert two.one.request.learner.email in told
    assert (two.coordinator.email in told) == (state is SwapState.AGREED)


def role_to_end(person):
    [grant] = [one for one in person.grants if one.role is Role.LEARNER]
    return f"/admin/people/{person.id}/roles/{grant.id}/end"
