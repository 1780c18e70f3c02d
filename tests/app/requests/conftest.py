"""A learner with a request, a network with a round that takes it, and openings that fit."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.models.organisations import Network, Organisation, Specialty
from app.models.people import Person
from app.models.requests import PlacementRequest, RequestState
from app.models.rounds import MatchRound
from app.models.studies import Opening
from tests.builders import Builder


@dataclass
class Asking:
    """What the tests of requests speak of."""

    learner: Person
    network: Network
    other_network: Network
    employer: Organisation
    specialties: list[Specialty]
    round: MatchRound
    request: PlacementRequest
    openings: list[Opening]

    @property
    def address(self) -> str:
        return f"/request/{self.request.id}"

    def list_address(self, opening: Opening, deed: str) -> str:
        return f"{self.address}/list/{opening.id}/{deed}"


@pytest.fixture
def asking(build: Builder) -> Asking:
    """A draft that is complete but for its list and the question about any other opening."""
    network, other = build.network("East Midlands"), build.network("North London")
    employer = build.organisation(network, name="Derby Hospital NHS Trust")
    specialties = [build.specialty(name) for name in ("Ageing", "Stroke", "Surgery")]
    learner = build.learner(name="Lee Learner")
    assert learner.learner_profile
    learner.learner_profile.employer = employer
    openings = [
        build.opening(study=build.study(f"Heart failure clinics {n}", [specialties[0]]), network=network)
        for n in range(1, 4)
    ]
    request = build.request(
        learner,
        [network],
        specialties=specialties[:1],
        state=RequestState.DRAFT,
        submitted_at=None,
        takes_any_other=None,
    )
    return Asking(learner, network, other, employer, specialties, build.round(network), request, openings)


@pytest.fixture
def browser(sign_in: Callable[[Person], FlaskClient], asking: Asking) -> FlaskClient:
    """The learner's browser."""
    return sign_in(asking.learner)


@pytest.fixture
def read(session: Session, asking: Asking, look_again: Callable[[], None]) -> Callable[[], PlacementRequest]:
    """The request as the database has it now."""

    def request() -> PlacementRequest:
        look_again()
        return session.get_one(PlacementRequest, asking.request.id)

    return request
