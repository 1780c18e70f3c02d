"""What a run keeps of a round and its solution: worked out in full first, then written in one short transaction."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

import matching
from app.models.compressed import packed
from app.models.figures import RunFigures
from app.models.runs import Proposal, Run, RunState, UnplacedRequest
from app.rounds.runs.apart import Settled, persons_of
from app.rounds.runs.counting.entrants import entrants_of
from app.rounds.runs.counting.numbers import Entrants, numbers_of
from app.rounds.runs.methods import steps_by_method
from app.rounds.snapshot import Snapshot, proposals_in, unplaced_in

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Ended:
    """The values of a run that is solved, its figures, and the rows of its proposals and of those without a place."""

    run: Values
    figures: dict[str, Any]
    proposals: list[dict[str, Any]]
    unplaced: list[dict[str, Any]]


def begin_of(problem: matching.Problem, fingerprint: str) -> Values:
    """What is being solved, and the fingerprint of the round that it was read from."""
    return {**text_of(problem), "inputs_fingerprint": fingerprint, "progress": "Solving"}


def text_of(problem: matching.Problem) -> Values:
    return {"problem": packed(matching.problem_in_pieces(problem))}


def end_of(session: Session, run_id: int, snapshot: Snapshot, settled: Settled, now: datetime) -> Ended:
    """The solution, its numbers, its proposals with their reasons, and whom it could not place; writes nothing."""
    solution = settled.solution
    return Ended(
        run={
            **(text_of(settled.problem) if settled.left_out else {}),
            "problem_digest": solution.problem_digest,  # the engine works it out, and once is enough
            "solution": matching.solution_to_json(solution),
            "outcome": outcome_of(snapshot, settled),
            "state": RunState.SOLVED,
            "seconds": solution.seconds,
            "finished_at": now,
            "progress": "",
        },
        figures={"run_id": run_id, **figures_of(snapshot, settled, entrants_of(session, snapshot))},
        proposals=[{"run_id": run_id, **row} for row in proposals_in(snapshot, solution)],
        unplaced=[{"run_id": run_id, **row} for row in unplaced_in(snapshot, solution)],
    )


def outcome_of(snapshot: Snapshot, settled: Settled) -> dict[str, Any]:
    """What pages show of a solution, and what publishing needs to find its problem again."""
    solution = settled.solution
    return {
        "status": settled.status,
        "cases": settled.cases,
        "left_out": settled.left_out,
        "learners": len(snapshot.problem.learners),
        "placed": len(solution.placed),
        "pairs": len(settled.problem.pairs),
        "parts": len(solution.components),
        "methods": steps_by_method(solution),
        "places": {str(opening_id): places for opening_id, places in snapshot.inputs.places.items()},
        "stages": list(stages_of(solution)),
    }


def figures_of(snapshot: Snapshot, settled: Settled, entrants: Entrants) -> dict[str, Any]:
    """What tells a run from others, and the same numbers of choosing in a random order where that keeps every limit."""
    numbers = numbers_of(settled.solution.placed, entrants)
    in_turn = matching.random_order(snapshot.problem, persons_of(snapshot.inputs.requests))
    pinned = {pin.learner for pin in snapshot.problem.pins}
    return {
        "learners": numbers.learners,
        "placed": numbers.placed,
        "could_have_first": numbers.could,
        "first_choices": numbers.first_choices,
        "off_list": numbers.off_list,
        "score_sum": numbers.score_sum,
        "pinned": sum(one.learner in pinned for one in settled.solution.placed),
        "is_proved": settled.status == "optimal",
        "pairings": digest_of_pairings(settled.solution),
        "details": {
            "run": numbers.as_json(),
            "random_order": None if in_turn is None else numbers_of(in_turn, entrants).as_json(),
        },
    }


def digest_of_pairings(solution: matching.Solution) -> str:
    """The same for any two solutions that give everybody the same."""
    keys = sorted((one.learner, one.mentor, one.study) for one in solution.placed)
    return hashlib.sha256(repr(keys).encode()).hexdigest()


def stages_of(solution: matching.Solution) -> Iterator[dict[str, Any]]:
    for stage in solution.stages:
        yield {
            "name": stage.name,
            "value": stage.value,
            "bound": stage.bound,
            "proved": stage.proved,
            "rests_on": stage.rests_on,
        }


def write_on_run(session: Session, run_id: int, values: Values) -> None:
    """Set values of a run in one statement: no row is read while others wait."""
    session.execute(
        update(Run).where(Run.id == run_id).values(**values), execution_options={"synchronize_session": False}
    )


def finish_run(session: Session, run_id: int, ended: Ended) -> None:
    """Write how a run ended."""
    write_on_run(session, run_id, ended.run)
    for table, rows in ((RunFigures, [ended.figures]), (Proposal, ended.proposals), (UnplacedRequest, ended.unplaced)):
        if rows:
            session.execute(insert(table), rows)
