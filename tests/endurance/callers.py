"""People at browsers whose server is killed all the while: what gets no answer is sent again, as people do."""

import threading
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from typing import TypeVar
from urllib.parse import urlencode

from app.models.people import Person
from app.platform.passwords import kept_of_password

PASSWORD = "four words put together"
SECONDS_TO_ANSWER = 60
SECONDS_BETWEEN_TRIES = 0.05
Answer = TypeVar("Answer")
Fields = dict[str, str] | dict[str, list[str]]


class Ended(Exception):
    """Nobody waits for an answer any more."""


class Line:
    """What connects all callers to the server: until when they try, and what was answered."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.unanswered = self.idle = 0
        self.ending, self.answered = threading.Event(), threading.Condition()

    def wait_for_an_answer(self) -> None:
        """Until something was acknowledged by the server that runs."""
        with self.answered:
            self.idle += not self.answered.wait(SECONDS_TO_ANSWER)

    def acknowledge(self) -> None:
        with self.answered:
            self.answered.notify_all()

    def until_answered(self, ask: Callable[[], Answer]) -> Answer:
        """What the server answers in the end; raises Ended where nobody waits for it any more."""
        while not self.ending.is_set():
            try:
                return ask()
            except (OSError, HTTPException):
                self.unanswered += 1
                self.ending.wait(SECONDS_BETWEEN_TRIES)
        raise Ended


class Caller:
    """One person who is signed in, on a line."""

    def __init__(self, line: Line, email: str) -> None:
        self.line, self.email, self.cookie = line, email, ""

    def get(self, path: str) -> str:
        """The page, with which the server must answer."""
        status, text = self.line.until_answered(lambda: self.asks("GET", path))
        if status != 200:
            raise RuntimeError(f"{path} was answered with {status}")
        return text

    def post(self, path: str, fields: Fields) -> int:
        """With which status the form was answered, sent as often as it needs."""
        return self.line.until_answered(lambda: self.asks("POST", path, fields))[0]

    def asks(self, method: str, path: str, fields: Fields | None = None) -> tuple[int, str]:
        if not self.cookie:
            self.send("POST", "/sign-in", {"email": self.email, "password": PASSWORD})
        return self.send(method, path, fields)

    def send(self, method: str, path: str, fields: Fields | None = None) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.line.port, timeout=SECONDS_TO_ANSWER)
        try:
            headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie}
            connection.request(method, path, urlencode(fields or {}, doseq=True), headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            given = [one.partition(";")[0] for one in answer.headers.get_all("Set-Cookie", [])]
            if path == "/sign-in" and answer.status == 303:
                self.cookie = "; ".join(given)
            return answer.status, text
        finally:
            connection.close()


def let_in(person: Person, email: str) -> str:
    """Give a person an address and the password that callers use."""
    person.email, person.password_hash = email, kept_of_password(PASSWORD)
    return email
