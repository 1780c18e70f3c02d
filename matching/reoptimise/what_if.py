"""Solves a changed problem again, but only the components that the change touches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.deadline import AllOrNothing
from matching.errors import Infeasible
from matching.infeasibility.smallest_conflict import infeasible
from matching.lexicographic.assemble import chosen_keys
from matching.lexicographic.bottleneck import ceiling, keep_above, lowest_level, raise_line
from matching.lexicographic.solve import segments
from matching.lexicographic.state import ComponentInfeasible, ComponentState, fresh_state
from matching.model.component import Component
from matching.model.objectives.bottleneck import Bottleneck
from matching.model.objectives.registered import Plan
from matching.model.pair_views import ProblemPairs
from matching.problem import Problem
from matching.reoptimise.changes import Change, applied
from matching.reoptimise.component import Reoptimisation
from matching.reoptimise.incremental_read import IncrementalRead, read
from matching.reoptimise.prior_duals import PriorDuals
from matching.reoptimise.replay import replayed
from matching.solution import Solution, Value

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Move:
    """A learner whose opening (mentor, study) changes; None is no place."""

    learner: str
    before: tuple[str, str] | None
    after: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class StageDifference:
    """What a stage reached and what it would reach. The lots of `lottery` are left out: they are no loss."""

    name: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change would do. `infeasible` holds the clash when nothing would satisfy the changed problem.

    `solved_again` counts the components that had to be solved, of `components`: those that the change touches, and
    all where it moves the line of a stage such as `floor`.
    """

    stages: tuple[StageDifference, ...]
    moves: tuple[Move, ...]
    infeasible: Infeasible | None = None
    solved_again: int = 0
    components: int = 0

    @property
    def changes_nothing(self) -> bool:
        """Whether everybody stays where she is."""
        return self.infeasible is None and not self.moves


def what_if(problem: Problem, solution: Solution, *changes: Change) -> Difference:
    """Return the exact difference that `changes` (see `matching.reoptimise.changes`) would make to a solved problem.

    `solution` must be the optimal solution of `problem`, with its certificate. Components that the change cannot touch
    are not solved again. Where it moves the line of a stage such as `floor`, which all share, they are taken up at
    that stage, from where the duals of the solution had brought them. Those that it touches begin from the solution's
    duals and pairs. For several questions see `Solved`.

    Raises `BadProblem` when a change names what is not there or one of the problems is malformed, and `KeyError` when
    the solution is without a certificate. O(m log m) to read, then mostly a few simplex runs; exponential at worst.
    """
    return Solved(problem, solution).what_if(*changes)


class Solved:
    """A problem with its optimal solution, ready for questions; what they all need is found once."""

    def __init__(self, problem: Problem, solution: Solution) -> None:
        """Raises `BadProblem` when the problem is malformed. O(m log m)."""
        self.problem, self.solution = problem, solution
        self.reading = read(problem)
        self.placed = {(one.learner, one.mentor, one.study) for one in solution.placed}

    def what_if(self, *changes: Change, time_limit_seconds: float | None = None) -> Difference:
        """See `matching.what_if`, also for what it raises; O(m log m) before anything is solved.

        Raises `OutOfTime` when the solving took longer than the limit.
        """
        changed = applied(self.problem, changes)
        reading = self.reading.again(changed)
        new = reading.components
        touched, untouched = _parted(reading, self.reading)
        try:
            states = _Again(self, reading.plan, touched, untouched, time_limit_seconds).run()
        except ComponentInfeasible as clash:
            return Difference((), (), infeasible(changed, clash.learners, clash.rows), len(touched), len(new))
        solved = {learner for state in states for learner in state.component.learners}
        kept = {learner for component in new for learner in component.learners} - solved
        after = {key for key in self.placed if key[0] in kept} | {key for state in states for key in chosen_keys(state)}
        stages = _stage_differences(self.solution, reading.plan, ProblemPairs(changed, reading.columns, after))
        return Difference(stages, _moves(self.placed, after), None, len(states), len(new))


