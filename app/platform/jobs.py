"""Jobs: asked for within a transaction as rows of the database, done after it, at once or by a worker."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, current_app, g
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.models.operations.jobs import CRASHED, TRIES_MAX, Job, Lane, as_arguments
from app.platform import leases
from app.platform.clock import now
from app.platform.db import after_commit, db, is_busy, transaction, write_patiently
from app.platform.job_standing import JobStanding, job_standing
from app.platform.leases import Held, LeaseLost

SECONDS_BETWEEN_BEATS = 5.0
GivenUp = Callable[..., None]


class Deed:
    """A function that jobs name; it opens its own transactions, takes plain values and can be begun again.

    Until it has ended, each transaction that writes within it makes sure that the job is still in our hands.
    """

    def __init__(self, name: str, lane: Lane, work: Callable[..., None]) -> None:
        self.name, self.lane, self.work = name, lane, work
        self.give_up: GivenUp = nothing
        self.ask_again: GivenUp = nothing

    def __call__(self, *given: Any) -> None:
        self.work(*given)

    def when_given_up(self, deed: GivenUp) -> GivenUp:
        """Mark what follows in the same transaction when the job is given up: deed(session, now, *given)."""
        self.give_up = deed
        return deed

    def when_asked_again(self, deed: GivenUp) -> GivenUp:
        """Mark what precedes another try of a job that was given up: deed(session, now, *given); may raise Refused."""
        self.ask_again = deed
        return deed


DEEDS: dict[str, Deed] = {}
REGULAR: dict[Callable[[], None], float] = {}  # each with the seconds from one time to the next


def nothing(session: Session, *given: Any) -> None:
    """What most deeds do on giving up."""


def job(name: str, lane: Lane) -> Callable[[Callable[..., None]], Deed]:
    """Register a function that `enqueue` may be given; `name` is kept in the database and read by administrators."""

    def register(work: Callable[..., None]) -> Deed:
        DEEDS[name] = Deed(name, lane, work)
        return DEEDS[name]

    return register


def regular_job(every: float = 0) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register what each worker does again and again by itself, when it has just begun and then after so many seconds.

    It looks for what is due and is short.
    """

    def register(deed: Callable[[], None]) -> Callable[[], None]:
        REGULAR[deed] = every
        return deed

    return register


def write_if_due(due: Iterable[Select[Any]], deed: Callable[[Session], None]) -> None:
    """Do a deed in a transaction of its own where any of the statements finds a row.

    It looks first, so that nobody waits for a lock while nothing is due.
    """
    with transaction(writing=False) as session:
        is_any = any(session.scalar(one.limit(1)) is not None for one in due)
    if is_any:
        write_patiently(deed)


def enqueue(deed: Deed, *given: Any) -> None:
    """Ask for a job within the transaction of this request: it is done if that is committed, and only then."""
    do_after_commit(leases.ask_for(db.session(), deed.name, deed.lane, given, now()))


def enqueue_once(deed: Deed, *given: Any) -> None:
    """Ask for a job unless one with these values waits or is under way: there is never a second one of it."""
    waits = select(Job).where(Job.deed == deed.name, Job.arguments == as_arguments(given), Job.outcome.is_(None))
    job = db.session().scalar(waits.limit(1))
    if job is None:
        enqueue(deed, *given)
    else:
        do_after_commit(job)


def do_after_commit(job: Job) -> None:
    """Do a job that waits, where no worker does; one that somebody else has begun by then is left to them."""
    queue: Queue = current_app.extensions["rpe_queue"]
    if queue.is_at_once:
        job_id = job.id
        after_commit(lambda: queue.do_at_once(job_id))


def standing_of(deed: Deed, *given: Any) -> JobStanding:
    """Where the latest job of a deed with these values stands."""
    queue: Queue = current_app.extensions["rpe_queue"]
    return job_standing(db.session(), deed.name, given, now(), queue.is_at_once)


def held_job() -> Held | None:
    """The job that this very code is part of."""
    held: Held | None = g.get("held")
    return held


def end_job(session: Session) -> None:
    """End the job in the transaction of its last deed, so that it cannot be done twice."""
    held = held_job()
    if held is not None:
        leases.end(session, held, now())


