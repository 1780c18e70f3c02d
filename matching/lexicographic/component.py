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
from matching.model.objectives.lottery import other_goal
from matching.model.objectives.objective import Objective
from matching.model.objectives.registered import Plan
from matching.model.objectives.score import Score
from matching.model.pair_views import ComponentPairs
from matching.model.subproblem import Subproblem
from matching.solution import BY_DUALS, BY_SEARCH

ASSIGNMENT = "assignment"
THREE_WAY = "three-way"
NO_PAIRS = np.zeros(0, dtype=np.int64)


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

    def pairs(self) -> ComponentPairs:
        """Those still in the running."""
        return ComponentPairs(self.component, self.face.pair)

    def chosen_pairs(self) -> ComponentPairs:
        """Those of the choice so far, none before there is one."""
        return ComponentPairs(self.component, NO_PAIRS if self.chosen is None else self.chosen)

    def mask(self) -> Bools | None:
        return None if self.chosen is None else self.face.mask_of(self.chosen)


def component_infeasible(state: ComponentState) -> ComponentInfeasible:
    return ComponentInfeasible(state.component.learners, state.component.row_names)


def fresh_state(component: Component) -> ComponentState:
    return ComponentState(component, component.face)


def run_stages(state: ComponentState, plan: Plan, positions: range, deadline: Deadline) -> ComponentState:
    """Take a component through the stages at these positions, none of which is a `Bottleneck`.

    Raises `ComponentInfeasible`, and `NothingFound` when the time was over before a choice was known.
    """
    began = time.perf_counter()
    deadline.begin()
    for position in positions:
        deadline.stage = plan[position].name
        deadline.tell()
        _run_stage(state, plan[position], position, deadline)
    if state.chosen is None:
        _choose_any(state, deadline)
    state.seconds += time.perf_counter() - began
    return state


def _run_stage(state: ComponentState, objective: Objective, position: int, deadline: Deadline) -> None:
    """Reach goal after goal, all that there are or until only one solution is left."""
    for number in count() if objective.is_open_ended else range(objective.goal_count):
        reach(state, objective.goal(state.pairs(), number), position, deadline)
        if objective.is_open_ended and _is_over(state, position, deadline):
            return


def _is_over(state: ComponentState, position: int, deadline: Deadline) -> bool:
    """Whether only the choice so far is left, which a last goal proves, or nobody will know."""
    mask = state.mask()
    if state.unproved or mask is None:
        return True
    other = best_choice(state, other_goal(mask), deadline)
    assert other is not None, "the choice itself is one"
    is_over = not other.proved or -other.value == int(mask.sum())
    if is_over:
        record_optimum(state, other_goal(mask), other, position)
    return is_over


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
        state.face = optimal_face(Subproblem(state.face, goal), optimum.lagrangian, optimum.value).face
    else:
        state.unproved = True


def best_choice(state: ComponentState, goal: Goal, deadline: Deadline) -> Optimum | None:
    """The optimum of a goal on a state's face by whichever path its limits allow; None when there is no choice."""
    subproblem, tree = Subproblem(state.face, goal), laminar_tree_of(state.face)
    if tree is None:
        state.three_way = True
        hint = state.component.score[state.face.pair]
        known_duals = state.known_duals if goal.name == Score.name else None
        return three_way.optimise(subproblem, state.mask(), hint, deadline, known_duals)
    found = assignment.assign(subproblem, tree, deadline)
    if found is None:
        return None
    lagrangian = lagrangian_bound(subproblem, found.duals)
    if not found.finished:
        return _best_known(subproblem, [found.chosen, state.mask()], lagrangian, deadline)
    value = subproblem.value(found.chosen)
    if lagrangian.bound != value:
        raise AssertionError(f"the duals of {goal.name} give {lagrangian.bound}, the pairs {value}")
    return Optimum(found.chosen, value, value, BY_DUALS, lagrangian)


def _best_known(
    subproblem: Subproblem, known: list[Bools | None], lagrangian: LagrangianBound, deadline: Deadline
) -> Optimum:
    """Where an assignment was stopped: the best permitted choice there is, with the bound of the last prices."""
    permitted = [one for one in known if one is not None and subproblem.admits(one)]
    if not permitted:
        deadline.nothing_found()
    best = max(permitted, key=subproblem.value)
    return Optimum(best, subproblem.value(best), lagrangian.integer_bound, BY_SEARCH, lagrangian)


def _choose_any(state: ComponentState, deadline: Deadline) -> None:
    """Stages without a single goal, as `fewest_last` where nobody gave ranks, still need a permitted choice."""
    optimum = best_choice(state, Goal("any", np.zeros(len(state.face.pair), dtype=np.int64)), deadline)
    if optimum is None:
        raise component_infeasible(state)
    state.chosen = state.face.pair[optimum.chosen]


def _record_unsearched(state: ComponentState, goal: Goal, position: int) -> None:
    mask = state.mask()
    assert mask is not None
    state.records.append(
        GoalRecord(position, goal.name, Subproblem(state.face, goal).value(mask), None, BY_SEARCH, None)
    )
