"""What the placed learners of the demo wrote down."""

from dataclasses import dataclass
from functools import cache

from app.demo.content.reading import read
from app.models.hours import HoursCategory


@dataclass(frozen=True)
class WrittenHours:
    """An hours entry without its day."""

    category: HoursCategory
    minutes: int
    did: str


@dataclass(frozen=True)
class Meeting:
    """What a supervision session was about, and the action agreed in it."""

    topics: str
    action: str


@dataclass(frozen=True)
class Record:
    """The entries and sessions through which every placed learner goes in turn."""

    hours: tuple[WrittenHours, ...]
    meeting: tuple[Meeting, ...]


@cache
def record() -> Record:
    return read("record.toml", Record)
