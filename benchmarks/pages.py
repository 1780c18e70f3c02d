"""What every page costs when the database is small and when it is full, as everybody who may see it.

    python -m benchmarks.pages                                both sizes on SQLite, in instance/
    python -m benchmarks.pages --only /progress --large       some pages at one size
    python -m benchmarks.pages --database postgresql+psycopg://postgres@127.0.0.1/pages_{size}
    python -m benchmarks.pages --fill                         only makes the databases, for other measurements

A database is made in a minute or two and kept: a second run uses it as it is. The processor time is that of the
service, the median of several visits after the first; what a database server does beside it is in the whole time.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import delete, event, insert
from werkzeug.routing import Rule

from app.models.operations.sign_ins import SignIn
from app.models.people import Person, Role, RoleGrant, digest_of_secret
from app.platform.db import TransactionalFlask, db
from app.serving.collector import spare_collector
from app.web.access import permissions_of
from benchmarks.full.database import app_on
from benchmarks.full.sizes import CAST, LARGE, MANY, NOW, SMALL, Size

AT_HOME = f"sqlite:///{Path('instance').resolve()}/pages_{{size}}.sqlite3"
SECONDS_TOO_MANY = 20.0  # a page that takes longer is visited once
SEARCHES = {
    "/admin/audit": ("q=learner+17", "deed=did+deed+7", "page=99999"),
    "/admin/people": ("q=learner+17", "role=LEARNER"),
    "/rounds/<id:round_id>/compare": ("run=2&run=3", "run=2&run=3&change=better&q=learner+17"),
    "/studies": ("q=study+17",),
    "/openings/new": ("q=study+17",),
    "/progress": ("q=learner+17", "risk=1"),
    "/our-placements": ("q=learner+17", "risk=any", "sort=ends&state=runs"),
    "/find/organisations": ("organisation=hospital+17",),
    "/request/<id:request_id>/job/employers": ("organisation=hospital+17",),
    "/request/<id:request_id>/not-my-mentor/mentors": ("name=mentor+17",),
    "/request/<id:request_id>/openings": ("text=study",),
}


@dataclass(frozen=True)
class Visit:
    """What one page cost: its status and queries, and the seconds of the processor and of the clock."""

    status: int
    queries: int
    processor: float
    clock: float


@dataclass(frozen=True)
class Page:
    """An address for one of those who may see it."""

    name: str
    address: str
    role: Role | None


def pages(app: TransactionalFlask, size: Size, only: str = "") -> Iterator[Page]:
    """Every page of the service, as everybody who may see it; some also with a search."""
    addresses = app.url_map.bind("localhost")
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint == "static" or "GET" not in (rule.methods or ()) or only not in rule.rule:
            continue
        address = addresses.build(rule.endpoint, {name: value_of(name, rule, size) for name in rule.arguments})
        for role in visitors(app, rule):
            yield Page(rule.rule, address, role)
            for search in SEARCHES.get(rule.rule.replace("<int:", "<id:"), ()):
                yield Page(f"{rule.rule}?{search}", f"{address}?{search}", role)


def visitors(app: TransactionalFlask, rule: Rule) -> list[Role | None]:
    """Who may see the page; of a page for everybody nobody, and of the start page everybody."""
    permission = vars(app.view_functions[rule.endpoint])["access"]
    if permission is None:
        return [None, *CAST] if rule.rule == "/" else [None]
    return [role for role in CAST if permission in permissions_of(Person(grants=[RoleGrant(role=role)]))]


def value_of(name: str, rule: Rule, size: Size) -> Any:
    """A record that fits: `request_id of a round` where the route also says which round."""
    for other in sorted(rule.arguments - {name}):
        if f"{name} with {other}" in size.values:
            return size.values[f"{name} with {other}"]
    return size.values[name]


def browser_of(app: TransactionalFlask, role: Role | None) -> FlaskClient:
    """A browser in which the one who walks in a role is signed in; of nobody, where there is no role."""
    browser = app.test_client()
    if role is None:
        return browser
    token = role.value
    digest, times = digest_of_secret(token), {"began_at": NOW, "seen_at": NOW}
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(delete(SignIn).where(SignIn.token_digest == digest))
        values = {"person_id": CAST[role], "browser": "Measuring", **times}
        connection.execute(insert(SignIn).values(token_digest=digest, **values))
    with browser.session_transaction() as kept:
        kept.update({"_user_id": token, "_fresh": True})
    return browser


def visit(app: TransactionalFlask, page: Page, times: int) -> Visit:
    """The median of several visits after one that warms up."""
    browser = browser_of(app, page.role)
    with counted(app) as statements:
        first = measured(lambda: browser.get(page.address).close())
    answer = browser.get(page.address) if first[1] < SECONDS_TOO_MANY else None
    status = answer.status_code if answer else 200
    rest = [measured(lambda: browser.get(page.address).get_data()) for _ in range(times)] if answer else [first]
    processor, clock = (statistics.median(column) for column in zip(*rest, strict=True))
    return Visit(status, len(statements), processor, clock)


def measured(deed: Callable[[], Any]) -> tuple[float, float]:
    """Seconds of the processor and of the clock."""
    processor, clock = time.process_time(), time.perf_counter()
    deed()
    return time.process_time() - processor, time.perf_counter() - clock


@contextmanager
def counted(app: TransactionalFlask) -> Iterator[list[str]]:
    """Collects the statements that are sent meanwhile."""
    statements: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def walked(url: str, size: Size, only: str, times: int) -> dict[tuple[str, Role | None], Visit]:
    """Every page at one size."""
    app = app_on(url.replace("{size}", size.name), size)
    spare_collector()  # as the web server does
    return {(page.name, page.role): visit(app, page, times) for page in pages(app, size, only)}


def table(sizes: list[Size], found: list[dict[tuple[str, Role | None], Visit]]) -> Iterator[str]:
    """A row for each page: what it costs at each size, and how it grows."""
    heads = [f"{size.name}: queries | processor ms | whole ms" for size in sizes]
    growth = ["growth"] if len(sizes) > 1 else []
    head = " | ".join(["page", "as", "status", *heads, *growth])
    yield f"| {head} |"
    yield "|" + "---|" * (head.count("|") + 1)
    for key in found[0]:
        visits = [one[key] for one in found]
        cells = [key[0], key[1].value if key[1] else "anybody", "/".join(sorted({str(one.status) for one in visits}))]
        for one in visits:
            cells += [str(one.queries), f"{1000 * one.processor:.0f}", f"{1000 * one.clock:.0f}"]
        if growth:
            cells.append(f"{visits[-1].processor / visits[0].processor:.1f}")
        yield "| " + " | ".join(cells) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", default=AT_HOME, metavar="URL", help="{size} in it becomes small, large or many")
    parser.add_argument("--small", action="store_true", help="only the small database")
    parser.add_argument("--large", action="store_true", help="only the large database")
    parser.add_argument("--many", action="store_true", help="only one with four times as many learners and placements")
    parser.add_argument("--only", default="", metavar="PATH", help="only routes that have this in their path")
    parser.add_argument("--times", type=int, default=3, help="visits to take the median of")
    parser.add_argument("--fill", action="store_true", help="only make the databases")
    asked = parser.parse_args()
    sizes_asked = ((SMALL, asked.small), (LARGE, asked.large), (MANY, asked.many))
    chosen = [size for size, is_asked in sizes_asked if is_asked] or [SMALL, LARGE]
    if asked.fill:
        for size in chosen:
            app_on(asked.database.replace("{size}", size.name), size)
        return
    found = [walked(asked.database, size, asked.only, asked.times) for size in chosen]
    print("\n".join(table(chosen, found)))


if __name__ == "__main__":
    main()
