"""Rows of boards: one that is prepared with many lines, one that has decided, and many that were called off."""

from typing import Any

from app.boards.lists import basis_of
from app.models.academic.boards import Board, BoardLine, BoardMember, BoardState
from app.models.people import Role
from app.models.programmes import CreditOutcome
from app.rules.credit.thin import ModuleRecord
from app.rules.signing.canonical import canonical_text, digest_of
from benchmarks.full.people import Rows
from benchmarks.full.sizes import CAST, NOW, TODAY, Size, days

LINES_MAX = 400
DECIDED_BOARD = 2


def number_of_lines(size: Size) -> int:
    """As long as a list gets."""
    return min(LINES_MAX, size.learners // 4)


def boards(size: Size) -> Rows:
    by = {"made_by_id": CAST[Role.PROGRAMME_LEAD], "made_at": NOW - days(40)}
    for n in range(1, size.enrolments // 20 + 1):
        state = {1: BoardState.PREPARING, DECIDED_BOARD: BoardState.DECIDED}.get(n, BoardState.CALLED_OFF)
        row = {"id": n, "provider_id": 1, "name": f"Board {n}", "reference": f"B{n}", "state": state, **by}
        decided = as_decided(size) if state is BoardState.DECIDED else ""
        end = {
            "decided": decided,
            "digest": digest_of(decided) if decided else "",
            "decided_at": NOW if decided else None,
        }
        yield {**row, **end, "meets_on": TODAY, "decided_by_id": CAST[Role.PROGRAMME_LEAD] if decided else None}


def as_decided(size: Size) -> str:
    """What a board froze about learners whose credit was decided."""
    lines: list[dict[str, Any]] = [
        {
            "line": 0,
            "decision": n + 1,
            "enrolment": n + 1,
            "learner": {"person": size.learner(n), "name": f"Learner {n}"},
            "programme": "A programme",
            "module": {"id": 2, "title": "A module", "credits": 15},
            "outcome": CreditOutcome.EARNED.value,
            "until_on": None,
            "words": "",
            "reason": "",
            "missing": [],
            "evidence": [],
            "stepped_out": [],
        }
        for n in range(0, 2 * number_of_lines(size), 2)
    ]
    return canonical_text({"members": [{"person": None, "name": "Prof E. External"}], "lines": lines})


def members(size: Size) -> Rows:
    yield {"id": 1, "board_id": 1, "person_id": CAST[Role.ACADEMIC_SUPERVISOR], "name": "A supervisor"}
    yield {"id": 2, "board_id": 1, "person_id": None, "name": "Prof E. External"}
    yield {"id": 3, "board_id": DECIDED_BOARD, "person_id": CAST[Role.ACADEMIC_SUPERVISOR], "name": "A supervisor"}


def lines(size: Size) -> Rows:
    """Half of them without an outcome; the first is of the learner who walks, in the module of her placement."""
    by, nothing = CAST[Role.PROGRAMME_LEAD], basis_of(ModuleRecord(), None)
    for n in range(number_of_lines(size)):
        row = {"id": n + 1, "board_id": 1, "enrolment_id": n + 1, "module_id": 1, "words": "", "basis": nothing}
        proposed = {"outcome": CreditOutcome.EARNED if n % 2 else None, "reason": "By the board." if n % 2 else ""}
        yield {**row, **proposed, "prepared_by_id": by if n % 2 else None, "prepared_at": NOW if n % 2 else None}


TABLES = (
    (Board, boards),
    (BoardMember, members),
    (BoardLine, lines),
)
