"""Lets the app live through another day than today, and people act on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time

from flask import Flask
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_of
from app.models.people import Person
from app.platform.db import transaction
from app.platform.occasion import Occasion
from app.web.addresses import full_address


@contextmanager
def at(app: Flask, day: date) -> Iterator[datetime]:
    """Let the app believe that it is the morning of a day."""
    before, moment, present = app.config.get("NOW"), datetime.combine(day, time(9, 30), UTC), datetime.now(UTC)
    if day == day_of(present):
        moment = min(moment, present)  # or what was done today would be shown as still to come
    app.config["NOW"] = lambda: moment
    try:
        yield moment
    finally:
        app.config["NOW"] = before


@contextmanager
def acting(app: Flask, day: date, person: Person | None = None) -> Iterator[tuple[Session, Occasion]]:
    """A transaction on the morning of a day, in which a person does something."""
    with at(app, day) as now, transaction() as session:
        yield session, Occasion(person, day_of(now), now, full_address("home.show"))


def as_done_by(occasion: Occasion, person: Person) -> Occasion:
    """The same occasion for somebody else."""
    return replace(occasion, actor=person)
