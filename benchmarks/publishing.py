"""What publishing a large round costs: `python -m benchmarks.publishing 5000 [--times 5]`.

Makes a round of a size and solves it once, as `round_in_service` does: a minute or two at 5,000 requests. Then
publishes copies of it, each in a database of its own. Prints the processor seconds of the page that asks and of the
deed, the least of all times; jobs and mails that follow are not in it.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_of
from app.platform.db import db
from app.rounds.runs.jobs import solve_run
from app.serving.collector import collect_between_steps, spare_collector
from benchmarks.round_in_service import NOON, application, asked_run
from benchmarks.service.full_round import make_round
from tests.browsers import browser_of


def solved_round(file: Path, size: int) -> tuple[int, int]:
    """The ids of the coordinator and of the run in a database that this makes."""
    app = application(f"sqlite:///{file}")
    with app.app_context(), Session(db.engine) as session:
        made = make_round(session, size, day_of(NOON), NOON)
    run_id = asked_run(app, made)
    with app.app_context():
        solve_run(run_id)
        db.engine.dispose()
    return made.coordinator_id, run_id


def published(file: Path, coordinator_id: int, run_id: int) -> tuple[float, float]:
    """Processor seconds of the page and of the deed."""
    app = application(f"sqlite:///{file}")
    browser = browser_of(app, coordinator_id)
    browser.get("/")  # templates are read once for each process
    spare_collector()
    page, asking = timed(lambda: browser.get(f"/runs/{run_id}/publish"))
    answer, doing = timed(lambda: browser.post(f"/runs/{run_id}/publish", data={"has_looked": "y"}))
    assert (page.status_code, answer.status_code) == (200, 303)
    with app.app_context():
        db.engine.dispose()
    return asking, doing


def timed(deed: Callable[[], Any]) -> tuple[Any, float]:
    before = time.process_time()
    return deed(), time.process_time() - before


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", type=int, help="how many requests the round has")
    parser.add_argument("--times", type=int, default=5, help="how often it is published")
    given = parser.parse_args()
    collect_between_steps()
    with tempfile.TemporaryDirectory() as folder:
        solved = Path(folder) / "solved.sqlite3"
        coordinator_id, run_id = solved_round(solved, given.size)
        times = []
        for at in range(given.times):
            copy = Path(folder) / f"{at}.sqlite3"
            shutil.copy(solved, copy)
            times.append(published(copy, coordinator_id, run_id))
    for name, seconds in zip(("the page", "the deed"), zip(*times, strict=True), strict=True):
        print(f"{name:10}{min(seconds):8.3f} s")


if __name__ == "__main__":
    main()
