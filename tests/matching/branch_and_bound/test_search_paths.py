"""What a search does only where much is left to decide, done everywhere, against brute force and a MIP solver."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from matching import STAGES, Problem, check, solve
from matching.branch_and_bound.diving import dive
from matching.branch_and_bound.search import branch_and_bound
from matching.deadline import Deadline
from matching.lp.lp_outcome import LpOutcome
from matching.model.components import components_of
from matching.model.face import Goal
from matching.model.subproblem import Subproblem
from tests.matching.lexicographic.test_solve import assert_best
from tests.matching.lp.test_column_generation import choices
from tests.matching.small_problems import problems
from tests.matching.test_against_milp import random_round, values_by_milp


@contextmanager
def hard_everywhere(twins: bool = True) -> Iterator[list[int]]:
    """No cuts, a dive before the first split, and a twin for every programme; counts the steps of dives."""
    steps: list[int] = []

    def counted(*told: Any) -> Iterator[LpOutcome]:
        for step in dive(*told):
            steps.append(1)
            yield step

    with pytest.MonkeyPatch.context() as changed:
        changed.setattr("matching.branch_and_bound.cut_rounds.ROUNDS", 0)
        changed.setattr("matching.branch_and_bound.search.FIRST_DIVE", -1)
        changed.setattr("matching.branch_and_bound.search.dive", counted)
        if twins:
            changed.setattr("matching.branch_and_bound.node_lp.PAIRS_WORTH_A_TWIN", 0)
        yield steps


@given(problems(stages=STAGES))
def test_small_rounds_are_as_good(problem: Problem) -> None:
    with hard_everywhere():
        assert_best(problem)


def test_middle_sized_rounds_are_as_good_and_their_trees_hold() -> None:
    dives = 0
    for seed in range(4):
        problem = random_round(seed, 60, 3)
        with hard_everywhere() as steps:
            solution = solve(problem)
        assert [stage.value for stage in solution.stages] == values_by_milp(problem)
        assert check(problem, solution).proved
        dives += len(steps)
    assert dives


@given(problems(["score"]))
def test_a_search_finds_the_best_choice_with_or_without_twins(problem: Problem) -> None:
    for component in components_of(problem):
        subproblem = Subproblem(component.face, Goal("score", component.score))
        best = max((subproblem.value(mask) for mask in choices(subproblem.face)), default=None)
        for twins in (False, True):
            with hard_everywhere(twins):
                chosen = branch_and_bound(subproblem, None, Deadline()).chosen
            assert (None if chosen is None else subproblem.value(chosen)) == best
            assert chosen is None or subproblem.admits(np.array(chosen))
