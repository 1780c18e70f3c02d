"""Where the time of a round goes in the service: `python -m benchmarks.round_in_service 500 5000`.

Makes a round of each size (`service.full_round`) in a database of its own, runs it through the job that the service
runs, asks for the page that publishes it and publishes it; the collector runs as in the service. Prints processor
seconds of each part, without those of the parts within it, and the most memory that the process held. SQLite in a
temporary folder, or `--database` for an empty one.
"""

from __future__ import annotations

import argparse
import importlib
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from inspect import isgenerator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import create_app
from app.config import Settings
from app.language.dates_and_times import day_of
from app.models import Base
from app.models.people import Person
from app.models.rounds import MatchRound
from app.models.runs import Run, RunState
from app.platform.db import TransactionalFlask, db
from app.rounds.runs.jobs import solve_run
from app.rounds.runs.service import start_run
from app.serving.collector import collect_between_steps, spare_collector
from benchmarks.service.full_round import Made, make_round
from matching.problem import USUAL_STAGES
from tests.browsers import browser_of

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
# What belongs to which part, where it is looked up by whoever calls it.
PARTS = {
    "reading": ("app.rounds.snapshot.inputs_of", "app.rounds.fingerprint.fingerprint_of"),
    "pairs and scores": ("app.rounds.snapshot.index_of", "app.rounds.snapshot.problem_of"),
    "problem's text": ("app.rounds.runs.jobs.begin_of",),
    "solve": ("matching.solve",),
    "proposals' reasons": ("app.rounds.runs.writing.proposals_in",),
    "unplaced's reasons": ("app.rounds.runs.writing.unplaced_in",),
    "numbers": ("app.rounds.runs.writing.figures_of",),
    "solution's text": ("matching.solution_to_json",),
    "writing": ("app.rounds.runs.jobs.write_patiently",),
}
REST = "the rest of the job"
PUBLISHING = ("publish, the page", "publish, the deed")


class Clock:
    """Processor seconds by part, without those of the parts within it; publishing is counted whole."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.open: list[str] = []
        self.last = processor_seconds()

    def _turn(self) -> None:
        now = processor_seconds()
        if self.open:
            self.seconds[self.open[-1]] += now - self.last
        self.last = now

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        self._turn()
        self.open.append(self.open[0] if self.open and self.open[0] in PUBLISHING else name)
        try:
            yield
        finally:
            self._turn()
            self.open.pop()

    def timed(self, name: str, deed: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(deed)
        def measured(*given: Any, **named: Any) -> Any:
            with self.part(name):
                found = deed(*given, **named)
            return self._steps(name, found) if isgenerator(found) else found

        return measured

    def _steps(self, name: str, steps: Iterator[Any]) -> Iterator[Any]:
        while True:
            with self.part(name):
                try:
                    step = next(steps)
                except StopIteration:
                    return
            yield step


def processor_seconds() -> float:
    """Of this process and of those that it started and that have ended."""
    uses = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


def watch(clock: Clock) -> None:
    """Let the clock see every part."""
    for part, places in PARTS.items():
        for place in places:
            module_name, _, name = place.rpartition(".")
            try:
                module = importlib.import_module(module_name)
                deed = getattr(module, name)
            except (ImportError, AttributeError):
                continue
            setattr(module, name, clock.timed(part, deed))


def application(url: str) -> TransactionalFlask:
    app = create_app(Settings(False, "for a benchmark only", url, "http://localhost", jobs="worker"))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, NOW=lambda: NOON)
    with app.app_context():
        Base.metadata.create_all(db.engine)
    return app


def asked_run(app: TransactionalFlask, made: Made) -> int:
    """The id of a run that waits."""
    with app.app_context(), Session(db.engine) as session:
        round_, actor = session.get_one(MatchRound, made.round_id), session.get_one(Person, made.coordinator_id)
        run = start_run(session, actor, NOON, round_, USUAL_STAGES)
        session.commit()
        return run.id


def measure(size: int, url: str) -> None:
    """Print what a round of a size takes."""
    app, clock = application(url), Clock()
    with app.app_context(), Session(db.engine) as session:
        made = make_round(session, size, day_of(NOON), NOON)
    run_id, before = asked_run(app, made), megabytes()
    watch(clock)
    browser = browser_of(app, made.coordinator_id)
    browser.get("/")  # templates are read once for each process
    spare_collector()
    collect_between_steps()
    with app.app_context(), clock.part(REST):
        solve_run(run_id)
    peak = megabytes()
    with clock.part(PUBLISHING[0]):
        page = browser.get(f"/runs/{run_id}/publish")
    with clock.part(PUBLISHING[1]):
        answer = browser.post(f"/runs/{run_id}/publish", data={"has_looked": "y"})
    with app.app_context(), Session(db.engine) as session:
        run = session.scalars(select(Run).where(Run.id == run_id)).one()
        assert (run.state, page.status_code, answer.status_code) == (RunState.SOLVED, 200, 303), run.complaint
        outcome = run.outcome
    tell(size, outcome, clock, before, peak)


def tell(size: int, outcome: dict[str, Any], clock: Clock, before: int, peak: int) -> None:
    placed, pairs = outcome["placed"], outcome["pairs"]
    print(f"\n{size:,} requests, {pairs:,} pairs: {placed:,} placed, {outcome['learners'] - placed:,} without a place")
    for part in (*PARTS, REST, *PUBLISHING):
        print(f"  {part:<22}{clock.seconds[part]:9.2f} s")
    job = sum(clock.seconds.values()) - sum(clock.seconds[part] for part in PUBLISHING)
    print(f"  {'the job, in all':<22}{job:9.2f} s")
    print(f"  memory: {before} MB before, {peak} MB at most in the job, {megabytes()} MB at most in all", flush=True)


def megabytes() -> int:
    """The most that this process has held."""
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes // (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", nargs="+", type=int, help="how many requests the round has")
    parser.add_argument("--database", help="the address of an empty database, for one size")
    given = parser.parse_args()
    if len(given.size) > 1:  # each in a process of its own, so that memory is told apart
        for size in given.size:
            subprocess.run([sys.executable, "-m", "benchmarks.round_in_service", str(size)], check=True)
        return
    if given.database:
        measure(given.size[0], given.database)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(given.size[0], f"sqlite:///{folder}/rpe.sqlite3")


if __name__ == "__main__":
    main()
