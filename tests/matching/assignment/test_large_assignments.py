"""The way of large assignments, auction and shortest paths, taken for small problems and random flows."""

import dataclasses
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from matching import STAGES, Learner, Mentor, NothingFound, Pair, Problem, Study, check, solve
from matching.assignment import auction
from matching.assignment import dense as slots
from matching.assignment import solve as assignment
from tests.matching.lexicographic.test_solve import assert_best
from tests.matching.small_problems import problems


@pytest.fixture(autouse=True, scope="module")
def no_slots() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(slots, "MOST_CELLS", -1)
        yield


@given(problems(stages=STAGES))
def test_all_stages_are_optimal_and_checked(problem: Problem) -> None:
    assert_best(problem)


@given(problems(stages=STAGES, plain=True))
def test_they_are_when_nothing_but_places_limits(problem: Problem) -> None:
    assert_best(problem)


@given(problems(stages=STAGES))
def test_they_are_when_every_auction_becomes_a_price_war(problem: Problem) -> None:
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(auction, "BIDS_OF_A_LEARNER", 0)
        assert_best(problem)


@given(problems(stages=STAGES))
def test_they_are_without_any_auction(problem: Problem) -> None:
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(assignment, "auction", _no_auction)
        assert_best(problem)


def _no_auction(network, deadline):
    return np.zeros(network.ground + 1, dtype=np.int64), np.full(network.learners, -1)


@st.composite
def two_sided(draw: st.DrawFn) -> Problem:
    """Up to 60 learners and 25 mentors; every mentor on one of 8 studies, whose places may bind as well."""
    chance = np.random.default_rng(draw(st.integers(0, 10**6)))
    learners, mentors = draw(st.integers(1, 60)), draw(st.integers(1, 25))
    best = draw(st.sampled_from([1, 3, 1000]))
    places, study_places = draw(st.sampled_from([1, 2, 5])), draw(st.sampled_from([3, 8, 100]))
    study = chance.integers(0, 8, mentors)
    share = draw(st.sampled_from([0.1, 0.3, 1.0]))
    linked = np.argwhere(chance.random((learners, mentors)) < share)
    return Problem(
        learners=tuple(Learner(f"L{at}") for at in range(learners)),
        mentors=tuple(Mentor(f"M{at}", int(chance.integers(0, places + 1))) for at in range(mentors)),
        studies=tuple(Study(f"S{at}", int(chance.integers(1, study_places + 1))) for at in range(8)),
        pairs=tuple(
            Pair(f"L{one}", f"M{other}", f"S{study[other]}", int(chance.integers(0, best + 1))) for one, other in linked
        ),
        stages=tuple(draw(st.permutations(["placed", "score", "even_load", "lottery"]))),
        seed="autumn",
    )


@given(two_sided())
def test_middle_rounds_come_out_as_by_slots(problem: Problem) -> None:
    solution = solve(problem)
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(slots, "MOST_CELLS", 4_000_000)
        other = solve(problem)
    assert solution.stages == other.stages
    assert solution.placed == other.placed
    report = check(problem, solution)
    assert report.valid
    assert report.proved


@given(st.integers(0, 10**6), st.integers(1, 40), st.sampled_from([1, 7, 1000]))
def test_a_full_table_reaches_the_value_of_linear_sum_assignment(seed: int, size: int, best: int) -> None:
    score = np.random.default_rng(seed).integers(0, best + 1, (size, size))
    solution = solve(_table(score))
    assert solution.stages[0].value == score[linear_sum_assignment(score, maximize=True)].sum()


def _table(score) -> Problem:
    rows, columns = score.shape
    return Problem(
        learners=tuple(Learner(f"L{at}") for at in range(rows)),
        mentors=tuple(Mentor(f"M{at}", 1) for at in range(columns)),
        studies=(Study("S", rows),),
        pairs=tuple(Pair(f"L{r}", f"M{c}", "S", int(score[r, c])) for r in range(rows) for c in range(columns)),
        stages=("score",),
    )


@pytest.mark.parametrize("looks", range(1, 12, 2))
def test_a_stopped_assignment_keeps_what_it_has_with_a_bound(looks: int) -> None:
    score = np.random.default_rng(1).integers(0, 1001, (30, 30))
    looked = iter(range(looks))
    solution = solve(_table(score), cancelled=lambda: next(looked, None) is None)
    best = score[linear_sum_assignment(score, maximize=True)].sum()
    stage = solution.stages[0]
    assert solution.status == "stopped"
    assert isinstance(stage.value, int)
    assert isinstance(stage.bound, int)
    assert stage.value <= best <= stage.bound
    assert check(_table(score), solution).valid


def test_a_stop_before_anything_permitted_is_found_says_so() -> None:
    problem = _table(np.ones((4, 4)))
    pinned = dataclasses.replace(problem, mentors=tuple(Mentor(f"M{at}", 1, 1) for at in range(4)))
    with pytest.raises(NothingFound):
        solve(pinned, cancelled=lambda: True)
