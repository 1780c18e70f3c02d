"""How groups fared: no group is so small, alone or worked out from the sum, that it tells of one person."""

from hypothesis import given
from hypothesis import strategies as st

from app.rounds.runs.counting.shares import SMALLEST_GROUP, TOGETHER, Member, Rate, rates_of, too_small_alone

SIZES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 12))


def members_of(**people):
    return [Member(f"{label}{n}", hash((label, n)), label) for label, number in people.items() for n in range(number)]


@given(SIZES)
def test_what_is_left_out_is_told_by_no_sum(people):
    together = too_small_alone(people)
    assert all(people[label] >= SMALLEST_GROUP for label in people.keys() - together)
    left_out = sum(people[label] for label in together)
    assert left_out == 0 or left_out >= SMALLEST_GROUP or together == people.keys()
    assert len(together) != 1 or together == people.keys()


@given(SIZES, st.data())
def test_rates_add_up_to_everybody_or_are_not_told(people, data):
    members = members_of(**people)
    got = [one.request for one in members if data.draw(st.booleans())]
    rates = rates_of(members, got)
    if rates:
        assert sum(rate.requests for rate in rates) == len(members)
        assert sum(rate.got for rate in rates) == len(got)
        assert all(rate.requests >= SMALLEST_GROUP for rate in rates)


def test_small_groups_are_told_together_at_the_end():
    members = members_of(Nurse=9, Midwife=3, Dietitian=2, Doctor=6)
    assert rates_of(members, ["Nurse1", "Midwife0"]) == [
        Rate("Doctor", 6, 0),
        Rate("Nurse", 9, 1),
        Rate(TOGETHER, 5, 1),
    ]


def test_a_single_small_group_takes_the_next_smallest_with_it():
    rates = rates_of(members_of(Nurse=9, Midwife=1, Doctor=6, Dietitian=8), [])
    assert [(rate.label, rate.requests) for rate in rates] == [("Dietitian", 8), ("Nurse", 9), (TOGETHER, 7)]


def test_five_requests_of_two_people_are_a_small_group():
    twice = [Member(f"R{n}", n % 2, "Midwife") for n in range(5)]
    rates = rates_of([*twice, *members_of(Nurse=9, Doctor=6)], [])
    assert [rate.label for rate in rates] == ["Nurse", TOGETHER]


def test_one_group_alone_is_not_told_because_it_is_everybody():
    assert rates_of(members_of(Nurse=9), ["Nurse1"]) == []
    assert rates_of(members_of(Nurse=9, Midwife=1), ["Nurse1"]) == []
    assert rates_of([], []) == []
