"""The regular job of digests: from seven in the morning, a page of people at a time, until nobody is due."""

from collections.abc import Sequence
from datetime import time
from functools import partial

from flask import current_app
from sqlalchemy.orm import Session, selectinload

from app.home.digests.due import people_due
from app.home.digests.making import Line, lines_of
from app.home.digests.service import Ways, send_digests
from app.home.digests.stopping_views import stop_secret
from app.language.local_times import clock_of
from app.models.people import Person
from app.platform.clock import now, today
from app.platform.db import transaction, write_patiently
from app.platform.jobs import regular_job
from app.rules.home_items import ToDo
from app.web.addresses import full_address

NOT_BEFORE = time(7)  # in London
PEOPLE_AT_ONCE = 50
SECONDS_BETWEEN_LOOKS = 5


@regular_job(every=SECONDS_BETWEEN_LOOKS)
def send_digests_due() -> None:
    """One page of people, so that other regular work goes on in between; the next look takes the next page."""
    if clock_of(now()) >= NOT_BEFORE:
        send_to_some()


def send_to_some() -> int:
    """Reading what waits takes longest and holds nobody up; what is written afterwards is short. Returns how many
    people were looked at."""
    with transaction(writing=False) as session:
        people = session.scalars(people_due(today()).options(selectinload(Person.grants)).limit(PEOPLE_AT_ONCE)).all()
        found = found_for(session, people)
    if found:
        write_patiently(partial(send_digests, found=found, ways=ways(), now=now()))
    return len(found)


def found_for(session: Session, people: Sequence[Person]) -> dict[int, list[Line]]:
    sources = current_app.extensions["rpe_home_sources"]
    return lines_of(session, people, sources, address_of, now())


def address_of(item: ToDo) -> str:
    return full_address(item.endpoint, **item.values)


def ways() -> Ways:
    return Ways(full_address("home.reminders"), stop_secret, lambda secret: full_address("home.stop", stop=secret))
