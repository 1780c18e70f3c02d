"""Sends odd requests to every route and form, as every role: python -m tests.endurance.fuzz --requests 100000.

Whoever ends it early, by a key or by SIGTERM, sees what was found until then.
"""

import io
import logging
import signal
import sys
import traceback
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from math import inf
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any
from urllib.parse import quote, urlsplit

from sqlalchemy import Engine, inspect, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule

from app import create_app
from app.models import Base
from app.models.runs import Run, RunState
from app.platform.db import TransactionalFlask, db
from app.serving.collector import spare_collector
from app.web.access import Permission
from tests.builders import Builder
from tests.conftest import NOON, settings_for
from tests.endurance.odd import ENDS, METHODS, PRIVATE, QUERIES, RAW_MARKUP, Typist
from tests.pages import Page, SentForm
from tests.world import World, holders, make_world, routes, rows_in
from tests.written import note_what_is_written

REQUESTS_A_WORLD = 250  # then every table is put back, so that deeds cannot end the fun
SHOWN_OF_A_REQUEST = 300


class Findings(logging.Handler):
    """What should not have happened, each kind once with its first example; hears the log as well."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.kinds: dict[str, tuple[int, str]] = {}
        self.raised: list[str] = []
        self.request = ""
        self.requests = 0
        self.answers: dict[int, int] = {}
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))

    def note(self, kind: str) -> None:
        count, example = self.kinds.get(kind, (0, self.request))
        self.kinds[kind] = (count + 1, example)

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1]:
            self.note(f"logged {place_of(record.exc_info[1])}")
        if PRIVATE in self.format(record):
            self.note(f"a private word in the log of {record.name}: {record.msg}")

    def look_at(self, answer: Any) -> None:
        """Note an answer that says that we failed, and a page that shows markup as it was typed."""
        self.answers[answer.status_code] = self.answers.get(answer.status_code, 0) + 1
        if answer.status_code >= 500:
            self.note(f"answered {answer.status_code}")
        content = answer.get_data()  # to its end: a download may fail while it is sent
        if answer.mimetype == "text/html":
            for mark in RAW_MARKUP:
                if mark.encode() in content:
                    self.note(f"a page shows {mark} as it was typed")

    def report(self) -> str:
        lines = [f"{self.requests:,} requests; answers {dict(sorted(self.answers.items()))}"]
        for kind, (count, example) in sorted(self.kinds.items(), key=lambda one: -one[1][0]):
            lines += [f"{count:6} {kind}", f"       first: {example}"]
        return "\n".join(lines)


def place_of(error: BaseException) -> str:
    """Which error it is, and where our code met it."""
    ours = [
        frame for frame in traceback.extract_tb(error.__traceback__) if "/app/" in frame.filename.replace("\\", "/")
    ]
    last = ours[-1] if ours else traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno} {last.name}"


class Fuzzer:
    """Somebody at every screen at once who means no good, in a world that is put back now and then."""

    def __init__(self, world: World, engine: Engine, seed: int) -> None:
        self.world, self.engine, self.random = world, engine, Random(seed)
        self.typist, self.findings, self.must_end = Typist(self.random), Findings(), False
        self.people = [*world.owners.values(), *world.owners.values(), *world.strangers.values(), None]
        self.reading = [one for one in routes(world.app) if one[1] == "GET"]
        self.writing = [one for one in routes(world.app) if one[1] == "POST"]
        self.forms: dict[tuple[str, int | None], list[SentForm]] = {}
        self.browsers = {person: world.browser_of(person) for person in set(self.people)}

    def go(self, requests: int, minutes: float = inf) -> Findings:
        """Send so many requests, or as many as there is time for, with the log listened to."""
        until = monotonic() + 60 * minutes
        with listening(self.findings), unguarded(self.world.app):
            while self.findings.requests < requests and monotonic() < until and not self.must_end:
                self.one_more()
                if self.findings.requests % REQUESTS_A_WORLD == 0:
                    self.start_again()
        self.world.restore(self.engine)
        return self.findings

    def end(self, *said: Any) -> None:
        """Send nothing more after this request."""
        self.must_end = True

    def start_again(self) -> None:
        self.world.restore(self.engine)
        self.browsers = {person: self.world.browser_of(person) for person in set(self.people)}

    def one_more(self) -> None:
        way = self.random.choice((self.look, *[self.fill_in] * 4, self.send_blindly, self.mangle))
        rule, _, permission = self.random.choice(self.writing if way == self.send_blindly else self.reading)
        way(rule, self.somebody(permission))

    def somebody(self, permission: Permission | None) -> int | None:
        """Most often one whom a page concerns, sometimes anybody."""
        allowed = holders(self.world.owners, permission) if permission else {}
        if allowed and self.random.random() < 0.85:
            return self.random.choice(sorted(allowed.values()))
        return self.random.choice(self.people)

    def look(self, rule: Rule, person: int | None) -> None:
        """Open a page with odd ids and an odd query."""
        address = self.odd_address(rule)
        query = {name: self.typist.into(name) for name in self.random.sample(ASKED, self.random.randint(0, 3))}
        self.send(person, "GET", address, query_string=query, **self.maybe_part())

    def fill_in(self, rule: Rule, person: int | None) -> None:
        """Take a form of a page as it is, and put something odd into a field or two."""
        forms = self.forms_of(self.world.address_of(rule), person)
        if not forms:
            return self.look(rule, person)
        form = self.random.choice(forms)
        fields = [(name, value) for name, values in form.fields.items() for value in values]
        names = sorted(form.fields)
        for _ in range(self.random.choice((0, 1, 1, 1, 2, 3))) if names else ():
            fields = self.with_an_oddity(fields, self.random.choice(names))
        if form.method.lower() == "get":
            return self.send(person, "GET", urlsplit(form.action).path, query_string=MultiDict(fields))
        data: dict[str, Any] = {}
        for name, value in fields:
            data.setdefault(name, []).append(value)
        if form.has_file or self.random.random() < 0.03:
            content, file_name = self.typist.file()
            data["file"] = (io.BytesIO(content), file_name)
        return self.send(person, "POST", form.action, data=data, **self.maybe_part())

    def with_an_oddity(self, fields: list[tuple[str, str]], name: str) -> list[tuple[str, str]]:
        """Another value, one more, none, or an odd one for all."""
        others = [field for field in fields if field[0] != name]
        odd = (name, self.typist.into(name))
        return self.random.choice(([*others, odd], [*others, odd], [*fields, odd], [odd, *fields], others))

    def send_blindly(self, rule: Rule, person: int | None) -> None:
        """Send fields that any form might have to a route that may take none."""
        data = {name: self.typist.into(name) for name in self.random.sample(SENT, self.random.randint(0, 6))}
        self.send(person, "POST", self.odd_address(rule), data=data, **self.maybe_part())

    def mangle(self, rule: Rule, person: int | None) -> None:
        """Break what carries a request: method, headers, path, query or body."""
        address, typist, is_guarded = self.world.address_of(rule), self.typist, self.random.random() < 0.2
        path = (address + self.random.choice(ENDS)).encode("utf-8").decode("latin-1")
        ways: tuple[dict[str, Any], ...] = (
            {"method": self.random.choice(METHODS)},
            {"environ_overrides": typist.headers()},
            {"environ_overrides": typist.headers(), "data": {"x": typist.text()}},
            {**typist.body(), "method": "POST"},
            {"environ_overrides": {"PATH_INFO": path}},
            {"environ_overrides": {"QUERY_STRING": self.random.choice(QUERIES)}},
        )
        given = {"method": self.random.choice(("GET", "POST")), **self.random.choice(ways)}
        with guarded(self.world.app) if is_guarded else nullcontext():
            self.send(person, given.pop("method"), address, **given)

    def odd_address(self, rule: Rule) -> str:
        """The address of a route, some of its ids odd."""
        parts = []
        for is_dynamic, text in rule._trace:
            if text != "|":
                parts.append(self.typist.row_id(self.world.value_of(text, rule)) if is_dynamic else text)
        return quote("".join(parts), safe="/")

    def forms_of(self, address: str, person: int | None) -> list[SentForm]:
        """The forms of a page as this person sees it, read once."""
        if (address, person) not in self.forms:
            answer = self.send(person, "GET", address)
            is_page = answer is not None and answer.status_code == 200 and answer.mimetype == "text/html"
            found = Page(address, answer.get_data(as_text=True)).forms if is_page else []
            kept = [form for form in found if "sign-out" not in form.action or self.random.random() < 0.05]
            self.forms[address, person] = kept
        return self.forms[address, person]

    def maybe_part(self) -> dict[str, Any]:
        return {"headers": {"HX-Request": "true"}} if self.random.random() < 0.25 else {}

    def send(self, person: int | None, method: str, address: str, **given: Any) -> Any:
        """Send one request and look at what comes of it; None where nothing came back."""
        findings = self.findings
        findings.requests += 1
        findings.request = f"{method} {address} by {person} {given!r}"[:SHOWN_OF_A_REQUEST]
        try:
            answer = self.browsers[person].open(address, method=method, **given)
            findings.look_at(answer)
        except Exception as error:
            findings.note(f"raised {place_of(error)}")
            self.browsers[person] = self.world.browser_of(person)
            return None
        return answer


# fmt: off
ASKED = (
    "q", "page", "state", "sort", "rank", "kind", "next", "network", "study", "programme", "risk", "go", "deed", "role",
    "opening", "another", "same", "find", "specialty", "status", "level", "organisation", "organisation_id", "provider",
    "sent", "shown", "requests_page", "openings_page", "typed", "fit", "text",
)
SENT = (
    *ASKED, "email", "password", "name", "reason", "is_sure", "minutes", "other_time", "form_key", "before", "again",
    "direction", "from", "agreed", "done", "is_same", "held_on-day", "held_on-month", "held_on-year", "worked_on-day",
    "category", "topics", "answer", "csrf_token", "filled_by", "kept", "why_sure",
)
# fmt: on


@contextmanager
def listening(findings: Findings) -> Iterator[None]:
    """Let the findings hear every logger, and nobody else hear this application's."""
    root = logging.getLogger()
    root.addHandler(findings)
    try:
        yield
    finally:
        root.removeHandler(findings)


