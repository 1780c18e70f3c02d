"""What waits for a person, as every feature tells it: to do now, put off, and what only needs to be known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_of
from app.models.people import Person
from app.rules.home_items import Shortcut, Source, Standing, ToDo


@dataclass(frozen=True, slots=True)
class Waiting:
    """The home page of one person: what is due comes first, by its day; what is put off has the day it comes back."""

    to_do: list[ToDo]
    put_off: list[tuple[ToDo, date]]
    standings: list[Standing]
    shortcuts: list[Shortcut]

    @property
    def all_to_do(self) -> list[ToDo]:
        return [*self.to_do, *(item for item, _ in self.put_off)]


def waiting_for(
    session: Session, sources: Iterable[Source], person: Person, now: datetime, put_off: Mapping[str, date]
) -> Waiting:
    """Ask every source; `put_off` says until when which marks stay out of sight."""
    found = [item for source in sources for item in source(session, person, now)]
    items = sorted(
        (item for item in found if isinstance(item, ToDo)), key=lambda one: (one.due is None, one.due or day_of(now))
    )
    return Waiting(
        [item for item in items if item.mark not in put_off],
        [(item, put_off[item.mark]) for item in items if item.mark in put_off],
        [item for item in found if isinstance(item, Standing)],
        [item for item in found if isinstance(item, Shortcut)],
    )
