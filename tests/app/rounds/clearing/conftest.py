"""A round that was published, with one offer declined and two learners who wait."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from app.models.people import Person
from app.models.placements import Offer
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.runs import Run

DECLINE = {"kind": "TRAVEL", "waits": "yes"}


@dataclass
class Published:
    """`declined` was given back by its learner, who waits; `kept` waits for an answer; `unplaced` had no place."""

    round: MatchRound
    coordinator: Person
    declined: Offer
    kept: Offer
    unplaced: PlacementRequest
    requests: list[PlacementRequest]

    @property
    def address(self) -> str:
        return f"/rounds/{self.round.id}/free-places"

    @property
    def offering(self) -> str:
        """Where the place that was declined is offered to the learner who had none."""
        return f"{self.address}/{self.declined.opening_id}/{self.unplaced.id}"


@pytest.fixture
def published(full_scene, sign_in, session, look_again):
    browser, round_ = sign_in(full_scene.coordinator), full_scene.round
    browser.post(f"/rounds/{round_.id}/runs/new", data={"policy": "fit"})
    look_again()
    browser.post(f"/runs/{session.scalar(select(Run.id))}/publish", data={"has_looked": "y"})
    look_again()
    declined, kept = session.scalars(select(Offer).order_by(Offer.id))
    answer = sign_in(declined.request.learner).post(f"/offers/{declined.id}/decline", data=DECLINE)
    assert answer.status_code == 303
    look_again()
    offered = {declined.request_id, kept.request_id}
    unplaced = next(request for request in full_scene.requests if request.id not in offered)
    return Published(round_, full_scene.coordinator, declined, kept, unplaced, full_scene.requests)


@pytest.fixture
def days(today):
    """days("hears_by", 7) is the date of a form, so many days from today."""
    from datetime import timedelta

    def fields(name, number):
        day = today + timedelta(days=number)
        return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}

    return fields
