"""What it costs a learner to ask for a placement on her phone: the pages that load and the taps that she makes."""

from tests.journeys.conftest import Arrives
from tests.journeys.live import Service
from tests.journeys.small_world import COORDINATOR, LEARNER, MENTOR, PASSWORD, settle
from tests.journeys.test_whole_journey import (
    coordinator_opens_a_round,
    learner_asks_for_a_placement,
    mentor_publishes_an_opening,
)

PHONE = 390  # CSS pixels


def test_a_newcomer_asks_for_a_placement(service: Service, arrives: Arrives) -> None:
    settle(service)
    for email, deed in ((MENTOR, mentor_publishes_an_opening), (COORDINATOR, coordinator_opens_a_round)):
        visitor = arrives(service, closely=False)
        visitor.signs_in(email, PASSWORD)
        deed(visitor)
    learner = arrives(service, PHONE, closely=False)
    learner.signs_in(LEARNER, PASSWORD)
    learner.taps = learner.pages = 0
    learner_asks_for_a_placement(learner)
    assert (learner.taps, learner.pages) == (0, 0)
