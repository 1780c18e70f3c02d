"""Solves a bottleneck stage: raises the lowest level among the chosen pairs, one line for all components."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

import numpy as np

from matching.branch_and_bound.optimum import Optimum
from matching.deadline import Deadline
from matching.lexicographic.certificate import certificate_entry
from matching.lexicographic.component import best_choice
from matching.lexicographic.state import ComponentState, GoalRecord, component_infeasible
from matching.model.face import Face
from matching.model.objectives.bottleneck import Bottleneck
from matching.model.pair_views import ComponentPairs
from matching.solution import BY_DUALS


class _Hindrance(NamedTuple):
    """What keeps a component from reaching a line: the fewest pairs below it."""

    state: ComponentState
    optimum: Optimum
    line: int


def raise_line(
    states: list[ComponentState], stage: Bottleneck, position: int, deadlines: list[Deadline], cap: int | None = None
) -> int | None:
    """Keep only solutions whose levels all reach the highest possible line, and return the line.

    The line is the highest there is when nobody is placed, and never above `cap`. None when the time was over first.
    The component that stops the line records why: the fewest pairs below the next level, which is not 0. Solves for at
    most O(log levels) goals in each component. Raises `ComponentInfeasible`, and `NothingFound` as `best_choice` does.
    """
    line, hindrance = _highest_line(states, stage, deadlines, stage.highest if cap is None else cap)
    if line is None:  # and then all that comes later has nothing to stand on
        for state in states:
            state.unproved = True
        return None
    for state, deadline in zip(states, deadlines, strict=True):
        keep_above(state, stage, line, deadline)
    if hindrance is not None:
        _record(hindrance, position)
    return line


def _highest_line(
    states: list[ComponentState], stage: Bottleneck, deadlines: list[Deadline], cap: int
) -> tuple[int | None, _Hindrance | None]:
    """The highest line that all components reach, None where the time is over first, and what hinders the next."""
    if any(state.unproved for state in states):
        return None, None
    lines = _lines(states, stage, cap)
    at, hindrance = len(lines) - 1, None
    for state, deadline in zip(states, deadlines, strict=True):
        deadline.stage = stage.name
        deadline.tell()
        at, optimum = _highest(state, stage, lines, at, deadline)
        if state.unproved:
            return None, None
        if optimum is not None:
            hindrance = _Hindrance(state, optimum, lines[at + 1])
    return lines[at], hindrance


def _lines(states: list[ComponentState], stage: Bottleneck, cap: int) -> list[int]:
    """The levels that a line can have, ascending."""
    whole = [ComponentPairs(state.component, np.arange(len(state.component.pair_keys))) for state in states]
    levels = {int(level) for pairs in whole for level in np.unique(stage.levels(pairs))}
    return sorted({cap, *(level for level in levels if level < cap)})


def _highest(
    state: ComponentState, stage: Bottleneck, lines: list[int], at: int, deadline: Deadline
) -> tuple[int, Optimum | None]:
    """The last position up to `at` whose line the component can reach, and what hinders the next.

    By bisection, after the line that comes next above what the incumbent reaches: that is mostly one too many.
    """
    low, high = 0 if state.incumbent is None else bisect_right(lines, lowest_level(state, stage), hi=at + 1), at
    hindrance = None
    middle = at if state.incumbent is None else low
    while low <= high:
        optimum = best_choice(state, stage.goal(state.pairs(), lines[middle]), deadline)
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


def keep_above(state: ComponentState, stage: Bottleneck, line: int, deadline: Deadline) -> None:
    """Keep only solutions whose levels all reach a line that the component can reach; solves for an incumbent where
    the old one does not. O(m), or what `best_choice` costs; raises `NothingFound` as it does."""
    if state.incumbent is None or lowest_level(state, stage) < line:
        optimum = best_choice(state, stage.goal(state.pairs(), line), deadline)
        assert optimum is not None, "the line was found reachable"
        state.incumbent = state.face.pair[optimum.chosen]
    state.face = restricted_to(state, stage, line)


def restricted_to(state: ComponentState, stage: Bottleneck, line: int) -> Face:
    """The face with only the pairs that reach the line. O(m)."""
    return state.face.restricted(stage.levels(state.pairs()) >= line)


def _record(hindrance: _Hindrance, position: int) -> None:
    state, optimum, line = hindrance
    name = f"below {line}"
    rests_on = BY_DUALS if optimum.lagrangian.integer_bound < 0 else optimum.rests_on
    entry = certificate_entry(state.component, position, name, optimum)
    state.records.append(GoalRecord(position, name, optimum.value, optimum.bound, rests_on, entry, optimum.method))


def lowest_level(state: ComponentState, stage: Bottleneck) -> int:
    """The lowest level among the incumbent's pairs, the highest there is when it has none. O(learners)."""
    assert state.incumbent is not None
    return stage.value(state.incumbent_pairs())


def ceiling(state: ComponentState, stage: Bottleneck) -> int:
    """What no line can be above: the lowest of the best levels of those who have to be placed. O(m)."""
    best = np.zeros(len(state.face.must), dtype=np.int64)
    np.maximum.at(best, state.face.learner, stage.levels(state.pairs()))
    return int(best[state.face.must].min(initial=stage.highest))
