"""Two deeds at the same moment, whichever they are, end as if one had come after the other.

    python -m tests.endurance.races                         every pair, in both orders
    python -m tests.endurance.races --touching              those of which one writes where the other reads or writes
    python -m tests.endurance.races --part 3/20             the third of twenty parts of them
    python -m tests.endurance.races --times 20 --threads    by luck, twenty times

Needs a PostgreSQL server (RPE_TEST_POSTGRES). Each pair starts from the same world. The second deed begins just before
the first one writes, when it has read all that it decides on; with --threads both simply begin at once. What both are
told, and every row, must then be what it would be if one had waited for the other.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from threading import Barrier
from typing import Any
from uuid import uuid4

import click
from sqlalchemy import (
    JSON,
    Engine,
    LargeBinary,
    Select,
    Table,
    event,
    literal,
    make_url,
    select,
    text,
)
from sqlalchemy.orm import Session

from app import create_app
from app.models import Base
from app.platform.db import db
from app.serving.collector import spare_collector
from tests.builders import Builder
from tests.conftest import NOON, POSTGRES, server_connection, settings_for
from tests.endurance.deeds import DEEDS, Deed, clashing_pairs, part_of_all_pairs
from tests.endurance.race_world import make_race_world
from tests.in_between import in_between
from tests.world import World
from tests.written import TABLES, note_what_is_written, put_back, written

# Random or counted on, and so different each time, whoever comes first.
NEVER_THE_SAME = {"secret", "secret_digest", "digest", "seed", "problem_digest", "form_key", "mark", "said", "led_to"}
NEVER_THE_SAME |= {"body", "problem", "solution", "progress", "seconds", "search_text", "subject_id", "address"}
# A code to swap is drawn; arguments of a job are ids, and a fingerprint and the list that a board decided name some.
NEVER_THE_SAME |= {"code", "arguments", "inputs_fingerprint", "decided"}
# Every deed adds a row of its own; whoever reads them meets those who add.
ADDED_TO_BY_ALL = {"audit_lines", "sent_forms", "sign_ins", "messages", "state_changes", "jobs"}
TOGETHER_SECONDS = 120
# The first write of the deed itself; the key of its form is written before it has read anything.
ITS_FIRST_WRITE = r"^\s*(INSERT INTO|UPDATE|DELETE FROM) (?!sent_forms)"

ADDS, WORD = re.compile(r"\s*INSERT INTO (?!.*\bSELECT\b)", re.DOTALL), re.compile(r"\w+")
OWN_ROWS = {"sent_forms", "sign_ins"}  # of one form, and of one browser

Outcome = tuple[tuple[int, int], tuple[tuple[str, tuple[tuple[str, int], ...]], ...]]


@dataclass(frozen=True)
class Breach:
    """A pair that ended as neither order could have."""

    first: Deed
    second: Deed
    answers: tuple[int, int]
    differs_in: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.first} + {self.second}: {self.answers}, {', '.join(self.differs_in) or 'answers'}"


@dataclass(frozen=True)
class Touched:
    """The tables that a deed reads, and those that it writes to."""

    reads: frozenset[str]
    writes: frozenset[str]

    def may_meet(self, other: Touched) -> bool:
        """Whether one writes where the other reads or writes; else neither can see, or undo, what the other does."""
        both_write = self.writes & other.writes - ADDED_TO_BY_ALL
        return bool(both_write or self.writes & other.reads or self.reads & other.writes)


class Races:
    """Runs pairs of deeds in a world and compares what comes of them."""

    def __init__(self, world: World, engine: Engine) -> None:
        self.world, self.engine = world, engine
        self.one_after_the_other = lru_cache(maxsize=None)(self._one_after_the_other)
        self.restore()  # so that what is compared later was written in the same way
        with engine.connect() as connection:
            self.counted = {table.name: counted(connection.execute(told(table))) for table in TABLES}

    def send(self, deed: Deed, key: str = "") -> int:
        """Do a deed, and say what was answered."""
        return self.sender(deed, key)()

    def sender(self, deed: Deed, key: str = "") -> Callable[[], int]:
        """A function that does a deed, in a browser that is signed in."""
        values = self.world.values
        named = {name: values[known] for name, known in deed.to.items()}
        rule = next(self.world.app.url_map.iter_rules(deed.endpoint))
        given = {name: named.get(name) or self.world.value_of(name, rule) for name in rule.arguments}
        address = self.world.app.url_map.bind("localhost").build(deed.endpoint, given)
        fields = {name.format_map(values): worded(said, values) for name, said in deed.says.items()}
        browser = self.world.browser_of(values[deed.by])
        form_key = key or uuid4().hex
        return lambda: int(browser.post(address, data={**fields, "form_key": form_key}).status_code)

    def restore(self) -> None:
        with self.engine.begin() as connection:
            put_back(connection, self.world.rows)

    def touched_by(self, deed: Deed) -> Touched:
        """What a deed reads and writes where nobody else does anything."""
        self.restore()
        send, asked = self.sender(deed), set[str]()

        def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            if not ADDS.match(statement):
                asked.update(WORD.findall(statement))

        event.listen(self.engine, "before_cursor_execute", note)
        try:
            send()
        finally:
            event.remove(self.engine, "before_cursor_execute", note)
        with self.engine.connect() as connection:
            writes = frozenset(table.name for table in written(connection))
        return Touched(frozenset(asked & {table.name for table in TABLES} - OWN_ROWS), writes)

    def breach(self, first: Deed, second: Deed, race: Callable[..., tuple[int, int]]) -> Breach | None:
        """What a race of two deeds came to, if that is what neither order would."""
        self.restore()
        answers = race(self.engine, self.sender(first), self.sender(second))
        outcome = answers, self.rows()
        # What came second mostly ends in between, so that order is likelier, and the other one need not be done.
        orders = [swapped(self.one_after_the_other(second, first))]
        if outcome not in orders:
            orders.append(self.one_after_the_other(first, second))
        if outcome in orders:
            return None
        tables = [dict(order[1]) for order in orders]
        differs_in = [name for name, rows in outcome[1] if all(rows != one[name] for one in tables)]
        return Breach(first, second, answers, tuple(differs_in))

    def _one_after_the_other(self, first: Deed, second: Deed) -> Outcome:
        self.restore()
        one, other = self.sender(first), self.sender(second)  # both are signed in before either does anything
        answers = one(), other()
        return answers, self.rows()

    def rows(self) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
        """Every row of every table, without what is random or numbered, and how often it is there."""
        with self.engine.connect() as connection:
            changed = {table.name: counted(connection.execute(told(table))) for table in written(connection)}
        return tuple((self.counted | changed).items())


def worded(said: str | tuple[str, ...], values: Mapping[str, Any]) -> str | list[str]:
    """One answer of a form, or several of which any could be chosen, with the records that they name."""
    return said.format_map(values) if isinstance(said, str) else [text.format_map(values) for text in said]


def told(table: Table) -> Select[Any]:
    """What can be compared of a table: neither ids, which a deed that was begun anew leaves out, nor what is random."""
    columns = [
        column
        for column in table.columns
        if not (column.primary_key or column.foreign_keys or column.name in NEVER_THE_SAME)
        and not isinstance(column.type, JSON | LargeBinary)
    ]
    return select(literal(1), *columns).select_from(table)


def counted(rows: Iterable[Any]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(json.dumps([str(value) for value in row]) for row in rows).items()))


def swapped(outcome: Outcome) -> Outcome:
    (second, first), rows = outcome
    return (first, second), rows


def begun_in_between(engine: Engine, first: Callable[[], int], second: Callable[[], int]) -> tuple[int, int]:
    """The second begins just before the first writes, which needs no luck."""
    return in_between(engine, first, second, before=ITS_FIRST_WRITE)


def at_once(engine: Engine, first: Callable[[], int], second: Callable[[], int]) -> tuple[int, int]:
    """Both begin at the same moment, as far as a machine can do that."""
    door = Barrier(2)

    def through(deed: Callable[[], int]) -> int:
        door.wait(TOGETHER_SECONDS)
        return deed()

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(through, (first, second))
    return one, other


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=1, help="how often each pair is tried")
    parser.add_argument("--threads", action="store_true", help="begin both at once, instead of one in the other")
    parser.add_argument("--only", default="", help="pairs of which one has these letters in its name")
    parser.add_argument("--clashing", action="store_true", help="only the pairs that are known to clash")
    parser.add_argument("--touching", action="store_true", help="only pairs that can meet in a table")
    parser.add_argument("--part", default="1/1", help="3/20 is the third of twenty parts, each with every deed in it")
    chosen = parser.parse_args()
    number, parts = map(int, chosen.part.split("/"))
    with races_on_postgresql() as races:
        every = list(clashing_pairs() if chosen.clashing else part_of_all_pairs(number, parts))
        if chosen.touching:
            touched = {deed: races.touched_by(deed) for deed in DEEDS}
            every = [(one, other) for one, other in every if one is other or touched[one].may_meet(touched[other])]
        pairs = [pair for pair in every if any(chosen.only in str(deed) for deed in pair)]
        breaches = sum(told_of_pair(races, *pair, chosen.times, chosen.threads) for pair in pairs)
    click.echo(f"{len(pairs)} pairs, each {chosen.times} times: {breaches} ended as neither order could have")
    sys.exit(1 if breaches else 0)


def told_of_pair(races: Races, first: Deed, second: Deed, times: int, is_by_luck: bool) -> int:
    """How often a pair ended as neither order could have; the last of them is printed."""
    race = at_once if is_by_luck else begun_in_between
    found = [breach for _ in range(times) if (breach := races.breach(first, second, race))]
    if found:
        click.echo(f"{len(found)} of {times}  {found[-1]}")
    return len(found)


def let_wait(driver: Any, record: Any) -> None:
    """What is raced is who waits for whom, not whether a busy machine is done before people are told to try again."""
    with driver.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{TOGETHER_SECONDS}s'")
    driver.commit()


@contextmanager
def races_on_postgresql() -> Iterator[Races]:
    """A world of its own on the server, which goes with it."""
    name = f"rpe_races_{os.getpid()}"
    with server_connection() as server:
        server.execute(text(f'CREATE DATABASE "{name}"'))
    app = create_app(settings_for(make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    app.config["NOW"] = lambda: NOON
    with app.app_context():
        engine = db.engine
    event.listen(engine, "connect", let_wait)
    spare_collector()  # as a server does
    try:
        Base.metadata.create_all(engine)
        with engine.begin() as connection:
            note_what_is_written(connection)
        with Session(engine) as session:
            yield Races(make_race_world(app, Builder(session, NOON), engine), engine)
    finally:
        engine.dispose()
        with server_connection() as server:
            server.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


if __name__ == "__main__":
    main()
