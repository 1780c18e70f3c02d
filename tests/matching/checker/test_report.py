"""`check` finds what is wrong with a solution, whoever changed it."""

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matching import (
    STAGES,
    Infeasible,
    Learner,
    Mentor,
    Pair,
    Pin,
    Problem,
    Solution,
    StageResult,
    Study,
    Unplaced,
    UnplacedKind,
    check,
    read_solution,
    solution_to_json,
    solve,
)
from matching.files.seal import sealed
from tests.matching.small_problems import problems


def two_rivals() -> Problem:
    pairs = (Pair("L1", "M1", "S1", 900, 1), Pair("L2", "M1", "S1", 800, 1), Pair("L2", "M2", "S1", 100, 2))
    return Problem(
        (Learner("L1"), Learner("L2")),
        (Mentor("M1", 1), Mentor("M2", 1)),
        (Study("S1", 2),),
        pairs,
        ("placed", "score", "lottery"),
        "spring",
    )


def leaves(document: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all numbers in a JSON document."""
    if isinstance(document, dict):
        return [leaf for name, part in document.items() for leaf in leaves(part, (*path, name))]
    if isinstance(document, list):
        return [leaf for at, part in enumerate(document) for leaf in leaves(part, (*path, at))]
    return [path] if isinstance(document, int | float) and not isinstance(document, bool) else []


@given(problems(stages=STAGES), st.data())
def test_any_number_that_was_changed_is_found(problem: Problem, data: Any) -> None:
    try:
        document = json.loads(solution_to_json(solve(problem)))
    except Infeasible:
        assume(False)
    *way, last = data.draw(st.sampled_from(leaves(document)))
    part = document
    for step in way:
        part = part[step]
    part[last] += data.draw(st.sampled_from([-2, -1, 1, 1000]))
    report = check(problem, read_solution(document))
    assert not report.valid
    assert report.errors


@given(problems(stages=STAGES), st.data())
def test_a_worse_choice_is_found_even_with_a_new_seal_and_fitting_values(problem: Problem, data: Any) -> None:
    try:
        solution = solve(dataclasses.replace(problem, stages=("placed",), pins=()))
    except Infeasible:
        assume(False)
    assume(solution.placed and solution.stages[0].rests_on == "dual bound")
    assume(not any(mentor.minimum or mentor.minimum_if_used for mentor in problem.mentors))
    assume(not any(study.minimum or study.minimum_if_used for study in problem.studies))
    problem = dataclasses.replace(problem, stages=("placed",), pins=())
    dropped = data.draw(st.sampled_from(solution.placed))
    fewer = tuple(one for one in solution.placed if one != dropped)
    told = (*solution.unplaced, Unplaced(dropped.learner, "forged", UnplacedKind.FULL))
    stage = dataclasses.replace(solution.stages[0], value=len(fewer), bound=len(fewer))
    forged = sealed(dataclasses.replace(solution, placed=fewer, unplaced=told, stages=(stage,)))
    report = check(problem, forged)
    assert not report.valid
    assert any("the prices leave 1 more of placed possible" in error for error in report.errors)


def forged(solution: Solution, **changes: Any) -> Solution:
    return sealed(dataclasses.replace(solution, **changes))


def test_a_solution_of_another_problem_is_found() -> None:
    other = dataclasses.replace(two_rivals(), seed="autumn")
    assert "another problem" in " ".join(check(other, solve(two_rivals())).errors)


def test_a_pair_that_does_not_exist_is_found() -> None:
    solution = solve(two_rivals())
    strange = dataclasses.replace(solution.placed[0], mentor="M2")
    report = check(two_rivals(), forged(solution, placed=(strange, *solution.placed[1:])))
    assert any("no such pair" in error for error in report.errors)


def test_a_limit_that_is_broken_is_found() -> None:
    solution = solve(two_rivals())
    moved = dataclasses.replace(solution.placed[1], mentor="M1", score=800, rank=1)
    report = check(two_rivals(), forged(solution, placed=(solution.placed[0], moved)))
    assert any("Mentor M1 has 2 learners, more than the capacity 1" in error for error in report.errors)


def test_a_pin_that_is_not_kept_is_found() -> None:
    solution = solve(two_rivals())
    pinned = dataclasses.replace(two_rivals(), pins=(Pin("L2", "M1", "S1"),))
    report = check(pinned, forged(solution, problem_digest=solve(pinned).problem_digest))
    assert any("The pin of L2" in error for error in report.errors)


@pytest.mark.parametrize("certificate", [{}, {"parts": []}, {"parts": "x"}, {"parts": [{"learners": ["L1"]}]}])
def test_a_certificate_that_says_nothing_proves_nothing(certificate: dict[str, Any]) -> None:
    report = check(two_rivals(), forged(solve(two_rivals()), certificate=certificate))
    assert not report.valid
    assert not report.proved


def test_prices_left_out_of_the_certificate_are_missed() -> None:
    solution = solve(two_rivals())
    certificate = json.loads(json.dumps(solution.certificate))
    certificate["parts"][0]["goals"].pop(1)
    report = check(two_rivals(), forged(solution, certificate=certificate))
    assert any("no prices for score" in error for error in report.errors)


def crossing() -> Problem:
    """Learners whose pairs cross so that prices stop above the best."""
    triples = [(1, 1, 1), (1, 2, 2), (2, 1, 2), (2, 2, 1), (3, 1, 1), (3, 2, 2)]
    pairs = tuple(Pair(f"L{at}", f"M{mentor}", f"S{study}", 10) for at, mentor, study in triples)
    none_or_two = tuple(Mentor(f"M{at}", 2, 0, 2) for at in (1, 2))
    learners = tuple(Learner(f"L{at}") for at in (1, 2, 3))
    return Problem(learners, none_or_two, (Study("S1", 2), Study("S2", 1)), pairs, ("placed",))


def test_a_gap_that_prices_leave_is_closed_by_cases_and_each_is_verified() -> None:
    solution = solve(crossing())
    report = check(crossing(), solution)
    assert report.proved
    assert [stage.rests_on for stage in report.stages] == ["dual bounds by cases"]
    assert report.stages[0].bound > report.stages[0].value  # type: ignore[operator]


def test_cases_that_were_cut_off_or_reopened_prove_nothing() -> None:
    solution = solve(crossing())
    (goal,) = solution.certificate["parts"][0]["goals"]
    without = forged(solution, certificate={"parts": [_part_of(solution, [{**goal, "cases": goal["cases"][:-1]}])]})
    assert not check(crossing(), without).valid
    free = [case if "halves" in case else {**case, "prices": []} for case in goal["cases"]]
    reopened = forged(solution, certificate={"parts": [_part_of(solution, [{**goal, "cases": free}])]})
    assert any("the prices leave" in error for error in check(crossing(), reopened).errors)


def _part_of(solution: Solution, goals: list[dict[str, Any]]) -> dict[str, Any]:
    return {"learners": solution.certificate["parts"][0]["learners"], "goals": goals}


def test_where_cases_become_too_many_the_search_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in (
        "reduced_cost_bands.MOST_NODES",
        "reduced_cost_bands.ENOUGH_NODES",
        "search.LEAST_NODES",
        "cut_rounds.ROUNDS",
    ):
        monkeypatch.setattr(f"matching.branch_and_bound.{limit}", 0)
    solution = solve(crossing())
    report = check(crossing(), solution)
    assert solution.stages[0].value == solve(crossing()).stages[0].value
    assert report.proved
    assert report.rests_on_search == ("placed",)


def nobody_placed(problem: Problem, stage: str, value: Any, goals: list[dict[str, Any]]) -> Solution:
    """A forged solution of a problem with one stage, where nobody is placed."""
    return forged(
        solve(problem),
        placed=(),
        unplaced=tuple(Unplaced(learner.id, "forged", UnplacedKind.FULL) for learner in problem.learners),
        stages=(StageResult(stage, value, value, True),),
        certificate={"parts": [{"learners": [learner.id for learner in problem.learners], "goals": goals}]},
    )


def test_a_price_for_an_opening_without_a_limit_proves_nothing() -> None:
    problem = dataclasses.replace(two_rivals(), stages=("placed",))
    prices = [["opening", mentor, "S1", 1] for mentor in ("M1", "M2")]
    goal = {"stage": 0, "goal": "placed", "scale": 1, "prices": prices, "held": []}
    report = check(problem, nobody_placed(problem, "placed", 0, [goal]))
    assert any("the prices leave" in error for error in report.errors)


def test_lots_that_were_never_drawn_decide_nothing() -> None:
    problem = dataclasses.replace(two_rivals(), stages=("lottery",))
    goal = {"stage": 0, "goal": "other", "scale": 1, "prices": [], "held": []}
    report = check(problem, nobody_placed(problem, "lottery", (), [goal]))
    assert any("no prices for lot 0" in error for error in report.errors)


def test_a_lot_that_was_passed_over_is_missed() -> None:
    problem = dataclasses.replace(two_rivals(), stages=("lottery",))
    solution = solve(problem)
    lots = solution.stages[0].value
    assert isinstance(lots, tuple)
    stage = dataclasses.replace(solution.stages[0], value=(*lots, 1), bound=None)
    (first, other) = solution.certificate["parts"][0]["goals"]
    renamed = [{**first, "goal": "lot 1"}, {**other, "held": []}]
    report = check(problem, forged(solution, stages=(stage,), certificate={"parts": [_part_of(solution, renamed)]}))
    assert any("no prices for lot 0" in error for error in report.errors)
