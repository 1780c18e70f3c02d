"""A round with a few learners and openings, as most tests of rounds need it."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from app.models.organisations import Network
from app.models.people import Person
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.runs import Run
from app.models.studies import Opening
from tests.builders import Builder


@dataclass
class Scene:
    """A closed round of one network: `learners` requests that fit every one of its openings."""

    build: Builder
    network: Network
    coordinator: Person
    round: MatchRound
    openings: list[Opening] = field(default_factory=list)
    requests: list[PlacementRequest] = field(default_factory=list)
    run: Run | None = None  # set by who has started one

    def opening(self, **given: object) -> Opening:
        opening = self.build.opening(network=self.network, **given)  # type: ignore[arg-type]
        self.openings.append(opening)
        return opening

    def request(self, **given: object) -> PlacementRequest:
        request = self.build.request(networks=[self.network], round_id=self.round.id, **given)  # type: ignore[arg-type]
        self.requests.append(request)
        return request


@pytest.fixture
def scene(build: Builder) -> Scene:
    """A round that closed yesterday, without requests and openings."""
    network = build.network("North West")
    coordinator = build.coordinator(network)
    round_ = build.round(
        network, coordinator=coordinator, name="Spring 2026", closes_on=build.today - timedelta(days=1)
    )
    return Scene(build, network, coordinator, round_)


@pytest.fixture
def full_scene(scene: Scene) -> Scene:
    """Three learners and two openings of one place each: one learner stays without a place."""
    scene.opening(study=scene.build.study("Heart failure nurses at home"))
    scene.opening(study=scene.build.study("Wound dressings after surgery"))
    for _ in range(3):
        scene.request()
    return scene
