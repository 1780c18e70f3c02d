"""Where limits nest once what is decided is taken out, an assignment is the best choice, and its duals prove it."""

import dataclasses
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.rounds import Round, generate
from matching import Learner, Mentor, Pair, Pin, Problem, Study, check, solve
from matching.assignment import nested as module
from matching.assignment.laminar import laminar_tree_of
from matching.assignment.nested import nested
from matching.deadline import Deadline
from matching.lp.lagrangian import lagrangian_bound
from matching.lp.slack_limits import without_slack_limits
from matching.model.components import components_of
from matching.model.face import Goal
from matching.model.subproblem import Subproblem
from matching.solution import ASSIGNMENT, METHODS, PROGRAMME_AND_ASSIGNMENT
from tests.matching.lp.test_column_generation import choices
from tests.matching.small_problems import problems


@given(problems(["score", "even_load"]), st.booleans())
def test_the_assignment_is_the_best_choice_and_its_duals_prove_it(problem: Problem, squares: bool) -> None:
    for component in components_of(problem):
        subproblem = Subproblem(component.face, Goal("score", component.score, squares))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "PAIRS_BY_LEARNER", 1000)
            found = nested(subproblem)
        if found is None:
            continue
        permitted = choices(component.face)
        assigned = found.assigned(Deadline(None))
        if assigned is None:
            assert permitted == []
        else:
            best = max(map(subproblem.value, permitted))
            assert subproblem.admits(assigned.chosen)
            assert subproblem.value(assigned.chosen) == best
            assert lagrangian_bound(subproblem, assigned.duals).integer_bound == best


@given(problems(["score"]))
def test_limits_left_out_as_slack_cut_nothing_off(problem: Problem) -> None:
    for component in components_of(problem):
        subproblem = Subproblem(component.face, Goal("score", component.score))
        loose = without_slack_limits(subproblem)
        assert [one.tolist() for one in choices(loose.face)] == [one.tolist() for one in choices(component.face)]


def test_limits_that_cross_nest_once_those_that_cannot_bind_are_left_out() -> None:
    problem = two_mentors_on_two_studies(study_places=4)
    (component,) = components_of(problem)
    assert laminar_tree_of(component.face) is not None, "limits without effect are not even read"
    (component,) = components_of(two_mentors_on_two_studies(study_places=2))
    assert laminar_tree_of(component.face) is None


def test_an_ordinary_round_is_decided_by_assignment_where_its_limits_cross_too() -> None:
    problem = generate(Round(80, 8, regions=2, stages=("placed", "score", "first_choices", "lottery")))
    solution = solve(problem)
    methods: Counter[str] = sum((Counter(dict(one.methods)) for one in solution.components), Counter())
    assert {component.path for component in solution.components} == {"three-way"}
    assert methods[ASSIGNMENT] > 0
    assert methods[PROGRAMME_AND_ASSIGNMENT] > 0
    assert set(methods) <= set(METHODS)
    assert check(problem, solution).proved


def test_a_pin_that_takes_the_last_place_leaves_none() -> None:
    problem = two_mentors_on_two_studies(2)
    pinned = dataclasses.replace(problem, pins=(Pin("L1", "M1", "S1", "agreed"), Pin("L2", "M1", "S2", "agreed")))
    placed = {one.learner: (one.mentor, one.study) for one in solve(pinned).placed}
    assert placed == {"L1": ("M1", "S1"), "L2": ("M1", "S2"), **{who: placed[who] for who in ("L3", "L4")}}
    assert {placed[who][0] for who in ("L3", "L4")} == {"M2"}


def two_mentors_on_two_studies(study_places: int) -> Problem:
    """Four learners who could be on any of four openings; mentors take two each."""
    learners = tuple(Learner(f"L{at}") for at in range(1, 5))
    hosts = [("M1", "S1"), ("M1", "S2"), ("M2", "S1"), ("M2", "S2")]
    pairs = tuple(
        Pair(learner.id, mentor, study, 100 * at + 10 * (at * host % 4))
        for at, learner in enumerate(learners)
        for host, (mentor, study) in enumerate(hosts)
    )
    studies = (Study("S1", study_places), Study("S2", study_places))
    return Problem(learners, (Mentor("M1", 2), Mentor("M2", 2)), studies, pairs, ("placed", "score"), "spring")
