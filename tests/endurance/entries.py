"""Learners who log hours all the while, and remember what was acknowledged to them."""

import itertools
import threading
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.hours import HoursEntry
from app.models.operations.audit import AuditLine
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.passwords import kept_of_password
from tests.builders import Builder

PEOPLE = 3
PASSWORD = "four words put together"
SECONDS_TO_ANSWER = 60


class Learners:
    """Each has a placement and a browser; what got no answer is sent again with the same key, as people do."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.acknowledged: list[str] = []
        self.wrong: list[str] = []
        self.unanswered = self.idle = 0
        self.ending, self.answered = threading.Event(), threading.Condition()
        with transaction() as session:
            build = Builder(session, now())
            build.number = itertools.count(1_000_000)  # beside what a trial of workers has made
            placements = [build.placement() for _ in range(PEOPLE)]
            for number, one in enumerate(placements):
                one.learner.email = f"logs{number}@nowhere.example"
                one.learner.password_hash = kept_of_password(PASSWORD)
            self.threads = [
                threading.Thread(target=self.log, args=(number, one.learner.email, one.id))
                for number, one in enumerate(placements)
            ]
            self.day = build.today

    def begin(self) -> None:
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        self.ending.set()
        for thread in self.threads:
            thread.join()

    def wait_for_an_answer(self) -> None:
        """Until something was acknowledged by the server that runs."""
        with self.answered:
            self.idle += not self.answered.wait(SECONDS_TO_ANSWER)
        if not any(thread.is_alive() for thread in self.threads):
            raise RuntimeError(f"nobody logs any more: {self.wrong}")

    def log(self, number: int, email: str, placement_id: int) -> None:
        cookie = ""
        for turn in itertools.count():
            key = f"person{number}entry{turn:06}"
            is_done = False
            while not is_done and not self.ending.is_set():
                try:
                    cookie = cookie or self.signed_in(email)
                    status, _ = self.post(f"/placements/{placement_id}/hours/new", self.entry(turn, key), cookie)
                    is_done = status == 303
                    if not is_done:
                        self.wrong.append(f"{key} was answered with {status}")
                        return
                except (OSError, HTTPException):
                    self.unanswered += 1
                    self.ending.wait(0.05)
            if is_done:
                self.acknowledged.append(key)
                with self.answered:
                    self.answered.notify_all()
            if self.ending.is_set():
                return

    def entry(self, turn: int, key: str) -> dict[str, str]:
        """Half an hour on one of the last fifty days: a day has room for many."""
        day = self.day - timedelta(days=turn % 50)
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

    def signed_in(self, email: str) -> str:
        status, cookie = self.post("/sign-in", {"email": email, "password": PASSWORD}, "")
        return cookie if status == 303 else ""

    def post(self, path: str, fields: dict[str, str], cookie: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS_TO_ANSWER)
        try:
            headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
            connection.request("POST", path, urlencode(fields), headers)
            answer = connection.getresponse()
            answer.read()
            given = [one.partition(";")[0] for one in answer.headers.get_all("Set-Cookie", [])]
            return answer.status, "; ".join(given) or cookie
        finally:
            connection.close()

    def faults(self, session: Session) -> list[str]:
        rows = session.execute(
            select(HoursEntry.form_key, func.count())
            .where(HoursEntry.form_key.startswith("person"))
            .group_by(HoursEntry.form_key)
        )
        kept = dict(rows.all())
        said = session.scalar(select(func.count()).where(AuditLine.deed == "logged hours"))
        return [
            *self.wrong,
            *([f"{len(kept)} entries were kept and {said} noted"] if said != len(kept) else []),
            *([f"{self.idle} servers were killed that had acknowledged nothing"] if self.idle else []),
            *(f"{key} was acknowledged and is lost" for key in self.acknowledged if key not in kept),
            *(f"{key} is there {times} times" for key, times in kept.items() if times != 1),
        ]
