"""Brings a component back to where it was before a stage of a finished solve, from the solution's own duals."""

from __future__ import annotations

from typing import Any

from matching.lexicographic.bottleneck import restricted_to
from matching.lexicographic.state import ComponentState, fresh_state
from matching.lp.lagrangian import lagrangian_bound, optimal_face
from matching.model.component import Component
from matching.model.face import Goal
from matching.model.objectives.bottleneck import Bottleneck
from matching.model.objectives.lottery import OTHER, other_goal
from matching.model.objectives.objective import Objective
from matching.model.objectives.registered import Plan
from matching.model.subproblem import Subproblem
from matching.reoptimise.prior_duals import PriorDuals
from matching.solution import Solution


def replayed(old: PriorDuals, plan: Plan, until: int) -> ComponentState:
    """The state of an unchanged component of a solved problem just before the stage at position `until`.

    Nothing is searched: the optimal solution has the value of every goal, and its duals narrow the face just as they
    did in the solve. Any duals narrow it correctly; others would only leave more of it. O(m) for each goal.
    """
    state = fresh_state(old.component)
    state.incumbent = old.pairs()
    goals = _goals_of(old.component, old.solution)
    for position in range(until):
        objective = plan[position]
        if isinstance(objective, Bottleneck):
            state.face = restricted_to(state, objective, _line(old.solution, position))
            continue
        for goal_at, entry in enumerate(goal for goal in goals if goal["stage"] == position):
            _narrow(state, _goal(state, objective, entry, goal_at), position, old)
    return state


def _goals_of(component: Component, solution: Solution) -> list[dict[str, Any]]:
    """What the certificate says of the component, goal by goal."""
    parts = solution.certificate["parts"]
    return next(part["goals"] for part in parts if part["learners"][:1] == component.learners[:1])


def _line(solution: Solution, position: int) -> int:
    line = solution.stages[position].value
    assert isinstance(line, int), "a bottleneck has one number"
    return line


def _goal(state: ComponentState, objective: Objective, entry: dict[str, Any], goal_at: int) -> Goal:
    mask = state.mask()
    if objective.is_open_ended and entry["goal"] == OTHER and mask is not None:
        return other_goal(mask)
    return objective.goal(state.pairs(), goal_at)


def _narrow(state: ComponentState, goal: Goal, position: int, old: PriorDuals) -> None:
    mask = state.mask()
    assert mask is not None, "set when the replay began"
    subproblem = Subproblem(state.face, goal)
    lagrangian = lagrangian_bound(subproblem, old.duals(position, goal.name, state.face))
    state.face = optimal_face(subproblem, lagrangian, subproblem.value(mask)).face