@contextmanager
def unguarded(app: TransactionalFlask) -> Iterator[None]:
    """Answer with an error page as people see it, and take forms without their token."""
    before = app.config["PROPAGATE_EXCEPTIONS"]
    app.config.update(PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    try:
        yield
    finally:
        app.config["PROPAGATE_EXCEPTIONS"] = before


@contextmanager
def guarded(app: TransactionalFlask) -> Iterator[None]:
    app.config.update(WTF_CSRF_ENABLED=True)
    try:
        yield
    finally:
        app.config.update(WTF_CSRF_ENABLED=False)


def fuzzer_in(app: TransactionalFlask, session: Session, engine: Engine, seed: int) -> Fuzzer:
    """A fuzzer in the world of the tests, with a run in each state beside the solved one."""
    build = Builder(session, NOON)
    world = make_world(app, build, engine)
    session.commit()  # so that what the service wrote meanwhile is read before more is written
    solved = session.get_one(Run, world.values["run_id"])
    for state in RunState:
        if state is RunState.SOLVED:
            continue
        begun = {"seed": solved.seed, "created_at": NOON, "created_by_id": solved.created_by_id}
        build.add(Run(round_id=solved.round_id, stages=solved.stages, state=state, **begun))
    for made_by_hand in session.scalars(select(Run).where(Run.state == RunState.SOLVED)):
        made_by_hand.outcome = solved.outcome
        made_by_hand.problem, made_by_hand.solution = solved.problem, solved.solution
    session.commit()
    return Fuzzer(replace(world, rows=rows_in(engine)), engine, seed)


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=inf, help="end by then, however many are left")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", default="", help="of an empty database; without it SQLite in a temporary folder")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        app = create_app(settings_for(asked.database or f"sqlite:///{folder}/rpe.sqlite3", proxies=1))
        app.config["NOW"] = lambda: NOON
        with app.app_context():
            engine = db.engine
        if inspect(engine).get_table_names():
            parser.error("the database is not empty: name one that can be filled with odd things")
        Base.metadata.create_all(engine)
        with engine.begin() as connection:
            note_what_is_written(connection)
        spare_collector()  # as a server does
        with Session(engine) as session:
            fuzzer = fuzzer_in(app, session, engine, asked.seed)
            for way in (signal.SIGINT, signal.SIGTERM):
                signal.signal(way, fuzzer.end)
            findings = fuzzer.go(asked.requests, asked.minutes)
        engine.dispose()
    sys.stdout.write(f"{findings.report()}\n")
    return 1 if findings.kinds else 0


if __name__ == "__main__":
    sys.exit(main())
