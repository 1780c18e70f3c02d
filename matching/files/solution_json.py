"""The solution file, format "rpe-solution/1": JSON to `Solution` and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from matching.errors import BadProblem
from matching.files.problem_json import parsed_json
from matching.solution import ComponentReport, Placed, Solution, StageResult, Unplaced, UnplacedKind, Value

FORMAT = "rpe-solution/1"


def solution_to_json(solution: Solution) -> str:
    """Return the solution as JSON text that `read_solution` reads back to an equal solution.

    Its time grows with the size of the certificate.
    """
    document = {
        "format": FORMAT,
        "problem_digest": solution.problem_digest,
        "status": solution.status,
        "stages": [_fields(stage) for stage in solution.stages],
        "placed": [_fields(placed) for placed in solution.placed],
        "unplaced": [_fields(unplaced) for unplaced in solution.unplaced],
        "certificate": solution.certificate,
        "components": [_component_fields(component) for component in solution.components],
        "seconds": solution.seconds,
    }
    return json.dumps(document, ensure_ascii=False)


def read_solution(source: str | bytes | Mapping[str, Any]) -> Solution:
    """Read a solution from JSON text or from an already parsed object.

    Only the shape is looked at; whether the numbers are true is for `check` to say. Raises `BadProblem` with every
    fault at its place in the file. Its time grows with the size of the file, most of which is the certificate.
    """
    document = parsed_json(source)
    if document.get("format") != FORMAT:
        raise BadProblem([("format", f"must be {FORMAT!r}, not {document.get('format')!r}")])
    faults: list[tuple[str, str]] = []
    solution = Solution(
        problem_digest=_text(document, "problem_digest", faults),
        status=_text(document, "status", faults),
        stages=_rows(document, "stages", _stage, faults),
        placed=_rows(document, "placed", _placed, faults),
        unplaced=_rows(document, "unplaced", _unplaced, faults),
        components=_rows(document, "components", _component, faults),
        seconds=_seconds(document, faults),
        certificate=document.get("certificate") or {},
    )
    if not isinstance(solution.certificate, dict):
        faults.append(("certificate", "must be an object"))
    if faults:
        raise BadProblem(faults)
    return solution


def _fields(part: Any) -> dict[str, Any]:
    return {name: getattr(part, name) for name in part.__dataclass_fields__}


def _component_fields(component: ComponentReport) -> dict[str, Any]:
    return {**_fields(component), "methods": dict(component.methods)}


def _text(document: Mapping[str, Any], name: str, faults: list[tuple[str, str]]) -> str:
    value = document.get(name)
    if not isinstance(value, str):
        faults.append((name, "must be text"))
    return str(value)


def _seconds(document: Mapping[str, Any], faults: list[tuple[str, str]]) -> float:
    value = document.get("seconds", 0.0)
    if type(value) not in (int, float):
        faults.append(("seconds", "must be a number"))
        return 0.0
    return float(value)


def _rows(document: Mapping[str, Any], name: str, make: Any, faults: list[tuple[str, str]]) -> tuple[Any, ...]:
    rows = document.get(name, [])
    if not isinstance(rows, list):
        faults.append((name, "must be a list"))
        return ()
    made = []
    for at, row in enumerate(rows):
        try:
            made.append(make(row))
        except (KeyError, TypeError, ValueError, AttributeError):
            faults.append((f"{name}[{at}]", "does not have the shape that a solution file has there"))
    return tuple(made)


def _stage(row: Any) -> StageResult:
    value, bound = _value(row["value"]), row["bound"]
    return StageResult(
        str(row["name"]), value, None if bound is None else _value(bound), bool(row["proved"]), str(row["rests_on"])
    )


def _value(value: Any) -> Value:
    if isinstance(value, list | tuple):
        return tuple(_whole(part) for part in value)
    return _whole(value)


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise ValueError
    return value


def _placed(row: Any) -> Placed:
    rank = row.get("rank")
    return Placed(
        str(row["learner"]),
        str(row["mentor"]),
        str(row["study"]),
        _whole(row["score"]),
        None if rank is None else _whole(rank),
    )


def _unplaced(row: Any) -> Unplaced:
    openings = tuple((str(mentor), str(study)) for mentor, study in row.get("openings", ()))
    return Unplaced(str(row["learner"]), str(row["reason"]), UnplacedKind(row["kind"]), openings)


def _component(row: Any) -> ComponentReport:
    methods = tuple((str(method), _whole(goals)) for method, goals in row.get("methods", {}).items())
    return ComponentReport(
        _whole(row["learners"]), str(row["path"]), float(row["seconds"]), _whole(row.get("pairs", 0)), methods
    )
