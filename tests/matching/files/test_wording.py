"""The engine's own words: the reasons of a solution file stay as they were, and every fact has some."""

import json
from pathlib import Path

import pytest

from matching import ClashItem, LimitKind, Release, StageResult, UnplacedKind, check, read_problem, read_solution, solve
from matching.files.wording import item_in_words, remedy_in_words, stage_in_words
from matching.solution import PROOFS

HERE = Path(__file__).parent
PROBLEM, SOLUTION = HERE / "earlier_problem.json", HERE / "earlier_solution.json"
HOST = {
    LimitKind.PIN: ("pin", "L1", "M1", "S1"),
    LimitKind.CAPACITY: ("opening", "M1", "S1"),
    LimitKind.MINIMUM: ("study", "S1"),
    LimitKind.MINIMUM_IF_USED: ("study", "S1"),
    LimitKind.HOURS: ("mentor", "M1"),
}


def test_a_solution_file_of_earlier_is_read_and_found_valid_and_proved() -> None:
    report = check(read_problem(PROBLEM.read_text()), read_solution(SOLUTION.read_text()))
    assert (report.valid, report.proved) == (True, True)


def test_a_solution_gives_the_reasons_that_its_file_gave_earlier() -> None:
    earlier = json.loads(SOLUTION.read_text())["unplaced"]
    found = solve(read_problem(PROBLEM.read_text())).unplaced
    assert {one.kind for one in found} == set(UnplacedKind)
    assert [(one.learner, one.reason, one.kind) for one in found] == [
        (one["learner"], one["reason"], one["kind"]) for one in earlier
    ]


@pytest.mark.parametrize(
    ("kind", "item", "remedy"),
    [
        (LimitKind.PIN, "L1 is pinned to M1 on S1 (agreed)", "Remove the pin of L1 to M1 on S1."),
        (
            LimitKind.CAPACITY,
            "mentor M1 on study S1 takes at most 1 learner",
            "Let mentor M1 on study S1 take 2 learners instead of 1.",
        ),
        (
            LimitKind.MINIMUM,
            "study S1 must have at least 3 learners",
            "Let study S1 do with at least 2 learners instead of 3.",
        ),
        (
            LimitKind.MINIMUM_IF_USED,
            "study S1 takes none or at least 3 learners",
            "Let study S1 start with 2 learners instead of 3.",
        ),
        (LimitKind.HOURS, "mentor M1 has 1 hours", "Give mentor M1 2 hours instead of 1."),
    ],
)
def test_each_kind_of_limit_has_words(kind: LimitKind, item: str, remedy: str) -> None:
    limit = ClashItem(kind, HOST[kind], 3 if "minimum" in kind else 1, "agreed" if kind is LimitKind.PIN else "")
    assert item_in_words(limit) == item
    assert remedy_in_words([Release(limit, 0 if kind is LimitKind.PIN else 2)]) == remedy


def test_a_remedy_of_several_releases_names_them_together() -> None:
    capacity = ClashItem(LimitKind.CAPACITY, ("mentor", "M1"), 1)
    minimum = ClashItem(LimitKind.MINIMUM, ("study", "S1"), 1)
    assert remedy_in_words([Release(capacity, 2), Release(minimum, 0)]) == (
        "Together: Let mentor M1 take 2 learners instead of 1; and Let study S1 do without a minimum."
    )


@pytest.mark.parametrize("proof", PROOFS)
def test_each_kind_of_proof_has_words_for_the_command(proof: str) -> None:
    told = stage_in_words(StageResult("score", 7, 7, True, proof))
    assert told.startswith("7, proved by ")
    assert told.removeprefix("7, proved by ") in ("prices", "prices, case by case", "branch and bound")
