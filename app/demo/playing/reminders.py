"""Lets a learner and a mentor of the demo set when they are reminded, and mails some people what waits for them."""

from datetime import date, timedelta

from flask import Flask

from app.calendars.service import make_address
from app.demo.playing.days import acting, at
from app.home.base_views import waiting_of
from app.home.digests.jobs import send_to_some
from app.home.digests.service import choose_digest
from app.home.putting_off import days_to_choose, put_off
from app.models.people import Person
from app.models.reminding.digests import Rhythm

WEEK, DAY = timedelta(weeks=1), timedelta(days=1)


def play_reminders(app: Flask, learner: Person, mentor: Person, today: date) -> None:
    """The learner is mailed each week on today's weekday, the mentor each working day; both have a calendar."""
    for person, rhythm in ((learner, Rhythm.WEEKLY), (mentor, Rhythm.DAILY)):
        with acting(app, today - WEEK, person) as (session, occasion):
            choose_digest(session, person, rhythm, today.weekday(), occasion.now)
            make_address(session, person, occasion.now)
    with acting(app, today - DAY, mentor) as (session, occasion):
        for item in waiting_of(mentor).to_do[-1:]:
            days = [day for day in days_to_choose(item, occasion.today) if day > today]
            if days:
                put_off(session, mentor, item, days[-1], occasion.now)
    with at(app, today):
        send_to_some()
