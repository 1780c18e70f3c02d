"""The web server: gunicorn's processes, each of several threads, which also look after the worker beside them."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from app.platform.db import db
from app.serving.beside import WorkerBeside
from app.serving.collector import spare_collector
from app.serving.texts import read_texts
from app.serving.whole_requests import WholeRequests


class Server(BaseApplication):
    """Gunicorn with processes of several threads each."""

    def __init__(
        self,
        app: Flask,
        bind: str,
        processes: int = 1,
        ready: Callable[[], None] | None = None,
        worker: WorkerBeside | None = None,
    ) -> None:
        self.application, self.worker = app, worker
        self.options: dict[str, Any] = {
            "bind": bind,
            "workers": processes,
            "worker_class": WholeRequests,
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

    def run(self) -> None:
        with self.application.app_context():
            read_texts()
        spare_collector()
        Caretaker(self).run()


class Caretaker(Arbiter):
    """Starts again what has died, each second: the processes of the web server, as ever, and the worker."""

    def manage_workers(self) -> None:
        super().manage_workers()
        if self.app.worker is not None:
            self.app.worker.look_after()


def forget_connections(app: Flask) -> None:
    """A connection to the database does not survive a fork: each process opens its own."""
    with app.app_context():
        db.engine.dispose(close=False)
