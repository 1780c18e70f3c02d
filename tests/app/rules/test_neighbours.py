"""Which networks lie side by side: each is there, and nobody is sent across the country while a neighbour would do."""

from itertools import pairwise

import pytest

from app.models.values.neighbours import FAR, borders_between, neighbours
from app.rules.reference import NETWORK_HOSTS

NATIONS = {"Scotland", "Wales", "Northern Ireland"}


def test_every_network_and_nation_is_there_and_each_border_is_told_from_both_sides():
    assert set(neighbours()) == set(NETWORK_HOSTS) | NATIONS
    for name, others in neighbours().items():
        assert name not in others
        assert all(name in neighbours()[other] for other in others)


@pytest.mark.parametrize(
    ("way", "borders"),
    [
        (["South West Peninsula"], 0),
        (["South West Peninsula", "South West Central"], 1),
        (["South West Peninsula", "South West Central", "South Central"], 2),
        (["North London", "South London"], 1),
        (["Wales", "West Midlands"], 1),
        (["Scotland", "North East and North Cumbria", "North West"], 2),
    ],
)
def test_the_way_is_counted_in_borders(way, borders):
    assert all(second in neighbours()[first] for first, second in pairwise(way))
    assert borders_between([way[0]], way[-1]) == borders


def test_of_several_homes_the_nearest_counts_and_what_nobody_knows_is_far():
    assert borders_between(["South West Peninsula", "Yorkshire and Humber"], "North East and North Cumbria") == 1
    assert borders_between(["South West Peninsula"], "North East and North Cumbria") > 3
    assert borders_between(["South West Peninsula"], "A network of tomorrow") == FAR
    assert borders_between([], "North West") == FAR
