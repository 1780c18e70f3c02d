"""The job that solves a run; the solve itself holds no transaction, so that pages work meanwhile."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

import matching
from app.language.refusal import Refused
from app.models.operations.jobs import Lane
from app.models.runs import Run, RunState
from app.phrasebook.clashes import clash_in_words
from app.phrasebook.jobs import GIVEN_UP
from app.platform.clock import now, today
from app.platform.db import db, is_busy, transaction, write_patiently
from app.platform.jobs import end_job, held_job, job
from app.platform.leases import Held, is_held
from app.rounds.fingerprint import fingerprint_of
from app.rounds.runs.apart import persons_of, solve_apart
from app.rounds.runs.clash import facts_of
from app.rounds.runs.progress import progress_in_words
from app.rounds.runs.service import SOLVE, begin_run, end_without_solution, let_run_wait_again, names_in
from app.rounds.runs.writing import Ended, begin_of, end_of, finish_run, write_on_run
from app.rounds.snapshot import snapshot_of

SECONDS_BETWEEN_LOOKS = 1.0


@job(SOLVE, Lane.LONG)
def solve_run(run_id: int) -> None:
    """Solve a run that waits, or whose worker died, and keep what came of it; what cannot be solved says why."""
    if not write_patiently(lambda session: begin_run(session, run_id, now())):
        return
    try:
        solve_and_keep(run_id)
    except Refused as refusal:
        end(run_id, RunState.CLASH, refusal.message)
    except matching.NothingFound:
        end(
            run_id, RunState.FAILED, "The run was stopped before it had found anything. Start a new run with more time."
        )


@solve_run.when_given_up
def end_given_up(session: Session, now: datetime, run_id: int) -> None:
    end_without_solution(session, run_id, RunState.FAILED, GIVEN_UP, now)


@solve_run.when_asked_again
def wait_again(session: Session, now: datetime, run_id: int) -> None:
    let_run_wait_again(session, run_id)


def solve_and_keep(run_id: int) -> None:
    """Read the round, solve, work out what to write, write; only the writing keeps others from writing."""
    with transaction(writing=False) as session:
        run = session.get_one(Run, run_id)
        fingerprint = fingerprint_of(session, run.round, today())
        snapshot = snapshot_of(session, run.round, run.stages, run.seed, today(), run.previous_id)
    write_begin(run_id, snapshot.problem, fingerprint)
    look, left = Look(db.engine, run_id, held_job()), time_left(run.time_limit_seconds)
    try:
        settled = solve_apart(
            snapshot.problem,
            persons_of(snapshot.inputs.requests),
            lambda case: matching.solve(
                case, time_limit_seconds=left(), progress=look.note, cancelled=look.is_stop_wished
            ),
        )
    except matching.Infeasible as clash:
        write_digest(run_id, snapshot.problem)
        end(run_id, RunState.CLASH, clash_in_words(clash, names_in(snapshot)), facts_of(clash))
        return
    except (matching.NothingFound, Refused):
        write_digest(run_id, snapshot.problem)
        raise
    with transaction(writing=False) as session:
        ended = end_of(session, run_id, snapshot, settled, now())
    write_patiently(lambda session: keep(session, run_id, ended))


def keep(session: Session, run_id: int, ended: Ended) -> None:
    """Write how a run ended, and end its job with it: a job that is still open would be begun again, or given up."""
    finish_run(session, run_id, ended)
    end_job(session)


def write_begin(run_id: int, problem: matching.Problem, fingerprint: str) -> None:
    """Keep what is being solved; its text, which is long, is gone before the solve."""
    begun = begin_of(problem, fingerprint)
    write_patiently(lambda session: write_on_run(session, run_id, begun))


def write_digest(run_id: int, problem: matching.Problem) -> None:
    """Keep the digest of what was solved in vain; a solution brings it with it."""
    digest = matching.digest(problem)
    write_patiently(lambda session: write_on_run(session, run_id, {"problem_digest": digest}))


def time_left(limit_seconds: int | None) -> Callable[[], float | None]:
    """How many seconds there are for what is solved next; None where nothing limits them."""
    end_at = None if limit_seconds is None else time.monotonic() + limit_seconds
    return lambda: None if end_at is None else max(0.0, end_at - time.monotonic())


def end(run_id: int, state: RunState, complaint: str, clash: dict[str, Any] | None = None) -> None:
    def write(session: Session) -> None:
        end_without_solution(session, run_id, state, complaint, now(), clash)
        end_job(session)

    write_patiently(write)


class Look:
    """Writes how far a solve is and reads whether somebody wants it stopped, at most once a second.

    On connections of its own: what happens within the solve is no part of a transaction.
    """

    def __init__(self, engine: Engine, run_id: int, held: Held | None = None) -> None:
        self.engine, self.run_id, self.held = engine, run_id, held
        self.text = ""
        self.stop_wished = False
        self.next_look = time.monotonic() + SECONDS_BETWEEN_LOOKS

    def note(self, progress: matching.Progress) -> None:
        self.text = progress_in_words(progress)
        self.is_stop_wished()

    def is_stop_wished(self) -> bool:
        if time.monotonic() >= self.next_look:
            try:
                self.look()
            except SQLAlchemyError as error:
                if not is_busy(error):  # a look that others are in the way of is left out: the solve goes on
                    raise
            self.next_look = time.monotonic() + SECONDS_BETWEEN_LOOKS
        return self.stop_wished

    def look(self) -> None:
        """Also stop where somebody else solves the run by now: what is found here is written nowhere."""
        with self.engine.begin() as connection:
            if self.held is not None and not is_held(connection, self.held):
                self.stop_wished = True
                return
            connection.execute(update(Run).where(Run.id == self.run_id).values(progress=self.text))
            wished = connection.scalar(select(Run.stop_wished_at).where(Run.id == self.run_id))
        self.stop_wished = wished is not None
