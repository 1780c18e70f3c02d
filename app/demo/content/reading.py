"""Reads a data file of the demo into dataclasses, and says where a file is not what they ask for."""

import dataclasses
import tomllib
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

CONTENT = Path(__file__).parent

Record = TypeVar("Record")


class MalformedContent(Exception):
    """A data file is wrong; the message names the file, the entry and what is wrong there."""


def read(name: str, shape: type[Record]) -> Record:
    """The file of this name under `CONTENT` as the dataclass `shape`, whose fields are the keys of its tables.

    Texts may run over several lines: white space of any kind becomes one space. Enums are written as their values.
    Raises MalformedContent.
    """
    try:
        table = tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise MalformedContent(f"{name}: {error}") from error
    return _record(table, shape, name)


def _record(table: Any, shape: type[Record], place: str) -> Record:
    """A table as a dataclass; what the dataclass itself refuses with a ValueError is wrong in the file."""
    _expect(table, dict, "a table", place)
    fields = {field.name: field for field in dataclasses.fields(shape)}  # type: ignore[arg-type]
    kinds = get_type_hints(shape)
    if unknown := [key for key in table if key not in fields]:
        raise MalformedContent(f"{place}: there is no “{unknown[0]}” here, only {', '.join(fields)}.")
    needed = (name for name, field in fields.items() if field.default is dataclasses.MISSING)
    if missing := [name for name in needed if name not in table]:
        raise MalformedContent(f"{place}: “{missing[0]}” is missing.")
    values = {key: _value(value, kinds[key], f"{place}, {key}") for key, value in table.items()}
    try:
        return shape(**values)
    except ValueError as error:
        raise MalformedContent(f"{place}: {error}") from error


def _value(value: Any, kind: Any, place: str) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return _choice(value, [choice for enum in inner for choice in enum], place)
    if origin is dict:
        _expect(value, dict, "a table", place)
        return {_value(key, inner[0], place): _value(item, inner[1], f"{place}, {key}") for key, item in value.items()}
    if origin in (tuple, frozenset):
        _expect(value, list, "a list", place)
        items = [_value(item, inner[0], f"{place} {entry}") for entry, item in _entries(value)]
        return origin(items)
    if dataclasses.is_dataclass(kind):
        return _record(value, kind, place)  # type: ignore[arg-type]
    return _choice(value, list(kind), place) if issubclass(kind, Enum) else _plain(value, kind, place)


def _plain(value: Any, kind: type, place: str) -> Any:
    _expect(value, kind, {str: "a text", int: "a whole number", bool: "true or false"}[kind], place)
    return " ".join(value.split()) if kind is str else value


def _choice(value: Any, choices: list[Enum], place: str) -> Enum:
    for choice in choices:
        if choice.value == value:
            return choice
    raise MalformedContent(f"{place}: “{value}” is none of {', '.join(str(choice.value) for choice in choices)}.")


def _entries(items: list[Any]) -> list[tuple[str, Any]]:
    """Each item with what names it to the reader of a complaint: its number, and for a table its first text."""
    return [(f"{number}{_first_text(item)}", item) for number, item in enumerate(items, start=1)]


def _first_text(item: Any) -> str:
    texts = (value for value in item.values() if isinstance(value, str)) if isinstance(item, dict) else iter(())
    return next((f" ({text})" for text in texts), "")


def _expect(value: Any, kind: type, words: str, place: str) -> None:
    if type(value) is not kind:  # true is not a whole number
        raise MalformedContent(f"{place}: this should be {words}, not {value!r}.")
