"""The service as people reach it: on a port of its own, with its protection on, at a moment that a test chooses."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from threading import Event, Thread

from flask import request
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from app import create_app
from app.models import Base
from app.platform.db import TransactionalFlask, db
from tests.conftest import settings_for

SECONDS_AT_DOOR = 120


class Service:
    """A running service: where it is, its database, and what day it thinks it is."""

    def __init__(self, app: TransactionalFlask, address: str) -> None:
        self.app = app
        self.address = address
        self.door = Event()
        self.door.set()
        app.before_request(self.wait_at_door)

    def it_becomes(self, day: date) -> None:
        """Let it be noon of that day; whoever was signed in has to sign in again."""
        moment = datetime.combine(day, time(12), tzinfo=UTC)
        self.app.config["NOW"] = lambda: moment

    @property
    def now(self) -> datetime:
        moment: Callable[[], datetime] = self.app.config["NOW"]
        return moment()

    def wait_at_door(self) -> None:
        if request.method == "POST":
            self.door.wait(SECONDS_AT_DOOR)

    @contextmanager
    def lets_nothing_be_sent(self) -> Iterator[None]:
        """What is posted in the block waits, as with a slow network, and comes in all at once at its end."""
        self.door.clear()
        try:
            yield
        finally:
            self.door.set()

    @contextmanager
    def records(self) -> Iterator[Session]:
        """A session of the test's own on the service's database; what was added is committed at the end."""
        with self.app.app_context(), Session(db.engine) as session:
            yield session
            session.commit()


class Quiet(WSGIRequestHandler):
    """Answers without writing a line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@contextmanager
def running_service(database_url: str, day: date) -> Iterator[Service]:
    """Serve an empty database on a free port of 127.0.0.1 until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        app = create_app(settings_for(database_url, base_url=address, is_demo=True))
        service = Service(app, address)
        service.it_becomes(day)
        with app.app_context():
            Base.metadata.create_all(db.engine)
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet, fd=listener.fileno())
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield service
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            with app.app_context():
                Base.metadata.drop_all(db.engine)
                db.engine.dispose()
