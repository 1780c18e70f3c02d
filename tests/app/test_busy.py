"""A deed that meets somebody else's lock waits, and then says so with everything kept; nothing else is taken for it."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import Session

from app.models.hours import HoursEntry
from app.models.organisations import Network
from app.platform.db import TRIES, WAIT_SECONDS, is_busy, short_write, transaction, write_patiently
from tests.pages import Page
from tests.screen import shown

OF_EVERY_FORM = {"csrf_token", "filled_by"}
HOURS = {
    "worked_on-day": "2",
    "worked_on-month": "3",
    "worked_on-year": "2026",
    "category": "workplace learning",
    "minutes": "90",
    "did": "Screened <b>notes</b> & more.",
    "form_key": "0123456789abcdef0123",
}


@pytest.fixture
def impatient(engine):
    """Transactions that wait a few milliseconds instead of seconds."""
    hooks = impatient_sqlite() if engine.dialect.name == "sqlite" else impatient_postgresql()
    for name, hook in hooks.items():
        event.listen(engine, name, hook)
    yield
    for name, hook in hooks.items():
        event.remove(engine, name, hook)


def impatient_sqlite():
    """A connection keeps its patience, so that it gets the usual one back."""

    def wait(milliseconds):
        return lambda connection, *given: connection.execute(f"PRAGMA busy_timeout = {milliseconds}")

    return {"checkout": wait(10), "checkin": wait(WAIT_SECONDS * 1000)}


def impatient_postgresql():
    return {"begin": lambda connection: connection.exec_driver_sql("SET LOCAL lock_timeout = '10ms'")}


@pytest.fixture
def locked(engine, impatient):
    """with locked(): somebody else is writing hours and networks."""

    @contextmanager
    def lock():
        with Session(engine) as other:
            other.connection(execution_options={"sqlite_begin": "BEGIN IMMEDIATE"})
            if engine.dialect.name == "postgresql":
                other.execute(text("LOCK TABLE hours_entries, networks IN EXCLUSIVE MODE"))
            yield

    return lock


def entries(session):
    return session.scalar(select(func.count()).select_from(HoursEntry))


@pytest.fixture
def placement(build):
    return build.placement()


@pytest.fixture
def address(placement):
    return f"/placements/{placement.id}/hours/new"


@pytest.fixture
def browser(sign_in, placement):
    return sign_in(placement.learner)


def test_a_save_that_meets_a_lock_says_busy_and_keeps_everything(browser, address, session, look_again, locked):
    with locked():
        answer = browser.post(address, data=HOURS)
    page = shown(answer)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert page.heading == "The service is busy"
    assert page.button("Try again").action == address
    form = next(form for form in Page("", answer.text).forms if form.action == address)
    assert {name: value for name, [value] in form.fields.items() if name not in OF_EVERY_FORM} == HOURS
    look_again()
    assert entries(session) == 0
    assert browser.post(form.action, data=HOURS).status_code == 303
    look_again()
    assert entries(session) == 1


def test_a_page_that_htmx_asked_for_gets_the_same_as_a_part(browser, address, locked):
    with locked():
        answer = browser.post(address, data=HOURS, headers={"HX-Request": "true"})
    assert answer.status_code == 503
    assert (shown(answer).title, shown(answer).button("Try again").action) == ("", address)


def test_a_password_is_not_written_into_the_page(client, build, session, locked):
    build.person(email="somebody@nowhere.example")
    session.commit()
    with locked():
        answer = client.post("/sign-in", data={"email": "somebody@nowhere.example", "password": "a long secret"})
    if answer.status_code == 503:  # on PostgreSQL the sign-in touches no locked table
        assert shown(answer).says("Go back and send it again.")
        assert "password" not in {name for form in Page("", answer.text).forms for name in form.fields}


def test_any_other_fault_of_the_database_stays_a_fault(app, browser, address, monkeypatch):
    def fail(*given, **named):
        raise IntegrityError("INSERT", {}, Exception("twice"))

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr("app.hours.service.log_hours", fail)
    assert browser.post(address, data=HOURS).status_code == 500


def test_a_deed_that_nobody_can_send_again_is_tried_again(app, session):
    tries = []

    def deed(own):
        tries.append(1)
        own.add(Network(name=f"Try {len(tries)}"))
        own.flush()
        if len(tries) < TRIES:
            raise NoConnectionFree
        return len(tries)

    with app.app_context():
        assert write_patiently(deed) == TRIES
    assert session.scalars(select(Network.name)).all() == [f"Try {TRIES}"]


def test_a_deed_that_is_wrong_is_not_tried_again(app):
    tries = []

    def deed(own):
        tries.append(1)
        raise IntegrityError("INSERT", {}, Exception("twice"))

    with app.app_context(), pytest.raises(IntegrityError):
        write_patiently(deed)
    assert len(tries) == 1


def test_a_lock_that_stays_is_given_up_in_the_end(app, locked):
    def deed(session):
        session.add(Network(name="Never"))
        session.flush()

    with app.app_context(), locked(), pytest.raises(DBAPIError) as failure:
        write_patiently(deed)
    assert is_busy(failure.value)


def test_what_is_written_at_the_end_of_long_work_holds_nobody_up_before(app, engine, session):
    with app.app_context(), transaction(writing=False) as own:
        own.scalars(select(Network)).all()
        with Session(engine) as other:
            other.connection(execution_options={"sqlite_begin": "BEGIN IMMEDIATE"})
            other.add(Network(name="Meanwhile"))
            other.commit()
        with short_write() as own:
            own.add(Network(name="At the end"))
    assert set(session.scalars(select(Network.name))) == {"Meanwhile", "At the end"}
