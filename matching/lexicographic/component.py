"""Solves one component stage by stage: each goal exactly, on the solutions that the goals before it leave."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import numpy as np

from matching.assignment import solve as assignment
from matching.assignment.laminar import laminar_tree_of
from matching.branch_and_bound import reduced_cost_bands as three_way
from matching.branch_and_bound.optimum import Optimum
from matching.deadline import Deadline
from matching.lexicographic.certificate import certificate_entry
from matching.lp.lagrangian import LagrangianBound, Multipliers, lagrangian_bound, optimal_face
from matching.model.components import Component
from matching.model.face import Bools, Face, Goal, Ints
from matching.model.objectives import digit_goal, linear_goal, other_goal, rank_goal
from matching.solution import BY_DUALS, BY_SEARCH

ASSIGNMENT = "assignment"
THREE_WAY = "three-way"


class ComponentInfeasible(Exception):
    """Nothing satisfies the limits, minimums and pins of the component with these learners and rows."""

    def __init__(self, learners: list[str], rows: list[tuple[str, ...]]) -> None:
        super().__init__(learners, rows)
        self.learners, self.rows = learners, rows


@dataclass(frozen=True, slots=True)
class GoalRecord:
    """What one goal reached in one component; `certificate` is the entry that `check` verifies."""

    stage: int
    name: str
    value: int
    bound: int | None
    rests_on: str
    certificate: dict[str, Any] | None


@dataclass(slots=True)
class ComponentState:
    """A component on its way: what is still in the running, the choice so far (positions of pairs), the records."""

    component: Component
    face: Face
    chosen: Ints | None = None
    records: list[GoalRecord] = field(default_factory=list)
    three_way: bool = False
    unproved: bool = False
    seconds: float = 0.0
    known_duals: Multipliers | None = None

    @property
    def path(self) -> str:
        return THREE_WAY if self.three_way else ASSIGNMENT

    def mask(self) -> Bools | None:
        return None if self.chosen is None else np.isin(self.face.pair, self.chosen, assume_unique=True)


def component_infeasible(state: ComponentState) -> ComponentInfeasible:
    return ComponentInfeasible(state.component.learners, state.component.row_names)


def fresh_state(component: Component) -> ComponentState:
    return ComponentState(component, component.face)


@dataclass(frozen=True, slots=True)
class Plan:
    """What every component has to know of the whole problem: the stages, the ranks in it, the seed."""

    stages: tuple[str, ...]
    ranks: tuple[int, ...]
    seed: str

    @property
    def lower_ranks(self) -> tuple[int, ...]:
        """All ranks but 1, the worst first."""
        return tuple(rank for rank in reversed(self.ranks) if rank > 1)


def run_stages(state: ComponentState, plan: Plan, positions: range, deadline: Deadline) -> ComponentState:
    """Take a component through the stages at these positions, none of which is `floor`.

    Raises `ComponentInfeasible`.
    """
    began = time.perf_counter()
    deadline.begin()
    for position in positions:
        deadline.stage = plan.stages[position]
        deadline.tell()
        if plan.stages[position] == "lottery":
            _draw_lots(state, plan, position, deadline)
        else:
            for goal_at in range(goal_count(plan, position)):
                reach(state, goal_of(state, plan, position, goal_at), position, deadline)
    if state.chosen is None:
        _choose_any(state, deadline)
    state.seconds += time.perf_counter() - began
    return state


def goal_count(plan: Plan, position: int) -> int:
    counts = {"first_choices": len(plan.ranks), "fewest_last": len(plan.lower_ranks)}
    return counts.get(plan.stages[position], 1)


def goal_of(state: ComponentState, plan: Plan, position: int, goal_at: int) -> Goal:
    """The goal number `goal_at` of the stage at a position, which is neither `floor` nor `lottery`."""
    stage = plan.stages[position]
    if stage == "first_choices":
        return rank_goal(state.component, state.face, plan.ranks[goal_at], 1)
    if stage == "fewest_last":
        return rank_goal(state.component, state.face, plan.lower_ranks[goal_at], -1)
    return linear_goal(stage, state.component, state.face)


def reach(state: ComponentState, goal: Goal, position: int, deadline: Deadline) -> None:
    """Solve for one goal, record it and narrow the face to its optimal solutions."""
    if state.chosen is not None and (state.unproved or deadline.is_over()):
        state.unproved = True
        _record_unsearched(state, goal, position)
        return
    optimum = best_choice(state, goal, deadline)
    if optimum is None:
        raise component_infeasible(state)
    record_optimum(state, goal, optimum, position)


def record_optimum(state: ComponentState, goal: Goal, optimum: Optimum, position: int) -> None:
    """Record what a goal reached and keep only the solutions that reach it."""
    entry = certificate_entry(state.component, position, goal.name, optimum)
    state.records.append(GoalRecord(position, goal.name, optimum.value, optimum.bound, optimum.rests_on, entry))
    state.chosen = state.face.pair[optimum.chosen]
    state.known_duals = optimum.known_duals
    if optimum.proved:
        state.face = optimal_face(state.face, goal, optimum.lagrangian, optimum.value)
    else:
        state.unproved = True


def best_choice(state: ComponentState, goal: Goal, deadline: Deadline) -> Optimum | None:
    """The optimum of a goal on a state's face by whichever path its limits allow; None when there is no choice."""
    tree = laminar_tree_of(state.face)
    if tree is None:
        state.three_way = True
        hint = state.component.score[state.face.pair]
        known_duals = state.known_duals if goal.name == "score" else None
        return three_way.optimise(state.face, goal, state.mask(), hint, deadline, known_duals)
    found = assignment.assign(state.face, goal, tree, deadline)
    if found is None:
        return None
    lagrangian = lagrangian_bound(state.face, goal, found.duals)
    if not found.finished:
        return _best_known(state, goal, found.chosen, lagrangian, deadline)
    value = state.face.value(goal, found.chosen)
    if lagrangian.bound != value:
        raise AssertionError(f"the duals of {goal.name} give {lagrangian.bound}, the pairs {value}")
    return Optimum(found.chosen, value, value, BY_DUALS, lagrangian)


