"""How many openings a request reaches, in words: each sentence, its numbers, and which of several comes first."""

from collections import Counter

import pytest

from app.language.refusal import Refused
from app.models.organisations import Network, Organisation
from app.models.people import LearnerProfile, Person
from app.models.programmes import Level
from app.models.requests import PlacementRequest
from app.requests.my_list.ranking import LIST_MAX, with_added, with_moved, without
from app.requests.my_list.reach import NETWORKS_SHOWN, Reach, as_if, counted, reach_of
from app.rules.eligibility import Obstacle

NETWORKS = [Network(id=number, name=name) for number, name in enumerate(["North", "South", "East", "West", "Isles"], 1)]


def reach(**given):
    values = {
        "fitting": 14,
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


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, ""),
        ({"lost": ((Obstacle.EXCLUDED, 9),)}, ""),
        (
            {"lost": ((Obstacle.CLOSES_BEFORE, 2),)},
            "What would help most: other start dates, which would reach 2 more.",
        ),
        ({"lost": ((Obstacle.STARTS_AFTER, 2),)}, "What would help most: other start dates, which would reach 2 more."),
        ({"lost": ((Obstacle.MENTOR_AWAY, 2),)}, "What would help most: other start dates, which would reach 2 more."),
        ({"more": (("South", 17),)}, "What would help most: South, which would add 3."),
        (
            {"lost": ((Obstacle.CLOSES_BEFORE, 2),), "more": (("South", 17), ("East", 15))},
            "What would help most: South, which would add 3.",
        ),
        (
            {"lost": ((Obstacle.CLOSES_BEFORE, 4), (Obstacle.EXCLUDED, 9)), "more": (("South", 17),)},
            "What would help most: other start dates, which would reach 4 more.",
        ),
        (
            {"lost": ((Obstacle.CLOSES_BEFORE, 3),), "more": (("South", 17),)},
            "What would help most: other start dates, which would reach 3 more.",
        ),
    ],
)
def test_the_change_that_gains_most_is_named_dates_before_networks(given, words):
    assert reach(**given).costliest == words


def request_of(networks=(), employer=None):
    learner = Person(learner_profile=LearnerProfile(employer=employer))
    return PlacementRequest(learner=learner, networks=list(networks))


def test_counts_become_words_the_largest_first_and_only_what_she_can_change():
    lost = Counter({Obstacle.CLOSES_BEFORE: 1, Obstacle.EXCLUDED: 3, Obstacle.PROFESSION: 9, Obstacle.NO_PLACE: 9})
    fitting, elsewhere = Counter({1: 4, 2: 1}), Counter({1: 1, 3: 2, 4: 6, 5: 3})
    employer = Organisation(network=NETWORKS[0])
    assert counted(request_of(NETWORKS[:2], employer), NETWORKS, fitting, elsewhere, lost) == Reach(
        fitting=5,
        has_networks=True,
        lost=((Obstacle.EXCLUDED, 3), (Obstacle.CLOSES_BEFORE, 1)),
        own_network="North",
        own_network_fitting=5,
        more=(("West", 11), ("Isles", 8), ("East", 7)),
    )
    assert NETWORKS_SHOWN == 3


@pytest.mark.parametrize("employer", [None, Organisation()])
def test_without_a_network_of_her_employer_none_is_her_own(employer):
    found = counted(request_of((), employer), NETWORKS, Counter({1: 2}), Counter(), Counter())
    assert (found.own_network, found.own_network_fitting, found.has_networks) == ("", 0, False)


def test_an_opening_counts_as_lost_to_the_only_thing_in_its_way(build, session, today):
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
    found = reach_of(session, request, [network, other], today)
    assert found == Reach(1, True, ((Obstacle.CLOSES_BEFORE, 1),), "", 0, (("South", 2),))
    later = as_if(request, [other], request.start_from, request.start_until)
    assert later not in session
    there = reach_of(session, later, [network, other], today)
    assert there is not None
    assert there.headline == "1 opening fits; 1 closes before you can start."
    request.module = None
    assert reach_of(session, request, [network], today) is None


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
