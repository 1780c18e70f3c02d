"""The problem of a run with its solution, read once, that answers many questions in the ids of our rows."""

import math
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

import matching
from app.models.requests import PlacementRequest
from app.models.runs import Proposal, Run, UnplacedRequest
from app.models.studies import Opening
from app.rounds.names_in_problem import LEARNERS, MENTORS, STUDIES
from app.rounds.policies import LAST_STAGE
from app.rounds.questions.supposed import OpeningKeys
from app.rounds.runs.apart import Key, solve_apart, twice_among
from matching import Difference, Move, StageDifference


@dataclass
class TimeLimit:
    """Until when an answer may take, by the clock of this process; no limit until one is begun."""

    ends_at: float = math.inf

    def begin(self, seconds: float) -> None:
        self.ends_at = time.monotonic() + seconds

    def left(self) -> float | None:
        """Seconds; None without a limit."""
        return None if math.isinf(self.ends_at) else max(0.0, self.ends_at - time.monotonic())


@dataclass(frozen=True)
class SolvedRun:
    """What a run solved and found; `openings` are by id, `persons` say whose each request is.

    `takes_no_others` are the requests of those who take nothing off their list.

    In every answer nobody has an opening twice, as in the run itself. Where pairs were left out for that
    (`app.rounds.runs.apart`), an answer keeps to the case that the run kept.
    """

    problem: matching.Problem
    solution: matching.Solution
    openings: OpeningKeys
    persons: Mapping[str, int]
    takes_no_others: frozenset[str] = frozenset()
    limit: TimeLimit = field(default_factory=TimeLimit)

    @cached_property
    def solved(self) -> matching.Solved:
        return matching.Solved(self.problem, self.solution)

    @cached_property
    def pairs(self) -> matching.PairColumns:
        return matching.PairColumns.of(self.problem.pairs)

    @cached_property
    def opening_ids(self) -> Mapping[tuple[str, str], int]:
        return {key: opening_id for opening_id, key in self.openings.items()}

    @cached_property
    def got(self) -> Mapping[str, tuple[str, str]]:
        """The mentor and study of each learner who has a place."""
        return {one.learner: (one.mentor, one.study) for one in self.solution.placed}

    @cached_property
    def has_somebody_twice(self) -> bool:
        return len(set(self.persons.values())) < len(self.persons)

    def pairs_of(self, learners: Iterable[str]) -> dict[str, list[matching.Pair]]:
        """The pairs of each of the learners, without those that are there only to be left out. O(m)."""
        return {
            learner: [pair for pair in own if self.has((pair.mentor, pair.study))]
            for learner, own in self.pairs.by_learner(learners)
        }

    def has(self, host: str | tuple[str, str]) -> bool:
        """Whether a mentor, a study or an opening is one of the run, and not made up to leave a pair out."""
        return host in self.opening_ids or host in self._hosts

    @cached_property
    def _hosts(self) -> frozenset[str]:
        return frozenset(host for opening in self.openings.values() for host in opening)

    def difference(self, *changes: matching.Change) -> Difference:
        """What the changes would do, with nobody twice on one opening.

        Raises `BadProblem` where they fit nothing, `OutOfTime` where that is not known within the limit.
        """
        found = self.solved.what_if(*changes, time_limit_seconds=self.limit.left())
        if not self.has_somebody_twice or twice_among(self._after(found), self.persons) is None:
            return found
        return self._solved_apart(changes)

    def _after(self, found: Difference) -> list[Key]:
        moved = {move.learner: move.after for move in found.moves}
        after = {**self.got, **moved}
        return [(learner, *opening) for learner, opening in after.items() if opening is not None]

    def _solved_apart(self, changes: Sequence[matching.Change]) -> Difference:
        """The same by solving anew as a run does; the pairing is one that the engine alone would not keep apart."""
        changed = self.problem
        for change in changes:
            changed = change.apply(changed)
        try:
            settled = solve_apart(
                changed, self.persons, lambda case: matching.solve(case, time_limit_seconds=self.limit.left())
            )
        except matching.Infeasible as clash:
            return Difference((), (), clash)
        except matching.NothingFound as stopped:
            raise matching.OutOfTime from stopped
        if settled.status != "optimal":
            raise matching.OutOfTime
        return difference_between(self.solution, settled.solution)


def difference_between(before: matching.Solution, after: matching.Solution) -> Difference:
    """What differs between two solutions of the same aims, told as the engine tells it."""
    was, is_ = ({one.learner: (one.mentor, one.study) for one in each.placed} for each in (before, after))
    moves = (Move(learner, was.get(learner), is_.get(learner)) for learner in sorted(was.keys() | is_.keys()))
    stages = zip(before.stages, after.stages, strict=True)
    return Difference(
        tuple(StageDifference(one.name, one.value, other.value) for one, other in stages if one.name != LAST_STAGE),
        tuple(move for move in moves if move.before != move.after),
    )


def read_run(session: Session, run: Run) -> SolvedRun:
    """Read what a run kept. O(m log m), some seconds where there are millions of pairs."""
    places = [int(opening_id) for opening_id in run.outcome["places"]]
    columns = (Opening.id, Opening.mentor_id, Opening.study_id)
    openings = session.execute(select(*columns).where(Opening.id.in_(places))).all()
    wishes = select(PlacementRequest.id, PlacementRequest.learner_id, PlacementRequest.takes_any_other)
    requests = session.execute(wishes.where(is_in_run(run.id))).all()
    return SolvedRun(
        matching.read_problem(run.problem),
        matching.read_solution(run.solution),
        {id_: (MENTORS.encode(mentor_id), STUDIES.encode(study_id)) for id_, mentor_id, study_id in openings},
        {LEARNERS.encode(request_id): learner_id for request_id, learner_id, _ in requests},
        frozenset(LEARNERS.encode(request_id) for request_id, _, takes_any in requests if not takes_any),
    )


def is_in_run(run_id: int) -> ColumnElement[bool]:
    """True of the requests that a run placed or could not place."""
    placed = select(Proposal.request_id).where(Proposal.run_id == run_id)
    unplaced = select(UnplacedRequest.request_id).where(UnplacedRequest.run_id == run_id)
    return or_(PlacementRequest.id.in_(placed), PlacementRequest.id.in_(unplaced))
