"""What pages and docs say of learners who do not say what they mean is what was measured."""

import re
from pathlib import Path

import pytest

from app.rounds.policies import POLICIES
from benchmarks.behaviour import BEHAVIOURS, LISTED, MARKS, gains_in, round_of, summed_up, told

PAGE = Path(__file__).resolve().parents[1] / "docs" / "matching.md"
BY_FIT, BY_RANK = (0, 4), (1, 2, 3)
CELL = re.compile(r"(\d+) / (\d+), ([+-][\d.]+) ± ([\d.]+)")


@pytest.fixture(scope="module")
def measured() -> dict[str, list[tuple[float, float, float, float]]]:
    """The table in the docs: better, worse, gain and noise of each behaviour, a policy after the other."""
    table = PAGE.read_text(encoding="utf-8").split(MARKS[0])[1].split(MARKS[1])[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if CELL.search(line)]
    cells = {row[0]: [CELL.fullmatch(cell) for cell in row[1:]] for row in rows}
    return {name: [tuple(map(float, one.groups())) for one in row if one] for name, row in cells.items()}  # type: ignore[misc]


def test_the_table_has_each_behaviour_under_each_policy(measured):
    assert list(measured) == list(BEHAVIOURS)
    assert {len(row) for row in measured.values()} == {len(POLICIES)}
    assert ["score" in policy.stages[:2] for policy in POLICIES] == [at in BY_FIT for at in range(len(POLICIES))]


def test_under_best_fit_the_order_changes_nothing_and_words_gain_in_half_of_the_tries(measured):
    for at in BY_FIT:
        assert measured["swaps her first two choices"][at][:2] == (0, 0)
        assert measured["leaves her last choice off the list"][at][:2] == (0, 0)
        better, worse, *_ = measured["writes what fits her first choice"][at]
        assert (45 <= better <= 55, worse) == (True, 0)


def test_where_ranks_count_another_order_loses_two_to_three_times_as_often_as_it_gains(measured):
    for at in BY_RANK:
        better, worse, gain, noise = measured["swaps her first two choices"][at]
        assert 2 <= worse / better <= 3
        assert gain < -noise


def test_where_ranks_count_a_list_one_shorter_gains_a_little_and_a_list_of_one_loses(measured):
    for at in BY_RANK:
        _, _, gain, noise = measured["leaves her last choice off the list"][at]
        assert noise < gain < 0.2
        assert measured["ranks her first choice alone"][at][2] < 0


def test_refusing_others_gains_on_the_average_under_every_policy(measured):
    assert all(gain > noise for _, _, gain, noise in measured["takes no other than her list"])
    assert all(gain < 0 for _, _, gain, _ in measured["takes her first choice or nothing"])


def test_only_the_one_who_tries_says_something_else():
    problem, lists = round_of(1)
    for name, behaviour in BEHAVIOURS.items():
        tried = told(problem, "L0", lists["L0"], behaviour)
        changed = {pair.learner for pair in set(problem.pairs) ^ set(tried.pairs)}
        assert changed == {"L0"}, name
    assert {len(wanted) for wanted in lists.values()} == {LISTED}


def test_the_same_round_gives_the_same_gains():
    stages = ("placed", "score", "lottery")
    first = list(gains_in(3, stages))
    assert first == list(gains_in(3, stages))
    assert {gain for name, gain in first if name == "swaps her first two choices"} == {0}


def test_the_noise_is_that_between_rounds():
    found = summed_up([[1, 1], [-1, -1], [0, 0]])
    assert found.better == found.worse == pytest.approx(100 / 3)
    assert found.gain == 0
    assert found.noise == pytest.approx(2 / 3**0.5)
