"""What is true of every call: the order of a lottery follows from its seed alone, scores add up, conditions hold."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.money import pence_in, pounds
from app.models.bursaries.applications import LETTERS, REFERENCE_LENGTH
from app.models.bursaries.assessing import POINTS_MAX
from app.models.bursaries.calls import BursaryCall, DoctorsAndDentists
from app.models.programmes import Level
from app.models.values.registration import Profession, Regulator
from app.phrasebook.of_programmes.bursaries import TO_APPLICANT
from app.rules.bursaries.conditions import REGULATORS, Applicant, Unmet, unmet_by
from app.rules.bursaries.order import Scored, drawn, in_order, number_free, score_of, ticket

references = st.text(LETTERS, min_size=REFERENCE_LENGTH, max_size=REFERENCE_LENGTH)
entries = st.lists(
    st.builds(Scored, references, st.fractions(0, 1, max_denominator=20)), unique_by=lambda one: one.reference
)
CALL = {
    "regulators": [one.value for one in REGULATORS],
    "level": Level.PGDIP,
    "provider_id": 1,
    "doctors_and_dentists": DoctorsAndDentists.TO_CONFIRM,
    "asks_place": True,
    "asks_level_before": True,
    "asks_first_funding": True,
}
FITS = Applicant(
    takes_part=True,
    profession=Profession.NURSE,
    regulator=Regulator.NMC,
    number="12A3456B",
    programme_level=Level.PGDIP,
    provider_id=1,
    is_enrolled=True,
    place="",
    passed={Level.PGCERT},
    level_before="",
    was_funded=False,
    was_funded_here=False,
    is_retake=False,
)


@given(st.data(), entries, st.text(min_size=1))
def test_the_order_does_not_depend_on_the_order_of_the_rows(data, some, seed):
    shuffled = data.draw(st.permutations(some))
    assert in_order(seed, some) == in_order(seed, shuffled)
    names = [one.reference for one in some]
    assert drawn(seed, names) == drawn(seed, reversed(names))


@given(entries, st.text(min_size=1))
def test_more_points_come_first_and_the_lottery_decides_between_equal_ones(some, seed):
    ordered = in_order(seed, some)
    assert sorted(one.reference for one in ordered) == sorted(one.reference for one in some)
    for one, following in pairwise(ordered):
        assert one.score >= following.score
        if one.score == following.score:
            assert ticket(seed, one.reference) < ticket(seed, following.reference)


@given(st.lists(references, min_size=1, unique=True), st.text(min_size=1))
def test_whoever_leaves_changes_nobody_elses_place_but_by_moving_up(names, seed):
    order = [reference for reference, _ in drawn(seed, names)]
    assert [one for one, _ in drawn(seed, order[1:])] == order[1:]


def test_a_ticket_is_what_the_page_says_how_to_compute():
    # printf %s 'spring:K7QM2XPD' | sha256sum
    assert ticket("spring", "K7QM2XPD") == "ca4269fcd67f0f112379871c0b6acb62f7098e4a9d9e51af3f6272559b59399c"


points = st.integers(0, POINTS_MAX)


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(1, 10), min_size=1), st.data())
def test_a_score_is_between_nothing_and_all_and_grows_with_each_point(weights, data):
    sheets = data.draw(st.lists(st.fixed_dictionaries(dict.fromkeys(weights, points)), min_size=1, max_size=4))
    score = score_of(sheets, weights)
    assert 0 <= score <= 1
    better = [dict.fromkeys(weights, POINTS_MAX), *sheets[1:]]
    assert score_of(better, weights) >= score
    assert score_of([*sheets, *sheets], weights) == score, "the mean, however many score"


def test_a_score_weighs_each_criterion_and_nothing_may_be_missing():
    assert score_of([{"a": 5, "b": 0}], {"a": 3, "b": 1}) == Fraction(3, 4)
    for sheets in ([], [{"a": 5}]):
        with pytest.raises(ValueError, match="every criterion"):
            score_of(sheets, {"a": 3, "b": 1})


@given(st.integers(1, 100), st.integers(0, 200))
def test_never_more_are_free_than_there_are(number, taken):
    assert 0 <= number_free(number, taken) <= number
    assert number_free(number, taken) + taken <= max(number, taken)


def call(**changes):
    return BursaryCall(**CALL | changes)


def applicant(**changes):
    return Applicant(**vars(FITS) | changes)


@pytest.mark.parametrize(
    ("changes", "unmet"),
    [
        ({}, []),
        ({"takes_part": False}, [Unmet.NO_ACCOUNT]),
        ({"regulator": None}, [Unmet.NOT_REGULATED]),
        ({"regulator": Regulator.SWE}, [Unmet.NOT_REGULATED]),
        ({"number": ""}, [Unmet.NO_NUMBER]),
        ({"programme_level": None, "provider_id": None}, [Unmet.NO_PLACE]),
        ({"programme_level": Level.PGCERT}, [Unmet.NO_PLACE]),
        ({"is_enrolled": False}, [Unmet.NO_PLACE]),
        ({"is_enrolled": False, "place": "By letter"}, []),
        ({"provider_id": 2}, [Unmet.PLACE_ELSEWHERE]),
        ({"passed": ()}, [Unmet.LEVEL_BEFORE]),
        ({"passed": (), "level_before": "Newcastle, 2025"}, []),
        ({"was_funded": True}, [Unmet.FUNDED_BEFORE]),
        ({"was_funded_here": True}, [Unmet.FUNDED_BEFORE]),
        ({"is_retake": True}, [Unmet.RETAKE]),
    ],
)
def test_each_condition_is_found_alone(changes, unmet):
    assert unmet_by(call(), applicant(**changes)) == unmet


def test_a_call_asks_only_what_it_says():
    asks_nothing = call(asks_place=False, asks_level_before=False, asks_first_funding=False, provider_id=None)
    nobody = applicant(programme_level=None, provider_id=None, passed=(), was_funded=True, is_retake=True)
    assert unmet_by(asks_nothing, nobody) == []
    assert unmet_by(call(level=Level.PGCERT), applicant(programme_level=Level.PGCERT, passed=())) == []


@pytest.mark.parametrize("profession", [Profession.DOCTOR, Profession.DENTIST])
def test_doctors_and_dentists_count_once_it_is_said(profession):
    one = applicant(profession=profession)
    assert unmet_by(call(), one) == []
    assert unmet_by(call(doctors_and_dentists=DoctorsAndDentists.MAY_APPLY), one) == []
    assert unmet_by(call(doctors_and_dentists=DoctorsAndDentists.MAY_NOT_APPLY), one) == [Unmet.DOCTOR_OR_DENTIST]


def test_each_condition_says_what_is_wrong_and_what_to_do():
    assert TO_APPLICANT.keys() == set(Unmet)
    assert len(set(TO_APPLICANT.values())) == len(Unmet)


@given(st.integers(0, 10**9))
def test_a_sum_is_read_as_it_is_written(pence):
    assert pence_in(pounds(pence)) == pence


@pytest.mark.parametrize("typed", ["", "4,50", "-3", "1.5", "12,34,567", "ten", "4500.005"])
def test_what_is_no_sum_is_not_guessed(typed):
    with pytest.raises(ValueError, match="money"):
        pence_in(typed)
