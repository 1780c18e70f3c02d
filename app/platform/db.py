"""The session of a request: opened once, committed once when the view succeeded, else rolled back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from app.models import Base
from app.platform.outbox import MAIL_WAITS

db = SQLAlchemy(model_class=Base, disable_autonaming=True, session_options={"expire_on_commit": False})

WRITING_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})
SQLITE_BUSY_SECONDS = 15


class TransactionalFlask(Flask):
    """A Flask app whose every view runs in one transaction."""

    def dispatch_request(self) -> ResponseReturnValue:
        with transaction(writing=request.method in WRITING_METHODS) as session:
            response = self.make_response(super().dispatch_request())
            if response.status_code >= 400:
                roll_back(session)
        return response


@contextmanager
def transaction(writing: bool = True) -> Iterator[Session]:
    """Give the session; commit at the end and then do what waited for the commit; roll back when anything is raised.

    A writing transaction on SQLite takes the write lock at once: two that both read first and then write would
    otherwise fail instead of wait.
    """
    session = db.session()
    if writing:
        session.connection(execution_options={"sqlite_begin": "BEGIN IMMEDIATE"})
    try:
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
        {"connect_args": {"timeout": SQLITE_BUSY_SECONDS}} if url.startswith("sqlite:") else {"pool_pre_ping": True}
    )
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            prepare_sqlite(db.engine)


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


def is_up_to_date() -> bool:
    """True when the database has the tables of the newest migration."""
    scripts = ScriptDirectory(current_app.extensions["migrate"].directory)
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == scripts.get_current_head()
