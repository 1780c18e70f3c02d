"""Who comes next for free places: the policy that was published, asked again of those who wait and of what is free."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import matching
from app.language.refusal import Refused
from app.models.people import Person
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.runs import Run, RunState
from app.models.studies import Opening
from app.rounds.fingerprint import fingerprint_of
from app.rounds.inputs import requests_in
from app.rounds.openings import openings_of
from app.rounds.runs.apart import Settled, persons_of, solve_apart
from app.rounds.runs.queries import published_stages
from app.rounds.runs.writing import begin_of, end_of, finish_run, write_on_run
from app.rounds.snapshot import Snapshot, snapshot_of

PAIRS_AT_ONCE = 30_000  # waiting learners by openings of the round, which a page weighs in a third of a second
SECONDS = 2


@dataclass(frozen=True)
class InLine:
    """The solution for what is free; learner and opening of each pair that it has."""

    snapshot: Snapshot
    settled: Settled

    @cached_property
    def pairs(self) -> Sequence[tuple[PlacementRequest, Opening, matching.Placed]]:
        placed = self.settled.solution.placed
        requests, openings = self.snapshot.requests, self.snapshot.openings
        return [(requests[one.learner], openings[one.mentor, one.study], one) for one in placed]

    @cached_property
    def by_opening(self) -> Mapping[int, list[tuple[PlacementRequest, matching.Placed]]]:
        """Who comes next, by opening id."""
        found: dict[int, list[tuple[PlacementRequest, matching.Placed]]] = {}
        for request, opening, placed in self.pairs:
            found.setdefault(opening.id, []).append((request, placed))
        return found

    def pair(self, request_id: int, opening_id: int) -> tuple[PlacementRequest, Opening] | None:
        """The request and the opening, where the one comes next for the other."""
        return next(((r, o) for r, o, _ in self.pairs if (r.id, o.id) == (request_id, opening_id)), None)


def is_small(session: Session, round_: MatchRound, today: date) -> bool:
    """True when a page can weigh all who wait; otherwise a clearing turn does it, as long as it takes."""
    waiting, openings = (
        session.scalar(select(func.count()).select_from(one.order_by(None).subquery())) or 0
        for one in (requests_in(round_, today), openings_of(round_))
    )
    return waiting * openings <= PAIRS_AT_ONCE


def next_in_line(session: Session, round_: MatchRound, today: date) -> InLine:
    """Who would get what is free, all free places weighed together; nobody else is touched.

    Raises Refused where pins clash, and where it would take too long.
    """
    if not is_small(session, round_, today):
        raise Refused("So many wait that a page cannot weigh them. Open a clearing turn, which can.")
    snapshot = snapshot_of(session, round_, published_stages(session, round_), round_.seed.secret, today)
    try:
        settled = solve_apart(
            snapshot.problem,
            persons_of(snapshot.inputs.requests),
            lambda case: matching.solve(case, time_limit_seconds=SECONDS),
        )
    except matching.Infeasible:
        raise Refused("The pins of this round cannot all be kept. Lift one on the page of its pins.") from None
    except matching.NothingFound:
        raise Refused("This could not be worked out at once. Open a clearing turn, which takes its time.") from None
    return InLine(snapshot, settled)


def keep_as_run(
    session: Session, actor: Person, round_: MatchRound, in_line: InLine, today: date, now: datetime
) -> Run:
    """Keep problem and solution whole, as those of any run, so that what was offered can be checked by anybody."""
    problem, seconds = in_line.settled.problem, in_line.settled.solution.seconds
    run = Run(
        round_id=round_.id,
        turn=round_.turn_number,
        stages=list(problem.stages),
        seed=round_.seed.secret,
        state=RunState.RUNNING,
        seconds=seconds,
        created_at=now,
        created_by_id=actor.id,
        started_at=now,
    )
    session.add(run)
    session.flush()
    write_on_run(session, run.id, begin_of(problem, fingerprint_of(session, round_, today)))
    finish_run(session, run.id, end_of(session, run.id, in_line.snapshot, in_line.settled, now))
    session.expire(run)
    return run
