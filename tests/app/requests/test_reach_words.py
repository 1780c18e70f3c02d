"""How many openings a request reaches, in words: each sentence, its numbers, and which of several comes first."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.language.refusal import Refused
from app.models.organisations import Network
from app.models.programmes import Level
from app.models.studies import Opening
from app.models.values.registration import Profession
from app.requests.my_list.ranking import LIST_MAX, with_added, with_moved, without
from app.requests.my_list.reach import Reach, asked_with, reach_of
from app.rules.advice.changes import Change
from app.rules.advice.nearest_change import Nearest
from app.rules.eligibility import Obstacle

NETWORKS = [Network(id=number, name=name) for number, name in enumerate(["North", "South", "East", "West", "Isles"], 1)]


def reach(**given):
    values = {
        "fitting": 14,
        "full": 0,
        "has_networks": True,
        "lost": (),
        "own_network": "",
        "own_network_fitting": 0,
        "more": (),
        **given,
    }
    return Reach(**values)


@pytest.mark.parametrize(
    ("given", "headline"),
    [
        ({}, "14 openings fit."),
        ({"fitting": 1}, "1 opening fits."),
        ({"fitting": 0}, "0 openings fit."),
        ({"fitting": 1400}, "1,400 openings fit."),
        ({"lost": ((Obstacle.CLOSES_BEFORE, 2),)}, "14 openings fit; 2 close before you can start."),
        ({"full": 1}, "14 openings fit; 1 more is full now."),
        (
            {"full": 3, "lost": ((Obstacle.CLOSES_BEFORE, 2),)},
            "14 openings fit; 3 more are full now; 2 close before you can start.",
        ),
        (
            {"lost": ((Obstacle.STARTS_AFTER, 1200), (Obstacle.EXCLUDED, 1))},
            "14 openings fit; 1,200 start later than you can; 1 is with somebody who must not mentor you.",
        ),
        (
            {"has_networks": False, "lost": ((Obstacle.CLOSES_BEFORE, 2),)},
            "14 openings fit in all networks together. Choose those that you can reach.",
        ),
        (
            {"has_networks": False, "fitting": 1},
            "1 opening fits in all networks together. Choose those that you can reach.",
        ),
    ],
)
def test_the_headline_counts_what_fits_and_what_each_limit_costs(given, headline):
    assert reach(**given).headline == headline


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, ""),
        ({"own_network": "North", "own_network_fitting": 4}, "Only in your own network: 4."),
        ({"own_network": "North"}, "Only in your own network: 0."),
        (
            {"own_network": "North", "own_network_fitting": 4, "more": (("South", 21), ("East", 15))},
            "Only in your own network: 4. With South: 21. With East: 15.",
        ),
        ({"more": (("South", 21),)}, "With South: 21."),
    ],
)
def test_networks_are_told_with_what_each_would_make_it(given, words):
    assert reach(**given).by_network == words


def test_a_change_is_said_with_what_it_opens(build):
    openings = tuple(build.opening() for _ in range(2))
    change = Nearest((Obstacle.NETWORK,), openings, Change(network=NETWORKS[1]))
    assert reach(changes=(change,)).advice == ["If you can also go to South, 2 more openings would fit you."]
    assert reach().advice == []


@pytest.fixture
def counting(build, session, today):
    """counting(request, networks): what a request reaches."""
    return lambda request, networks, *answer: reach_of(session, request, networks, today, *answer)


def test_each_number_is_what_would_fit_and_each_opening_counts_for_the_only_thing_in_its_way(build, session, counting):
    network, other = build.network("North"), build.network("South")
    request = build.request(networks=[network])
    build.opening(network=network)
    build.opening(network=other)
    soon = {"ends_on": request.start_from}
    build.opening(network=network, **soon)
    build.opening(network=other, **soon)
    build.opening(network=network, places=0)
    build.opening(network=network, levels=[Level.PGDIP])
    build.opening(network=build.network("Not asked"))
    found = counting(request, [network, other])
    assert found.headline == "1 opening fits; 1 more is full now; 1 closes before you can start."
    assert found.by_network == "With South: 2."
    assert found.advice == ["If you can also go to South, 1 more opening would fit you."]

    def elsewhere(asked):
        return asked_with(asked, [other], request.start_from, request.start_until)

    assert counting(request, [network, other], elsewhere).headline == "1 opening fits; 1 closes before you can start."
    request.module = None
    assert counting(request, [network]) is None


def test_limits_that_are_not_hers_are_not_counted_and_the_costliest_comes_first(build, session, counting, today):
    network = build.network("North")
    request = build.request(networks=[network])
    for _ in range(2):
        build.opening(network=network, starts_on=request.start_until + timedelta(days=7))
    build.opening(network=network, ends_on=today)
    build.opening(network=network, professions=[Profession.DENTIST])
    found = counting(request, [network])
    assert found.lost == ((Obstacle.STARTS_AFTER, 2), (Obstacle.CLOSES_BEFORE, 1))
    assert found.advice == ["If you can also start on 8 July 2026, 2 more openings would fit you."]


def test_only_a_network_of_her_employer_is_her_own(build, session, counting):
    network, other = build.network("North"), build.network("South")
    request = build.request(networks=[other])
    build.opening(network=network)
    assert counting(request, [network, other]).own_network == ""
    request.learner.learner_profile.employer = build.organisation(network)
    found = counting(request, [network, other])
    assert (found.own_network, found.own_network_fitting, found.fitting) == ("North", 1, 0)


def test_neighbours_are_named_though_more_openings_are_far_away(build, session, counting):
    names = ("South West Peninsula", "South West Central", "North East and North Cumbria", "South Central")
    networks = {name: build.network(name) for name in names}
    request = build.request(networks=[networks["South West Peninsula"]])
    for name, number in (("North East and North Cumbria", 3), ("South Central", 2), ("South West Central", 1)):
        for _ in range(number):
            build.opening(network=networks[name])
    found = counting(request, list(networks.values()))
    assert found.by_network == "With South West Central: 1."
    assert found.advice == ["If you can also go to South West Central, 1 more opening would fit you."]
    session.delete(session.scalars(select(Opening).where(Opening.network == networks["South West Central"])).one())
    session.flush()
    assert counting(request, list(networks.values())).by_network == "With South Central: 2."


def refusal_of(deed, *given):
    with pytest.raises(Refused) as refusal:
        deed(*given)
    return refusal.value.message


def test_a_list_of_ten_says_that_it_is_full_and_one_of_nine_takes_another():
    nine, ten = tuple(range(9)), tuple(range(10))
    assert with_added(nine, 99) == (*nine, 99)
    assert refusal_of(with_added, ten, 99) == (
        "Your list has 10 openings, which is the most it can hold. Remove one to add another."
    )
    assert with_added(ten, 9) == ten
    assert LIST_MAX == 10


@pytest.mark.parametrize("position", [None, 0, 4])
def test_a_number_outside_the_list_is_answered_with_those_inside(position):
    assert refusal_of(with_moved, (1, 2, 3), 2, position) == "Enter a number from 1 to 3 to move it to."


@pytest.mark.parametrize("position", [1, 3, None])
def test_what_is_gone_from_the_list_cannot_be_moved(position):
    assert refusal_of(with_moved, (1, 2, 3), 9, position) == (
        "That opening is no longer on your list. Add it again if you want it."
    )
    assert without((1, 2, 3), 9) == (1, 2, 3)
    assert [with_moved((1, 2, 3), 2, number) for number in (1, 2, 3)] == [(2, 1, 3), (1, 2, 3), (1, 3, 2)]
