"""Deeds with digests: a person chooses when hers comes, or stops it; those that are due are sent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.home.digests import mails
from app.home.digests.due import people_due
from app.home.digests.making import Line
from app.language.dates_and_times import day_of
from app.models.base import insert_rows
from app.models.people import Person
from app.models.reminding.digests import MONDAY, DigestSetting, Rhythm, last_turn, next_turn
from app.platform.audit import record
from app.platform.outbox import queue_message


@dataclass(frozen=True, slots=True)
class Ways:
    """The addresses that each digest names: where it is set, and where its reader stops it, by a secret of hers."""

    settings: str
    secret_of: Callable[[Person], str]
    stop_at: Callable[[str], str]


def setting_of(session: Session, person: Person) -> DigestSetting:
    """What she has chosen, or what holds for who has chosen nothing."""
    chosen = session.get(DigestSetting, person.id)
    return chosen or DigestSetting(person_id=person.id, rhythm=Rhythm.WEEKLY, weekday=MONDAY)


def next_digest_on(setting: DigestSetting, person: Person, today: date) -> date | None:
    """The day of the next one: today where it is still to come."""
    is_to_come = setting.looked_on != today and day_of(person.created_at) < today
    if is_to_come and last_turn(setting.rhythm, setting.weekday, today) == today:
        return today
    return next_turn(setting.rhythm, setting.weekday, today)


def choose_digest(session: Session, person: Person, rhythm: Rhythm, weekday: int, now: datetime) -> None:
    """Let her digest come so from tomorrow on."""
    setting = setting_of(session, person)
    if setting.chosen_at and (setting.rhythm, setting.weekday) == (rhythm, weekday):
        return
    session.add(setting)
    setting.rhythm, setting.weekday = rhythm, weekday
    setting.chosen_at, setting.looked_on = now, day_of(now)
    record(session, person, "chose when a digest comes", setting, now=now, rhythm=rhythm.value, weekday=weekday)


def stop_digest(session: Session, person: Person, now: datetime) -> None:
    """By the link in a mail, from whoever reads her mail; a second time changes nothing."""
    setting = setting_of(session, person)
    if setting.rhythm is Rhythm.NEVER:
        return
    session.add(setting)
    setting.rhythm, setting.chosen_at, setting.looked_on = Rhythm.NEVER, now, day_of(now)
    record(session, None, "stopped digests by the link in a mail", setting, now=now, name=person.name)


def send_digests(session: Session, found: Mapping[int, Sequence[Line]], ways: Ways, now: datetime) -> int:
    """Mail what was found for each person whose turn it still is, and note that she was looked at; return how many.

    Mail and note stand in one transaction: whoever looks next finds both or neither.
    """
    today = day_of(now)
    due = session.scalars(people_due(today).where(Person.id.in_(found))).all()
    note_looked(session, [person.id for person in due], today)
    readers = [person for person in due if found[person.id]]
    for reader in readers:
        secret = ways.secret_of(reader)
        mail = mails.digest(reader, found[reader.id], today, ways.settings, ways.stop_at(secret))
        queue_message(session, reader.email, mail, now, secret=secret, unsubscribe=ways.stop_at(secret))
    return len(readers)


def note_looked(session: Session, people: Sequence[int], today: date) -> None:
    known = set(session.scalars(select(DigestSetting.person_id).where(DigestSetting.person_id.in_(people))))
    session.execute(
        update(DigestSetting).where(DigestSetting.person_id.in_(known)).values(looked_on=today),
        execution_options={"synchronize_session": "fetch"},
    )
    new = [one for one in people if one not in known]
    if new:
        choice = {"rhythm": Rhythm.WEEKLY, "weekday": MONDAY, "looked_on": today, "chosen_at": None}
        insert_rows(session, DigestSetting, [{"person_id": one, **choice} for one in new])
