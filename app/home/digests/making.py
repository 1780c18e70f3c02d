"""Makes the digests of a page of people: what waits for each, but for what a mail of today was about already."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.home.putting_off import put_off_by
from app.home.waiting import waiting_for
from app.language.dates_and_times import day_of
from app.language.local_times import start_of_day
from app.models.operations.outbox import Message
from app.models.people import Person
from app.rules.home_items import Source, ToDo

log = logging.getLogger(__name__)
AddressOf = Callable[[ToDo], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do in a digest, with the address at which it is done."""

    item: ToDo
    address: str


def lines_of(
    session: Session, people: Sequence[Person], sources: Iterable[Source], address_of: AddressOf, now: datetime
) -> dict[int, list[Line]]:
    """What each of the people is mailed, by her id, what is due first; nothing for whom nothing waits.

    Two queries for all of them, and for each what her home page asks.
    """
    sources, today = tuple(sources), day_of(now)
    put_off = put_off_by(session, [one.id for one in people], today)
    written = addresses_written(session, [one.email for one in people], today)
    found: dict[int, list[Line]] = {}
    for person_id, email, person in [(one.id, one.email, one) for one in people]:
        try:
            items = waiting_for(session, sources, person, now, put_off[person_id]).to_do
        except Exception:
            # A fault that one person's record brings to light must not keep all others from their mail.
            log.exception("What waits for person %s could not be found", person_id)
            session.rollback()
            items = []
        lines = [Line(item, address_of(item)) for item in items]
        found[person_id] = [line for line in lines if line.address not in written[email]]
    return found


def addresses_written(session: Session, emails: Sequence[str], today: date) -> dict[str, set[str]]:
    """To which pages the mails of today have led each reader."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    rows = session.execute(
        select(Message.recipient, Message.body).where(
            Message.recipient.in_(emails),
            Message.queued_at >= start_of_day(today),
            Message.withdrawn_at.is_(None),
        )
    ).all()
    for recipient, body in rows:
        found[recipient].update(word.rstrip(".,;") for word in body.split() if word.startswith("http"))
    return found
