"""The worker process and the one that looks after it: it does what was asked for, and is there again when it died."""

from datetime import UTC, datetime

import pytest
from flask_migrate import upgrade
from sqlalchemy import select

from app import create_app
from app.config import Misconfigured
from app.language.mail import Mail
from app.models.operations.jobs import Job, JobOutcome, Worker
from app.platform import worker
from app.platform.db import db, transaction
from app.platform.jobs import REGULAR
from app.platform.mailing import send_mail
from app.platform.outbox import queue_message
from app.platform.worker import WorkerProcess
from app.serving.beside import worker_beside
from tests.builders import Builder
from tests.conftest import NOON, settings_for

SECONDS_TO_WAIT = 300  # a second Python begins, on a machine that may be busy


def test_where_work_is_done_at_once_there_is_no_worker(app):
    with pytest.raises(Misconfigured, match="RPE_JOBS"):
        WorkerProcess(app)


def test_waiting_mail_is_looked_for_by_the_worker_itself():
    assert send_mail in REGULAR


def test_a_fault_in_one_regular_job_keeps_no_other_from_being_done_and_pauses_are_kept(tmp_path, monkeypatch):
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'rpe.sqlite3'}", jobs="worker"))
    with app.app_context():
        upgrade()
    done = []

    def fails():
        done.append("fails")
        raise ZeroDivisionError

    jobs = {fails: 0.0, (lambda: done.append("often")): 0.0, (lambda: done.append("seldom")): 3600.0}
    monkeypatch.setattr(worker, "REGULAR", jobs)
    monkeypatch.setattr(worker, "SECONDS_AFTER_A_FAULT", 0)
    process = WorkerProcess(app)
    process.do_regular()
    process.do_regular()
    assert done == ["fails", "often", "seldom", "fails", "often"]
    with app.app_context():
        db.engine.dispose()


def test_a_worker_does_what_a_request_left_in_the_queue(tmp_path, mailbox):
    """Two processes: the web puts a job; `rpe work` builds a link, where there is no request, and sends the mail."""
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'rpe.sqlite3'}", jobs="worker", smtp_url=mailbox.url))
    app.config.update(WTF_CSRF_ENABLED=False)
    with app.app_context():
        upgrade()
        with transaction() as session:
            email = Builder(session, NOON).person().email
    assert app.test_client().post("/password/forgotten", data={"email": email}).status_code == 200
    assert mailbox.taken == []
    with worker_beside(app):
        mail = mailbox.arrived.get(timeout=SECONDS_TO_WAIT)
    assert f"To: {email}" in mail
    assert "http://localhost/password/" in mail
    with app.app_context(), transaction(writing=False) as session:
        assert session.scalars(select(Job.outcome)).all() == [JobOutcome.DONE]
        assert session.scalars(select(Worker)).all() == [], "it signed off"
        db.engine.dispose()


def test_a_worker_that_dies_is_started_again(tmp_path, mailbox):
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'rpe.sqlite3'}", jobs="worker", smtp_url=mailbox.url))
    with app.app_context():
        upgrade()
    with worker_beside(app) as beside:
        assert beside
        first = beside.process
        first.kill()
        first.wait()
        beside.pause_seconds = 0
        beside.look_after()
        assert beside.process is not first
        with app.app_context(), transaction() as session:
            queue_message(session, "learner@nowhere.example", Mail("One", "1"), datetime.now(UTC))
        assert "To: learner@nowhere.example" in mailbox.arrived.get(timeout=SECONDS_TO_WAIT)
        with app.app_context():
            db.engine.dispose()
    assert beside.process.poll() is not None


def test_no_worker_is_started_where_work_is_done_at_once(app):
    with worker_beside(app) as worker:
        assert worker is None
