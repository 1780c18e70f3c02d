"""Two learners of a round, each with a place that would suit the other one."""

from dataclasses import dataclass

import pytest

from app.models.people import Person
from app.models.placements import Offer
from app.models.rounds import MatchRound


@dataclass(frozen=True)
class Two:
    """The offer of each, and who coordinates the round."""

    one: Offer
    other: Offer
    coordinator: Person
    round: MatchRound


@pytest.fixture
def two(build):
    network = build.network("North West")
    coordinator = build.coordinator(network)
    round_ = build.round(network, coordinator=coordinator, name="Spring 2026", published_at=build.now)
    module = build.programme().modules[0]
    mentors = [build.mentor(1, name=name) for name in ("Dr Ada Mentor", "Dr Bo Mentor")]
    one, other = (
        build.offer(
            build.request(build.learner(name=name), [network], module),
            build.opening(mentor, build.study(title), network),
            round_,
        )
        for name, mentor, title in zip(("Robin Learner", "Sam Learner"), mentors, ("Falls", "Wounds"), strict=True)
    )
    return Two(one, other, coordinator, round_)
