"""The objective stages as one registration: what it says of each, and that a further one needs nothing else."""

import ast
import dataclasses
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from numpy.typing import NDArray

from matching import (
    OBJECTIVES,
    STAGES,
    BadProblem,
    Infeasible,
    MorePlaces,
    Problem,
    check,
    problem_to_json,
    read_problem,
    solve,
)
from matching.checker.stages import SIGNS
from matching.checker.values import Count, Counts
from matching.model.face import Ints
from matching.model.objectives.bottleneck import Bottleneck
from matching.model.objectives.objective import FEWEST, MOST, Objective, Pairs, SingleGoal
from matching.reoptimise.what_if import Solved
from tests.matching.small_problems import Chosen, permitted_choices, problems
from tests.matching.test_against_milp import random_round

ROOT = Path(__file__).parents[2]
GOOD = 500


class GoodFits(SingleGoal):
    """Counts the pairs with a good score."""

    name = "good_fits"
    aim = "most learners with a score of 500 or more"

    def measure(self, pairs: Pairs) -> NDArray[np.bool_]:
        good: NDArray[np.bool_] = pairs.score >= GOOD
        return good


class PoorAndUneven(SingleGoal):
    """Adds what scores lack to the squared loads."""

    name = "poor_and_uneven"
    aim = "the points that the scores lack and the squared numbers of learners over the mentors as few as possible"
    sense = FEWEST
    counts_loads = True

    def measure(self, pairs: Pairs) -> Ints:
        return 1000 - pairs.score


class NobodyFarDown(Bottleneck):
    """Raises the lowest rank, counted from the end of a list of 100."""

    name = "nobody_far_down"
    aim = "the worst rank as good as possible"
    highest = 100

    def levels(self, pairs: Pairs) -> Ints:
        return self.highest - pairs.rank


def good_fits(problem: Problem, chosen: Chosen) -> int:
    return sum(pair.score >= GOOD for pair in chosen)


def poor_and_uneven(problem: Problem, chosen: Chosen) -> int:
    loads = Counter(pair.mentor for pair in chosen)
    return sum(1000 - pair.score for pair in chosen) + sum(load**2 for load in loads.values())


def worst_level(problem: Problem, chosen: Chosen) -> int:
    unranked = 1 + max((pair.rank for pair in problem.pairs if pair.rank), default=0)
    return min((100 - (pair.rank or unranked) for pair in chosen), default=100)


FURTHER: dict[type[Objective], Callable[[Problem, Chosen], int]] = {
    GoodFits: good_fits,
    PoorAndUneven: poor_and_uneven,
    NobodyFarDown: worst_level,
}


