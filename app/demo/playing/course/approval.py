"""Plays how learners of the demo submit their hours, and how their mentors verify or return them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.hours.approval.deciding import decide_lines
from app.hours.approval.periods import periods_of
from app.hours.approval.queries import drafts_of, lines_to_verify
from app.hours.approval.submitting import submit_period
from app.models.placements import Placement
from app.platform.db import transaction
from app.platform.occasion import Occasion
from app.rules.hours.verifiers import verifier_of

BETWEEN_SUBMISSIONS = timedelta(days=21)
TO_READ = timedelta(days=2)
WAITING = 3  # for one placement in so many the newest submission waits for its mentor
RETURNED = 2  # for one of the others in so many an entry of the newest submission comes back
COMMENT = "Was this on one day? Please say how much of it was at the site."

Clock = Callable[[date], AbstractContextManager[datetime]]


def play_approval(number: int, placement: Placement, until: date, since: date, before: date, clock: Clock) -> None:
    """Submit the drafts of a placement every three weeks, and decide about them, on days from `since` to `before`."""
    day = placement.starts_on + BETWEEN_SUBMISSIONS
    while day < until:
        read_on, is_newest = day + TO_READ, day + BETWEEN_SUBMISSIONS >= until
        if since <= day < before:
            with clock(day) as now, transaction() as session:
                submit_all(session, placement, Occasion(placement.learner, day, now, ""))
        if since <= read_on < before and not (is_newest and number % WAITING == 1):
            with clock(read_on) as now, transaction() as session:
                mentor = verifier_of(session, placement, read_on)
                returns_one = is_newest and number % RETURNED == 0
                decide_all(session, placement, Occasion(mentor, read_on, now, ""), returns_one)
        day += BETWEEN_SUBMISSIONS


def submit_all(session: Session, placement: Placement, occasion: Occasion) -> None:
    for period in periods_of(drafts_of(session, placement))[:1]:
        submit_period(session, occasion, placement, period, "")


def decide_all(session: Session, placement: Placement, occasion: Occasion, returns_one: bool) -> None:
    waiting = [entry.id for entry in lines_to_verify(session, placement)]
    returned = {waiting[-1]: COMMENT} if waiting and returns_one else {}
    if waiting:
        decide_lines(session, occasion, placement, set(waiting) - returned.keys(), returned, "", is_sure=True)
