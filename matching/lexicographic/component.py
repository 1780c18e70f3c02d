"""Solves one component stage by stage: each goal exactly, on the solutions that the goals before it leave."""

from __future__ import annotations

import time
from itertools import count

import numpy as np

from matching.assignment.nested import Nested, nested
from matching.branch_and_bound import reduced_cost_bands as three_way
from matching.branch_and_bound.optimum import Optimum
from matching.deadline import Deadline
from matching.lexicographic.certificate import certificate_entry
from matching.lexicographic.state import ComponentState, GoalRecord, component_infeasible
from matching.lp.lagrangian import LagrangianBound, lagrangian_bound, optimal_face
from matching.model.face import Bools, Goal
from matching.model.objectives.lottery import other_goal
from matching.model.objectives.objective import Objective
from matching.model.objectives.registered import Plan
from matching.model.objectives.score import Score
from matching.model.subproblem import Subproblem
from matching.solution import BY_DUALS, BY_SEARCH


def run_stages(state: ComponentState, plan: Plan, positions: range, deadline: Deadline) -> ComponentState:
    """Take a component through the stages at these positions, none of which is a `Bottleneck`.

    Raises `ComponentInfeasible`, and `NothingFound` when the time was over before a choice was known. For each goal
    what `best_choice` costs.
    """
    began = time.perf_counter()
    deadline.begin()
    for position in positions:
        deadline.stage = plan[position].name
        deadline.tell()
        _run_stage(state, plan[position], position, deadline)
    if state.incumbent is None:
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
    """Whether only the incumbent is left, which a last goal proves, or nobody will know."""
    mask = state.mask()
    if state.unproved or mask is None:
        return True
    other = best_choice(state, other_goal(mask), deadline)
    assert other is not None, "the incumbent itself is one"
    is_over = not other.proved or -other.value == int(mask.sum())
    if is_over:
        record_optimum(state, other_goal(mask), other, position)
    return is_over


def reach(state: ComponentState, goal: Goal, position: int, deadline: Deadline) -> None:
    """Solve for one goal, record it and narrow the face to its optimal solutions.

    Where the time is over and an incumbent known, only its value is recorded. Raises as `run_stages` does.
    """
    if state.incumbent is not None and (state.unproved or deadline.is_over()):
        state.unproved = True
        _record_unsearched(state, goal, position)
        return
    optimum = best_choice(state, goal, deadline)
    if optimum is None:
        raise component_infeasible(state)
    record_optimum(state, goal, optimum, position)


def record_optimum(state: ComponentState, goal: Goal, optimum: Optimum, position: int) -> None:
    """Record what a goal reached and keep only the solutions that reach it. O(m)."""
    entry = certificate_entry(state.component, position, goal.name, optimum)
    state.records.append(
        GoalRecord(position, goal.name, optimum.value, optimum.bound, optimum.rests_on, entry, optimum.method)
    )
    state.incumbent = state.face.pair[optimum.chosen]
    state.known_duals = optimum.known_duals
    if optimum.proved:
        state.face = optimal_face(Subproblem(state.face, goal), optimum.lagrangian, optimum.value).face
    else:
        state.unproved = True


def best_choice(state: ComponentState, goal: Goal, deadline: Deadline) -> Optimum | None:
    """The optimum of a goal on a state's face, None when there is no choice.

    Where the limits nest, an assignment, O(n³) for n learners and slots; else branch and bound, exponential at worst.
    Raises `NothingFound` when the time was over before any choice was known.
    """
    subproblem = Subproblem(state.face, goal)
    problem = nested(subproblem)
    if problem is not None:
        return _assigned(subproblem, problem, state.mask(), deadline)
    state.three_way = True
    hint = state.component.score[state.face.pair]
    known_duals = state.known_duals if goal.name == Score.name else None
    return three_way.optimise(subproblem, state.mask(), hint, deadline, known_duals)


def _assigned(subproblem: Subproblem, problem: Nested, incumbent: Bools | None, deadline: Deadline) -> Optimum | None:
    found = problem.assigned(deadline)
    if found is None:
        return None
    lagrangian = lagrangian_bound(subproblem, found.duals)
    if not found.finished:
        return _best_known(subproblem, [found.chosen, incumbent], lagrangian, deadline)
    value = subproblem.value(found.chosen)
    if lagrangian.bound != value:
        raise AssertionError(f"the duals of {subproblem.goal.name} give {lagrangian.bound}, the pairs {value}")
    return Optimum(found.chosen, value, value, BY_DUALS, lagrangian, method=found.method)


def _best_known(
    subproblem: Subproblem, known: list[Bools | None], lagrangian: LagrangianBound, deadline: Deadline
) -> Optimum:
    """Where an assignment was stopped: the best permitted choice there is, with the bound of its last duals."""
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
    state.incumbent = state.face.pair[optimum.chosen]


def _record_unsearched(state: ComponentState, goal: Goal, position: int) -> None:
    mask = state.mask()
    assert mask is not None
    state.records.append(
        GoalRecord(position, goal.name, Subproblem(state.face, goal).value(mask), None, BY_SEARCH, None)
    )
