"""The problem file, format "rpe-problem/1": JSON to `Problem` and back."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from matching.errors import BadProblem
from matching.files.pair_rows import rows_of_columns
from matching.model.validation import Fault, faults_of
from matching.pair_columns import PairColumns
from matching.problem import USUAL_STAGES, Learner, Mentor, Opening, Pair, Pin, Previous, Problem, Study

FORMAT = "rpe-problem/1"
_PARTS: dict[str, type[Any]] = {
    "learners": Learner,
    "mentors": Mentor,
    "studies": Study,
    "pairs": Pair,
    "pins": Pin,
    "previous": Previous,
    "openings": Opening,
}
_REFERENCES = {"learner": "learners", "mentor": "mentors", "study": "studies"}
_PARTS_OF_A_PIECE = 20_000
_REQUIRED = ("learners", "mentors", "studies", "pairs")


def read_problem(source: str | bytes | Mapping[str, Any]) -> Problem:
    """Read a problem from JSON text or from an already parsed object.

    Raises `BadProblem` with every fault at once, each with its place in the file. O(m log m) for m pairs.
    """
    document = parsed_json(source)
    faults: list[Fault] = list(_top_level_faults(document))
    places = {name: _read_parts(name, document.get(name, []), faults) for name in _PARTS}
    stages = document.get("stages", list(USUAL_STAGES))
    if not isinstance(stages, list) or not all(isinstance(stage, str) for stage in stages):
        faults.append(("stages", "must be a list of stage names"))
        stages = list(USUAL_STAGES)
    parts = {name: tuple(part for _, part in read) for name, read in places.items()}
    problem = Problem(**parts, stages=tuple(stages), seed=document.get("seed", ""))
    faults += _further_faults(problem, {name: [at for at, _ in read] for name, read in places.items()}, faults)
    if faults:
        raise BadProblem(faults)
    return problem


def _further_faults(problem: Problem, places: dict[str, list[int]], shape_faults: list[Fault]) -> list[Fault]:
    """Faults of the parts that could be read, at their places in the file.

    Where parts of a kind could not be read, nothing is said about references to that kind: they may be right.
    """
    unread = {place.partition("[")[0] for place, _ in shape_faults}
    doubtful = {kind for kind, name in _REFERENCES.items() if name in unread}
    faults = []
    for place, what in faults_of(problem):
        name, _, rest = place.partition("[")
        number, _, field = rest.partition("]")
        refers = field.removeprefix(".") in doubtful and what.startswith("there is no")
        if not refers and not (name == "pins" and "pairs" in unread):
            faults.append((f"{name}[{places[name][int(number)]}]{field}" if name in places and rest else place, what))
    return faults


def problem_to_json(problem: Problem) -> str:
    """Return the problem as JSON text that `read_problem` reads back to an equal problem. O(m)."""
    return "".join(problem_in_pieces(problem))


def problem_in_pieces(problem: Problem) -> Iterator[str]:
    """The same text piece by piece, to be written or compressed without holding all of it. O(m)."""
    yield f'{{"format": {_json(FORMAT)}, "seed": {_json(problem.seed)}, "stages": {_json(list(problem.stages))}'
    for name in _PARTS:
        yield f", {_json(name)}: ["
        parts = getattr(problem, name)
        if isinstance(parts, PairColumns):
            yield from rows_of_columns(parts, _PARTS_OF_A_PIECE)
        else:
            yield from _rows(parts)
        yield "]"
    yield "}"


def _rows(parts: Sequence[Any]) -> Iterator[str]:
    for start in range(0, len(parts), _PARTS_OF_A_PIECE):
        rows = map(_row, parts[start : start + _PARTS_OF_A_PIECE])
        yield (", " if start else "") + ", ".join(map(_json, rows))


def _json(thing: Any) -> str:
    return json.dumps(thing, ensure_ascii=False)


def parsed_json(source: str | bytes | Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the JSON object in `source`. Raises `BadProblem` when it is not one."""
    if isinstance(source, Mapping):
        return source
    try:
        document = json.loads(source)
    except UnicodeDecodeError as error:
        raise BadProblem([("", f"The file is not UTF-8 text: {error.reason} at byte {error.start}.")]) from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise BadProblem([(place, f"this is not JSON ({error.msg})")]) from error
    except RecursionError as error:
        raise BadProblem([("", "The JSON is nested too deeply to be a problem.")]) from error
    except ValueError as error:  # what Python refuses to read as a whole number
        raise BadProblem([("", "A number in the file has thousands of digits.")]) from error
    if not isinstance(document, dict):
        raise BadProblem([("", "The file must hold one JSON object.")])
    return document


def _top_level_faults(document: Mapping[str, Any]) -> list[Fault]:
    faults: list[Fault] = []
    if document.get("format") != FORMAT:
        faults.append(("format", f"must be {FORMAT!r}, not {document.get('format')!r}"))
    faults += [(name, "is missing") for name in _REQUIRED if name not in document]
    known = {"format", "seed", "stages", *_PARTS}
    faults += [(str(name), "is not a part of a problem") for name in document if name not in known]
    return faults


def _read_parts(name: str, rows: Any, faults: list[Fault]) -> list[tuple[int, Any]]:
    """The parts that could be read, each with its number in the file."""
    if not isinstance(rows, list):
        faults.append((name, "must be a list"))
        return []
    kind = _PARTS[name]
    fields = dataclasses.fields(kind)
    known = {field.name for field in fields}
    required = {field.name for field in fields if field.default is dataclasses.MISSING}
    make: Callable[[dict[str, Any]], Any] = _learner if kind is Learner else lambda row: kind(**row)
    parts = []
    for at, row in enumerate(rows):
        row_faults = _row_faults(f"{name}[{at}]", row, known, required)
        if row_faults:
            faults += row_faults
        else:
            parts.append((at, make(row)))
    return parts


def _row_faults(place: str, row: Any, known: set[str], required: set[str]) -> list[Fault]:
    if not isinstance(row, dict):
        return [(place, "must be an object")]
    if required <= row.keys() <= known and "groups" not in row and _ids_are_text(row):
        return []
    faults = [(f"{place}.{name}", "is missing") for name in sorted(required - row.keys())]
    faults += [(f"{place}.{name}", "is not known here") for name in sorted(row.keys() - known)]
    for name in ("id", "learner", "mentor", "study", "reason"):
        if name in row and not isinstance(row[name], str):
            faults.append((f"{place}.{name}", f"must be text, not {row[name]!r}"))
    if not _is_labels(row.get("groups", {})):
        faults.append((f"{place}.groups", "must be an object of texts"))
    return faults


def _ids_are_text(row: dict[str, Any]) -> bool:
    names = ("id", "learner", "mentor", "study", "reason")
    return all(isinstance(row[name], str) for name in names if name in row)


def _is_labels(groups: Any) -> bool:
    return isinstance(groups, dict) and all(isinstance(label, str) for label in groups.values())


def _learner(row: dict[str, Any]) -> Learner:
    return Learner(row["id"], tuple(sorted(row.get("groups", {}).items())))


def _row(part: Any) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for field in dataclasses.fields(part):
        value = getattr(part, field.name)
        if value != field.default:
            row[field.name] = dict(value) if field.name == "groups" else value
    return row
