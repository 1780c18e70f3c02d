"""Whether runs still rest on their round as it is: found out at once for a small round, else from what was counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.figures import RoundFigures
from app.models.rounds import MatchRound
from app.models.runs import Run, RunState
from app.rounds.figures import counted
from app.rounds.fingerprint import fingerprints_of
from app.rounds.queries import uses_the_seed_of_its_round


class ReadARound(Protocol):
    """A run, or as much of its row: the fingerprint of the round that it read, and when."""

    @property
    def inputs_fingerprint(self) -> str: ...
    @property
    def started_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Known:
    """The fingerprint of a round as far as it is known, and of which moment; None for this one."""

    fingerprint: str
    at: datetime | None = None

    def has_left_behind(self, run: ReadARound) -> bool:
        """True when the round is known to have changed since the run read it; publishing asks what exactly."""
        if not run.inputs_fingerprint or run.inputs_fingerprint == self.fingerprint:
            return False
        return self.at is None or (run.started_at is not None and self.at >= run.started_at)


def known_by_round(session: Session, rounds: Sequence[MatchRound], today: date) -> dict[int, Known]:
    """What is known of rounds by their ids: nothing of those at rest, nor of a large one that was never counted.

    Reading a large round afresh takes most of a second; the worker looks at it every minute.
    """
    asked = [round_ for round_ in rounds if round_.is_worked_on]
    if counted.are_small(session, asked, today):
        return {round_id: Known(now) for round_id, now in fingerprints_of(session, asked, today).items()}
    columns = (RoundFigures.round_id, RoundFigures.fingerprint_with_texts, RoundFigures.counted_at)
    kept = select(*columns).where(RoundFigures.round_id.in_([round_.id for round_ in asked]))
    return {round_id: Known(fingerprint, at) for round_id, fingerprint, at in session.execute(kept)}


def those_that_hold(session: Session, round_: MatchRound, runs: Iterable[Run], today: date) -> set[int]:
    """The ids of those solved runs of a round since which nothing is known to have changed that a run reads.

    What did change may come to the same in the end: the page that publishes a run reads everything and says so.
    """
    solved = [run for run in runs if run.state is RunState.SOLVED and run.has_the_seed_of_its_round]
    solved = [run for run in solved if run.turn == round_.turn_number]
    if not solved or not round_.is_worked_on:
        return set()
    known = known_by_round(session, [round_], today).get(round_.id)
    return {run.id for run in solved if known is None or not known.has_left_behind(run)}


def rounds_with_a_run_that_holds(session: Session, rounds: Sequence[MatchRound], today: date) -> dict[int, bool]:
    """Of the rounds that have a solved run with the seed that counts, whether one of these still holds."""
    statement = select(Run.round_id, Run.inputs_fingerprint, Run.started_at).where(
        Run.round_id.in_([round_.id for round_ in rounds]), Run.state == RunState.SOLVED, uses_the_seed_of_its_round()
    )
    solved = session.execute(statement).all()
    if not solved:
        return {}
    by_round = known_by_round(session, rounds, today)
    found: dict[int, bool] = {}
    for run in solved:
        known = by_round.get(run.round_id)
        holds = known is None or not known.has_left_behind(run)
        found[run.round_id] = found.get(run.round_id, False) or holds
    return found