class Queue:
    """The jobs of one app; with `is_at_once` each is done before the request that asked for it is answered."""

    def __init__(self, app: Flask, is_at_once: bool) -> None:
        self.app, self.is_at_once = app, is_at_once

    def do_at_once(self, job_id: int) -> None:
        """Do a job with all its tries; what it was asked for is committed, so a failure is noted and breaks nothing."""
        try:
            while self.do_next(Job.id == job_id, at_once=True):
                pass
        except Exception:
            self.app.logger.exception("Job %s could not be done at once", job_id)

    def do_next(
        self,
        among: ColumnElement[bool],
        worker_id: int | None = None,
        at_once: bool = False,
        note: Callable[[Held | None], None] = lambda held: None,
    ) -> bool:
        """Do the job that has waited longest; False where none of them can be taken. `note` hears what is held."""
        with self.app.app_context():
            with transaction(writing=False) as session:
                if not leases.is_any_waiting(session, among, now()):
                    return False
            held = write_patiently(lambda session: leases.take(session, among, now(), worker_id))
            if held is None:
                return False
            note(held)
            try:
                with kept(self.app, held):
                    self.do(held, at_once)
            finally:
                note(None)
        return True

    def do(self, held: Held, at_once: bool) -> None:
        g.held = held
        try:
            DEEDS[held.deed](*held.given)
            g.held = None
            write_patiently(lambda session: leases.end(session, held, now()))
        except LeaseLost as lost:
            self.app.logger.warning("Somebody else goes on with %s", lost)
        except Exception as failure:
            self.app.logger.exception("The job %s, try %s of %s, failed", held.job_id, held.tries, held.deed)
            complaint = in_plain_words(failure)
            g.held = None
            write_patiently(lambda session: self.note_failure(session, held, complaint, at_once))
        finally:
            g.held = None

    def note_failure(self, session: Session, held: Held, complaint: str, at_once: bool) -> None:
        failed = leases.note_failure(session, held, complaint, now())
        if failed is not None and failed.has_no_try_left():
            give_up(session, failed, complaint)
        elif failed is not None and at_once:
            failed.due_at = now()

    def give_up_abandoned(self) -> None:
        """Give up jobs whose worker died at their last try."""

        def give_each_up(session: Session) -> None:
            for one in leases.abandoned(session, now()):
                give_up(session, one, CRASHED)

        with self.app.app_context():
            write_patiently(give_each_up)


def give_up(session: Session, given_up: Job, complaint: str) -> None:
    leases.give_up(given_up, complaint, now())
    if given_up.deed in DEEDS:  # one that an earlier version knew has nothing to say
        DEEDS[given_up.deed].give_up(session, now(), *given_up.given)


def try_again(session: Session, given_up: Job) -> None:
    """Give a job that was given up three more tries. Raises Refused where that makes no sense any more."""
    if given_up.deed in DEEDS:
        DEEDS[given_up.deed].ask_again(session, now(), *given_up.given)
    given_up.outcome, given_up.ended_at, given_up.due_at = None, None, now()
    given_up.most_tries = given_up.tries + TRIES_MAX
    queue: Queue = current_app.extensions["rpe_queue"]
    if queue.is_at_once:
        after_commit(lambda: queue.do_at_once(given_up.id))


def in_plain_words(failure: Exception) -> str:
    """Why a try failed, without what anybody typed: messages of exceptions may quote it, the log has them."""
    if is_busy(failure):
        return "The database was busy for too long."
    if isinstance(failure, SQLAlchemyError):
        return f"The database did not do it ({type(failure).__name__})."
    if isinstance(failure, MemoryError):
        return "There was not enough memory."
    return f"A fault of the programme ({type(failure).__name__}); the log of the service has the details."


@contextmanager
def kept(app: Flask, held: Held) -> Iterator[None]:
    """Hold a job for as long as the block takes, from a thread beside it."""
    ended = threading.Event()
    beating = threading.Thread(target=beat, args=(app, held, ended), daemon=True, name=f"holds job {held.job_id}")
    beating.start()
    try:
        yield
    finally:
        ended.set()
        beating.join()


def beat(app: Flask, held: Held, ended: threading.Event) -> None:
    while not ended.wait(SECONDS_BETWEEN_BEATS):
        with app.app_context():
            try:
                with transaction() as session:
                    if not leases.keep(session, held, now()):
                        return
            except SQLAlchemyError:
                app.logger.warning("Job %s could not be kept this time", held.job_id, exc_info=True)
