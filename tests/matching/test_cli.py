"""`rpe solve` and `rpe check` on files: exit statuses, messages, the file formats."""

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given

from matching import STAGES, Infeasible, Problem, problem_to_json, read_problem, read_solution, solution_to_json, solve
from matching.cli import check_command, solve_command
from matching.files.seal import sealed
from tests.matching.checker.test_forgeries import stopped
from tests.matching.checker.test_report import crossing
from tests.matching.small_problems import problems

SMALL: dict[str, Any] = {
    "format": "rpe-problem/1",
    "seed": "2026-spring",
    "stages": ["placed", "score", "lottery"],
    "learners": [{"id": "L1", "groups": {"profession": "nurse"}}],
    "mentors": [{"id": "M1", "capacity": 2, "minimum": 0, "minimum_if_used": 0, "hours": 60}],
    "studies": [{"id": "S1", "capacity": 3}],
    "pairs": [{"learner": "L1", "mentor": "M1", "study": "S1", "score": 734, "rank": 1, "hours": 30}],
    "pins": [{"learner": "L1", "mentor": "M1", "study": "S1", "reason": "agreed before the round"}],
    "previous": [{"learner": "L1", "mentor": "M1", "study": "S1"}],
}


def solved(folder: Path, document: object, *options: str) -> Result:
    problem = folder / "problem.json"
    problem.write_text(document if isinstance(document, str) else json.dumps(document))
    return CliRunner().invoke(solve_command, [str(problem), "-o", str(folder / "solution.json"), *options])


def test_a_problem_is_solved_and_the_solution_checks(tmp_path: Path) -> None:
    result = solved(tmp_path, SMALL)
    assert result.exit_code == 0, result.output
    document = json.loads((tmp_path / "solution.json").read_text())
    assert document["format"] == "rpe-solution/1"
    assert document["status"] == "optimal"
    assert document["placed"] == [{"learner": "L1", "mentor": "M1", "study": "S1", "score": 734, "rank": 1}]
    assert document["stages"][1] == {
        "name": "score",
        "value": 734,
        "bound": 734,
        "proved": True,
        "rests_on": "dual bound",
    }
    checked = CliRunner().invoke(check_command, [str(tmp_path / "problem.json"), str(tmp_path / "solution.json")])
    assert checked.exit_code == 0, checked.output
    assert "The solution is valid." in checked.output
    assert "score 734: optimal" in checked.output
    digest = sha256(b"2026-spring").hexdigest()
    assert f"The seed of the lottery has the SHA-256 digest {digest}." in checked.output


def test_a_changed_solution_does_not_check(tmp_path: Path) -> None:
    solved(tmp_path, SMALL)
    solution = tmp_path / "solution.json"
    solution.write_text(solution.read_text().replace("734", "735"))
    checked = CliRunner().invoke(check_command, [str(tmp_path / "problem.json"), str(solution)])
    assert checked.exit_code == 1
    assert "has score 734 and rank 1, not 735 and 1" in checked.output


def test_an_infeasible_problem_says_what_clashes(tmp_path: Path) -> None:
    result = solved(tmp_path, SMALL | {"studies": [{"id": "S1", "capacity": 0}]})
    assert result.exit_code == 3
    assert "study S1 takes at most 0 learners" in result.output
    assert "Let study S1 take 1 learner instead of 0." in result.output
    assert not (tmp_path / "solution.json").exists()


