"""A restriction says of its choices what the larger subproblem says of them when they are lifted."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import STAGES, Learner, Mentor, Pair, Problem, Study
from matching.lp.lagrangian import Multipliers, fixed_by_reduced_cost, lagrangian_bound
from matching.model.components import components_of
from matching.model.face import Goal, Held
from matching.model.subproblem import Subproblem
from tests.matching.lp.test_column_generation import choices
from tests.matching.small_problems import problems


def subproblems(problem: Problem, squares: bool) -> list[Subproblem]:
    return [Subproblem(one.face, Goal("score", one.score, squares)) for one in components_of(problem)]


@given(problems(STAGES), st.integers(0, 2**32), st.booleans())
def test_what_is_lifted_has_the_same_value_and_is_admitted_alike(problem: Problem, seed: int, squares: bool) -> None:
    for whole in subproblems(problem, squares):
        chance = np.random.default_rng(seed)
        narrow = whole.restricted(chance.random(whole.pair_count) < 0.6)
        chosen = chance.random(narrow.pair_count) < 0.5
        lifted = narrow.lifted(chosen)
        assert lifted.sum() == chosen.sum()
        assert (narrow.kept_of(lifted) == chosen).all()
        assert narrow.value(chosen) == whole.value(lifted)
        assert narrow.admits(chosen) == whole.admits(lifted)
        assert (narrow.face.pair == narrow.kept_of(whole.face.pair)).all()


@given(problems(STAGES), st.integers(0, 2**32), st.booleans())
def test_fixing_by_reduced_cost_keeps_every_choice_within_the_gap(problem: Problem, seed: int, squares: bool) -> None:
    for whole in subproblems(problem, squares):
        rows = np.random.default_rng(seed).integers(-200, 600, whole.face.none + 1)
        rows[-1] = 0
        lagrangian = lagrangian_bound(whole, Multipliers(1, rows, ()))
        for mask in choices(whole.face):
            value = whole.value(mask)
            narrow = fixed_by_reduced_cost(whole, lagrangian, lagrangian.gap(value))
            kept = narrow.kept_of(mask)
            assert (narrow.lifted(kept) == mask).all()
            assert narrow.admits(kept)


def test_of_two_choices_the_first_is_better_unless_the_other_has_a_larger_value() -> None:
    face = two_pairs().face
    one, other = np.array([True, False]), np.array([False, True])
    for worth, better in (([1, 1], one), ([1, 2], other), ([2, 1], one)):
        assert Subproblem(face, Goal("score", np.array(worth))).better(one, other) is better
    assert two_pairs().better(None, None) is None
    assert two_pairs().better(None, other) is other


@pytest.mark.parametrize(
    ("share", "rounded"), [([0.0, 0.99], [False, True]), ([0.0, 0.9], None), ([1.0, 1.0], None), (None, None)]
)
def test_shares_round_to_a_choice_if_they_are_nearly_whole_and_obey_the_limits(
    share: list[float] | None, rounded: list[bool] | None
) -> None:
    chosen = two_pairs().rounded(None if share is None else np.array(share), tolerance=0.05)
    assert (None if chosen is None else chosen.tolist()) == rounded


def test_held_squares_count_as_squares_too() -> None:
    whole = two_pairs()
    held = Held(whole.goal.worth, True, 0, "even_load")
    assert not whole.counts_squares
    assert Subproblem(replace(whole.face, held=(held,)), whole.goal).counts_squares


def two_pairs() -> Subproblem:
    """One learner with two pairs."""
    problem = Problem(
        (Learner("L1"),),
        (Mentor("M1", 1), Mentor("M2", 1)),
        (Study("S1", 1),),
        (Pair("L1", "M1", "S1", 5), Pair("L1", "M2", "S1", 7)),
        ("score",),
    )
    (component,) = components_of(problem)
    return Subproblem(component.face, Goal("score", component.score))
