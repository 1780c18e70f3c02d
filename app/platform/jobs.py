"""The task queue: work that happens after the commit, at once or in a worker of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from huey import Huey, MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey, crontab

from app.config import Misconfigured
from app.platform.db import after_commit

DEEDS: dict[str, Callable[..., None]] = {}
REGULAR: list[str] = []


def job(deed: Callable[..., None]) -> Callable[..., None]:
    """Register a function that `enqueue` may name; it opens its own transactions and takes plain numbers and texts."""
    DEEDS[name_of(deed)] = deed
    return deed


def regular_job(deed: Callable[..., None]) -> Callable[..., None]:
    """Register a job that takes nothing and that a worker also does every five minutes by itself."""
    REGULAR.append(name_of(deed))
    return job(deed)


def name_of(deed: Callable[..., None]) -> str:
    """How the queue knows a job, for whatever process takes it out."""
    return f"{deed.__module__}.{deed.__qualname__}"


def enqueue(deed: Callable[..., None], *arguments: Any) -> None:
    """Run a registered job once the transaction of this request has been committed."""
    queue: Queue = current_app.extensions["rpe_queue"]
    after_commit(lambda: queue.put(deed, *arguments))


class Queue:
    """The queue of one app; with `at-once` a job runs before `put` returns."""

    def __init__(self, app: Flask, address: str) -> None:
        self.app = app
        self.huey = open_queue(address)
        self.task = self.huey.task(retries=2, retry_delay=60)(self.work)
        self.huey.periodic_task(crontab(minute="*/5"))(self.do_regular_jobs)

    @property
    def is_at_once(self) -> bool:
        return bool(self.huey.immediate)

    def consume(self) -> None:
        """Work through what is put until interrupted; raises Misconfigured where there is nothing to wait for."""
        if self.is_at_once:
            raise Misconfigured("With RPE_JOBS=at-once there is no queue to work through: set it to a queue's address.")
        self.huey.create_consumer(workers=1, worker_type="thread").run()

    def put(self, deed: Callable[..., None], *arguments: Any) -> None:
        """Hand over a job; what it was asked for is committed, so a failure here is noted and breaks nothing."""
        name = name_of(deed)
        try:
            if self.is_at_once:
                self.work(name, *arguments)
            else:
                self.task(name, *arguments)
        except Exception:
            self.app.logger.exception("The job %s failed", name)

    def work(self, name: str, *arguments: Any) -> None:
        with self.app.app_context():
            DEEDS[name](*arguments)

    def do_regular_jobs(self) -> None:
        for name in REGULAR:
            self.work(name)


def open_queue(address: str) -> Huey:
    """The queue at an address as `Settings.jobs` describes it."""
    if address.startswith("redis"):
        return RedisHuey("rpe", url=address, results=False)
    if address.startswith("postgresql"):
        return PostgresHuey("rpe", dsn=address.replace("postgresql+psycopg:", "postgresql:", 1), results=False)
    if address.startswith("sqlite:///"):
        file = Path(address.removeprefix("sqlite:///"))
        file.parent.mkdir(parents=True, exist_ok=True)
        return SqliteHuey("rpe", filename=str(file), results=False)
    return MemoryHuey("rpe", immediate=True)
