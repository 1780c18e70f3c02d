"""All pairs of a round at once are told what each is told alone: obstacles, the length counted in, and advice."""

from collections import Counter

import numpy as np
from hypothesis import given, settings

from app.rules.advice.changes import candidates_for, hindrances
from app.rules.advice.nearest_change import nearest_of, own_changes
from app.rules.advice.of_many import HINDRANCES, first_hindrances_in, hindered_in
from app.rules.eligibility import Obstacle, Obstacles
from app.rules.eligibility_of_many import BIT, ObstacleTable, obstacles_in
from app.rules.length import LengthTable, with_length
from tests.random_rounds import DAY, rounds


@settings(max_examples=80)
@given(rounds())
def test_every_pair_is_told_the_same_obstacles_as_alone(inputs):
    rules = Obstacles(DAY, inputs.held)
    rows = ObstacleTable(rules, inputs.openings).rows(inputs.requests)
    for request, bits in zip(inputs.requests, rows.tolist(), strict=True):
        alone = [rules.of(request, opening) for opening in inputs.openings]
        assert list(map(obstacles_in, bits)) == alone


def test_the_table_knows_every_obstacle_there_is():
    assert list(BIT) == list(Obstacle)
    assert len(set(HINDRANCES.values())) == len(Obstacle) + 1


@settings(max_examples=60)
@given(rounds())
def test_every_pair_has_the_same_length_counted_in_as_alone(inputs):
    size = (len(inputs.requests), len(inputs.openings))
    scores = np.arange(size[0] * size[1]).reshape(size) * 37 % 1001
    found = LengthTable(inputs.openings, DAY).pulled(scores.astype(np.int16), inputs.requests)
    for request, own, row in zip(inputs.requests, scores.tolist(), found.tolist(), strict=True):
        alone = [with_length(score, request, one, DAY) for score, one in zip(own, inputs.openings, strict=True)]
        assert row == alone


@settings(max_examples=80)
@given(rounds())
def test_the_change_of_her_own_that_opens_most_is_the_same_as_alone(inputs):
    rules = Obstacles(DAY, inputs.held)
    found = hindered_in(ObstacleTable(rules, inputs.openings), inputs.requests, inputs.wishes_of)
    for request, hindered in zip(inputs.requests, found, strict=True):
        wishes, candidates = inputs.wishes_of(request), candidates_for(rules, request, inputs.openings)
        homes = [network.name for network in request.networks]
        alone = own_changes(wishes, candidates, homes, inputs.earliest)
        assert hindered.own_change(homes, inputs.earliest) == (alone[0] if alone else None)
        by_opening = [hindrances(wishes, one) for one in candidates]
        told = [tuple(one for one, bit in HINDRANCES.items() if bits & bit) for bits in hindered.bits.tolist()]
        assert told == by_opening


@settings(max_examples=120)
@given(rounds())
def test_the_nearest_change_of_anybody_is_the_same_as_alone(inputs):
    rules = Obstacles(DAY, inputs.held)
    found = hindered_in(ObstacleTable(rules, inputs.openings), inputs.requests, inputs.wishes_of)
    for request, hindered in zip(inputs.requests, found, strict=True):
        candidates = candidates_for(rules, request, inputs.openings)
        homes = [network.name for network in request.networks]
        alone = nearest_of(inputs.wishes_of(request), candidates, homes, inputs.earliest)
        assert hindered.nearest(homes, inputs.earliest) == alone


@settings(max_examples=80)
@given(rounds())
def test_what_first_keeps_learners_from_an_opening_is_the_same_as_alone(inputs):
    rules = Obstacles(DAY, inputs.held)
    table = ObstacleTable(rules, inputs.openings)
    every = {
        opening: [
            between_them[0] if between_them else None
            for request in inputs.requests
            if opening.network in request.networks
            for between_them in [hindrances(inputs.wishes_of(request), *candidates_for(rules, request, [opening]))]
        ]
        for opening in inputs.openings
    }
    idle = [opening for opening, first in every.items() if None not in first]
    found = list(first_hindrances_in(table, inputs.requests, inputs.wishes_of, idle))
    assert [list(one.items()) for one in found] == [list(Counter(every[opening]).items()) for opening in idle]


def test_the_random_rounds_meet_every_obstacle():
    """Else the tests above would prove nothing about it."""
    met: set[Obstacle] = set()

    @settings(max_examples=100)
    @given(rounds())
    def look(inputs):
        rules = Obstacles(DAY, inputs.held)
        met.update(found for one in inputs.requests for other in inputs.openings for found in rules.of(one, other))

    look()
    assert met == set(Obstacle)
