"""What makes the relaxation tight, small and quick must never change what it is the relaxation of."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import Infeasible, Learner, Mentor, Pair, Problem, Study, check, solve
from matching.branch_and_bound.zero_half_cuts import members, violated_cuts, with_cuts
from matching.lp.dual_descent import can_descend, near_optimal_start
from matching.lp.highs_model import HighsModel
from matching.lp.lp_outcome import Basis
from matching.lp.presolve import presolve
from matching.model.components import components_of
from matching.model.face import Face, Goal
from matching.model.subproblem import Subproblem
from tests.matching.small_problems import problems


def choices(face: Face) -> list[np.ndarray]:
    """Every choice that the face admits."""
    of_learner = [[None, *np.flatnonzero(face.learner == who).tolist()] for who in range(len(face.must))]
    masks = []
    for combination in itertools.product(*of_learner):
        mask = np.zeros(len(face.pair), dtype=bool)
        mask[[at for at in combination if at is not None]] = True
        if face.admits(mask):
            masks.append(mask)
    return masks


@given(problems(["score"]), st.integers(0, 2**32))
def test_no_cut_excludes_a_permitted_choice(problem: Problem, seed: int) -> None:
    for component in components_of(problem):
        face = component.face
        shares = np.random.default_rng(seed).choice([0, 1 / 3, 1 / 2, 1], len(face.pair))
        for cut in violated_cuts(face, shares):
            inside, limit = members(face, cut)
            assert shares[inside].sum() > limit
            assert all(mask[inside].sum() <= limit for mask in choices(face))


def crossing_limits() -> Subproblem:
    """Three learners, any two of whom share a mentor, a study or both, with one place each."""
    triples = [("L1", "M1", "S1"), ("L2", "M1", "S2"), ("L3", "M2", "S1"), ("L1", "M2", "S2")]
    problem = Problem(
        tuple(Learner(f"L{at}") for at in (1, 2, 3)),
        tuple(Mentor(f"M{at}", 1) for at in (1, 2)),
        tuple(Study(f"S{at}", 1) for at in (1, 2)),
        tuple(Pair(*triple, 100) for triple in triples),
        ("score",),
    )
    (component,) = components_of(problem)
    return Subproblem(component.face, Goal("score", component.score))


def test_a_cut_sharpens_a_relaxation_that_halves_pairs() -> None:
    subproblem = crossing_limits()
    before = HighsModel(subproblem, np.arange(subproblem.pair_count)).run(10)
    assert before.share is not None
    cuts = violated_cuts(subproblem.face, np.full(subproblem.pair_count, 0.5))
    root_duals = HighsModel(with_cuts(subproblem, cuts), np.arange(subproblem.pair_count)).run(10)
    best = max(subproblem.value(mask) for mask in choices(subproblem.face))
    assert best <= root_duals.bound <= before.bound + 1e-6


@given(problems(["score"]))
def test_settling_what_has_no_choice_keeps_every_choice(problem: Problem) -> None:
    for component in components_of(problem):
        subproblem = Subproblem(component.face, Goal("score", component.score))
        left = presolve(subproblem)
        reached = sorted(subproblem.value(mask) for mask in choices(subproblem.face))
        assert sorted(left.worth + left.subproblem.value(mask) for mask in choices(left.subproblem.face)) == reached


@given(problems(["score"], plain=True), st.booleans())
def test_a_guessed_beginning_ends_at_the_same_bound(problem: Problem, all_near: bool) -> None:
    for component in components_of(problem):
        subproblem = Subproblem(component.face, Goal("score", component.score))
        if not subproblem.pair_count or not can_descend(subproblem):
            continue
        start = near_optimal_start(subproblem)
        everything = np.arange(subproblem.pair_count)
        model = HighsModel(subproblem, everything)
        model.begin_at(Basis(start.near if all_near else start.share > 0.5, start.alone, start.loose))
        assert model.run(10).bound == pytest.approx(HighsModel(subproblem, everything).run(10).bound)


@given(problems(["placed", "score", "rank_sum", "even_load"]))
def test_a_round_that_is_treated_as_large_and_cut_once_has_the_same_outcome(problem: Problem) -> None:
    try:
        usual = solve(problem)
    except Infeasible:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.lp.column_generation.MOST_PAIRS_AT_ONCE", 0)
        patch.setattr("matching.branch_and_bound.cut_rounds.ROUNDS", 1)
        large = solve(problem)
    assert [(stage.value, stage.bound) for stage in large.stages] == [(s.value, s.bound) for s in usual.stages]
    assert check(problem, large).proved


def test_a_programme_with_squared_loads_tells_no_basis_even_where_nobody_has_a_place() -> None:
    pairs = (Pair("L1", "M1", "S1"), Pair("L2", "M1", "S1"))
    problem = Problem((Learner("L1"), Learner("L2")), (Mentor("M1", 0),), (Study("S1", 0),), pairs, ("even_load",))
    (component,) = components_of(problem)
    even, placed = (
        Goal("even_load", np.zeros(2, dtype=np.int64), squares=True),
        Goal("placed", np.ones(2, dtype=np.int64)),
    )
    squared = HighsModel(Subproblem(component.face, even), np.arange(2))
    counted = HighsModel(Subproblem(component.face, placed), np.arange(2))
    assert squared.run(10).status == counted.run(10).status == "optimal"
    assert squared.basis() is None
    basis = counted.basis()
    assert basis is not None
    assert basis.pairs.sum() + basis.learners.sum() + basis.limits.sum() == 2 + component.face.none
