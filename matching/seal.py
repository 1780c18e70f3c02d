"""A seal over a whole solution, so that a number changed by accident is noticed even where nothing depends on it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import Any

from matching.solution import Solution


def seal_of(solution: Solution) -> str:
    """Return "sha256:" and 64 hex digits over every field of the solution but the seal itself.

    Whoever changes a solution on purpose can seal it again; that the numbers are true is what `check` shows.
    """
    fields: dict[str, Any] = {
        "problem_digest": solution.problem_digest,
        "status": solution.status,
        "stages": [_row(stage) for stage in solution.stages],
        "placed": [_row(placed) for placed in solution.placed],
        "unplaced": [_row(unplaced) for unplaced in solution.unplaced],
        "components": [_row(component) for component in solution.components],
        "seconds": float(solution.seconds),
        "certificate": {name: part for name, part in solution.certificate.items() if name != "seal"},
    }
    text = json.dumps(fields, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def sealed(solution: Solution) -> Solution:
    """The solution with its seal in the certificate."""
    certificate = {**solution.certificate, "seal": seal_of(solution)}
    return dataclasses.replace(solution, certificate=certificate)


def _row(part: Any) -> list[Any]:
    return [getattr(part, name) for name in part.__dataclass_fields__]
