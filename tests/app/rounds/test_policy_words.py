"""The policies in the words in which a coordinator chooses them and later reads what a run aimed at."""

import pytest

from app.rounds.policies import POLICIES, STAGES, meaning_of, stages_of

MEANINGS = {
    ("placed", "score"): "Place as many learners as possible, then the best fit overall",
    ("placed", "rank_sum", "score"): "Place as many as possible, then learners’ own ranking",
    ("placed", "first_choices", "score"): "Place as many as possible, then as many first choices as possible",
    ("placed", "fewest_last", "score"): "Place as many as possible, then nobody far down their list",
    ("score", "placed"): "Best fit overall first, even where that places fewer learners",
}


def test_each_policy_means_what_its_stages_do():
    assert {policy.stages: policy.meaning for policy in POLICIES} == MEANINGS
    assert [policy.key for policy in POLICIES] == ["fit", "ranking", "first", "generous", "fit_first"]


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.key)
def test_a_policy_is_read_back_from_the_stages_that_it_gives_a_run(policy):
    stages = stages_of(policy.key)
    assert stages == (*policy.stages, "lottery")
    assert meaning_of(list(stages)) == meaning_of(stages) == policy.meaning


@pytest.mark.parametrize(
    ("stages", "words"),
    [
        (["score", "lottery"], "The best fit of interests, summed over everybody"),
        (
            ["score", "placed", "even_load", "lottery"],
            "The best fit of interests, summed over everybody; then: place as many learners as possible; "
            "then: learners spread evenly over the mentors",
        ),
        (
            ["placed", "score"],
            "Place as many learners as possible; then: the best fit of interests, summed over everybody",
        ),
        (["lottery"], "Lottery alone"),
    ],
)
def test_other_orders_are_told_stage_by_stage(stages, words):
    assert meaning_of(stages) == words


def test_the_lottery_is_no_aim_of_ones_own():
    assert "lottery" not in STAGES
    assert len(STAGES) == 8
