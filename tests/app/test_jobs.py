"""Work after the commit: at once or by a real worker, never for what was rolled back, and never breaking the deed."""

import logging

import pytest
from sqlalchemy import select

from app import create_app
from app.config import Misconfigured
from app.language.mail import Mail
from app.models import Base
from app.models.organisations import Network
from app.platform.db import after_commit, db, transaction
from app.platform.jobs import DEEDS, REGULAR, enqueue, job, name_of
from app.platform.outbox import queue_message
from app.serving import work, worker_beside
from tests.builders import Builder
from tests.conftest import NOON, settings_for

SECONDS_TO_WAIT = 300  # a second Python begins, on a machine that may be busy


@pytest.fixture
def done():
    """What jobs and deeds of this test have done, in order."""
    return []


@pytest.fixture
def write_down(done):
    """A job that writes down what it sees of the networks in the database."""

    @job
    def write_down(word):
        with transaction(writing=False) as session:
            done.append((word, session.scalars(select(Network.name)).all()))

    yield write_down
    del DEEDS[name_of(write_down)]


@pytest.fixture
def fail():
    @job
    def fail():
        raise RuntimeError("the job broke")

    yield fail
    del DEEDS[name_of(fail)]


def test_a_job_sees_what_was_committed_before_it(app, write_down, done):
    with app.app_context(), transaction() as session:
        enqueue(write_down, "first")
        session.add(Network(name="Committed"))
        assert done == []
    assert done == [("first", ["Committed"])]


def test_what_follows_a_commit_keeps_its_order_and_mail_comes_last(app, done, monkeypatch):
    monkeypatch.setitem(app.extensions, "rpe_send_mail", lambda: done.append("mail"))
    with app.app_context(), transaction() as session:
        queue_message(session, "learner@nowhere.example", Mail("One", "1"), NOON)
        after_commit(lambda: done.append("one"))
        after_commit(lambda: done.append("two"))
    assert done == ["one", "two", "mail"]


def test_nothing_follows_a_transaction_that_failed(app, write_down, done):
    def broken():
        with transaction() as session:
            queue_message(session, "learner@nowhere.example", Mail("One", "1"), NOON)
            enqueue(write_down, "never")
            raise LookupError

    with app.app_context():
        with pytest.raises(LookupError):
            broken()
        with transaction():
            pass
    assert done == []


def test_nothing_follows_a_request_that_was_refused(app, write_down, done, monkeypatch):
    def refused():
        enqueue(write_down, "never")
        return "no", 422

    monkeypatch.setitem(app.view_functions, "home.privacy", refused)
    assert app.test_client().get("/privacy").status_code == 422
    assert done == []


def test_a_job_that_fails_is_noted_and_breaks_nothing(app, fail, write_down, done, caplog):
    with app.app_context(), caplog.at_level(logging.ERROR), transaction() as session:
        session.add(Network(name="Committed"))
        enqueue(fail)
        enqueue(write_down, "still done")
    assert done == [("still done", ["Committed"])]
    assert "the job broke" in caplog.text


def test_a_queue_that_cannot_be_reached_is_noted_and_breaks_nothing(app, write_down, caplog, monkeypatch):
    queue = app.extensions["rpe_queue"]
    monkeypatch.setattr(queue.huey, "_immediate", False)
    monkeypatch.setattr(queue, "task", lambda *given: 1 / 0)
    with app.app_context(), caplog.at_level(logging.ERROR), transaction():
        enqueue(write_down, "never")
    assert "ZeroDivisionError" in caplog.text


def test_where_work_is_done_at_once_there_is_no_worker(app):
    with pytest.raises(Misconfigured, match="RPE_JOBS"):
        work(app)


def test_waiting_mail_is_tried_again_by_the_worker_itself():
    assert REGULAR == ["app.platform.mailing.send_mail"]


def test_a_worker_does_what_a_request_left_in_the_queue(tmp_path, mailbox):
    """Two processes: the web puts a job; `rpe work` builds a link, where there is no request, and sends the mail."""
    settings = settings_for(
        f"sqlite:///{tmp_path / 'rpe.sqlite3'}", jobs=f"sqlite:///{tmp_path / 'jobs.sqlite3'}", smtp_url=mailbox.url
    )
    app = create_app(settings)
    app.config.update(WTF_CSRF_ENABLED=False)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        with transaction() as session:
            email = Builder(session, NOON).person().email
    assert app.test_client().post("/password/forgotten", data={"email": email}).status_code == 200
    assert mailbox.taken == []
    with worker_beside(app):
        mail = mailbox.arrived.get(timeout=SECONDS_TO_WAIT)
    assert f"To: {email}" in mail
    assert "http://localhost/password/" in mail


def test_no_worker_is_started_where_work_is_done_at_once(app):
    with worker_beside(app) as worker:
        assert worker is None
