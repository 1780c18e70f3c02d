"""The fingerprint of a problem, the same for every order of its parts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from matching.files.digest_text import pair_text
from matching.model.pair_table import columns_of
from matching.pair_columns import PairColumns
from matching.problem import Problem

_PARTS_OF_A_PIECE = 20_000
_PARTS = {
    "learners": ("id", "groups"),
    "mentors": ("id", "capacity", "minimum", "minimum_if_used", "hours"),
    "studies": ("id", "capacity", "minimum", "minimum_if_used"),
    "openings": ("mentor", "study", "capacity"),
    "pairs": ("learner", "mentor", "study", "score", "rank", "hours"),
    "pins": ("learner", "mentor", "study", "reason"),
    "previous": ("learner", "mentor", "study"),
}


def digest(problem: Problem, text_of_pairs: Iterable[bytes] | None = None) -> str:
    """Return "sha256:" and 64 hex digits over a canonical form of the whole problem.

    The order of learners, mentors, studies, openings, pairs, pins, previous pairings and of a learner's groups
    does not matter; the order of the stages does. O(n log n) for n parts of a well-formed problem. `text_of_pairs`
    may be what `pair_text` makes of the same problem's pairs, which spares reading them again.
    """
    told = hashlib.sha256()
    told.update(_json(["rpe-problem/1", problem.seed, list(problem.stages)]) + b"\n")
    if text_of_pairs is None and isinstance(problem.pairs, PairColumns):
        columns = columns_of(problem)
        text_of_pairs = None if columns is None else pair_text(columns)
    known = {} if text_of_pairs is None else {"pairs": text_of_pairs}
    for name, fields in _PARTS.items():
        told.update(b"[" + _json(name) + b",[")
        for piece in known.get(name) or _pieces(_sorted(getattr(problem, name), fields), fields):
            told.update(piece)
        told.update(b"]]\n")
    return f"sha256:{told.hexdigest()}"


def _sorted(parts: Sequence[Any], fields: tuple[str, ...]) -> list[Any]:
    return sorted(parts, key=attrgetter(*fields[: 3 if fields[0] == "learner" else 2]))


def _pieces(parts: list[Any], fields: tuple[str, ...]) -> Iterator[bytes]:
    """The parts as one JSON array without its brackets, a piece at a time to spare memory."""
    for at in range(0, len(parts), _PARTS_OF_A_PIECE):
        rows = list(map(attrgetter(*fields), parts[at : at + _PARTS_OF_A_PIECE]))
        if "groups" in fields:
            rows = [(id_, sorted(groups)) for id_, groups in rows]
        yield (b"," if at else b"") + _json(rows)[1:-1]


def _json(thing: Any) -> bytes:
    return json.dumps(thing, ensure_ascii=True, separators=(",", ":")).encode()
