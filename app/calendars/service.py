"""Deeds with the address of a person's calendar: she makes one, renews it, or switches it off; who reads at it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.people import Person
from app.models.reminding.calendar_addresses import CalendarAddress
from app.platform.audit import record


def address_of(session: Session, person: Person) -> CalendarAddress | None:
    """The one that is good."""
    made = session.get(CalendarAddress, person.id)
    return made if made and made.ended_at is None else None


def make_address(session: Session, person: Person, now: datetime) -> CalendarAddress:
    """A new one; from now on the one before leads nowhere."""
    made = session.get(CalendarAddress, person.id, with_for_update=True)
    if made is None:
        made = CalendarAddress(person_id=person.id, number=0)
        session.add(made)
    made.number, made.made_at, made.ended_at = made.number + 1, now, None
    record(session, person, "made a calendar address", made, now=now)
    return made


def end_address(session: Session, person: Person, now: datetime) -> None:
    """Let nobody read at it any more; a second time changes nothing."""
    made = session.get(CalendarAddress, person.id, with_for_update=True)
    if made and made.ended_at is None:
        made.ended_at = now
        record(session, person, "ended a calendar address", made, now=now)


def reader_at(session: Session, person_id: int, number: int) -> Person | None:
    """Whose calendar is read at an address; None once it was renewed or ended, or she can no longer sign in."""
    return session.scalar(
        select(Person)
        .join(CalendarAddress, CalendarAddress.person_id == Person.id)
        .where(
            Person.id == person_id,
            Person.is_active,
            CalendarAddress.number == number,
            CalendarAddress.ended_at.is_(None),
        )
    )