def _best_known(
    state: ComponentState, goal: Goal, found: Bools, lagrangian: LagrangianBound, deadline: Deadline
) -> Optimum:
    """Where an assignment was stopped: the best permitted choice there is, with the bound of the last prices."""
    known = [one for one in (found, state.mask()) if one is not None and state.face.admits(one)]
    if not known:
        deadline.nothing_found()
    best = max(known, key=lambda one: state.face.value(goal, one))
    return Optimum(best, state.face.value(goal, best), lagrangian.integer_bound, BY_SEARCH, lagrangian)


def _choose_any(state: ComponentState, deadline: Deadline) -> None:
    """Stages without a single goal, as `fewest_last` where nobody gave ranks, still need a permitted choice."""
    optimum = best_choice(state, Goal("any", np.zeros(len(state.face.pair), dtype=np.int64)), deadline)
    if optimum is None:
        raise component_infeasible(state)
    state.chosen = state.face.pair[optimum.chosen]


def _record_unsearched(state: ComponentState, goal: Goal, position: int) -> None:
    mask = state.mask()
    assert mask is not None
    state.records.append(GoalRecord(position, goal.name, state.face.value(goal, mask), None, BY_SEARCH, None))


def _draw_lots(state: ComponentState, plan: Plan, position: int, deadline: Deadline) -> None:
    """Add digits to the lots until only one solution is left, which a last goal proves."""
    for digit in count():
        reach(state, digit_goal(state.component, state.face, plan.seed, digit), position, deadline)
        mask = state.mask()
        if state.unproved or mask is None:
            return
        other = best_choice(state, other_goal(mask), deadline)
        assert other is not None, "the choice itself is one"
        if not other.proved or -other.value == int(mask.sum()):
            record_optimum(state, other_goal(mask), other, position)
            return
