"""What was in place for a swapped placement goes on where it can, and what was planned there is cancelled."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.course.readiness import CoverState, NeedKind
from app.models.course.swaps import SwapState
from app.models.meetings.planned import PlanState
from app.models.placements import Placement, PlacementState
from app.rules.readiness.missing import missing_on, needs_of
from tests.app.studies.filling_in import day
from tests.screen import shown


@pytest.fixture
def swapped(sign_in, session, build, two, look_again):
    """swapped() lets the coordinator do the swap, and gives what each of the two has then, by her id."""

    def do():
        swap = build.swap(two.one, two.other, SwapState.AGREED)
        session.commit()
        assert sign_in(two.coordinator).post(f"/swaps/{swap.id}/do").status_code == 303
        look_again()
        active = select(Placement).where(Placement.state == PlacementState.ACTIVE)
        return {one.learner_id: one for one in session.scalars(active)}

    return do


def test_each_place_after_a_swap_has_its_list(session, two, accept, swapped):
    accept(two.one)
    for placement in swapped().values():
        assert [need.kind for need in needs_of(session, placement)] == list(NeedKind)
        assert NeedKind.GCP in missing_on(needs_of(session, placement), placement.starts_on)


def test_what_goes_with_the_learner_is_in_place_after_a_swap(session, build, two, accept, swapped):
    two.other.opening.organisation = build.organisation()
    for need in build.needs(accept(two.one)).values():
        build.cover(need)
    after = swapped()[two.one.request.learner_id]
    assert set(missing_on(needs_of(session, after), after.starts_on)) == {NeedKind.ACCESS, NeedKind.DELEGATION}


def test_nothing_is_entered_or_checked_any_more_for_a_place_that_was_swapped(
    sign_in, build, two, accept, swapped, today
):
    placement = accept(two.one)
    need = build.needs(placement)[NeedKind.GCP]
    waits = build.cover(need, state=CoverState.TO_CHECK)
    need_id, cover_id, learner, mentor = need.id, waits.id, placement.learner, placement.mentor
    swapped()
    browser = sign_in(learner)
    assert browser.post(f"/before-start/{need_id}/enter", data=day("from_on", today)).status_code == 409
    assert sign_in(mentor).post(f"/before-start/entries/{cover_id}/check").status_code == 409
    page = shown(browser.get(f"/before-start/{need_id}"))
    assert page.says("what is needed there stands on the list of that placement")
    assert f"/before-start/{need_id}/enter" not in {link.attributes["href"] for link in page.all("a")}


def test_what_was_planned_with_the_earlier_mentor_is_cancelled_by_a_swap(
    build, two, accept, swapped, mails, look_again
):
    placement = accept(two.one)
    plan = build.planned_session(placement, starts_at=build.now + timedelta(days=60))
    learner, mentor = placement.learner.email, placement.mentor.email
    swapped()
    look_again()
    assert plan.state is PlanState.CANCELLED
    told = {recipient for recipient, subject, _ in mails() if "is cancelled" in subject}
    assert told == {learner, mentor}


def test_nobody_can_try_one_code_after_the_other(app, sign_in, session, build, two, monkeypatch):
    code = build.swap_code(two.other).code
    session.commit()
    monkeypatch.setitem(app.config, "RATELIMIT_ENABLED", True)
    one, address = sign_in(two.one.request.learner), f"/offers/{two.one.id}/swap"
    guesses = [one.post(address, data={"code": f"AAAAA BBB{number:02}"}).status_code for number in range(31)]
    assert guesses == [422] * 30 + [429]
    for way in (one.get, one.post):
        guesses = [way(f"{address}/with/AAAAABBB{number:02}").status_code for number in range(31)]
        assert guesses == [404] * 30 + [429]
        assert way(f"{address}/with/{code}").status_code == 429
