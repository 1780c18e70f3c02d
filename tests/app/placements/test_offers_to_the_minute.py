"""An offer of a round that ends at an hour: every page says the hour, and nobody answers after it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.language.local_times import moment_here, time_in
from app.models.placements import Offer, OfferState
from app.models.runs import Proposal
from app.placements.jobs import keep_to_the_days
from app.rounds.publishing.offers import make_offers
from tests.screen import shown

UNTIL = "12 March 2026 at 5pm"


@pytest.fixture
def offer(build, today):
    offer = build.offer()
    offer.answer_until = moment_here(today + timedelta(days=9), time_in("5pm"))
    build.session.commit()
    return offer


@pytest.fixture
def at(app, offer, now):
    """at(minutes) sets the clock so many minutes after the moment until which the offer can be answered."""

    def set_clock(minutes):
        app.config["NOW"] = lambda: offer.answer_until + timedelta(minutes=minutes)

    return set_clock


def test_pages_say_the_hour(sign_in, offer):
    learner = sign_in(offer.request.learner)
    page = shown(learner.get(f"/offers/{offer.id}"))
    assert page.says(f"Answer by {UNTIL}. Until then the place is held for you.")
    assert page.says(f"If you do not answer by {UNTIL}, the offer lapses")
    assert f"Answer your offer by {UNTIL}" in shown(learner.get("/")).links
    assert shown(learner.get(f"/request/{offer.request_id}")).says(f"by {UNTIL}")


@pytest.mark.parametrize("answer", ["accept", "decline", "more-time"])
def test_it_is_answered_in_the_last_minute_and_not_at_the_hour(sign_in, look_again, offer, at, answer):
    data = {"kind": "TRAVEL", "waits": "yes", "reason": "I must ask."}
    at(0)
    browser = sign_in(offer.request.learner)
    refused = browser.post(f"/offers/{offer.id}/{answer}", data=data)
    assert refused.status_code == 422
    assert shown(refused).says("The time to answer this offer is over")
    at(-1)
    assert browser.post(f"/offers/{offer.id}/{answer}", data=data).status_code == 303


def test_at_the_hour_it_lapses_and_the_page_says_so_also_before_that_is_written_down(
    app, sign_in, session, offer, at, look_again
):
    at(0)
    page = shown(sign_in(offer.request.learner).get(f"/offers/{offer.id}"))
    assert page.paragraphs[0].startswith(f"Lapsed You could answer until {UNTIL}, so")
    for minutes, state in ((-1, OfferState.WAITING), (0, OfferState.LAPSED)):
        at(minutes)
        with app.test_request_context():
            keep_to_the_days()
        look_again()
        assert offer.state is state


def test_what_a_round_publishes_ends_with_its_moment(session, build, offer, now):
    proposal = build.add(
        Proposal(run=build.run(offer.round), request=build.request(), opening=build.opening(), score=1)
    )
    make_offers(session, build.person(), proposal.run, offer.answer_until, now)
    made = session.scalars(select(Offer).where(Offer.proposal_id == proposal.id)).one()
    assert (made.answer_until, made.answer_by) == (offer.answer_until, offer.answer_by)
