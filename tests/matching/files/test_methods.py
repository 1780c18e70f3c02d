"""A solution file tells by which methods its parts were solved; one from before that is read and checked as it was."""

import json

from matching import Learner, Mentor, Pair, Problem, Study, check, read_solution, solution_to_json, solve
from matching.solution import ASSIGNMENT

PROBLEM = Problem(
    (Learner("L1"), Learner("L2")),
    (Mentor("M1", 1),),
    (Study("S1", 2),),
    (Pair("L1", "M1", "S1", 700), Pair("L2", "M1", "S1", 500)),
    ("placed", "score"),
    "spring",
)
BEFORE = {
    "format": "rpe-solution/1",
    "problem_digest": "sha256:f0abcbb2949ec31f0a57001aed01c902acb83502f4e869f441198f4030bfe742",
    "status": "optimal",
    "stages": [
        {"name": "placed", "value": 1, "bound": 1, "proved": True, "rests_on": "dual bound"},
        {"name": "score", "value": 700, "bound": 700, "proved": True, "rests_on": "dual bound"},
    ],
    "placed": [{"learner": "L1", "mentor": "M1", "study": "S1", "score": 700, "rank": None}],
    "unplaced": [
        {
            "learner": "L2",
            "reason": "The only opening that fits is full: mentor M1 has its only place taken.",
            "kind": "full",
            "openings": [["M1", "S1"]],
        }
    ],
    "certificate": {
        "parts": [
            {
                "learners": ["L1", "L2"],
                "goals": [
                    {"stage": 0, "goal": "placed", "scale": 1, "prices": [["mentor", "M1", 1]], "held": []},
                    {"stage": 1, "goal": "score", "scale": 1, "prices": [["mentor", "M1", 500]], "held": []},
                ],
            }
        ],
        "seal": "sha256:1c63933c0e3fdc6ae09e614372bc5a53242df22cf46d98634512f857955912ab",
    },
    "components": [{"learners": 2, "path": "assignment", "seconds": 0.00106, "pairs": 2}],
    "seconds": 0.003779,
}


def test_a_file_from_before_methods_were_told_is_valid_and_proved() -> None:
    solution = read_solution(json.dumps(BEFORE))
    report = check(PROBLEM, solution)
    assert (report.errors, report.proved) == ((), True)
    assert solution.components[0].methods == ()


def test_a_file_tells_how_many_goals_each_method_decided() -> None:
    solution = solve(PROBLEM)
    document = json.loads(solution_to_json(solution))
    assert document["components"][0]["methods"] == {ASSIGNMENT: 2}
    assert read_solution(json.dumps(document)) == solution


def test_a_method_that_was_changed_breaks_the_seal() -> None:
    document = json.loads(solution_to_json(solve(PROBLEM)))
    document["components"][0]["methods"] = {"guessed": 2}
    assert not check(PROBLEM, read_solution(json.dumps(document))).valid
