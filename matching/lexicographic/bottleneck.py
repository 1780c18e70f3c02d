"""The stage `floor`: the lowest score among the placed as high as possible, the same line for all components."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np

from matching.branch_and_bound.optimum import Optimum
from matching.deadline import Deadline
from matching.lexicographic.certificate import certificate_entry
from matching.lexicographic.component import ComponentState, GoalRecord, best_choice, component_infeasible
from matching.model.face import Bools
from matching.model.objectives import above_goal
from matching.problem import BEST_SCORE
from matching.solution import BY_DUALS


def raise_floor(
    states: list[ComponentState], position: int, deadlines: list[Deadline], cap: int = BEST_SCORE
) -> int | None:
    """Keep only solutions whose scores all reach the highest possible line, and return the line.

    The line is 1000 when nobody is placed, and never above `cap`. None when the time was over first. The component
    that stops the line records why: the fewest pairs below the next score, which is not 0.
    """
    if any(state.unproved for state in states):
        _give_up(states)
        return None
    scores = {int(score) for state in states for score in np.unique(state.component.score)}
    lines = sorted({cap, *(score for score in scores if score < cap)})
    blocked: tuple[ComponentState, Optimum, int] | None = None
    at = len(lines) - 1
    for state, deadline in zip(states, deadlines, strict=True):
        deadline.stage = "floor"
        deadline.tell()
        at, hindrance = _highest(state, lines, at, deadline)
        if hindrance is not None:
            blocked = (state, hindrance, lines[at + 1])
        if state.unproved:
            _give_up(states)
            return None
    for state, deadline in zip(states, deadlines, strict=True):
        keep_above(state, lines[at], deadline)
    if blocked is not None:
        _record(*blocked, position)
    return lines[at]


def _give_up(states: list[ComponentState]) -> None:
    for state in states:
        state.unproved = True


def _highest(state: ComponentState, lines: list[int], at: int, deadline: Deadline) -> tuple[int, Optimum | None]:
    """The last position up to `at` whose line the component can reach, and what hinders the next.

    By bisection, after the line that comes next above what the choice so far reaches: that is mostly one too many.
    """
    low, high = 0 if state.chosen is None else bisect_right(lines, lowest_score(state), hi=at + 1), at
    hindrance = None
    middle = at if state.chosen is None else low
    while low <= high:
        optimum = best_choice(state, above_goal(state.component, state.face, lines[middle]), deadline)
        if optimum is None:
            raise component_infeasible(state)
        if not optimum.proved:
            state.unproved = True
            return at, None
        if optimum.value == 0:
            low = middle + 1
        else:
            hindrance, high = optimum, middle - 1
        middle = (low + high) // 2
    return low - 1, hindrance


def keep_above(state: ComponentState, line: int, deadline: Deadline) -> None:
    """Keep only solutions whose scores all reach a line that the component can reach."""
    if state.chosen is None or lowest_score(state) < line:
        optimum = best_choice(state, above_goal(state.component, state.face, line), deadline)
        assert optimum is not None, "the line was found reachable"
        state.chosen = state.face.pair[optimum.chosen]
    state.face = state.face.restricted(reaches(state, line))


def reaches(state: ComponentState, line: int) -> Bools:
    """Which pairs still in the running have at least this score."""
    high_enough: Bools = state.component.score[state.face.pair] >= line
    return high_enough


def _record(state: ComponentState, hindrance: Optimum, line: int, position: int) -> None:
    name = f"below {line}"
    rests_on = BY_DUALS if hindrance.lagrangian.integer_bound < 0 else hindrance.rests_on
    entry = certificate_entry(state.component, position, name, hindrance)
    state.records.append(GoalRecord(position, name, hindrance.value, hindrance.bound, rests_on, entry))


def lowest_score(state: ComponentState) -> int:
    """The lowest score among the chosen pairs, 1000 when there are none."""
    assert state.chosen is not None
    return int(state.component.score[state.chosen].min(initial=BEST_SCORE))


def ceiling(state: ComponentState) -> int:
    """What no line can be above: the lowest of the best scores of those who have to be placed, 1000 without any."""
    best = np.zeros(len(state.face.must), dtype=np.int64)
    np.maximum.at(best, state.face.learner, state.component.score[state.face.pair])
    return int(best[state.face.must].min(initial=BEST_SCORE))