@pytest.fixture(params=FURTHER, ids=lambda further: further.name)
def further(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> type[Objective]:
    """A tenth stage, registered as a file of the package would be."""
    objective: type[Objective] = request.param
    monkeypatch.setitem(OBJECTIVES, objective.name, objective)
    return objective


@pytest.fixture
def known_to_the_checker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checker with definitions of its own of two of them."""
    defined = Counts._defined
    monkeypatch.setitem(SIGNS, "poor_and_uneven", -1)
    monkeypatch.setattr(
        Counts,
        "_defined",
        lambda counts: (
            defined(counts)
            | {
                "good_fits": [Count("good_fits", lambda pair: int(pair.score >= GOOD))],
                "poor_and_uneven": [Count("poor_and_uneven", lambda pair: pair.score - 1000, squares=True)],
            }
        ),
    )


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_says_what_it_is(stage: str) -> None:
    objective = OBJECTIVES[stage]
    assert objective.name == stage
    assert objective.__module__ == f"matching.model.objectives.{stage}", "it has a file of its own name"
    assert objective.aim
    assert objective.sense in (MOST, FEWEST)


def test_the_stages_keep_their_order() -> None:
    assert STAGES == (
        "placed", "score", "rank_sum", "first_choices", "fewest_last", "floor", "even_load", "stay", "lottery",
    )  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(problem=problems(["lottery"]))
def test_a_tenth_stage_needs_its_object_and_no_more(problem: Problem, further: type[Objective]) -> None:
    problem = dataclasses.replace(problem, stages=("placed", further.name, "lottery"))
    choices = list(permitted_choices(problem))
    if not choices:
        with pytest.raises(Infeasible):
            solve(problem)
        return
    most = max(map(len, choices))
    values = [FURTHER[further](problem, chosen) for chosen in choices if len(chosen) == most]
    solution = solve(problem)
    assert solution.status == "optimal"
    best = max(values) if further.sense == MOST else min(values)
    told = solution.stages[1]
    assert (told.name, told.value, told.bound, told.proved) == (further.name, best, best, True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(problem=problems(["lottery"]))
def test_its_certificate_proves_it_to_a_checker_that_knows_it(
    problem: Problem, further: type[Objective], known_to_the_checker: None
) -> None:
    if issubclass(further, Bottleneck):
        return
    problem = dataclasses.replace(problem, stages=(further.name, "score", further.name))
    if any(permitted_choices(problem)):
        report = check(problem, solve(problem))
        assert report.errors == ()
        assert report.proved


def test_the_check_keeps_definitions_of_its_own_and_says_that_it_has_none(further: type[Objective]) -> None:
    problem = dataclasses.replace(random_round(1, 24, 3), stages=("placed", further.name, "lottery"))
    report = check(problem, solve(problem))
    assert report.errors == (f"Stage {further.name} is none that this check knows: nothing from there on is shown.",)
    assert not report.valid
    assert [stage.name for stage in report.stages] == ["placed"]


def test_its_problems_are_read_and_asked_about_like_any(further: type[Objective]) -> None:
    problem = dataclasses.replace(random_round(1, 24, 3), stages=("placed", further.name, "score"))
    assert read_problem(problem_to_json(problem)) == problem
    solution = solve(problem)
    for mentor in problem.mentors[:4]:
        change = MorePlaces("mentor", mentor.id)
        difference = Solved(problem, solution).what_if(change)
        again = solve(change.apply(problem))
        assert [(stage.name, stage.after) for stage in difference.stages] == [
            (stage.name, stage.value) for stage in again.stages
        ]


def test_a_stage_that_is_not_registered_is_refused_with_those_that_are() -> None:
    problem = dataclasses.replace(random_round(1, 24, 3), stages=("good_fits",))
    with pytest.raises(BadProblem, match=r"'good_fits' is not a stage; the stages are placed, score, .*, lottery"):
        read_problem(json.loads(problem_to_json(problem)))


def test_the_guide_has_a_row_for_each_stage() -> None:
    guide = (ROOT / "docs" / "matching.md").read_text()
    assert [row for one in OBJECTIVES.values() if (row := f"| `{one.name}` | {one.aim} |") not in guide] == []


def test_a_stage_is_named_in_its_file_in_the_check_and_in_the_words_of_the_service() -> None:
    """Others ask the object; names that are also names of fields cannot be told apart here."""
    names = set(STAGES) - {"placed", "score"}
    places = {
        str(path.relative_to(ROOT))
        for package in ("app", "matching", "benchmarks")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and node.value in names
    }
    assert {place for place in places if not place.startswith(("matching/model/objectives/", "matching/checker/"))} == {
        "app/models/bursaries/calls.py",  # a lottery of its own
        "app/oversight/proposals.py",  # what decides where a placement could go on
        "app/phrasebook/answers/explanations.py",
        "app/phrasebook/stages.py",
        "app/phrasebook/of_rounds/policies.py",  # which stages a policy has, not what they are called
        "app/rounds/dossier/fair_shares.py",  # where it is the name of a number, as below
        "app/rounds/dossier/verify.py",
        "app/rounds/runs/writing.py",
        "benchmarks/full/rounds.py",
        "matching/problem.py",  # where nothing is said, the usual stages
    }
