"""Who does a deed and when, and where the mails about it lead: what every deed that others hear of is given."""

from dataclasses import dataclass
from datetime import date, datetime

from app.models.people import Person


@dataclass(frozen=True)
class Occasion:
    """`actor` is None for what nobody signed in does, such as an import at night; `home` is a full address."""

    actor: Person | None
    today: date
    now: datetime
    home: str
