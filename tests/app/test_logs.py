"""The log says what failed and where, and never what somebody typed."""

import io
import logging

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.models.hours import HoursCategory, HoursEntry
from app.models.people import Person
from app.platform.db import db
from app.sign_in import service

TYPED = "Ward round with a patient of ours"


@pytest.fixture
def log():
    """What any handler with the standard formatter writes of what any library logs."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    yield written.getvalue
    logging.getLogger().removeHandler(handler)


def failure_of(engine, statement, **values):
    """The error that the database itself gives."""
    with pytest.raises(DBAPIError) as raised, Session(engine) as session:
        session.execute(statement, values or None)
    return raised.value


def failures(engine, email):
    """A double key, a value that is no number, one that is too large, and one within a long statement."""
    yield failure_of(engine, insert(Person).values(name=TYPED, email=email, created_at=None))
    yield failure_of(engine, text("INSERT INTO people (nothing) VALUES (:typed)"), typed=TYPED)
    yield failure_of(
        engine,
        insert(HoursEntry).values(
            placement_id=1, category=HoursCategory.TEACHING, minutes=2**40, did=TYPED, form_key=TYPED * 20
        ),
    )


def test_an_error_of_the_database_is_logged_without_what_was_typed(app, engine, build, session, log):
    email = build.person().email
    session.commit()
    for error in failures(engine, email):
        try:
            raise RuntimeError(f"{TYPED} could not be kept") from error
        except RuntimeError as led_to:
            app.logger.exception("A deed failed")
            logging.getLogger("a.library").warning("It said %s", led_to)
            logging.getLogger("a.library").error(error)
    assert "DBAPIError" in log() or "sqlalchemy.exc." in log()
    assert "INSERT INTO people" in log(), "which statement it was"
    assert "test_logs.py" in log(), "and where it was made"
    for private in (TYPED, email):
        assert private not in log()


def test_a_key_that_is_there_already_is_named_and_its_value_is_not(app, engine, build, session, log):
    person = build.person()
    session.commit()
    taken = select(Person.name, Person.email, Person.created_at)
    columns = ["name", "email", "created_at"]
    error = failure_of(engine, insert(Person).from_select(columns, taken.where(Person.id == person.id)))
    app.logger.warning("Refused: %s", error)
    assert "email" in log(), "the key"
    assert person.email not in log()
    assert person.email not in str(error) or engine.dialect.name == "postgresql", "there only the log can hide it"


def test_the_engine_hides_what_goes_into_a_statement(app):
    with app.app_context():
        assert db.engine.hide_parameters


def test_a_page_that_fails_is_logged_by_its_route(app, client, monkeypatch, log):
    def fail(session, secret, purpose, now):
        raise ValueError(f"not a link: {secret}")

    monkeypatch.setattr(service, "good_link", fail)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    assert client.get("/password/of-somebody-s-own?q=typed").status_code == 500
    assert "GET /password/<secret> failed" in log()
    assert "ValueError" in log()
    assert "test_logs.py" in log()
    assert "of-somebody-s-own" not in log()


@pytest.mark.parametrize(
    "words",
    [
        "Invalid request from ip=192.0.2.7: GET /password/of-somebody-s-own",
        "Error handling request /password/of-somebody",
    ],
)
def test_the_server_does_not_quote_a_request_that_it_could_not_read(app, log, words):
    logging.getLogger("gunicorn.error").propagate = True
    logging.getLogger("gunicorn.error").warning(words)
    assert log() in ("gunicorn.error: Invalid request\n", "gunicorn.error: Error handling request\n")