def test_every_fault_of_a_file_is_told_with_its_place(tmp_path: Path) -> None:
    pair = {"learner": "L1", "mentor": "M1", "study": "S1", "score": 734}
    document = SMALL | {
        "learners": [{"id": "L1"}, {"id": "L1"}, {}],
        "studies": [{"id": "S1", "capacity": 3}, {"id": "S2", "capacity": 3}],
        "pairs": [pair, pair | {"score": 1200}, pair | {"scroe": 1}, "x", pair | {"study": "S2", "score": "7"}],
        "colour": "blue",
        "pins": [],
    }
    result = solved(tmp_path, document)
    assert result.exit_code == 2
    for line in (
        "colour: is not a part of a problem",
        "learners[1].id: 'L1' is there more than once",
        "learners[2].id: is missing",
        "pairs[1].score: must be a whole number from 0 to 1000, not 1200",
        "pairs[1]: the pair L1 / M1 / S1 is there more than once",
        "pairs[2].scroe: is not known here",
        "pairs[3]: must be an object",
        "pairs[4].score: must be a whole number from 0 to 1000, not '7'",
    ):
        assert line in result.output
    assert len(result.output.splitlines()) == 8


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "this is not JSON"),
        ('{"format": ', "line 1, column 12: this is not JSON"),
        ("[]", "must hold one JSON object"),
        ("{}", "format: must be 'rpe-problem/1'"),
        (json.dumps(SMALL | {"pairs": {}}), "pairs: must be a list"),
        (json.dumps(SMALL | {"stages": "placed"}), "stages: must be a list of stage names"),
        (json.dumps(SMALL | {"stages": ["fastest"]}), "stages[0]: 'fastest' is not a stage"),
        (json.dumps(SMALL | {"stages": []}), "stages: must name at least one stage"),
        (json.dumps(SMALL | {"pins": SMALL["pins"] * 2}), "pins[1].learner: 'L1' is pinned more than once"),
        (json.dumps(SMALL | {"pairs": []}), "pins[0]: there is no pair L1 / M1 / S1 to pin"),
        (
            json.dumps(SMALL | {"mentors": [{"id": "M1", "capacity": True}]}),
            "mentors[0].capacity: must be a whole number",
        ),
        (
            json.dumps(SMALL | {"mentors": [{"id": "M1", "capacity": 1, "minimum": 2}]}),
            "mentors[0].minimum: is 2, more than",
        ),
        (json.dumps(SMALL | {"seed": 5}), "seed: must be text"),
        (json.dumps(SMALL | {"learners": [{"id": 7}]}), "learners[0].id: must be text"),
        (json.dumps(SMALL)[:-1] + ', "seed": ' + "9" * 5000 + "}", "thousands of digits"),
    ],
)
def test_bad_input_ends_with_2_and_a_sentence(tmp_path: Path, text: str, message: str) -> None:
    result = solved(tmp_path, text)
    assert result.exit_code == 2
    assert message in result.output


def test_a_file_that_is_not_there_and_bytes_that_are_not_text(tmp_path: Path) -> None:
    missing = CliRunner().invoke(solve_command, [str(tmp_path / "nowhere.json")])
    assert missing.exit_code == 2
    assert "cannot be read" in missing.output
    (tmp_path / "latin.json").write_bytes(b'{"format": "\xff"}')
    latin = CliRunner().invoke(solve_command, [str(tmp_path / "latin.json")])
    assert latin.exit_code == 2
    assert "not UTF-8" in latin.output


def test_a_solution_file_whose_seconds_are_no_number(tmp_path: Path) -> None:
    (tmp_path / "problem.json").write_text(json.dumps(SMALL))
    (tmp_path / "solution.json").write_text(solution_to_json(solve(read_problem(json.dumps(SMALL)))))
    told = json.loads((tmp_path / "solution.json").read_text()) | {"seconds": "soon"}
    (tmp_path / "solution.json").write_text(json.dumps(told))
    result = CliRunner().invoke(check_command, [str(tmp_path / "problem.json"), str(tmp_path / "solution.json")])
    assert result.exit_code == 2
    assert "seconds: must be a number" in result.output


def test_the_solution_goes_to_standard_output_without_o(tmp_path: Path) -> None:
    (tmp_path / "problem.json").write_text(json.dumps(SMALL))
    result = CliRunner().invoke(solve_command, [str(tmp_path / "problem.json")])
    assert result.exit_code == 0
    assert read_solution(result.stdout).status == "optimal"


@given(problems(stages=STAGES))
def test_files_read_back_to_what_was_written(problem: Problem) -> None:
    assert read_problem(problem_to_json(problem)) == problem
    try:
        solution = solve(problem)
    except Infeasible:
        return
    assert read_solution(solution_to_json(solution)) == solution


def test_rpe_check_says_what_the_bounds_of_a_stopped_solve_rest_on(tmp_path: Path) -> None:
    (tmp_path / "problem.json").write_text(problem_to_json(crossing()))
    for bound, words in (
        (None, "not proved, and no bound is known."),
        (3, "not proved; cannot be better than 3, shown here by prices in whole numbers."),
        (2, "prices alone show 3; not proved, and the bound 2 was found by the solver's branch and bound"),
    ):
        document = stopped()
        document["stages"][0]["bound"] = bound
        (tmp_path / "solution.json").write_text(solution_to_json(sealed(read_solution(document))))
        result = CliRunner().invoke(check_command, [str(tmp_path / "problem.json"), str(tmp_path / "solution.json")])
        assert result.exit_code == 1
        assert words in result.output


def test_the_help_of_solve_lists_the_stages_that_there_are() -> None:
    shown = CliRunner().invoke(solve_command, ["--help"]).output
    assert re.findall(r"^  (\w+) {2,}\w", shown, re.MULTILINE)[-len(STAGES) :] == list(STAGES)
