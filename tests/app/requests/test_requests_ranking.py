"""A list of choices keeps its numbers in order, whatever is done to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.refusal import Refused
from app.requests.my_list.ranking import LIST_MAX, with_added, with_moved, without

CHOICES = st.lists(st.integers(1, 30), unique=True, max_size=LIST_MAX).map(tuple)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(1, 30), st.just(0)),
        st.tuples(st.just("remove"), st.integers(1, 30), st.just(0)),
        st.tuples(st.just("move"), st.integers(1, 30), st.one_of(st.none(), st.integers(-3, 14))),
    ),
    max_size=40,
)


def done(choices, name, choice, position):
    if name == "add":
        return with_added(choices, choice)
    return without(choices, choice) if name == "remove" else with_moved(choices, choice, position)


@given(CHOICES, DEEDS)
def test_nothing_is_on_a_list_twice_and_there_are_never_more_than_ten(choices, deeds):
    for deed in deeds:
        try:
            choices = done(choices, *deed)
        except Refused:
            continue
        assert len(set(choices)) == len(choices) <= LIST_MAX


@given(CHOICES.filter(bool), st.data())
def test_a_choice_that_is_moved_has_the_number_and_the_others_keep_their_order(choices, data):
    choice = data.draw(st.sampled_from(choices))
    position = data.draw(st.integers(1, len(choices)))
    moved = with_moved(choices, choice, position)
    assert moved[position - 1] == choice
    assert without(moved, choice) == without(choices, choice)


@given(CHOICES.filter(bool), st.data())
def test_moving_twice_to_the_same_number_is_moving_once(choices, data):
    choice, position = data.draw(st.sampled_from(choices)), data.draw(st.integers(1, len(choices)))
    once = with_moved(choices, choice, position)
    assert with_moved(once, choice, position) == once


@given(CHOICES, st.integers(31, 40))
def test_an_added_choice_comes_last_and_a_full_list_takes_no_more(choices, choice):
    if len(choices) == LIST_MAX:
        with pytest.raises(Refused, match="Remove one"):
            with_added(choices, choice)
    else:
        assert with_added(choices, choice) == (*choices, choice)


@given(CHOICES.filter(bool), st.one_of(st.none(), st.integers(max_value=0), st.integers(min_value=11)))
def test_there_is_no_number_outside_the_list(choices, position):
    with pytest.raises(Refused, match=f"from 1 to {len(choices)}"):
        with_moved(choices, choices[0], position)
