"""The session of a request: opened once, committed once when the view succeeded, else rolled back."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any, TypeVar

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app, g, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, event, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import Session

from app.models import Base
from app.platform.files.one_service import database_file, open_for_service
from app.platform.leases import refuse_lost
from app.platform.outbox import MAIL_WAITS

db = SQLAlchemy(model_class=Base, disable_autonaming=True, session_options={"expire_on_commit": False})

WRITING_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})
WAIT_SECONDS = 15  # for somebody else's lock, before the deed is given up
# As SQL that is ready to be sent: pages and deeds have a thousand. Of the usual 500 one in fifteen was made again,
# which takes longer than to ask it.
STATEMENTS_KEPT = 2_000
ROWS_ANALYSED = 1_000  # of each index; a hundredth of a second for a database of 400 MB
TRIES = 4  # of a deed that nobody is there to try again
TRIES_BESIDE_OTHERS = 2  # of a view, before it is run alone
_BUSY_IN_SQLITE = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
# Two transactions could not both be; a deadlock.
_OVERTAKEN_IN_POSTGRESQL = frozenset({"40001", "40P01"})
# The same, or a lock was not had in time.
_BUSY_IN_POSTGRESQL = _OVERTAKEN_IN_POSTGRESQL | {"55P03"}
# Something is there already, or no longer there.
_HIT_IN_SQLITE = frozenset(
    {sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY}
)
_HIT_IN_POSTGRESQL = frozenset({"23505", "23503"})
# A deed rests on what it reads. SQLite lets in one writer after another; PostgreSQL lets them work side by side, and
# where one has changed what another rests on, only one of them can be committed. What only reads sees one moment, and
# can write nothing.
_TO_WRITE: dict[str, dict[str, Any]] = {
    "sqlite": {"sqlite_begin": "BEGIN IMMEDIATE"},
    "postgresql": {"isolation_level": "SERIALIZABLE", "postgresql_readonly": False},
}
_TO_READ: dict[str, dict[str, Any]] = {
    "sqlite": {"sqlite_query_only": True},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}

View = TypeVar("View", bound=Callable[..., Any])
Outcome = TypeVar("Outcome")


class TransactionalFlask(Flask):
    """A Flask app whose every view runs in one transaction, and again in another where somebody overtook it.

    What two of them want at once is settled by the database. A view that was overtaken twice runs while nobody else
    writes, so that it comes to its end however many want the same.
    """

    def dispatch_request(self) -> ResponseReturnValue:
        if getattr(self.view_functions.get(request.endpoint or ""), "asks_no_database", False):
            return super().dispatch_request()
        kept = deepcopy(dict(cookie))
        for _ in range(TRIES_BESIDE_OTHERS):
            try:
                return self.answer_once(alone=False)
            except SQLAlchemyError as error:
                if not may_succeed_again(error):
                    raise
            begin_anew(kept)
        return self.answer_once(alone=True)

    def answer_once(self, alone: bool) -> ResponseReturnValue:
        """The answer of the view, with its deeds committed unless it refuses."""
        with transaction(self.takes_lock(), alone) as session:
            response = self.make_response(super().dispatch_request())
            if response.status_code >= 400:
                roll_back(session)
        return response

    def log_exception(self, exc_info: Any) -> None:
        """Note a failure by its route: the path may hold a one-time secret."""
        self.logger.error("%s %s failed", request.method, request.url_rule, exc_info=exc_info)

    def takes_lock(self) -> bool:
        """True when the view may write from its first line on."""
        view = self.view_functions.get(request.endpoint or "")
        return request.method in WRITING_METHODS and not is_written_at_the_end(view)


def begin_anew(kept: dict[str, Any]) -> None:
    """Forget what the view did and read, so that it can be run again as if for the first time.

    Who is signed in is read again as well: her account may be what somebody changed.
    """
    db.session().expunge_all()
    g.pop("_login_user", None)
    cookie.clear()
    cookie.update(deepcopy(kept))
    for file in request.files.values():
        file.seek(0)


def writes_at_the_end(view: View) -> View:
    """Mark a view that works long before it writes, so that nobody waits for it: it writes within `short_write`."""
    view.writes_at_the_end = True  # type: ignore[attr-defined]
    return view


def is_written_at_the_end(view: Callable[..., Any] | None) -> bool:
    return getattr(view, "writes_at_the_end", False)


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
            with transaction(alone=False) as session:
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
    if isinstance(error, DBAPIError) and isinstance(error.orig, sqlite3.Error):
        return (getattr(error.orig, "sqlite_errorcode", 0) & 0xFF) in _BUSY_IN_SQLITE
    return _sqlstate(error) in _BUSY_IN_POSTGRESQL


def may_succeed_again(error: BaseException) -> bool:
    """True when somebody else did a deed at the same moment: begun anew, this one sees what she did.

    Two who make the same at once meet in a constraint; the second then finds what the first has made.
    """
    return _sqlstate(error) in _OVERTAKEN_IN_POSTGRESQL | _HIT_IN_POSTGRESQL


def has_hit_a_constraint(error: BaseException) -> bool:
    """True when what was to be written is there already, or rests on something that is no longer there."""
    if isinstance(error, IntegrityError) and isinstance(error.orig, sqlite3.Error):
        return error.orig.sqlite_errorcode in _HIT_IN_SQLITE
    return _sqlstate(error) in _HIT_IN_POSTGRESQL


def _sqlstate(error: BaseException) -> str | None:
    """What PostgreSQL calls an error."""
    return getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None


@contextmanager
def transaction(writing: bool = True, alone: bool = True) -> Iterator[Session]:
    """Give the session; commit at the end and then do what waited for the commit; roll back when anything is raised.

    A writing transaction comes to what it would come to if nobody else wrote meanwhile. Outside of a view nobody can
    run it again, so it waits until it is `alone`, and others wait for it: keep it short. Within a job it raises
    LeaseLost where somebody else does the job by now.
    """
    session = db.session()
    try:
        begin(session, writing, alone)
        if writing and g.get("held") is not None:
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


@contextmanager
def reading_apart(engine: Engine) -> Iterator[Session]:
    """A session of its own that sees one moment, for what outlives its request; it ends with the block."""
    with Session(engine, expire_on_commit=False) as session:
        begin(session, writing=False, alone=False)
        yield session


def begin(session: Session, writing: bool, alone: bool) -> None:
    """Begin a transaction of one kind; SQLite has one writer at a time anyhow.

    The lock is no query, so that PostgreSQL takes what the transaction sees once it has been had, and not before.
    """
    dialect = session.get_bind().dialect.name
    connection = session.connection(execution_options=(_TO_WRITE if writing else _TO_READ)[dialect])
    if writing and dialect == "postgresql":
        connection.exec_driver_sql(f"LOCK TABLE sent_forms IN {'EXCLUSIVE' if alone else 'ROW SHARE'} MODE")


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
    if file := database_file(url):
        open_for_service(file)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "hide_parameters": True,  # they are what people typed, and an error would quote them
        "query_cache_size": STATEMENTS_KEPT,
        **({"connect_args": {"timeout": WAIT_SECONDS}} if url.startswith("sqlite:") else {"pool_pre_ping": True}),
    }
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
        options = connection.get_execution_options()
        only_reads = int(options.get("sqlite_query_only", False))
        if connection.info.get("only_reads", 0) != only_reads:  # most connections go from one page to the next
            driver: Any = connection.connection.driver_connection
            driver.execute(f"PRAGMA query_only = {only_reads}")
            connection.info["only_reads"] = only_reads
        connection.exec_driver_sql(options.get("sqlite_begin", "BEGIN"))


def prepare_postgresql(engine: Engine) -> None:
    """Let nobody wait for a lock without end."""

    @event.listens_for(engine, "connect")
    def configure(connection: Any, record: Any) -> None:
        connection.execute(f"SET lock_timeout = '{WAIT_SECONDS}s'")
        connection.commit()


def renew_statistics() -> None:
    """Let SQLite see how its rows are spread: else it takes an index of many rows for one of few, and a page that takes
    milliseconds takes seconds. A server of PostgreSQL does so by itself."""
    if db.engine.dialect.name == "sqlite":
        write_patiently(analyse)


def analyse(session: Session) -> None:
    session.execute(text(f"PRAGMA analysis_limit = {ROWS_ANALYSED}"))
    session.execute(text("ANALYZE"))


def is_up_to_date() -> bool:
    """True when the database has the tables of the newest migration."""
    scripts = ScriptDirectory(current_app.extensions["migrate"].directory)
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == scripts.get_current_head()
