"""What a coordinator reads while a run is solved: the stage, the best so far and what it cannot exceed."""

import pytest

from app.rounds.policies import STAGES
from app.rounds.runs.progress import progress_in_words
from matching import Learner, Mentor, Pair, Problem, Progress, Study, solve


@pytest.mark.parametrize(
    ("stage", "best", "bound", "ending"),
    [
        ("score", 1200, 1300, "summed over everybody: 1,200 found, at most 1,300 possible"),
        ("rank_sum", -172, -150, "the smallest sum of ranks: 172 found, at least 150 possible"),
        ("fewest_last", -12, 0, "at the next place up, and so on: 12 found, at least 0 possible"),
        ("lottery", 373005, 400000, "Lottery"),
        ("placed", None, None, "Place as many learners as possible"),
        ("placed", 0, None, "Place as many learners as possible"),
    ],
)
def test_it_says_what_is_found_and_what_could_still_be(stage, best, bound, ending):
    words = progress_in_words(Progress(stage, 1, 4, best, bound))
    assert words.startswith("Part 2 of 4. ")
    assert words.endswith(ending)


@pytest.mark.parametrize("stage", STAGES)
def test_no_aim_is_told_in_numbers_below_zero(stage):
    if stage == "stay":
        return
    pairs = tuple(
        Pair(f"L{one}", f"M{mentor}", f"S{(one * mentor) % 3}", 100 * (one + mentor) % 900, mentor + 1)
        for one in range(6)
        for mentor in range(3)
    )
    hosts = tuple(Mentor(f"M{n}", 2) for n in range(3)), tuple(Study(f"S{n}", 2) for n in range(3))
    told: list[str] = []
    learners = tuple(Learner(f"L{n}") for n in range(6))
    solve(
        Problem(learners, *hosts, pairs, (stage, "lottery")), progress=lambda one: told.append(progress_in_words(one))
    )
    assert told
    assert not any("-" in words for words in told)
