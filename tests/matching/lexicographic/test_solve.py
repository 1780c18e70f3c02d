"""`solve` against brute force, with every feature of a problem mixed."""

import dataclasses
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import STAGES, BadProblem, Infeasible, Learner, Mentor, Pair, Problem, Study, check, solve
from tests.matching.small_problems import best_by_brute_force, chosen_pairs, is_permitted, problems, worth


def assert_best(problem: Problem) -> None:
    best = best_by_brute_force(problem)
    if best is None:
        with pytest.raises(Infeasible):
            solve(problem)
        return
    solution = solve(problem)
    chosen = chosen_pairs(problem, solution)
    assert is_permitted(problem, chosen)
    assert worth(problem, chosen) == best[0]
    assert solution.status == "optimal"
    if "lottery" in problem.stages:
        assert {pair.key for pair in chosen} == {pair.key for pair in best[1]}
    report = check(problem, solution)
    assert report.errors == ()
    assert report.valid
    assert report.proved
    assert report.rests_on_search == tuple(s.name for s in solution.stages if s.rests_on == "branch and bound")


@given(problems())
def test_the_first_four_stages_in_any_order_are_optimal_and_checked(problem: Problem) -> None:
    assert_best(problem)


@given(problems(stages=STAGES))
def test_all_stages_in_any_order_are_optimal_and_checked(problem: Problem) -> None:
    assert_best(problem)


@given(problems(stages=STAGES), st.randoms(use_true_random=False))
def test_the_order_of_the_parts_never_matters(problem: Problem, random: Random) -> None:
    other = with_each_list(problem, lambda parts: tuple(random.sample(parts, len(parts))))
    assert outcome(other) == outcome(problem)


def outcome(problem: Problem) -> tuple[Any, ...]:
    try:
        solution = solve(problem)
    except Infeasible as clash:
        return clash.clash, clash.remedies
    return solution.placed, solution.problem_digest, solution.stages


@given(problems(plain=True), st.data())
def test_a_place_more_never_places_fewer(problem: Problem, data: st.DataObject) -> None:
    problem = dataclasses.replace(problem, stages=("placed",))
    mentor = data.draw(st.sampled_from(problem.mentors))
    roomier = dataclasses.replace(mentor, capacity=mentor.capacity + 1)
    mentors = tuple(roomier if one == mentor else one for one in problem.mentors)
    before, after = solve(problem), solve(dataclasses.replace(problem, mentors=mentors))
    assert after.stages[0].value in (before.stages[0].value, before.stages[0].value + 1)  # type: ignore[operator]


@given(problems(stages=STAGES))
def test_renaming_changes_nothing_but_the_lots(problem: Problem) -> None:
    problem = dataclasses.replace(problem, stages=tuple(s for s in problem.stages if s != "lottery") or ("placed",))
    renamed = _renamed(problem)
    try:
        solution = solve(problem)
    except Infeasible:
        with pytest.raises(Infeasible):
            solve(renamed)
        return
    assert [stage.value for stage in solve(renamed).stages] == [stage.value for stage in solution.stages]


def _renamed(problem: Problem) -> Problem:
    def new(id_: str) -> str:
        return f"{9 - int(id_[1:])}-{id_[0]}"

    def part(one: Any) -> Any:
        names = {"id", "learner", "mentor", "study"} & set(one.__dataclass_fields__)
        return dataclasses.replace(one, **{name: new(getattr(one, name)) for name in names})

    return with_each_list(problem, lambda parts: tuple(map(part, parts)))


def with_each_list(problem: Problem, change: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> Problem:
    return Problem(
        learners=change(problem.learners),
        mentors=change(problem.mentors),
        studies=change(problem.studies),
        pairs=change(tuple(problem.pairs)),
        stages=problem.stages,
        seed=problem.seed,
        pins=change(problem.pins),
        previous=change(problem.previous),
        openings=change(problem.openings),
    )


def test_a_round_without_pairs_places_nobody_and_says_why() -> None:
    solution = solve(Problem((Learner("L1"),), (Mentor("M1", 1),), (Study("S1", 1),), (), stages=STAGES))
    assert solution.placed == ()
    assert solution.status == "optimal"
    assert solution.unplaced[0].kind == "no_pair"
    assert check(Problem((Learner("L1"),), (Mentor("M1", 1),), (Study("S1", 1),), (), stages=STAGES), solution).proved


def test_who_is_left_out_hears_which_openings_are_full() -> None:
    pairs = tuple(Pair(f"L{at}", "M1", "S1", 100 * at) for at in (1, 2, 3))
    problem = Problem(tuple(Learner(f"L{at}") for at in (1, 2, 3)), (Mentor("M1", 2),), (Study("S1", 5),), pairs)
    (unplaced,) = solve(problem).unplaced
    assert unplaced.learner == "L1"
    assert unplaced.kind == "full"
    assert unplaced.reason == "The only opening that fits is full: mentor M1 has all 2 places taken."
    assert "L2" not in unplaced.reason


def test_a_malformed_problem_is_refused_with_every_fault() -> None:
    pairs = (Pair("L2", "M1", "S1", 1001),)
    problem = Problem((Learner("L1"),), (Mentor("M1", -1),), (Study("S1", 1),), pairs, ("best",))
    with pytest.raises(BadProblem) as refused:
        solve(problem)
    assert [place for place, _ in refused.value.errors] == [
        "stages[0]",
        "mentors[0].capacity",
        "pairs[0].learner",
        "pairs[0].score",
    ]
