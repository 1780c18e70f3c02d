"""What the placed learners of the demo want to learn, and on which days they work in the study."""

from dataclasses import dataclass
from functools import cache

from app.demo.content.reading import read


@dataclass(frozen=True)
class WrittenObjective:
    """One thing to learn."""

    words: str


@dataclass(frozen=True)
class Pattern:
    """A working pattern, and what helps the learner."""

    words: str
    adjustments: str


@dataclass(frozen=True)
class Agreements:
    """The objectives and patterns through which every placed learner goes in turn."""

    objective: tuple[WrittenObjective, ...]
    pattern: tuple[Pattern, ...]


@cache
def agreements() -> Agreements:
    return read("agreements.toml", Agreements)
