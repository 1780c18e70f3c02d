"""Work after the commit: at once or by a real worker, never for what was rolled back, and never breaking the deed."""

import logging

import pytest
from sqlalchemy import select

from app.language.mail import Mail
from app.models.operations.jobs import CRASHED, LEASE, TRIES_MAX, Job, JobOutcome, Lane
from app.models.organisations import Network
from app.platform import leases
from app.platform.db import after_commit, transaction
from app.platform.jobs import DEEDS, end_job, enqueue, job
from app.platform.leases import LeaseLost
from app.platform.outbox import queue_message
from tests.conftest import NOON


@pytest.fixture
def done():
    """What jobs and deeds of this test have done, in order."""
    return []


@pytest.fixture
def write_down(done):
    """A job that writes down what it sees of the networks in the database."""

    @job("write down", Lane.SHORT)
    def write_down(word):
        with transaction(writing=False) as session:
            done.append((word, session.scalars(select(Network.name)).all()))

    yield write_down
    del DEEDS[write_down.name]


@pytest.fixture
def fail(done):
    @job("fail", Lane.SHORT)
    def fail():
        done.append("tried")
        raise RuntimeError("somebody@nowhere.example typed this")

    @fail.when_given_up
    def note(session, now):
        done.append("given up")

    yield fail
    del DEEDS[fail.name]


@pytest.fixture
def only_job(session, look_again):
    """only_job() is the one job that there is."""

    def read():
        look_again()
        return session.scalars(select(Job)).one()

    return read


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

    monkeypatch.setitem(app.view_functions, "sign_in.send_link", refused)
    assert app.test_client().post("/password/forgotten").status_code == 422
    assert done == []


def test_a_job_that_fails_is_tried_three_times_noted_and_breaks_nothing(
    app, fail, write_down, done, caplog, only_job, session
):
    with app.app_context(), caplog.at_level(logging.ERROR), transaction() as own:
        own.add(Network(name="Committed"))
        enqueue(fail)
        enqueue(write_down, "still done")
    assert done == ["tried"] * TRIES_MAX + ["given up", ("still done", ["Committed"])]
    assert "somebody@nowhere.example typed this" in caplog.text
    failed, fine = session.scalars(select(Job).order_by(Job.id))
    assert (failed.outcome, failed.tries, failed.lease_until) == (JobOutcome.GIVEN_UP, TRIES_MAX, None)
    assert failed.complaint == "A fault of the programme (RuntimeError); the log of the service has the details."
    assert (fine.outcome, fine.tries, fine.complaint) == (JobOutcome.DONE, 1, "")


def test_a_job_is_a_row_of_the_transaction_that_asks_for_it(app, write_down, done, only_job, monkeypatch):
    monkeypatch.setattr(app.extensions["rpe_queue"], "is_at_once", False)
    with app.app_context(), transaction():
        enqueue(write_down, 1, "two")
    assert done == [], "a worker will do it"
    waiting = only_job()
    assert (waiting.deed, waiting.given, waiting.lane) == ("write down", [1, "two"], Lane.SHORT)
    assert (waiting.outcome, waiting.tries, waiting.due_at) == (None, 0, NOON)


def test_a_deed_can_end_its_job_in_its_own_transaction(app, done, only_job):
    @job("end itself", Lane.SHORT)
    def end_itself():
        with transaction() as session:
            end_job(session)
        with pytest.raises(LeaseLost), transaction():
            done.append("never")

    with app.app_context(), transaction():
        enqueue(end_itself)
    del DEEDS[end_itself.name]
    assert (only_job().outcome, done) == (JobOutcome.DONE, [])


@pytest.fixture
def waiting(session, now):
    asked = leases.ask_for(session, "write down", Lane.SHORT, ["word"], now)
    session.commit()
    return asked


@pytest.fixture
def take(app, now):
    """take(moment) takes a job as a worker does, in a transaction of its own."""

    def take(moment=now):
        with app.app_context(), transaction() as own:
            return leases.take(own, Job.lane == Lane.SHORT, moment)

    return take


def test_a_job_is_in_one_pair_of_hands(take, waiting):
    assert take().tries == 1
    assert take() is None


def test_a_job_whose_worker_died_is_taken_up_again_within_a_minute(app, take, waiting, now, only_job, write_down, done):
    first = take()
    assert take(now + LEASE - LEASE / 30) is None
    second = take(now + LEASE)
    assert (second.job_id, second.tries) == (first.job_id, 2)
    assert LEASE.total_seconds() < 60
    assert only_job().complaint == CRASHED


def test_a_job_that_is_kept_is_not_taken(app, take, waiting, now):
    held = take()
    with app.app_context(), transaction() as own:
        assert leases.keep(own, held, now + LEASE / 2)
    assert take(now + LEASE) is None
    assert take(now + LEASE * 3 / 2).tries == 2
    with app.app_context(), transaction() as own:
        assert not leases.keep(own, held, now + LEASE)


def test_a_worker_that_comes_back_too_late_writes_nothing(app, take, waiting, now, session, look_again, done):
    """It was stopped in the middle; its job was taken up by somebody else meanwhile."""

    @job("write down", Lane.SHORT)
    def come_back_late(word):
        with transaction() as own:
            own.add(Network(name="In time"))
        app.config["NOW"] = lambda: now + LEASE
        assert take(now + LEASE).tries == 2
        with transaction() as own:
            own.add(Network(name="Too late"))

    app.extensions["rpe_queue"].do_next(Job.lane == Lane.SHORT)
    del DEEDS[come_back_late.name]
    look_again()
    assert session.scalars(select(Network.name)).all() == ["In time"]
    other = session.scalars(select(Job)).one()
    assert (other.outcome, other.tries, other.complaint) == (None, 2, CRASHED)


def test_a_job_whose_worker_died_at_each_try_is_given_up(app, take, waiting, now, only_job, fail, done, session):
    waiting.deed, waiting.arguments = fail.name, "[]"
    session.commit()
    for one in range(TRIES_MAX):
        take(now + one * LEASE)
    queue = app.extensions["rpe_queue"]
    queue.give_up_abandoned()
    assert only_job().outcome is None, "the last of them may be alive"
    app.config["NOW"] = lambda: now + TRIES_MAX * LEASE
    assert take(now + TRIES_MAX * LEASE) is None
    queue.give_up_abandoned()
    ended = only_job()
    assert (ended.outcome, ended.complaint, done) == (JobOutcome.GIVEN_UP, CRASHED, ["given up"])


def test_a_try_that_failed_is_followed_by_others_after_growing_pauses(app, take, waiting, now, session, only_job):
    pauses = []
    for _ in range(TRIES_MAX - 1):
        held = take(only_job().due_at)
        with app.app_context(), transaction() as own:
            leases.note_failure(own, held, "It failed.", now)
        pauses.append(only_job().due_at - now)
    assert pauses == sorted(set(pauses))
    assert pauses[0].total_seconds() > 0


def test_what_a_worker_gives_back_is_taken_at_once_and_is_no_failure(app, take, waiting, now, only_job):
    held = take()
    with app.app_context(), transaction() as own:
        leases.give_back(own, held, now)
    again = take()
    assert (again.tries, only_job().complaint, only_job().most_tries) == (2, "", TRIES_MAX + 1)
