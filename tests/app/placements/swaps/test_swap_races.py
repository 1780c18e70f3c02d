"""Two deeds with a swap at the same moment: nobody loses what she has, and nobody has two places."""

import pytest
from sqlalchemy import func, select

from app.models.course.swaps import SwapState
from app.models.operations.audit import AuditLine
from app.models.placements import OfferState, Placement, PlacementState
from tests.in_between import in_between


@pytest.fixture
def agreed(build, two):
    swap = build.swap(two.one, two.other, SwapState.AGREED)
    build.session.commit()
    return swap


def placed(session):
    rows = session.execute(
        select(Placement.learner_id, Placement.opening_id).where(Placement.state == PlacementState.ACTIVE)
    )
    return sorted(map(tuple, rows))


def test_two_coordinators_agree_at_once_and_the_places_change_hands_once(
    sign_in, session, engine, build, two, agreed, look_again
):
    colleague = build.coordinator(two.one.opening.network)
    one, other = sign_in(two.coordinator), sign_in(colleague)
    openings = two.one.opening_id, two.other.opening_id
    answers = in_between(
        engine, lambda: one.post(f"/swaps/{agreed.id}/do"), lambda: other.post(f"/swaps/{agreed.id}/do")
    )
    assert [answer.status_code for answer in answers] == [303, 409]
    look_again()
    learners = two.one.request.learner_id, two.other.request.learner_id
    assert placed(session) == sorted(zip(learners, openings[::-1], strict=True))
    done = select(func.count()).select_from(AuditLine).where(AuditLine.deed == "swapped two places")
    assert session.scalar(done) == 1


@pytest.mark.parametrize("first", ["coordinator", "learner"])
def test_a_coordinator_agrees_while_one_learner_declines_her_offer(
    sign_in, session, engine, two, agreed, look_again, first
):
    coordinator, learner = sign_in(two.coordinator), sign_in(two.other.request.learner)
    deeds = {
        "coordinator": lambda: coordinator.post(f"/swaps/{agreed.id}/do"),
        "learner": lambda: learner.post(f"/offers/{two.other.id}/decline", data={"kind": "TRAVEL", "waits": "yes"}),
    }
    second = next(name for name in deeds if name != first)
    answers = in_between(engine, deeds[first], deeds[second])
    assert answers[0].status_code == 303
    assert answers[1].status_code in (409, 422)
    look_again()
    if first == "coordinator":
        assert (agreed.state, two.other.state, len(placed(session))) == (SwapState.DONE, OfferState.ACCEPTED, 2)
    else:
        assert (agreed.state, two.other.state, placed(session)) == (SwapState.OVER, OfferState.DECLINED, [])
        assert two.one.state is OfferState.WAITING


def test_a_coordinator_agrees_while_one_learner_accepts_her_offer(sign_in, session, engine, two, agreed, look_again):
    """Accepting ends nothing: whichever comes first, each ends with one place, and that is the other one's."""
    coordinator, learner = sign_in(two.coordinator), sign_in(two.other.request.learner)
    openings = two.one.opening_id, two.other.opening_id
    answers = in_between(
        engine,
        lambda: learner.post(f"/offers/{two.other.id}/accept"),
        lambda: coordinator.post(f"/swaps/{agreed.id}/do"),
    )
    assert [answer.status_code for answer in answers] == [303, 303]
    look_again()
    learners = two.one.request.learner_id, two.other.request.learner_id
    assert placed(session) == sorted(zip(learners, openings[::-1], strict=True))


def test_both_learners_ask_each_other_at_once_and_one_of_them_is_told_to_answer(
    sign_in, session, engine, build, two, look_again
):
    codes = build.swap_code(two.one).code, build.swap_code(two.other).code
    session.commit()
    one, other = sign_in(two.one.request.learner), sign_in(two.other.request.learner)
    answers = in_between(
        engine,
        lambda: one.post(f"/offers/{two.one.id}/swap/with/{codes[1]}"),
        lambda: other.post(f"/offers/{two.other.id}/swap/with/{codes[0]}"),
    )
    assert [answer.status_code for answer in answers] == [303, 422]
