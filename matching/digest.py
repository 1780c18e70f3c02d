"""The fingerprint of a problem, the same for every order of its parts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from matching.problem import Problem

_PARTS = {
    "learners": ("id", "groups"),
    "mentors": ("id", "capacity", "minimum", "minimum_if_used", "hours"),
    "studies": ("id", "capacity", "minimum", "minimum_if_used"),
    "openings": ("mentor", "study", "capacity"),
    "pairs": ("learner", "mentor", "study", "score", "rank", "hours"),
    "pins": ("learner", "mentor", "study", "reason"),
    "previous": ("learner", "mentor", "study"),
}


def digest(problem: Problem) -> str:
    """Return "sha256:" and 64 hex digits over a canonical form of the whole problem.

    The order of learners, mentors, studies, openings, pairs, pins, previous pairings and of a learner's groups
    does not matter; the order of the stages does. Takes O(n log n) time in the number of parts.
    """
    told = hashlib.sha256()
    told.update(_line("rpe-problem/1", problem.seed, list(problem.stages)))
    for name, fields in _PARTS.items():
        told.update(_line(name, _sorted_rows(getattr(problem, name), fields)))
    return f"sha256:{told.hexdigest()}"


def _sorted_rows(parts: Iterable[Any], fields: tuple[str, ...]) -> list[Any]:
    rows = [attrgetter(*fields)(part) for part in parts]
    if "groups" in fields:
        rows = [(id_, sorted(groups)) for id_, groups in rows]
    return sorted(rows, key=lambda row: row[:3] if fields[0] == "learner" else row[:2])


def _line(*things: Any) -> bytes:
    return json.dumps(things, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
