"""What leaving an opening off her list does for a learner: the smallest case in which it pays."""

from dataclasses import replace

import pytest

from matching import Learner, Mentor, Pair, Problem, Study, solve

SEEDS = range(40)
FULL = Problem(
    learners=(Learner("A"), Learner("B")),
    mentors=(Mentor("X", 1), Mentor("Y", 1)),
    studies=(Study("X", 1), Study("Y", 1)),
    pairs=tuple(
        Pair(learner, opening, opening, score=500, rank=rank)
        for learner in "AB"
        for rank, opening in enumerate("XY", 1)
    ),
)
SHORT = replace(FULL, pairs=tuple(replace(p, rank=None) if p.key == ("A", "Y", "Y") else p for p in FULL.pairs))


def draws_of_x(problem: Problem, stage: str) -> int:
    """In how many of 40 draws A gets X, which both want most."""
    runs = (solve(replace(problem, stages=("placed", stage, "lottery"), seed=str(seed))) for seed in SEEDS)
    return sum(("A", "X") in {(one.learner, one.study) for one in run.placed} for run in runs)


@pytest.mark.parametrize("stage", ["rank_sum", "first_choices", "fewest_last"])
def test_where_ranks_count_leaving_the_second_choice_off_wins_the_first(stage: str) -> None:
    """Y unranked counts as rank 3, so that giving it to A costs more than giving it to B."""
    assert (draws_of_x(FULL, stage), draws_of_x(SHORT, stage)) == (19, 40)


def test_where_only_the_fit_counts_the_list_changes_nothing() -> None:
    assert draws_of_x(FULL, "score") == draws_of_x(SHORT, "score") == 19
