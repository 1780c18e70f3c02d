"""Plays lives until so many steps are done: `python -m tests.life --steps 10000 [--database URL]`, SQLite unless told.

The database must be one that may be emptied. What breaks an invariant is printed as the rules that led to it.
Whoever ends it early, by a key or by SIGTERM, sees the counts of what was played until then.
"""

import argparse
import secrets
import signal
import sys
import tempfile
import time
import traceback

from hypothesis import Phase
from sqlalchemy.engine import Engine

from app import create_app
from app.models import Base
from app.platform.db import TransactionalFlask, db
from app.serving.collector import spare_collector
from tests.browsers import Browser
from tests.conftest import settings_for
from tests.life.whole import Played, play

LIVES_AT_ONCE = 4


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=10_000, help="how many steps at least")
    parser.add_argument("--each", type=int, default=50, help="how many steps a life has")
    parser.add_argument("--database", help="where to play; a file of its own where it is left out")
    parser.add_argument("--pages-every", type=int, default=1, help="read the pages after every so manieth step")
    parser.add_argument("--shrink", action="store_true", help="seek the shortest life that breaks an invariant")
    parser.add_argument("--seed", type=int, help="play the lives again that begin with this number, and no others")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return play_until(given, given.database or f"sqlite:///{folder}/rpe.sqlite3")


def play_until(given: argparse.Namespace, database: str) -> int:
    """How many faults were found."""
    app = create_app(settings_for(database))
    app.test_client_class = Browser
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    with app.app_context():
        engine = db.engine
    Base.metadata.create_all(engine)
    phases = [Phase.generate, Phase.shrink] if given.shrink else [Phase.generate]
    played, begun = Played(pages_every=given.pages_every), time.process_time()
    for way in (signal.SIGINT, signal.SIGTERM):
        signal.signal(way, played.end)
    spare_collector()  # as a server does
    faults = 0
    try:
        while played.steps < given.steps:
            faults += is_a_fault_found(app, engine, played, given, phases)
            print(f"{played.steps:,} steps, {faults} faults, {since(begun)}", flush=True)
            if given.seed is not None:
                break
    except KeyboardInterrupt:
        print("ended early")
    tell(played, faults, since(begun))
    return faults


def since(begun: float) -> str:
    """What this process has had of the processor; a database server is not counted."""
    return f"{time.process_time() - begun:,.0f} s of the processor"


def is_a_fault_found(
    app: TransactionalFlask, engine: Engine, played: Played, given: argparse.Namespace, phases: list[Phase]
) -> bool:
    """Play some lives; whatever breaks an invariant is printed, with the number that these lives began with."""
    chosen = {"phases": phases, "derandomize": False, "database": None}
    number = secrets.randbits(64) if given.seed is None else given.seed
    try:
        play(app, engine, played, LIVES_AT_ONCE, given.each, number, **chosen)
    except Exception:  # whatever was found is told, and other lives are played
        traceback.print_exc()
        print(f"To play these lives again: --seed {number} --each {given.each}", flush=True)
        return True
    return False


def tell(played: Played, faults: int, effort: str) -> None:
    """What was sent, what of it was done, and what came of it in the lives that ended."""
    for deed, (done, sent) in played.by_deed().items():
        print(f"{done:6,} of {sent:6,}  {deed}")
    print("What came about:")
    for what, times in sorted(played.came_about.items()):
        print(f"{times:6,}  {what}")
    print(f"{played.steps:,} steps in {played.lives:,} lives, {faults} faults, {effort}", flush=True)


if __name__ == "__main__":
    sys.exit(bool(main()))
