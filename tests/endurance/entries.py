"""Learners who log hours all the while, and remember what was acknowledged to them."""

import itertools
import threading
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.hours import HoursEntry
from app.models.operations.audit import AuditLine
from app.platform.clock import now
from app.platform.db import transaction
from tests.builders import Builder
from tests.endurance.callers import Caller, Ended, Line, let_in

PEOPLE = 3
KEY = "person"


def half_an_hour(today: date, turn: int, key: str) -> dict[str, str]:
    """What is sent to log half an hour on one of the last fifty days: a day has room for many."""
    day = today - timedelta(days=turn % 50)
    return {
        "worked_on-day": str(day.day),
        "worked_on-month": str(day.month),
        "worked_on-year": str(day.year),
        "category": "workplace learning",
        "minutes": "30",
        "did": f"Screened notes for {key}.",
        "form_key": key,
        "is_sure": "y",
    }


class Learners:
    """Each has a placement and a browser; what got no answer is sent again with the same key, as people do."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.acknowledged: list[str] = []
        self.wrong: list[str] = []
        with transaction() as session:
            build = Builder(session, now())
            build.number = itertools.count(1_000_000)  # beside what a trial of workers has made
            self.day = build.today
            self.threads = [self.thread(number, build) for number in range(PEOPLE)]

    def thread(self, number: int, build: Builder) -> threading.Thread:
        placement = build.placement()
        caller = Caller(self.line, let_in(placement.learner, f"logs{number}@nowhere.example"))
        return threading.Thread(target=self.log, args=(number, caller, placement.id))

    def log(self, number: int, caller: Caller, placement_id: int) -> None:
        for turn in itertools.count():
            key = f"{KEY}{number}entry{turn:06}"
            try:
                status = caller.post(f"/placements/{placement_id}/hours/new", half_an_hour(self.day, turn, key))
            except Ended:
                return
            if status != 303:
                self.wrong.append(f"{key} was answered with {status}")
                return
            self.acknowledged.append(key)
            self.line.acknowledge()

    def faults(self, session: Session) -> list[str]:
        rows = session.execute(
            select(HoursEntry.form_key, func.count())
            .where(HoursEntry.form_key.startswith(KEY))
            .group_by(HoursEntry.form_key)
        )
        kept = dict(rows.all())
        there = session.scalar(select(func.count()).select_from(HoursEntry))
        said = session.scalar(select(func.count()).where(AuditLine.deed == "logged hours"))
        return [
            *self.wrong,
            *([f"{there} entries were kept and {said} noted"] if said != there else []),
            *(f"{key} was acknowledged and is lost" for key in self.acknowledged if key not in kept),
            *(f"{key} is there {times} times" for key, times in kept.items() if times != 1),
        ]
