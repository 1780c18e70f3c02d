"""A published round in which a learner has her second choice, and her first one is free."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from app.models.people import Person
from app.models.placements import Offer
from app.models.rounds import MatchRound
from app.models.studies import Opening


@dataclass(frozen=True)
class Ladder:
    """Her offer, the free opening that stands first on her list, and who coordinates the round."""

    offer: Offer
    better: Opening
    coordinator: Person
    round: MatchRound

    @property
    def learner(self) -> Person:
        return self.offer.request.learner

    @property
    def free(self) -> str:
        return f"/rounds/{self.round.id}/free-places"

    @property
    def offering(self) -> str:
        return f"{self.free}/{self.better.id}/move-up/{self.offer.id}"


@pytest.fixture
def ladder(build):
    network = build.network("North West")
    coordinator = build.coordinator(network)
    round_ = build.round(network, coordinator=coordinator, name="Spring 2026", published_at=build.now, moves_up=True)
    mentors = [build.mentor(1, name=name) for name in ("Dr Ada Mentor", "Dr Bo Mentor")]
    better, hers = (
        build.opening(mentor, build.study(title), network)
        for mentor, title in zip(mentors, ("Falls", "Wounds"), strict=True)
    )
    module = build.programme().modules[0]
    request = build.request(build.learner(name="Robin Learner"), [network], module, ranked=[better, hers])
    return Ladder(build.offer(request, hers, round_), better, coordinator, round_)


@pytest.fixture
def days(today):
    """days("answer_by", 3) is the date of a form, so many days from today."""

    def fields(name: str, number: int) -> dict[str, str]:
        day = today + timedelta(days=number)
        return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}

    return fields
