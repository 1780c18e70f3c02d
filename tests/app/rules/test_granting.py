"""What a claim may be granted, over plain facts: caps, age, level, whole modules, and what is left of a source."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.refusal import Refused
from app.models.programmes import CREDITS_A_LEVEL, Level
from app.rules.prior_learning.granting import Exemption, Learning, Room, check_grant, is_too_old
from app.rules.prior_learning.said import SHIPPED, Said
from app.rules.prior_learning.same import key_of

NOBODY = Exemption("", "")
DAY = date(2026, 3, 3)


def learning(id_=1, credits_left=30, level=7, **given_):
    return Learning(id_, f"Module {id_}", level, DAY, 30, credits_left, **given_)


@given(
    asked=st.integers(1, 60),
    left=st.lists(st.integers(0, 40), min_size=1, max_size=3),
    used=st.lists(st.integers(0, 40), min_size=3, max_size=3),
    cap=st.integers(0, 60),
    more=st.integers(0, 60),
    decided=st.integers(0, 60),
    recognised=st.integers(0, 60),
    module=st.none() | st.integers(5, 60),
    exemption=st.sampled_from([NOBODY, Exemption("Dean", "1")]),
    is_whole=st.booleans() | st.none(),
)
def test_what_is_granted_is_within_everything_that_was_said(
    asked, left, used, cap, more, decided, recognised, module, exemption, is_whole
):
    learnt = [learning(id_, number) for id_, number in enumerate(left, 1)]
    uses = dict(enumerate(used[: len(left)], 1))
    said = Said(cap=cap, exempt_cap=more, is_whole_modules=is_whole)
    room = Room(decided, recognised, module)
    try:
        granted = check_grant(asked, learnt, uses, said, room, exemption)
    except Refused:
        return
    assert granted == sum(uses.values()) <= asked
    assert all(uses[one.id] <= one.left for one in learnt)
    assert recognised + granted <= (max(cap, more) if exemption.is_whole else cap)
    assert decided + recognised + granted <= CREDITS_A_LEVEL
    assert module is None or granted <= module
    assert not is_whole or granted == module


@pytest.mark.parametrize(
    ("said", "one", "words"),
    [
        (Said(), learning(), "is to be confirmed"),
        (Said(cap=20, lowest_level=7), learning(level=6), "is at level 6"),
        (Said(cap=20, is_whole_modules=True), learning(), "whole modules only"),
        (Said(cap=10), learning(), "at the most"),
        (Said(cap=10, exempt_cap=20), learning(), "Say who gave the exemption"),
        (Said(cap=20), learning(credits_left=0, used_at=["there"]), "has 0 credits left: the same credit counts once"),
        (Said(cap=20), learning(credits_left=None, used_at=["there"]), "was recognised already"),
        (Said(cap=20), learning(is_lost="It counts there."), "It counts there."),
    ],
)
def test_a_refusal_says_what_is_wrong(said, one, words):
    with pytest.raises(Refused, match=words):
        check_grant(20, [one], {1: 15}, said, Room(0, 0, None), NOBODY)


@pytest.mark.parametrize(
    ("finished_on", "is_old"),
    [(date(2021, 3, 3), False), (date(2021, 3, 2), True), (date(2020, 2, 29), True), (date(2026, 1, 1), False)],
)
def test_learning_grows_old_by_what_the_university_says(finished_on, is_old):
    one = Learning(1, "Trials", 7, finished_on, 15, 15)
    assert is_too_old(one, Said(age_years=5), DAY) is is_old
    assert not is_too_old(one, Said(), DAY), "nothing is guessed"


def test_only_newcastle_is_shipped_and_as_it_says():
    assert {name for name, _ in SHIPPED} == {"Newcastle University"}
    assert {level: (one.cap, one.exempt_cap) for (_, level), one in SHIPPED.items()} == {
        Level.PGCERT: (20, 30),
        Level.PGDIP: (40, 60),
        Level.MSC: (40, 60),
    }


def test_the_same_learning_is_known_by_its_name_and_place():
    assert key_of("Clinical  Trials", "The University of Exeter") == key_of("clinical trials", "University of EXETER")
    assert key_of("Trials", "Exeter") != key_of("Trials", "Leeds")