class _Again:
    """A solve of the touched components; the others sleep as they are in the solution until a bottleneck wakes them."""

    def __init__(
        self,
        solved: Solved,
        plan: Plan,
        touched: list[Component],
        asleep: list[Component],
        time_limit_seconds: float | None = None,
    ) -> None:
        self.solved, self.solution, self.asleep = solved, solved.solution, asleep
        self.plan, self.deadline = plan, AllOrNothing(time_limit_seconds)
        self.awake = [self._reoptimisation(component) for component in touched]

    def _reoptimisation(self, component: Component) -> Reoptimisation:
        state, old = fresh_state(component), PriorDuals(component, self.solution)
        state.incumbent = old.pairs()
        if not state.face.admits(state.face.mask_of(state.incumbent)):
            state.incumbent = None
        return Reoptimisation(state, self.plan, old, self.deadline)

    def run(self) -> list[ComponentState]:
        """The states of all components that are awake after the last stage.

        Raises `ComponentInfeasible`, and `OutOfTime` where anything may have been stopped before it was proved.
        """
        self.deadline.seconds_left()  # so that a clash, too, is looked for only while there is time
        for positions in segments(self.plan):
            objective = self.plan[positions.start]
            if isinstance(objective, Bottleneck):
                self._raise_line(objective, positions.start)
            else:
                for revision in self.awake:
                    revision.run(positions)
        self.deadline.seconds_left()
        return [revision.state for revision in self.awake]

    def _raise_line(self, stage: Bottleneck, position: int) -> None:
        """Find the line that all components share; those asleep wake where it is no longer the solution's."""
        line = int(str(self.solution.stages[position].value))
        if self._is_stopped_by_sleepers(position):
            reached = self._raised(self.awake, stage, position, line)
            if reached < line:
                woken = self._wake(position)
                for revision in woken:
                    keep_above(revision.state, stage, reached, self.deadline)
                self.awake, self.asleep = self.awake + woken, []
            return
        everyone = self.awake + self._wake(position)
        if self._raised(everyone, stage, position, stage.highest) != line:
            self.awake, self.asleep = everyone, []

    def _raised(self, revisions: list[Reoptimisation], stage: Bottleneck, position: int, cap: int) -> int:
        """The line that these reach together: no higher than the lowest level where a single choice is left."""
        states = [revision.state for revision in revisions if not revision.is_decided]
        caps = [lowest_level(revision.state, stage) for revision in revisions if revision.is_decided]
        ceilings = [ceiling(state, stage) for state in states]
        line = raise_line(states, stage, position, [self.deadline] * len(states), min([cap, *caps, *ceilings]))
        assert line is not None, "nothing stops this solve"
        return line

    def _wake(self, position: int) -> list[Reoptimisation]:
        olds = [PriorDuals(component, self.solution) for component in self.asleep]
        return [
            Reoptimisation(replayed(old, self.solved.reading.plan, position), self.plan, old, self.deadline)
            for old in olds
        ]

    def _is_stopped_by_sleepers(self, position: int) -> bool:
        """Whether what keeps the line from being higher is in a component that the change leaves alone."""
        first = {component.learners[0] for component in self.asleep}
        return any(
            part["learners"][0] in first and any(goal["stage"] == position for goal in part["goals"])
            for part in self.solution.certificate["parts"]
            if part["learners"]
        )


def _parted(new: IncrementalRead, old: IncrementalRead) -> tuple[list[Component], list[Component]]:
    """The components that differ from what they were, and those that do not."""
    if len(new.components) == 1 and not new.has_as_many_pairs(old):
        return new.components, []  # seen without the old ones, which would have to be found for it
    known = {component.learners[0]: component for component in old.components if component.learners}
    parted: tuple[list[Component], list[Component]] = ([], [])
    for one in new.components:
        parted[bool(one.learners) and _same(one, known.get(one.learners[0]))].append(one)
    return parted


def _same(one: Component, other: Component | None) -> bool:
    """Whether two components are alike in everything that a solve looks at."""
    if other is None or (one.learners, one.row_names, one.pair_keys) != (
        other.learners,
        other.row_names,
        other.pair_keys,
    ):
        return False
    arrays = ("rows", "hours", "must", "low", "high", "zero_ok")
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("score", "rank", "stays")) and all(
        np.array_equal(getattr(one.face, name), getattr(other.face, name)) for name in arrays
    )


def _moves(before: set[Key], after: set[Key]) -> tuple[Move, ...]:
    was, will = ({key[0]: (key[1], key[2]) for key in keys} for keys in (before, after))
    learners = sorted(was.keys() | will.keys())
    return tuple(
        Move(learner, was.get(learner), will.get(learner))
        for learner in learners
        if was.get(learner) != will.get(learner)
    )


def _stage_differences(solution: Solution, plan: Plan, after: ProblemPairs) -> tuple[StageDifference, ...]:
    """Of all stages but those whose numbers mean nothing by themselves."""
    return tuple(
        StageDifference(stage.name, stage.value, objective.value(after))
        for stage, objective in zip(solution.stages, plan, strict=True)
        if not objective.is_open_ended
    )
