"""Whoever changes a solution on purpose, and seals it again, still cannot make `check` say what is not true."""

import dataclasses
import itertools
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matching import STAGES, BadProblem, Infeasible, Pair, Problem, check, read_solution, solution_to_json, solve
from matching.checker.stages import LISTED, SIGNS
from matching.files.seal import sealed
from tests.matching.checker.test_report import crossing, leaves, two_rivals
from tests.matching.small_problems import best_by_brute_force, chosen_pairs, is_permitted, problems, worth

Document = dict[str, Any]
SHIFTS = (-(10**40), -1000, -2, -1, 1, 2, 1000, 10**40)


def permitted_choices(problem: Problem) -> list[list[Pair]]:
    options = [[None, *(p for p in problem.pairs if p.learner == learner.id)] for learner in problem.learners]
    choices = ([pair for pair in choice if pair is not None] for choice in itertools.product(*options))
    return list(itertools.islice((choice for choice in choices if is_permitted(problem, choice)), 200))


def with_choice(document: Document, problem: Problem, chosen: list[Pair]) -> Document:
    """The document with other pairs, whose values are true and said to be the best."""
    placed = [
        {"learner": p.learner, "mentor": p.mentor, "study": p.study, "score": p.score, "rank": p.rank} for p in chosen
    ]
    left = {learner.id for learner in problem.learners} - {pair.learner for pair in chosen}
    stages = []
    for stage, counts in zip(document["stages"], worth(problem, chosen), strict=True):
        signed = [SIGNS.get(stage["name"], 1) * count for count in counts]
        digits = len(stage["value"]) if stage["name"] == "lottery" else len(signed)
        value = signed[:digits] if stage["name"] in LISTED else signed[0]
        stages.append({**stage, "value": value, "bound": value})
    unplaced = [{"learner": learner, "reason": "forged"} for learner in sorted(left)]
    return {**document, "placed": placed, "unplaced": unplaced, "stages": stages}


def places(part: Any) -> Iterator[tuple[Any, Any]]:
    """Everywhere in a JSON document that something can be changed: a container and a position in it."""
    for at, inner in part.items() if isinstance(part, dict) else enumerate(part):
        yield part, at
        if isinstance(inner, dict | list):
            yield from places(inner)


def rows_of(problem: Problem) -> list[list[str]]:
    openings = sorted({(pair.mentor, pair.study) for pair in problem.pairs})
    mentors = [[kind, mentor.id] for mentor in problem.mentors for kind in ("mentor", "hours")]
    studies = [["study", study.id] for study in problem.studies]
    return [*mentors, *studies, *(["opening", *opening] for opening in openings), ["cut", "0"]]


def add_something(draw: Callable[[Any], Any], goal: Document, problem: Problem) -> None:
    """Prices, a cut or a split more, well formed, that nothing asked for."""
    row, number = draw(st.sampled_from(rows_of(problem))), draw(st.integers(-3, 3))
    rows = [other for other in rows_of(problem) if other[0] == row[0]] if draw(st.booleans()) else [row]
    what = draw(st.sampled_from(["price", "cut", "case"]))
    if what == "price":
        prices = draw(st.sampled_from([goal, *(case for case in goal.get("cases", []) if "prices" in case)]))
        others = [one for one in prices["prices"] if one[:-1] not in rows]
        prices["prices"] = [*others, *([*row, number] for row in rows)]
    elif what == "cut":
        goal.setdefault("cuts", []).append({"rows": rows, "learners": [problem.learners[0].id]})
        goal.setdefault("cases", [{name: goal[name] for name in ("scale", "prices", "held")}])
    else:
        _split(goal, row, number)


def change_a_place(draw: Callable[[Any], Any], document: Document) -> None:
    """Anything at all shifted, dropped, said again or put in place of something else."""
    found = [*places(document["certificate"]["parts"]), *places(document["stages"])]
    if not found:
        return
    container, at = draw(st.sampled_from(found))
    inner, how = container[at], draw(st.sampled_from(["shift", "drop", "again", "other"]))
    if how == "shift" and type(inner) is int:
        container[at] = inner + draw(st.sampled_from(SHIFTS))
    elif how == "drop":
        del container[at]
    elif how == "again" and isinstance(container, list):
        container.append(json.loads(json.dumps(inner)))
    else:
        container[at] = json.loads(json.dumps(draw(st.sampled_from([one[place] for one, place in found]))))


def _split(goal: Document, row: list[str], most: int) -> None:
    """Two cases more, closed by the prices of the whole; if they were no cases before, the whole is split."""
    leaf = {name: goal[name] for name in ("scale", "prices", "held")}
    cases = goal.setdefault("cases", [leaf])
    cases[-1:] = [{"row": row, "most": most, "halves": [len(cases), len(cases) + 1]}, leaf, dict(leaf)]


