"""Solves a changed problem again, but only the components that the change touches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matching.changes import Change, applied
from matching.check_values import Counts
from matching.component import Component, components_of
from matching.component_solve import ComponentState, NoChoice, Plan, fresh_state
from matching.errors import Infeasible
from matching.gathering import LISTED, SIGNS, chosen_keys
from matching.infeasible import infeasible
from matching.problem import Pair, Problem
from matching.solution import Solution, Value
from matching.solving import plan_of, run_plan
from matching.validation import require_well_formed
from matching.watch import Watch

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

    `solved_again` counts the components that had to be solved, of `components`.
    """

    stages: tuple[StageDifference, ...]
    moves: tuple[Move, ...]
    infeasible: Infeasible | None = None
    solved_again: int = 0
    components: int = 0

    @property
    def changes_nothing(self) -> bool:
        return self.infeasible is None and not self.moves


def what_if(problem: Problem, solution: Solution, *changes: Change) -> Difference:
    """Return the exact difference that `changes` (see `matching.changes`) would make to a solved problem.

    `solution` must be the optimal solution of `problem`. Components that the change cannot touch are not solved
    again, unless the line of a stage `floor`, which all share, moves. Raises `BadProblem` when the changed problem
    is malformed.
    """
    changed = applied(problem, changes)
    require_well_formed(changed)
    old, new = components_of(problem), components_of(changed)
    touched = _not_in(new, old)
    try:
        states = _solved_apart(changed, solution, touched, new) if len(touched) < len(new) else None
        if states is None:
            touched = new
            states, _ = run_plan(*_fresh(touched, changed))
    except NoChoice as clash:
        return Difference((), (), infeasible(changed, clash.learners, clash.rows), len(touched), len(new))
    before = {(one.learner, one.mentor, one.study) for one in solution.placed}
    again = {learner for component in touched for learner in component.learners}
    kept = {learner for component in new for learner in component.learners} - again
    after = {key for key in before if key[0] in kept} | {key for state in states for key in chosen_keys(state)}
    return Difference(
        _stage_differences(problem, changed, before, after), _moves(before, after), None, len(touched), len(new)
    )


def _fresh(components: list[Component], problem: Problem) -> tuple[list[ComponentState], Plan, list[Watch]]:
    return [fresh_state(one) for one in components], plan_of(problem), [Watch() for _ in components]


def _solved_apart(
    changed: Problem, solution: Solution, touched: list[Component], components: list[Component]
) -> list[ComponentState] | None:
    """The touched components solved by themselves; None when that moves the line of a `floor`, which all share."""
    again = {learner for component in touched for learner in component.learners}
    apart = {learner for component in components for learner in component.learners} - again
    lines = {at: stage.value for at, stage in enumerate(solution.stages) if stage.name == "floor"}
    caps = {at: int(str(line)) for at, line in lines.items() if set() < _stoppers(solution, at) <= apart}
    states, reached = run_plan(*_fresh(touched, changed), caps=caps)
    return states if reached == lines else None


def _stoppers(solution: Solution, at: int) -> set[str]:
    """The learners of the component that stopped the line of the `floor` at this position."""
    return {
        learner
        for part in solution.certificate["parts"]
        if any(goal["stage"] == at for goal in part["goals"])
        for learner in part["learners"]
    }


def _not_in(new: list[Component], old: list[Component]) -> list[Component]:
    known = {component.learners[0]: component for component in old if component.learners}
    return [one for one in new if not one.learners or not _same(one, known.get(one.learners[0]))]


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


def _stage_differences(
    problem: Problem, changed: Problem, before: set[Key], after: set[Key]
) -> tuple[StageDifference, ...]:
    one = {pair.key: pair for pair in problem.pairs}
    other = {pair.key: pair for pair in changed.pairs}
    was = stage_values(problem, [one[key] for key in before])
    will = stage_values(changed, [other[key] for key in after])
    stages = [stage for stage in problem.stages if stage != "lottery"]
    return tuple(StageDifference(*told) for told in zip(stages, was, will, strict=True))


def stage_values(problem: Problem, chosen: Iterable[Pair]) -> list[Value]:
    """What each stage but `lottery` counts for these pairs."""
    chosen, counts = list(chosen), Counts(problem)
    values: list[Value] = []
    for stage in problem.stages:
        if stage == "floor":
            values.append(min((pair.score for pair in chosen), default=1000))
        elif stage != "lottery":
            counted = [SIGNS.get(stage, 1) * count.of(chosen) for count in counts.of_stage(stage)]
            values.append(tuple(counted) if stage in LISTED else counted[0])
    return values
