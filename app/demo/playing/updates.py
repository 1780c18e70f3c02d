"""Lets some people of the demo ask for updates by email, and its administrator write one that goes out and a draft."""

from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from app.demo.playing.accounts import address_of
from app.demo.playing.days import acting
from app.models.people import Person
from app.models.public.updates import UpdateRegistration, UpdateTopic
from app.updates.base_views import ways
from app.updates.service import Written, digest_of, send, write
from app.updates.subscribing import LIFE, confirm

READERS = 3
WEEK, DAY = timedelta(weeks=1), timedelta(days=1)
SENT = Written(
    UpdateTopic.ROUNDS,
    "The spring rounds take requests",
    "Learners of the participating universities can ask for a place now. Each round says until when, on its own page.",
)
DRAFT = Written(
    UpdateTopic.PATHWAYS,
    "Where you can study from next autumn",
    "The universities are writing down next year’s modules. What is not settled is marked “to confirm”.",
)


def play_updates(app: Flask, today: date) -> None:
    """Nobody of the demo reads the mails, so what their links do is done here."""
    with acting(app, today - 3 * WEEK) as (session, occasion):
        for number in range(READERS):
            email = f"reader{number + 1}@nowhere.example"
            registration, _ = UpdateRegistration.issue(email, set(UpdateTopic), occasion.now, LIFE)
            session.add(registration)
            confirm(session, registration, occasion.now)
    with acting(app, today - WEEK) as (session, occasion):
        administrator = session.scalars(select(Person).where(Person.email == address_of("administrator"))).one()
    with acting(app, today - WEEK, administrator) as (session, occasion):
        update = write(session, occasion, SENT, is_sure=False)
        send(session, occasion, update, digest_of(update), ways())
    with acting(app, today - DAY, administrator) as (session, occasion):
        write(session, occasion, DRAFT, is_sure=False)