def judge(problem: Problem, document: Document) -> None:
    """What `check` says of a document that was sealed again must be true by brute force."""
    try:
        solution = sealed(read_solution(document))
    except (BadProblem, TypeError, ValueError):  # what cannot even be read or sealed deceives nobody
        assume(False)
    report = check(problem, solution)
    if not report.valid:
        assert report.errors
        return
    chosen = chosen_pairs(problem, solution)
    assert is_permitted(problem, chosen)
    found = best_by_brute_force(problem)
    assert found is not None
    best, _ = found
    for stage, reached, optimal in zip(report.stages, worth(problem, chosen), best, strict=True):
        if stage.rests_on == "branch and bound" or stage.claimed is None:
            return
        if not stage.proved:
            claimed = stage.claimed if isinstance(stage.claimed, tuple) else (stage.claimed,)
            assert [SIGNS.get(stage.name, 1) * bound for bound in claimed] >= list(optimal)[: len(claimed)]
            return
        assert reached == optimal


@given(problems(stages=STAGES) | st.just(crossing()), st.data())
def test_no_forged_certificate_proves_what_is_not_the_best(problem: Problem, data: Any) -> None:
    if data.draw(st.booleans()):  # one stage alone is easier to forge
        problem = dataclasses.replace(problem, stages=problem.stages[:1])
    try:
        document = json.loads(solution_to_json(solve(problem)))
    except Infeasible:
        assume(False)
    if data.draw(st.booleans()):
        document = with_choice(document, problem, data.draw(st.sampled_from(permitted_choices(problem))))
    goals = [goal for part in document["certificate"]["parts"] for goal in part["goals"]]
    for _ in range(data.draw(st.integers(0, 2)) if goals else 0):
        add_something(data.draw, data.draw(st.sampled_from(goals)), problem)
    proof = data.draw(st.sampled_from([None, "dual bound", "dual bounds by cases"]))
    for stage in document["stages"]:
        stage["rests_on"] = proof or stage["rests_on"]
    if data.draw(st.integers(0, 3)) == 0:
        document["status"], document["stages"][-1]["proved"] = "stopped", False
    for _ in range(data.draw(st.sampled_from([0, 0, 0, 1, 2, 3]))):
        change_a_place(data.draw, document)
    judge(problem, document)


def rounds() -> list[Problem]:
    """Cases with cuts, a floor, lots, counts in turn and squared loads."""
    floored = dataclasses.replace(two_rivals(), stages=("floor", "even_load", "lottery"))
    in_turn = dataclasses.replace(two_rivals(), stages=("first_choices", "fewest_last", "rank_sum", "stay", "score"))
    return [crossing(), two_rivals(), floored, in_turn]


def stopped() -> Document:
    """The solution of `crossing` as it would be if time had been over before the cases."""
    document: Document = json.loads(solution_to_json(solve(crossing())))
    (goal,) = document["certificate"]["parts"][0]["goals"]
    for name in ("cuts", "cases", "sharper"):
        goal.pop(name, None)
    bound = check(crossing(), solve(crossing())).stages[0].bound
    document["stages"][0] |= {"bound": bound, "proved": False}
    document["status"] = "stopped"
    document["certificate"]["seal"] = sealed(read_solution(document)).certificate["seal"]
    return document


def documents() -> Iterator[tuple[Problem, Document]]:
    yield from ((problem, json.loads(solution_to_json(solve(problem)))) for problem in rounds())
    yield crossing(), stopped()


def changed_once(document: Document) -> Iterator[tuple[tuple[Any, ...], Document]]:
    """The document with one of its numbers changed, for every number in it."""
    for path, by in itertools.product(leaves(document), (-1, 1)):
        changed = json.loads(json.dumps(document))
        *way, last = path
        part = changed
        for step in way:
            part = part[step]
        part[last] += by
        yield path, changed


def test_every_number_of_a_solution_is_under_the_seal() -> None:
    for problem, document in documents():
        assert check(problem, read_solution(document)).valid
        for path, changed in changed_once(document):
            assert not check(problem, read_solution(changed)).valid, path


def test_every_number_that_is_changed_under_a_new_seal_is_found_or_still_true() -> None:
    for problem, document in documents():
        for _, changed in changed_once(document):
            judge(problem, changed)


def test_numbers_of_pairs_and_sizes_are_found_under_a_new_seal() -> None:
    for problem, document in documents():
        for path, changed in changed_once(document):
            if (
                path[0] == "placed"
                or (path[0] == "components" and path[2] in ("learners", "pairs"))
                or path[-1] == "value"
            ):
                assert not check(problem, sealed(read_solution(changed))).valid, path


def bound_of_stopped(bound: Any, goals: int = 1) -> Any:
    document = stopped()
    document["stages"][0]["bound"] = bound
    del document["certificate"]["parts"][0]["goals"][goals:]
    return check(crossing(), sealed(read_solution(document)))


