"""A seal over a whole solution, so that a number changed by accident is noticed even where nothing depends on it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from matching.solution import ComponentReport, Solution


def seal_of(solution: Solution) -> str:
    """Return "sha256:" and 64 hex digits over every field of the solution but the seal itself.

    Whoever changes a solution on purpose can seal it again; that the numbers are true is what `check` shows.
    Its time grows with the size of the certificate. Raises `TypeError`, `ValueError` or `RecursionError` where the
    certificate is nothing that JSON can say.
    """
    fields: dict[str, Any] = {
        "problem_digest": solution.problem_digest,
        "status": solution.status,
        "stages": _rows(solution.stages),
        "placed": _rows(solution.placed),
        "unplaced": _rows(solution.unplaced),
        "components": [_component(component) for component in solution.components],
        "seconds": float(solution.seconds),
        "certificate": {name: part for name, part in solution.certificate.items() if name != "seal"},
    }
    text = json.dumps(fields, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def sealed(solution: Solution) -> Solution:
    """The solution with its seal in the certificate. Raises as `seal_of` does."""
    certificate = {**solution.certificate, "seal": seal_of(solution)}
    return dataclasses.replace(solution, certificate=certificate)


def _component(component: ComponentReport) -> list[Any]:
    """Its fields as a list; files from before components told their methods keep their seal."""
    fields = [component.learners, component.path, component.seconds, component.pairs]
    return [*fields, component.methods] if component.methods else fields


def _rows(parts: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The fields of parts of one kind."""
    return list(map(attrgetter(*parts[0].__dataclass_fields__), parts)) if parts else []
