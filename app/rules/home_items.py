"""What needs doing now: the shape in which each feature tells a person's home page what waits for her."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_of
from app.models.people import Person


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do: `text` begins with a verb, `why` gives the reason and date, `endpoint` is where it is done.

    `lasting` is what it is about in words that stay the same, where those of `text` change with the days alone.
    """

    text: str
    why: str
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)
    due: date | None = None
    lasting: str = field(default="", compare=False)

    @property
    def mark(self) -> str:
        """What it is known by from one day to the next; where it says something else, it is something else."""
        said = [self.endpoint, sorted(self.values.items()), self.lasting or self.text]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]

    def is_overdue(self, today: date) -> bool:
        return self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that runs well or only needs to be known; `endpoint` may be empty."""

    text: str
    why: str = ""
    endpoint: str = ""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A deed that somebody comes for again and again: a button on her home page."""

    text: str
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)


Line = ToDo | Standing
HomeItem = Line | Shortcut
Source = Callable[[Session, Person, datetime], Sequence[HomeItem]]
SourceOfDay = Callable[[Session, Person, date], Sequence[HomeItem]]


def asked_by_day(source: SourceOfDay) -> Source:
    """A source to which only the day matters, as one that is asked with the moment."""
    return lambda session, person, now: source(session, person, day_of(now))
