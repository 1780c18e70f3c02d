"""Groups of learners in published numbers: no small one is shown, and none can be worked out from the others."""

from hypothesis import given
from hypothesis import strategies as st

from app.rounds.dossier.fair_shares import people_in, shares_of
from app.rules.groups.small_numbers import FEWEST, hidden_among
from matching import GroupRate

SIZES = st.lists(st.integers(1, 30), min_size=1, max_size=12)


def rates(sizes):
    return [GroupRate("profession", f"p{at}", size, size // 2, size // 3) for at, size in enumerate(sizes)]


def people(sizes):
    return {("profession", f"p{at}"): size for at, size in enumerate(sizes)}


def by_label(sizes):
    return {f"p{at}": size for at, size in enumerate(sizes)}


def test_who_asks_for_two_modules_is_one_person():
    labels = {f"R{at}": (("profession", "nurse"),) for at in range(6)} | {"R9": (("profession", "doctor"),)}
    found = people_in(labels, {"R0": 1, "R1": 1, "R2": 2, "R3": 2, "R4": 3, "R5": 4, "R9": 5})
    assert found == {("profession", "nurse"): 4, ("profession", "doctor"): 1}
    told = shares_of(rates([6, 9]), {**people([4, 9])})["by"]["profession"]
    assert (told["shown"], told["groups_hidden"]) == ([], 2)


def test_where_all_are_large_all_are_shown():
    told = shares_of(rates([5, 9]), people([5, 9]))["by"]["profession"]
    assert [one["learners"] for one in told["shown"]] == [5, 9]
    assert told["groups_hidden"] == 0


def test_one_small_group_takes_the_first_large_one_with_it():
    assert hidden_among(by_label([20, 3, 7, 9])) == {"p0", "p1"}


def test_a_large_one_that_is_too_small_to_hide_it_takes_another():
    assert hidden_among(by_label([5, 1, 2, 9])) == {"p0", "p1", "p2", "p3"}
    assert hidden_among(by_label([7, 1, 2, 9])) == {"p0", "p1", "p2", "p3"}
    assert hidden_among(by_label([10, 1, 2, 9])) == {"p0", "p1", "p2"}


@given(SIZES)
def test_no_small_group_is_shown_and_those_hidden_cannot_be_had_by_subtraction(sizes):
    found = by_label(sizes)
    hidden = hidden_among(found)
    assert all(label in hidden for label, number in found.items() if number < FEWEST)
    together = [found[label] for label in hidden]
    assert not together or len(hidden) == len(found) or (len(together) >= 2 and sum(together) >= FEWEST)


@given(SIZES)
def test_nothing_is_hidden_where_nothing_is_small(sizes):
    assert hidden_among(by_label([size + FEWEST for size in sizes])) == set()