def test_the_bound_of_a_stopped_solve_is_shown_by_prices_where_it_is_no_better_than_they_show() -> None:
    shown = stopped()["stages"][0]["bound"]
    for bound in (shown, shown + 1):
        report = bound_of_stopped(bound)
        (stage,) = report.stages
        assert report.valid
        assert not report.proved
        assert (stage.rests_on, stage.bound, stage.claimed, stage.proved) == ("dual bound", shown, bound, False)


def test_a_bound_better_than_prices_show_is_said_to_rest_on_the_search() -> None:
    shown, value = stopped()["stages"][0]["bound"], stopped()["stages"][0]["value"]
    assert value < shown
    report = bound_of_stopped(shown - 1)
    assert report.valid
    assert report.rests_on_search == ("placed",)
    assert bound_of_stopped(shown, goals=0).rests_on_search == ("placed",)


def test_a_bound_of_a_stopped_solve_that_the_pairs_already_pass_is_wrong() -> None:
    value = stopped()["stages"][0]["value"]
    report = bound_of_stopped(value - 1)
    assert any("beyond its bound" in error for error in report.errors)


def test_a_bound_on_the_wrong_side_of_a_count_of_which_less_is_better_is_wrong() -> None:
    problem = dataclasses.replace(two_rivals(), stages=("placed", "rank_sum"))
    document = json.loads(solution_to_json(solve(problem)))
    document["status"] = "stopped"
    for bound, is_valid in ((4, False), (2, True)):
        document["stages"][1] |= {"value": 3, "bound": bound, "proved": False}
        report = check(problem, sealed(read_solution(document)))
        assert report.valid == is_valid
    assert report.stages[1].rests_on == "dual bound"


def test_a_stopped_solve_that_calls_itself_optimal_is_found() -> None:
    document = stopped() | {"status": "optimal"}
    report = check(crossing(), sealed(read_solution(document)))
    assert any("by its stages it would be stopped" in error for error in report.errors)


def certificate_with(**changes: Any) -> Any:
    """What `check` says when the only entry of `crossing` is changed."""
    document = json.loads(solution_to_json(solve(crossing())))
    (goal,) = document["certificate"]["parts"][0]["goals"]
    goal |= changes
    return check(crossing(), sealed(read_solution(document)))


LEAF: Document = {"scale": 1, "prices": [], "held": []}


@pytest.mark.parametrize(
    "changes",
    [
        {"scale": -1},
        {"scale": True},
        {"held": [1]},
        {"held": [-1]},
        {"prices": [["hours", "M1", 1]]},
        {"prices": [["cut", "0", 1]]},
        {"prices": [[]]},
        {"prices": [[5]]},
        {"prices": [["mentor", "M1", 1], ["mentor", "M1", 1]]},
        {"prices": [["mentor", "M1", 10**1000]]},
        {"cuts": [{"rows": [["opening", "M1"]], "learners": []}]},
        {"cuts": [{"rows": [["mentor", "nobody"]], "learners": []}]},
        {"cases": []},
        {"cases": [{"row": ["mentor", "M1"], "most": 0, "halves": [0, 0]}]},
        {"cases": [{"row": ["mentor", "M1"], "most": 0, "halves": [1, 1]}, LEAF]},
        {"cases": [{"pair": ["nobody", "M1", "S1"], "halves": [1, 2]}, LEAF, LEAF]},
        {
            "cases": [
                {"row": ["hours", "M1"], "most": 0, "halves": [1, 2]},
                *[{"scale": 1, "prices": [], "held": []}] * 2,
            ]
        },
    ],
)
def test_an_entry_that_says_something_impossible_proves_nothing(changes: dict[str, Any]) -> None:
    report = certificate_with(**changes)
    assert not report.valid
    assert report.errors


def test_the_same_count_cannot_have_two_entries_nor_a_learner_two_parts() -> None:
    document = json.loads(solution_to_json(solve(crossing())))
    (part,) = document["certificate"]["parts"]
    twice = {**document, "certificate": {"parts": [{**part, "goals": part["goals"] * 2}]}}
    assert not check(crossing(), sealed(read_solution(twice))).valid
    shared = {**document, "certificate": {"parts": [part, {**part, "learners": part["learners"][:1]}]}}
    assert not check(crossing(), sealed(read_solution(shared))).valid


def test_a_certificate_that_holds_itself_or_no_json_is_told_so() -> None:
    solution = solve(two_rivals())
    circle: dict[str, Any] = {"parts": []}
    circle["parts"].append(circle)
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    for certificate in (circle, {"parts": deep}, {"parts": {1, 2}}, {"parts": [10**5000]}):
        report = check(two_rivals(), dataclasses.replace(solution, certificate=certificate))
        assert any("cannot be sealed" in error for error in report.errors)
