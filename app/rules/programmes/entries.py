"""The tables of a file, each of which knows its place, so that every complaint can say where it belongs."""

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

Choice = TypeVar("Choice", bound=enum.Enum)
NO_DAY = date.min


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, from the outside in; each step may say what it is about."""

    steps: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ", ".join(self.steps) or "The file"


@dataclass
class Complaints:
    """What is wrong so far, in the order of the file."""

    said: list[str] = field(default_factory=list)

    def add(self, place: Place, words: str) -> None:
        text = str(place)
        self.said.append(f"{text[:1].upper()}{text[1:]}: {words}")


class Entry:
    """One table of a file: gives what its keys say, and complains of what cannot be read."""

    def __init__(self, table: dict[str, Any], place: Place, complaints: Complaints) -> None:
        self.table, self.place, self.complaints = table, place, complaints
        self.known: dict[str, None] = {}

    def is_about(self, words: str) -> None:
        """Let complaints from now on say what this entry is about."""
        if words and self.place.steps:
            *before, last = self.place.steps
            self.place = Place((*before, f"{last} ({words})"))

    def complain(self, key: str, words: str) -> None:
        self.complaints.add(self.place, f"“{key}” {words}.")

    def has(self, key: str) -> bool:
        return key in self.table

    def end(self) -> None:
        """Complain of every key that nobody asked for: it may be a misspelt one."""
        for key in self.table:
            if key not in self.known:
                self.complain(key, f"is not known here. Known are {', '.join(self.known)}")

    def text(self, key: str, at_most: int, *, is_needed: bool = True) -> str:
        """A text without outer spaces, of which white space of any kind is one space."""
        value = self.value(key, is_needed, f"a text of at most {at_most:,} characters")
        if value is None:
            return ""
        if not isinstance(value, str):
            self.complain(key, "must be a text in quotation marks")
            return ""
        written = " ".join(value.split())
        if is_needed and not written:
            self.complain(key, "must not be empty")
        if len(written) > at_most:
            self.complain(key, f"must have {at_most:,} characters or fewer")
        return written

    def whole(self, key: str, low: int, high: int, *, is_needed: bool = True) -> int:
        value = self.value(key, is_needed, f"a whole number from {low} to {high}")
        if value is None:
            return 0
        if type(value) is not int or not low <= value <= high:  # true is not a whole number
            self.complain(key, f"must be a whole number from {low} to {high}")
            return 0
        return value

    def day(self, key: str) -> date:
        value = self.value(key, True, "a date like 2026-09-21")
        if value is None:
            return NO_DAY
        if isinstance(value, datetime) or not isinstance(value, date):
            self.complain(key, "must be a date without quotation marks, like 2026-09-21")
            return NO_DAY
        return value

    def choice(self, key: str, kind: type[Choice], otherwise: Choice, *, is_needed: bool = True) -> Choice:
        words = [str(one.value) for one in kind]
        allowed = f"one of “{'”, “'.join(words)}”"
        value = self.value(key, is_needed, allowed)
        if value is None:
            return otherwise
        if value not in words:
            self.complain(key, f"must be {allowed}")
            return otherwise
        return kind(value)

    def some_of(self, key: str, allowed: Sequence[str]) -> frozenset[str]:
        """A list with any of a few words."""
        value = self.value(key, False, "")
        if value is None:
            return frozenset()
        if not isinstance(value, list) or any(one not in allowed for one in value):
            self.complain(key, f"must be a list with any of “{'”, “'.join(allowed)}”")
            return frozenset()
        return frozenset(value)

    def entries(self, key: str, at_least: int, at_most: int) -> Iterator["Entry"]:
        """The tables of a list, each with its place."""
        value = self.value(key, at_least > 0, f"at least one entry [[…{key}]]")
        if value is None:
            return
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.complain(key, f"must be entries that begin with [[…{key}]]")
            return
        if not at_least <= len(value) <= at_most:
            self.complain(key, f"must have {at_least} to {at_most:,} entries")
            return
        for number, one in enumerate(value, 1):
            yield Entry(one, Place((*self.place.steps, f"{key} {number}")), self.complaints)

    def value(self, key: str, is_needed: bool, what: str) -> Any:
        self.known[key] = None
        if key not in self.table and is_needed:
            self.complain(key, f"is missing: write {what}")
        return self.table.get(key)
