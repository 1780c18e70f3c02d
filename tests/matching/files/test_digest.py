"""The digest of a problem, which stored rounds depend on."""

import hashlib
import json
from importlib import import_module

import pytest
from hypothesis import given

from matching import STAGES, Learner, Mentor, Opening, Pair, Pin, Previous, Problem, Study, digest
from matching.files.digest_text import pair_text
from matching.model.validation import require_well_formed
from tests.matching.small_problems import problems


def test_the_digest_of_a_stored_problem_stays_the_same() -> None:
    problem = Problem(
        learners=(Learner("L2"), Learner("L1", (("profession", "nurse"), ("band", "6")))),
        mentors=(Mentor("Zoë", 2, 0, 1, 60), Mentor("M1", 1)),
        studies=(Study("S1", 3),),
        pairs=(Pair("L2", "M1", "S1", 7), Pair("L1", "Zoë", "S1", 734, 1, 30)),
        seed="2026-spring",
        pins=(Pin("L1", "Zoë", "S1", 'agreed "before"'),),
        previous=(Previous("L2", "M1", "S1"),),
        openings=(Opening("M1", "S1", 1),),
    )
    assert digest(problem) == "sha256:991c223d24d241c3d187cd0a58ca04e913968237f7374bf06dd320701edc30f3"


@given(problems(stages=STAGES))
def test_the_size_of_the_pieces_does_not_show(problem: Problem) -> None:
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(import_module("matching.files.digest"), "_PARTS_OF_A_PIECE", 2)
        assert digest(problem) == _in_one_piece(problem)


@given(problems(stages=STAGES))
def test_pairs_read_into_columns_tell_the_same(problem: Problem) -> None:
    columns = require_well_formed(problem)
    for of_a_piece in (2, 1000):
        with pytest.MonkeyPatch.context() as changed:
            changed.setattr(import_module("matching.files.digest_text"), "PAIRS_OF_A_PIECE", of_a_piece)
            assert digest(problem, pair_text(columns)) == digest(problem)


def _in_one_piece(problem: Problem) -> str:
    fields = {
        "learners": ("id", "groups"),
        "mentors": ("id", "capacity", "minimum", "minimum_if_used", "hours"),
        "studies": ("id", "capacity", "minimum", "minimum_if_used"),
        "openings": ("mentor", "study", "capacity"),
        "pairs": ("learner", "mentor", "study", "score", "rank", "hours"),
        "pins": ("learner", "mentor", "study", "reason"),
        "previous": ("learner", "mentor", "study"),
    }
    lines: list[list[object]] = [["rpe-problem/1", problem.seed, problem.stages]]
    for name, names in fields.items():
        lines.append([name, sorted([getattr(part, field) for field in names] for part in getattr(problem, name))])
    text = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
