"""Runs the web server, and beside it a worker for the queue where work does not happen at once."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from app.config import Settings
from app.platform.db import db
from app.platform.jobs import Queue

THREADS = 8
SECONDS_TO_FINISH = 20


class Server(BaseApplication):
    """Gunicorn with processes of several threads each."""

    def __init__(self, app: Flask, bind: str, processes: int = 1, ready: Callable[[], None] | None = None) -> None:
        self.application = app
        self.options: dict[str, Any] = {
            "bind": bind,
            "workers": processes,
            "worker_class": "gthread",
            "threads": THREADS,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": lambda arbiter: ready() if ready else None,
            "post_fork": lambda arbiter, worker: forget_connections(app),
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.application


def forget_connections(app: Flask) -> None:
    """A connection to the database does not survive a fork: each process opens its own."""
    with app.app_context():
        db.engine.dispose(close=False)


def work(app: Flask) -> None:
    """Work through the queue until interrupted; raises Misconfigured where there is none."""
    queue: Queue = app.extensions["rpe_queue"]
    queue.consume()


@contextmanager
def worker_beside(app: Flask) -> Iterator["subprocess.Popen[bytes] | None"]:
    """A worker process with the same settings for as long as the server runs; none where work happens at once."""
    queue: Queue = app.extensions["rpe_queue"]
    settings: Settings = app.extensions["rpe_settings"]
    if queue.is_at_once:
        yield None
        return
    worker = subprocess.Popen([sys.executable, "-m", "app.cli", "work"], env={**os.environ, **settings.to_environ()})
    try:
        yield worker
    finally:
        end(worker)


def end(worker: "subprocess.Popen[bytes]") -> None:
    """Let a worker finish what it does, for a while."""
    worker.terminate()
    try:
        worker.wait(SECONDS_TO_FINISH)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
