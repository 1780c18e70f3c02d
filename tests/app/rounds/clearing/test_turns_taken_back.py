"""Taking the publication of a turn back: what was decided before it stays, and what followed keeps it."""

import pytest
from sqlalchemy import select

from app.models.placements import Offer, OfferState
from app.models.publications import TakeBackKind
from app.models.runs import Run
from app.reviews.queries import decided_about
from tests.screen import shown

WHY = {"kind": TakeBackKind.LEFT_OUT.value, "reason": "One request was missing.", "is_sure": "y"}


@pytest.fixture
def opened(published, sign_in, days, look_again):
    """The browser of the coordinator, who has opened a clearing turn."""
    browser = sign_in(published.coordinator)
    address = f"/rounds/{published.round.id}/turns/new"
    assert browser.post(address, data=days("hears_by", 7) | days("answer_by", 14)).status_code == 303
    look_again()
    return browser


@pytest.fixture
def cleared(published, opened, session, look_again):
    """The same, and the turn is published."""
    opened.post(f"/rounds/{published.round.id}/runs/new", data={"policy": "fit"})
    look_again()
    run = session.scalars(select(Run).order_by(Run.id.desc())).first()
    assert opened.post(f"/runs/{run.id}/publish", data={"has_looked": "y"}).status_code == 303
    look_again()
    return opened


def test_a_turn_that_is_taken_back_is_open_again_and_what_came_before_it_stays(published, cleared, session, look_again):
    first = published.round.published_at
    offer = session.scalars(select(Offer).where(Offer.request_id == published.unplaced.id)).one()
    assert cleared.post(f"/rounds/{published.round.id}/take-back", data=WHY).status_code == 303
    look_again()
    assert offer.state is OfferState.TAKEN_BACK
    assert (published.kept.state, published.declined.state) == (OfferState.WAITING, OfferState.DECLINED)
    assert published.round.published_at == first
    assert published.round.open_turn is published.round.turns[0]


def test_whoever_was_in_an_earlier_turn_alone_reads_what_that_one_decided(published, cleared, session):
    asked = (published.kept.request, published.unplaced)
    publications = [found.publication for found in (decided_about(session, one) for one in asked) if found]
    assert [one.run.turn for one in publications] == [1, 2]
    assert [one.answer_by for one in publications] == [published.round.answer_by, published.round.turns[0].answer_by]


def test_once_a_turn_was_opened_the_publication_before_it_stays(published, opened):
    page = shown(opened.get(f"/rounds/{published.round.id}/take-back"))
    assert page.says("1 clearing turn was opened since")
    assert opened.post(f"/rounds/{published.round.id}/take-back", data=WHY).status_code == 422


def test_once_a_free_place_was_offered_the_publication_before_it_stays(published, sign_in, days, look_again):
    browser = sign_in(published.coordinator)
    assert browser.post(published.offering, data=days("answer_by", 7)).status_code == 303
    look_again()
    page = shown(browser.get(f"/rounds/{published.round.id}/take-back"))
    assert page.says("1 free place was offered since")


def test_once_somebody_no_longer_waits_the_publication_before_it_stays(published, sign_in, look_again):
    learner = sign_in(published.unplaced.learner)
    assert learner.post(f"/request/{published.unplaced.id}/stop-waiting").status_code == 303
    look_again()
    page = shown(sign_in(published.coordinator).get(f"/rounds/{published.round.id}/take-back"))
    assert page.says("1 learner has said that they no longer wait")
