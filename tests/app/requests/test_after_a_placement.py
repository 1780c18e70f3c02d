"""A learner whose placement ended incomplete or withdrawn asks again for the same module; completed early does not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.people import Role
from app.models.placements import Cause, Outcome, Placement, PlacementState
from app.models.programmes import CreditDecision, Enrolment, Level
from app.models.requests import PlacementRequest, RankedOpening, RequestState
from tests.screen import shown

AGAIN = "Ask again with these answers"


@pytest.fixture
def ended(build, session):
    """Ends a placement that a round made; returns it."""

    def make(outcome=Outcome.INCOMPLETE, cause=Cause.CIRCUMSTANCES, state=PlacementState.ENDED):
        placement = build.placement(state=state, outcome=outcome, cause=cause, ends_on=build.today - timedelta(days=3))
        session.flush()
        return placement

    return make


def item_on_home(placement):
    return f"Ask for another place: your placement with {placement.mentor.name} ended on 28 February 2026"


@pytest.mark.parametrize("outcome", [Outcome.INCOMPLETE, Outcome.WITHDRAWN])
def test_her_home_and_her_request_offer_to_ask_again(sign_in, session, look_again, ended, outcome):
    placement = ended(outcome)
    learner, old = placement.learner, placement.offer.request
    browser, text = sign_in(learner), item_on_home(placement)
    item = shown(browser.get("/")).item(text)
    assert item.says(f"It is on your record as {outcome.value}.")
    address = item.link(text)
    page = shown(browser.get(address))
    assert page.tags[0] == "Placement ended"
    assert page.says("You can ask for another place for this module.")
    assert page.button(AGAIN)
    answer = browser.post(f"{address}/again")
    look_again()
    new = session.scalars(select(PlacementRequest).where(PlacementRequest.state == RequestState.DRAFT)).one()
    assert answer.location == f"/request/{new.id}"
    assert (new.module_id, new.interests, new.learner_id) == (old.module_id, old.interests, learner.id)
    assert shown(sign_in(learner).get("/")).item("Finish your request")
    assert AGAIN not in shown(sign_in(learner).get(address)).buttons
    assert sign_in(learner).post(f"{address}/again").status_code == 422, "twice makes no second draft"


@pytest.mark.parametrize(
    ("outcome", "state"), [(Outcome.COMPLETED_EARLY, PlacementState.ENDED), (None, PlacementState.ACTIVE)]
)
def test_who_completed_or_whose_time_is_over_is_not_asked(sign_in, session, ended, outcome, state):
    placement = ended(outcome, state=state)
    browser, address = sign_in(placement.learner), f"/request/{placement.offer.request_id}"
    assert not shown(browser.get("/")).says("Ask for another place")
    assert AGAIN not in shown(browser.get(address)).buttons
    assert browser.post(f"{address}/again").status_code == 422


def test_a_placement_that_runs_elsewhere_by_now_is_no_reason_to_ask(sign_in, session, build, ended):
    placement = ended()
    session.add(after_it(build, placement))
    session.flush()
    assert AGAIN not in shown(sign_in(placement.learner).get(f"/request/{placement.offer.request_id}")).buttons


def after_it(build, placement):
    return Placement(
        learner=placement.learner,
        mentor=placement.mentor,
        opening=placement.opening,
        module=placement.module,
        state=PlacementState.ACTIVE,
        starts_on=build.today,
        ends_on=build.today + timedelta(days=90),
        agreed_at=build.now,
    )


def test_whoever_has_the_credit_or_is_no_longer_on_the_programme_does_not_ask(sign_in, session, build, ended):
    placement = ended()
    enrolment = session.scalar(enrolments_of(placement))
    enrolment.ended_on = build.today
    session.flush()
    address = f"/request/{placement.offer.request_id}"
    assert AGAIN not in shown(sign_in(placement.learner).get(address)).buttons
    enrolment.ended_on = None
    add_credit(build, enrolment, placement.module_id)
    assert AGAIN not in shown(sign_in(placement.learner).get(address)).buttons


def test_a_credit_for_another_module_does_not_keep_her_from_asking(sign_in, session, build, ended):
    placement, elsewhere = ended(), build.placement(level=Level.PGDIP)
    assert elsewhere.module_id != placement.module_id
    add_credit(build, session.scalar(enrolments_of(placement)), elsewhere.module_id)
    assert AGAIN in shown(sign_in(placement.learner).get(f"/request/{placement.offer.request_id}")).buttons


def add_credit(build, enrolment, module_id):
    build.add(
        CreditDecision(
            enrolment_id=enrolment.id,
            module_id=module_id,
            credits=15,
            decided_on=build.today,
            decided_by_id=build.person(Role.PROGRAMME_LEAD).id,
            recorded_at=build.now,
        )
    )
    build.session.flush()


def enrolments_of(placement):
    return select(Enrolment).where(Enrolment.learner_id == placement.learner_id)


def test_the_form_takes_the_same_module_in_a_new_request(sign_in, session, look_again, ended):
    placement = ended()
    learner_id, module_id, old_id = placement.learner_id, placement.module_id, placement.offer.request_id
    browser = sign_in(placement.learner)
    assert browser.post("/request").status_code == 303
    look_again()
    new = session.scalars(select(PlacementRequest).where(PlacementRequest.state == RequestState.DRAFT)).one()
    assert (new.learner_id, new.module_id) == (learner_id, module_id)
    assert session.get_one(PlacementRequest, old_id).asked_again_at is not None


def test_a_place_that_did_not_suit_is_not_on_the_new_list(sign_in, session, build, look_again, ended):
    placement = ended(cause=Cause.DOES_NOT_SUIT)
    request, opening = placement.offer.request, placement.opening
    other = build.opening(network=opening.network)
    request.ranked = [ranked(opening, 1), ranked(other, 2)]
    session.flush()
    other_id = other.id
    assert sign_in(placement.learner).post(f"/request/{request.id}/again").status_code == 303
    look_again()
    new = session.scalars(select(PlacementRequest).where(PlacementRequest.state == RequestState.DRAFT)).one()
    assert [row.opening_id for row in new.ranked] == [other_id]


def ranked(opening, position):
    return RankedOpening(opening=opening, position=position)
