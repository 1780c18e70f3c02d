"""Dates for a person's own calendar: the shape in which each feature tells them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.models.people import Person

KEPT = timedelta(days=365)  # after its day a date stays in the calendar for so long


@dataclass(frozen=True, slots=True)
class Event:
    """One date; `begins` is a moment, or a day where it takes the whole of it.

    `mark` is the same for ever, and `sequence` rises with each change, so that a calendar knows it again and takes the
    newest. Who finds a lost phone reads `title` and `place`: no names and nothing private stands in a calendar that is
    fetched again and again.
    """

    mark: str
    title: str
    begins: date | datetime
    sequence: int
    changed_at: datetime
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)
    length: timedelta | None = None
    is_cancelled: bool = False
    place: str = ""


CalendarSource = Callable[[Session, Person, date], Sequence[Event]]
