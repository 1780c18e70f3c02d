"""Kills workers and web servers with -9 at random moments, starts them again, and counts what was lost or done twice.

    python -m tests.endurance.kills --workers 200 --web 200
    python -m tests.endurance.kills --workers 200 --database postgresql+psycopg://rpe@localhost/empty_database

The database must be empty; without one, a SQLite file in a temporary folder is used. Ends with status 1 where something
did not hold. A mail can be handed over twice when its sender dies between the server's answer and the note of it, which
no mail program can exclude: how many were is told, and is no fault.
"""

import argparse
import random
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path

from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import create_app
from app.config import Settings
from app.models import Base
from app.models.operations.jobs import Job, JobOutcome, Worker
from app.platform.db import db, transaction
from tests.endurance import asked as trial
from tests.endurance.callers import Line
from tests.endurance.entries import Learners
from tests.endurance.processes import begin, free_port, hurry, kill, serve, work
from tests.endurance.signers import Signers

SECONDS_TO_FINISH = 600
OPEN_AT_MOST = 12  # jobs and mails, so that there is always something to kill, and never a heap


class Mailbox:
    """Takes every mail and keeps its text."""

    def __init__(self) -> None:
        self.letters: list[str] = []

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        self.letters.append(envelope.content.decode())  # type: ignore[attr-defined]
        return "250 OK"


def kill_workers(app: Flask, settings: Settings, box: Mailbox, kills: int, chance: random.Random) -> list[str]:
    """Ask, begin a worker, kill it after a while, again and again; what is left over is then done in peace."""
    never = threading.Event()
    with app.app_context():
        asked = trial.prepare()
    for number in range(1, kills + 1):
        ask_until_there_is_enough(app, asked)
        worker = begin(work, settings)
        wait_until_it_works(app, worker, never)
        never.wait(chance.uniform(0.0, 4.0))
        kill(worker)
        if number % 20 == 0:
            print(f"  {number} workers killed, {len(asked.runs)} runs asked for", flush=True)
    do_the_rest(app, settings)
    with app.app_context(), transaction(writing=False) as session:
        tell(session, asked, box)
        return trial.faults(session, asked, box.letters, kills)


def do_the_rest(app: Flask, settings: Settings) -> None:
    """One worker in peace, until nothing waits any more."""
    never, worker = threading.Event(), begin(work, settings)
    for _ in range(SECONDS_TO_FINISH * 5):
        with app.app_context(), transaction(writing=False) as session:
            if not trial.still_open(session):
                break
        never.wait(0.2)
    worker.terminate()
    worker.join()


def wait_until_it_works(app: Flask, worker: BaseProcess, never: threading.Event) -> None:
    """Until the worker holds a job, or had only to give up others: one that is killed before has nothing to lose."""
    ours = select(Job.id).join(Worker, Worker.id == Job.worker_id).where(Worker.name.endswith(f"process {worker.pid}"))
    for _ in range(SECONDS_TO_FINISH * 50):
        with app.app_context(), transaction(writing=False) as session:
            if session.scalar(ours.limit(1)) is not None or not trial.still_open(session):
                return
        if not worker.is_alive():
            raise RuntimeError("a worker ended before anybody killed it")
        never.wait(0.02)


def ask_until_there_is_enough(app: Flask, asked: trial.Asked) -> None:
    while True:
        with app.app_context(), transaction(writing=False) as session:
            if trial.still_open(session) >= OPEN_AT_MOST:
                return
        with app.app_context():
            trial.ask(asked, with_import=len(asked.runs) % 4 == 0)


def tell(session: Session, asked: trial.Asked, box: Mailbox) -> None:
    number = {
        outcome: session.scalar(select(func.count()).select_from(Job).where(Job.outcome == outcome))
        for outcome in JobOutcome
    }
    again = session.scalar(select(func.sum(Job.tries - 1)))
    twice = sum(times - 1 for times in trial.times_handed_over(box.letters).values())
    print(
        f"  {len(asked.runs)} runs, {len(asked.uploads)} imports, {len(asked.links_to)} links and "
        f"{len(asked.mails)} mails: "
        f"{number[JobOutcome.DONE]} jobs done, {again} times taken up again, "
        f"{number[JobOutcome.GIVEN_UP]} given up after three tries, {twice} mails handed over twice"
    )


def kill_servers(app: Flask, settings: Settings, kills: int, chance: random.Random) -> list[str]:
    """People log, submit, verify and sign all the while; whatever was acknowledged must be there, once."""
    never, line = threading.Event(), Line(free_port())
    with app.app_context():
        learners, signers = Learners(line), Signers(line)
    threads = [*learners.threads, *signers.threads]
    server = begin(serve, settings, line.port)
    for thread in threads:
        thread.start()
    for number in range(1, kills + 1):
        line.wait_for_an_answer()
        if not all(thread.is_alive() for thread in threads):
            break
        never.wait(chance.uniform(0.0, 0.5))
        kill(server)
        server = begin(serve, settings, line.port)
        if number % 20 == 0:
            print(f"  {number} servers killed, {len(learners.acknowledged)} entries acknowledged", flush=True)
    line.ending.set()
    for thread in threads:
        thread.join()
    kill(server)
    with app.app_context(), transaction(writing=False) as session:
        print(f"  {len(learners.acknowledged)} entries acknowledged, {line.unanswered} times without an answer")
        print(f"  {signers.in_words()}")
        idle = [f"{line.idle} servers were killed that had acknowledged nothing"] if line.idle else []
        return idle + learners.faults(session) + signers.faults(session)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=0, help="how many workers to kill")
    parser.add_argument("--web", type=int, default=0, help="how many web servers to kill")
    parser.add_argument("--database", default="", help="an empty database")
    parser.add_argument("--seed", type=int, default=1, help="of the moments at which is killed")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = kill_on(chosen.database or f"sqlite:///{Path(folder) / 'rpe.sqlite3'}", chosen)
    for fault in found:
        print(f"  NOT HELD: {fault}")
    print("Nothing lost, nothing twice." if not found else f"{len(found)} faults.")
    return 1 if found else 0


def kill_on(database: str, chosen: argparse.Namespace) -> list[str]:
    with mail_server() as (box, smtp_url):
        return kill_with(settings_of(database, smtp_url), box, chosen, random.Random(chosen.seed))


@contextmanager
def mail_server() -> Iterator[tuple[Mailbox, str]]:
    box = Mailbox()
    post = Controller(box, hostname="127.0.0.1", port=free_port())
    post.start()
    try:
        yield box, f"smtp://127.0.0.1:{post.port}"
    finally:
        post.stop()


def settings_of(database: str, smtp_url: str) -> Settings:
    return Settings(
        is_production=False,
        secret_key="for trials only",
        database_url=database,
        base_url="http://127.0.0.1",
        smtp_url=smtp_url,
        jobs="worker",
    )


def kill_with(settings: Settings, box: Mailbox, chosen: argparse.Namespace, chance: random.Random) -> list[str]:
    hurry()
    app, found = create_app(settings), []
    with app.app_context():
        Base.metadata.create_all(db.engine)
        print(f"On {db.engine.dialect.name}:")
    if chosen.workers:
        found += kill_workers(app, settings, box, chosen.workers, chance)
    if chosen.web:
        found += kill_servers(app, settings, chosen.web, chance)
    with app.app_context():
        db.engine.dispose()
    return found


if __name__ == "__main__":
    sys.exit(main())
