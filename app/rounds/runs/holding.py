"""Which runs still hold: whether the round is as they read it, asked without reading it again."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.rounds import MatchRound
from app.models.runs import Run, RunState
from app.rounds.fingerprint import fingerprints_of
from app.rounds.queries import uses_the_seed_of_its_round


def those_that_hold(session: Session, round_: MatchRound, runs: Iterable[Run], today: date) -> set[int]:
    """The ids of those solved runs of a round since which nothing has changed in it that a run reads.

    What did change may come to the same in the end: the page that publishes a run reads everything and says so.
    """
    solved = [run for run in runs if run.state is RunState.SOLVED and run.has_the_seed_of_its_round]
    if not solved or round_.published_at is not None:
        return set()
    is_now = fingerprints_of(session, [round_], today)[round_.id]
    return {run.id for run in solved if is_as_read(run.inputs_fingerprint, is_now)}


def rounds_with_a_run_that_holds(session: Session, rounds: Sequence[MatchRound], today: date) -> dict[int, bool]:
    """Of the rounds that have a solved run with the seed that counts, whether one of these still holds."""
    statement = select(Run.round_id, Run.inputs_fingerprint).where(
        Run.round_id.in_([round_.id for round_ in rounds]), Run.state == RunState.SOLVED, uses_the_seed_of_its_round()
    )
    solved = session.execute(statement).all()
    if not solved:
        return {}
    are_now = fingerprints_of(session, rounds, today)
    found: dict[int, bool] = {}
    for round_id, as_read in solved:
        found[round_id] = found.get(round_id, False) or is_as_read(as_read, are_now[round_id])
    return found


def is_as_read(as_read: str, is_now: str) -> bool:
    """True as well of a run of a time before fingerprints: only its own page can tell."""
    return not as_read or as_read == is_now
