"""Deeds on runs: starting one, wishing it to stop, and writing down what came of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_of
from app.language.local_times import until_in_words
from app.language.refusal import Refused
from app.models.people import Person
from app.models.rounds import MatchRound
from app.models.runs import Run, RunState
from app.platform.audit import record
from app.platform.job_standing import job_standing
from app.rounds.inputs import requests_in
from app.rounds.policies import keeps_to_an_earlier_run
from app.rounds.service import refuse_at_rest
from app.rounds.snapshot import Snapshot

SOLVE = "solve a run"  # the name of its job
STOPPED = "The run was stopped before it had found anything. Start a new run when you want one."


def start_run(
    session: Session,
    actor: Person,
    now: datetime,
    round_: MatchRound,
    stages: Sequence[str],
    time_limit_seconds: int | None = None,
) -> Run:
    """Ask for a solve of the round with the seed that counts.

    Raises Refused when there is nothing to solve, or, with the stage as its field, nothing to stay with.
    """
    refuse_at_rest(round_)
    if not session.scalar(select(func.count()).select_from(requests_in(round_, day_of(now)).subquery())):
        raise Refused("No request is in this round yet, so there is nobody to place.")
    looks_back = next((stage for stage in stages if keeps_to_an_earlier_run([stage])), "")
    previous_id = latest_solved(session, round_) if looks_back else None
    if looks_back and previous_id is None:
        raise Refused("There is no earlier run to stay with. Choose another aim.", looks_back)
    run = Run(
        round_id=round_.id,
        stages=list(stages),
        turn=round_.turn_number,
        seed=round_.seed.secret,
        state=RunState.WAITING,
        time_limit_seconds=time_limit_seconds,
        previous_id=previous_id,
        created_at=now,
        created_by_id=actor.id,
    )
    session.add(run)
    digest = round_.seed.digest
    record(session, actor, "started a run", run, now=now, name=round_.name, stages=list(stages), seed_digest=digest)
    return run


def latest_solved(session: Session, round_: MatchRound) -> int | None:
    """The newest run of this turn of the round that was solved."""
    solved = select(func.max(Run.id)).where(Run.round_id == round_.id, Run.state == RunState.SOLVED)
    return session.scalar(solved.where(Run.turn == round_.turn_number))


def wish_stop(session: Session, actor: Person, now: datetime, run: Run) -> bool:
    """Let a run end soon with the best it has found, or now where nobody is at work on it; True when it has ended.

    Raises Refused when it has ended already.
    """
    session.execute(select(Run.id).where(Run.id == run.id).with_for_update())
    session.refresh(run, ["state", "stop_wished_at"])
    if not run.state.is_under_way:
        raise Refused("This run has ended already.")
    run.stop_wished_at = now
    record(session, actor, "stopped a run", run, now=now)
    is_over = not job_standing(session, SOLVE, [run.id], now).is_held
    if is_over:
        end_without_solution(session, run.id, RunState.FAILED, STOPPED, now)
    return is_over


def refuse_secret(run: Run, now: datetime) -> None:
    """Raise Refused while the problem of a run cannot be given away, because it holds the seed of an open round."""
    if not run.can_be_checked(now):
        raise Refused(
            "The problem file holds the seed of the lottery, which nobody can read until the round has closed. "
            f"Download it after {until_in_words(run.round.closes_at)}."
        )


def begin_run(session: Session, run_id: int, now: datetime) -> bool:
    """Note that the solve begins, or begins again after its worker died; False when the run has ended.

    One that was to stop when its worker died ends here.
    """
    run = session.get(Run, run_id, with_for_update=True, populate_existing=True)
    if run is None or not run.state.is_under_way:
        return False
    if run.stop_wished_at is not None:
        end_without_solution(session, run_id, RunState.FAILED, STOPPED, now)
        return False
    run.state, run.started_at, run.progress = RunState.RUNNING, now, "Reading requests and openings"
    return True


def let_run_wait_again(session: Session, run_id: int) -> None:
    """Undo that a run failed, for another try; raises Refused where it is no use any more."""
    run = session.get_one(Run, run_id, with_for_update=True, populate_existing=True)
    refuse_at_rest(run.round)
    if run.state is not RunState.FAILED or run.stop_wished_at is not None:
        raise Refused("This run has ended meanwhile. Its coordinator can start a new one.")
    run.state, run.complaint, run.finished_at = RunState.WAITING, "", None


def end_without_solution(
    session: Session,
    run_id: int,
    state: RunState,
    complaint: str,
    now: datetime,
    clash: dict[str, Any] | None = None,
) -> None:
    """Note that a run gave nothing, and why, in words for the coordinator; of a clash also its facts."""
    run = session.get_one(Run, run_id)
    run.clash = clash
    run.state, run.complaint, run.finished_at, run.progress = state, complaint, now, ""


def names_in(snapshot: Snapshot) -> dict[str, str]:
    """Who and what stands behind each name in the problem."""
    names = {key: request.learner.name for key, request in snapshot.requests.items()}
    for (mentor, study), opening in snapshot.openings.items():
        names[mentor], names[study] = opening.mentor.name, f"“{opening.study.name}”"
    return names
