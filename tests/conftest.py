"""What every test can ask for: an application on an empty database, people who are signed in, counted queries."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app import create_app
from app.config import Settings
from app.language.dates_and_times import day_of
from app.models import Base
from app.models.people import Person
from app.platform.db import TransactionalFlask, db
from app.serving.collector import collect_between_steps
from tests.browsers import Browser, browser_of
from tests.builders import Builder
from tests.written import empty, note_what_is_written

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
POSTGRES = os.environ.get("RPE_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
IS_WHOLE_CHECK = os.environ.get("REQUIRE_ALL") == "1"
SECONDS_TO_CONNECT = 30  # a machine that is busy; where there is no server, it says so at once

# A busy machine is no fault of an example; and where everything must pass, the examples are the same every time.
hypothesis_settings.register_profile("here", deadline=None, derandomize=IS_WHOLE_CHECK)
hypothesis_settings.load_profile("here")

collect_between_steps()  # as in every process that answers requests


def absent(reason: str) -> None:
    """Skip a test for what this machine lacks; where REQUIRE_ALL=1 is set, fail instead."""
    if IS_WHOLE_CHECK:
        pytest.fail(f"REQUIRE_ALL=1, but {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real registry files and published instances."""
    folder = Path(os.environ.get("RPE_SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
    if not folder.is_dir():
        absent(f"there is no folder of real data at {folder} (set RPE_SHARED_DATA)")
    return folder


def settings_for(database_url: str, **changes: Any) -> Settings:
    chosen = {
        "is_production": False,
        "secret_key": "for tests only",
        "base_url": "http://localhost",
        "keys_passphrase": "for tests only",
        **changes,
    }
    return Settings(database_url=database_url, **chosen)


@pytest.fixture(scope="session")
def postgres_url(worker_id: str) -> Iterator[str]:
    """A PostgreSQL database of this test process alone."""
    name = f"rpe_test_{os.getpid()}_{worker_id}"
    try:
        with server_connection() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
            connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = off'))  # no test cuts its power
    except OperationalError as failure:
        absent(f"no PostgreSQL server answers (set RPE_TEST_POSTGRES): {str(failure.orig).strip()}")
    yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    with server_connection() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


@contextmanager
def server_connection() -> Iterator[Any]:
    engine = create_engine(POSTGRES, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": SECONDS_TO_CONNECT})
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@pytest.fixture(scope="session")
def worker_id() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def application(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TransactionalFlask]:
    """One application for each kind of database, with its tables made once."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('database') / 'rpe.sqlite3'}"
    else:
        url = request.getfixturevalue("postgres_url")
    folders = {f"{name}_folder": str(tmp_path_factory.mktemp(name)) for name in ("files", "keys")}
    app = create_app(settings_for(url, **folders))
    app.test_client_class = Browser
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        with db.engine.begin() as connection:
            note_what_is_written(connection)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(application: TransactionalFlask, engine: Engine) -> Iterator[TransactionalFlask]:
    """The application, at noon on 3 March 2026, on an empty database.

    No application context is left open around a test: requests would share its session and the person who is signed in.
    """
    application.config["NOW"] = lambda: NOON
    yield application
    with engine.begin() as connection:
        empty(connection)


@pytest.fixture
def engine(application: TransactionalFlask) -> Engine:
    """The engine of the application's database."""
    with application.app_context():
        return db.engine


@pytest.fixture
def session(app: TransactionalFlask, engine: Engine) -> Iterator[Session]:
    """The test's own session: commit what requests should see, `look_again` to see what they did."""
    with Session(engine) as session:
        yield session


@pytest.fixture
def look_again(session: Session) -> Callable[[], None]:
    """Forget what the test's session has read, so that it reads what requests have written."""

    def forget() -> None:
        session.rollback()
        session.expire_all()

    return forget


@pytest.fixture
def build(session: Session) -> Builder:
    """Makes records with sensible values, so that a test names only what matters to it."""
    return Builder(session, NOON)


@pytest.fixture
def today() -> date:
    return day_of(NOON)


@pytest.fixture
def now() -> datetime:
    return NOON


@pytest.fixture
def client(app: TransactionalFlask) -> FlaskClient:
    """A browser that nobody has signed in with."""
    return app.test_client()


@pytest.fixture
def sign_in(app: TransactionalFlask, session: Session) -> Callable[[Person], FlaskClient]:
    """sign_in(person) commits what the test has built and gives a browser in which she is signed in."""

    def as_person(person: Person) -> FlaskClient:
        person_id = person.id
        session.commit()  # and nothing is read afterwards: what was read stays as it was, and could not be changed
        return browser_of(app, person_id)

    return as_person


@pytest.fixture
def queries(engine: Engine) -> Callable[[], Any]:
    """with queries() as statements: ... collects the SQL statements that run meanwhile."""

    @contextmanager
    def collect() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            statements.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return collect
