"""How long an import and a run keep others from saving on SQLite: in one transaction, as before, and in short steps.

Another process saves all the while, as people do who log hours; what counts is the longest that one of its saves
waited, and how many gave up. Both ways are measured in the same run, so that their ratio says more than the seconds.

    python -m benchmarks.locks --rows 8000 --learners 2000
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, select

from app import create_app
from app.config import Settings
from app.demo.command import fill
from app.models import Base
from app.models.operations.registry_files import RegistryKind
from app.models.people import Person
from app.models.runs import Run, RunState
from app.platform.clock import now, today
from app.platform.db import WAIT_SECONDS, db, transaction
from app.rounds.policies import stages_of
from app.rounds.runs.apart import Settled
from app.rounds.runs.jobs import solve_run
from app.rounds.runs.writing import begin_of, end_of, finish_run, write_on_run
from app.rounds.snapshot import snapshot_of
from app.studies.imports.jobs import IN_STEPS
from app.studies.imports.service import RegistryFile, import_file, within
from matching import solve

STAGES = list(stages_of("ranking"))
SITES = "|".join(f"Hospital {n}, Leeds, LS1 3EX, United Kingdom" for n in range(5))
SAVER = """
import json, sqlite3, sys, threading, time
waits, failed, ends = [], 0, threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ends.set()), daemon=True).start()
print("ready", flush=True)
while not ends.wait(0.05):
    connection = sqlite3.connect(sys.argv[1], timeout=float(sys.argv[2]), isolation_level=None)
    begun = time.monotonic()
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE people SET name = name WHERE id = 1")
        connection.execute("COMMIT")
    except sqlite3.OperationalError:
        failed += 1
    waits.append(time.monotonic() - begun)
    connection.close()
print(json.dumps([len(waits), failed, max(waits)]))
"""


@contextmanager
def somebody_saves(database: Path, found: dict[str, float]) -> Iterator[None]:
    """Another process that saves all the while; afterwards `found` has its saves, those given up and the longest."""
    command = [sys.executable, "-c", SAVER, str(database), str(WAIT_SECONDS)]
    saver = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert saver.stdout is not None
    saver.stdout.readline()
    begun = time.monotonic()
    yield
    found["seconds"] = time.monotonic() - begun
    found["saves"], found["gave up"], found["longest wait"] = json.loads(saver.communicate("")[0])


def measure(database: Path, name: str, ways: dict[str, Callable[[], None]]) -> None:
    waits = {}
    for way, deed in ways.items():
        found: dict[str, float] = {}
        with somebody_saves(database, found):
            deed()
        waits[way] = found["longest wait"]
        print(
            f"{name:24} {way:20} {found['seconds']:7.2f} s, {found['saves']:4} saves, {found['gave up']} gave up, "
            f"longest wait {found['longest wait']:6.3f} s",
            flush=True,
        )
    before, after = waits.values()
    print(f"{name:24} waits {before / after:.0f} times shorter", flush=True)


def file_of(rows: int, first: int) -> RegistryFile:
    """Studies with five sites and a summary each."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["NCT Number", "Study Title", "Study Status", "Brief Summary", "Conditions", "Locations"])
    for n in range(first, first + rows):
        writer.writerow(
            [f"NCT{n:08}", f"Study {n} of stroke", "RECRUITING", "It helps. " * 100, "Stroke|Asthma", SITES]
        )
    return RegistryFile(RegistryKind.STUDIES, text.getvalue().encode(), "studies.csv")


def import_in_one(file: RegistryFile) -> None:
    with transaction() as session:
        import_file(within(session), file, None, lambda: datetime.now(UTC))


def import_in_steps(file: RegistryFile) -> None:
    import_file(IN_STEPS, file, None, lambda: datetime.now(UTC))


def waiting_run() -> int:
    """Another run of the round that the demo shows."""
    with transaction() as session:
        round_id = session.scalars(select(Run.round_id).order_by(Run.id.desc())).first()
        by = session.scalars(select(Person.id)).first()
        values = {"round_id": round_id, "stages": STAGES, "seed": "1", "state": RunState.WAITING}
        rows = session.scalars(insert(Run).returning(Run.id), [{**values, "created_at": now(), "created_by_id": by}])
        return rows.one()


def run_in_one() -> None:
    """The snapshot and what it came to within the transactions that write them."""
    run_id = waiting_run()
    with transaction(writing=False) as session:
        run = session.get_one(Run, run_id)
        snapshot = snapshot_of(session, run.round, run.stages, run.seed, today())
    settled = Settled((), snapshot.problem, solve(snapshot.problem), 1, True)
    with transaction() as session:
        write_on_run(session, run_id, begin_of(snapshot.problem, ""))
        finish_run(session, run_id, end_of(session, run_id, snapshot, settled, now()))


def run_in_steps() -> None:
    solve_run(waiting_run())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=8000)
    parser.add_argument("--learners", type=int, default=2000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "locks.sqlite3"
        app = create_app(Settings.from_environ({"RPE_DATABASE_URL": f"sqlite:///{database}"}))
        with app.test_request_context():
            Base.metadata.create_all(db.engine)
            fill(app, asked.learners, None)
            one, steps = file_of(asked.rows, 0), file_of(asked.rows, asked.rows)
            measure(
                database,
                f"import of {asked.rows:,} rows",
                {"in one transaction": lambda: import_in_one(one), "in short steps": lambda: import_in_steps(steps)},
            )
            measure(
                database,
                f"run of {asked.learners:,} requests",
                {"in one transaction": run_in_one, "in short steps": run_in_steps},
            )


if __name__ == "__main__":
    main()
