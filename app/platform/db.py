"""The session of a request: opened once, committed once when the view succeeded, else rolled back."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import Session

from app.models import Base
from app.platform.leases import refuse_lost
from app.platform.outbox import MAIL_WAITS

db = SQLAlchemy(model_class=Base, disable_autonaming=True, session_options={"expire_on_commit": False})

WRITING_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})
WAIT_SECONDS = 15  # for somebody else's lock, before the deed is given up
TRIES = 4  # of a deed that nobody is there to try again
_BUSY_IN_SQLITE = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
# A lock was not had in time; two transactions could not both be; a deadlock.
_BUSY_IN_POSTGRESQL = frozenset({"55P03", "40001", "40P01"})

View = TypeVar("View", bound=Callable[..., Any])
Outcome = TypeVar("Outcome")


class TransactionalFlask(Flask):
    """A Flask app whose every view runs in one transaction."""

    def dispatch_request(self) -> ResponseReturnValue:
        with transaction(writing=self.takes_lock()) as session:
            response = self.make_response(super().dispatch_request())
            if response.status_code >= 400:
                roll_back(session)
        return response

    def takes_lock(self) -> bool:
        """True when the view may write from its first line on."""
        view = self.view_functions.get(request.endpoint or "")
        return request.method in WRITING_METHODS and not getattr(view, "writes_at_the_end", False)


def writes_at_the_end(view: View) -> View:
    """Mark a view that works long before it writes, so that nobody waits for it: it writes within `short_write`."""
    view.writes_at_the_end = True  # type: ignore[attr-defined]
    return view


@contextmanager
def short_write() -> Iterator[Session]:
    """A writing transaction within one that has only read, which ends first: what it read may have changed."""
    db.session().commit()
    with transaction() as session:
        yield session


def write_patiently(deed: Callable[[Session], Outcome]) -> Outcome:
    """Do a deed in a transaction of its own, and again where the database was busy: for what must not get lost."""
    for _ in range(TRIES - 1):
        try:
            with transaction() as session:
                return deed(session)
        except SQLAlchemyError as error:
            if not is_busy(error):
                raise
    with transaction() as session:
        return deed(session)


def is_busy(error: BaseException) -> bool:
    """True when nothing is wrong but that others were at work: the same deed may succeed a moment later."""
    if isinstance(error, NoConnectionFree):
        return True
    cause = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(cause, sqlite3.Error):
        return (getattr(cause, "sqlite_errorcode", 0) & 0xFF) in _BUSY_IN_SQLITE
    return getattr(cause, "sqlstate", None) in _BUSY_IN_POSTGRESQL


@contextmanager
def transaction(writing: bool = True) -> Iterator[Session]:
    """Give the session; commit at the end and then do what waited for the commit; roll back when anything is raised.

    A writing transaction on SQLite takes the write lock at once: two that both read first and then write would
    otherwise fail instead of wait. Within a job it raises LeaseLost where somebody else does the job by now.
    """
    session = db.session()
    try:
        if writing:
            session.connection(execution_options={"sqlite_begin": "BEGIN IMMEDIATE"})
            if g.get("held") is not None:
                refuse_lost(session, g.held)
        yield session
        session.commit()
    except BaseException:
        roll_back(session)
        raise
    if session.info.pop(MAIL_WAITS, False):
        after_commit(current_app.extensions["rpe_send_mail"])
    while _waiting():
        _waiting().pop(0)()


def roll_back(session: Session) -> None:
    """Undo what was done, and forget what should have followed it."""
    session.rollback()
    session.info.pop(MAIL_WAITS, None)
    _waiting().clear()


def after_commit(deed: Callable[[], Any]) -> None:
    """Do this once the transaction has been committed; never, if it is not."""
    _waiting().append(deed)


def _waiting() -> list[Callable[[], Any]]:
    if "after_commit" not in g:
        g.after_commit = []
    waiting: list[Callable[[], Any]] = g.after_commit
    return waiting


def connect(app: Flask, url: str) -> None:
    """Bind the app to its database."""
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = (
        {"connect_args": {"timeout": WAIT_SECONDS}} if url.startswith("sqlite:") else {"pool_pre_ping": True}
    )
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            prepare_sqlite(db.engine)
        else:
            prepare_postgresql(db.engine)


def prepare_sqlite(engine: Engine) -> None:
    """Make SQLite keep foreign keys, let readers and a writer work side by side, and begin transactions as we say."""

    @event.listens_for(engine, "connect")
    def configure(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


def prepare_postgresql(engine: Engine) -> None:
    """Let nobody wait for a lock without end."""

    @event.listens_for(engine, "connect")
    def configure(connection: Any, record: Any) -> None:
        connection.execute(f"SET lock_timeout = '{WAIT_SECONDS}s'")
        connection.commit()


def is_up_to_date() -> bool:
    """True when the database has the tables of the newest migration."""
    scripts = ScriptDirectory(current_app.extensions["migrate"].directory)
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == scripts.get_current_head()
