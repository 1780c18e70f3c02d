"""Putting off: until which days something may stay out of sight, and what each person has put off."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_of
from app.models.people import Person
from app.models.reminding.put_off import PutOff
from app.platform.audit import record
from app.rules.home_items import ToDo

DAYS_AHEAD = {
    1: "Until tomorrow",
    3: "For 3 days",
    7: "For a week",
    14: "For 2 weeks",
    28: "For 4 weeks",
}
LONGEST, LONGEST_WHEN_LATE = timedelta(days=28), timedelta(days=7)


def days_to_choose(item: ToDo, today: date) -> dict[date, str]:
    """Until when it can be put off, each day with how long that is: never past the day on which it is due."""
    latest = latest_day(item, today)
    days = {today + timedelta(days=number): words for number, words in DAYS_AHEAD.items()}
    return {day: words for day, words in days.items() if day <= latest}


def latest_day(item: ToDo, today: date) -> date:
    """What is late already can rest for a week and comes back; what is due today cannot wait."""
    if item.due is None:
        return today + LONGEST
    return today + LONGEST_WHEN_LATE if item.due < today else min(item.due, today + LONGEST)


def put_off(session: Session, person: Person, item: ToDo, until: date, now: datetime) -> None:
    """Keep it out of sight until the morning of a day, which is one of `days_to_choose`."""
    session.add(PutOff(person_id=person.id, item=item.mark, until_on=until, put_off_at=now))
    record(session, person, "put something off", now=now, until=until.isoformat())


def show_again(session: Session, person: Person, item: ToDo, now: datetime) -> None:
    """Let it stand on the home page again at once."""
    session.add(PutOff(person_id=person.id, item=item.mark, until_on=day_of(now), put_off_at=now))
    record(session, person, "took back that something was put off", now=now)


def put_off_by(session: Session, people: Iterable[int], today: date) -> dict[int, dict[str, date]]:
    """For each of the people, by id, what is out of sight today and until when; one query."""
    found: dict[int, dict[str, date]] = {person_id: {} for person_id in people}
    rows = session.execute(
        select(PutOff.person_id, PutOff.item, PutOff.until_on)
        .where(PutOff.person_id.in_(found), PutOff.until_on > today - LONGEST)
        .order_by(PutOff.id)
    ).all()
    for person_id, item, until in rows:
        found[person_id][item] = until
    return {
        person_id: {item: until for item, until in items.items() if until > today} for person_id, items in found.items()
    }
