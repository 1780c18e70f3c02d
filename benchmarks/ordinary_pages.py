"""What ordinary pages cost beside a bare route: requests per second of processor time, all in one run.

    python -m benchmarks.ordinary_pages [--requests 150] [DATABASE]

DATABASE is an address like sqlite:////tmp/demo.sqlite3 of a demo that is there already; without one, a demo is made in
a temporary folder. Pages are asked for in turn, so that a busy machine slows all alike.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import create_environ, run_wsgi_app

from app import create_app
from app.config import Settings
from app.demo.playing.loading import PASSWORD
from app.serving.collector import spare_collector
from app.web.access import open_to_all

WARM_UP = 3
HIDDEN = re.compile(r'<input[^>]*name="([\w-]+)"[^>]*type="hidden"[^>]*value="([^"]*)"')
TOKEN = re.compile(r'name="(csrf_token|filled_by)" value="([^"]*)"')
# Whose page it is, what it is called here, where it begins, and the link that leads from there to it.
PAGES = (
    ("learner", "a page of fixed text", "/accessibility", ""),
    ("learner", "a learner's home", "/", ""),
    ("administrator", "a list of 50 people", "/admin/people", ""),
    ("mentor", "a list of 50 studies", "/studies", ""),
    ("administrator", "a short form (invite)", "/admin/people/new", ""),
    ("learner", "a form (log hours)", "/placements", r"/placements/\d+/hours/new"),
    ("mentor", "a long form (log a session)", "/my-learners", r"/placements/\d+/sessions/new"),
    ("mentor", "a long form (profile)", "/mentor/profile", ""),
)

Ask = Callable[[], Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", nargs="?")
    parser.add_argument("--requests", type=int, default=150)
    given = parser.parse_args()
    with demo_at(given.database) as database:
        costs = measure(cases(database), given.requests)
    ours = costs["our bare route"]
    print(f"{'':34}{'ms':>8}{'a second':>10}{'of ours':>9}")
    for name, seconds in costs.items():
        print(f"{name:34}{seconds * 1000:8.2f}{1 / seconds:10.0f}{ours / seconds:9.1%}")


@contextmanager
def demo_at(database: str | None) -> Iterator[str]:
    """The address of a demo."""
    if database:
        yield database
        return
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'demo.sqlite3'}"
        words = [sys.executable, "-m", "app.cli", "demo", "--no-serve"]
        subprocess.run(words, env={**os.environ, "RPE_DATABASE_URL": address}, check=True, stdout=subprocess.DEVNULL)
        yield address


def cases(database: str) -> dict[str, Ask]:
    """What is asked for, by name."""
    app = our_app(database)
    browsers = {account: signed_in(app, account) for account in dict.fromkeys(page[0] for page in PAGES)}
    asked = {"a bare Flask application": question(bare_app(), "/bare"), "our bare route": question(app, "/bare")}
    for account, name, start, link in PAGES:
        path = found(browsers[account], start, link) if link else start
        asked[name] = question(app, path, browsers[account])
    return asked


def bare_app() -> Flask:
    app = Flask("bare")
    app.add_url_rule("/bare", "bare", lambda: "Nothing but this line.")
    return app


def our_app(database: str) -> Flask:
    settings = {"RPE_DATABASE_URL": database, "RPE_BASE_URL": "http://localhost", "RPE_DEMO": "1"}
    app = create_app(Settings.from_environ(settings))
    app.add_url_rule("/bare", "bare", open_to_all(lambda: "Nothing but this line."))
    return app


def signed_in(app: Flask, account: str) -> FlaskClient:
    """A browser in which this account of the demo is signed in."""
    browser = app.test_client()
    page = browser.get("/sign-in").text
    fields = {**dict(HIDDEN.findall(page)), **dict(TOKEN.findall(page))}
    answer = browser.post("/sign-in", data={**fields, "email": f"{account}@demo.example", "password": PASSWORD})
    assert answer.status_code == 303, f"{account} cannot sign in: is {app.config['SQLALCHEMY_DATABASE_URI']} a demo?"
    return browser


def found(browser: FlaskClient, start: str, link: str) -> str:
    """The first link of this shape on a page."""
    match = re.search(link, browser.get(start, follow_redirects=True).text)
    assert match, f"{start} has no link {link}"
    return match.group()


def question(app: Flask, path: str, browser: FlaskClient | None = None) -> Ask:
    """Ask for a page as a server would, without the cost of a test client."""
    environ = create_environ(path)
    cookie = browser.get_cookie(app.config["SESSION_COOKIE_NAME"]) if browser else None
    if cookie:
        environ["HTTP_COOKIE"] = f"{cookie.key}={cookie.value}"

    def ask() -> None:
        _, status, _ = run_wsgi_app(app, dict(environ), buffered=True)
        assert status.startswith("200"), f"{path}: {status}"

    return ask


def measure(asked: dict[str, Ask], requests: int) -> dict[str, float]:
    """The mean processor time of a request, in seconds; the collector's share falls on whom it interrupts."""
    for ask in asked.values():
        for _ in range(WARM_UP):
            ask()
    spare_collector()  # as a server does
    spent = dict.fromkeys(asked, 0.0)
    for _ in range(requests):
        for name, ask in asked.items():
            start = time.process_time()
            ask()
            spent[name] += time.process_time() - start
    return {name: seconds / requests for name, seconds in spent.items()}


if __name__ == "__main__":
    main()
