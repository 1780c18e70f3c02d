"""Puts what the components reached together into one solution."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from matching.files.seal import sealed
from matching.lexicographic.state import ComponentState, GoalRecord
from matching.lexicographic.unplaced import reasons_of_unplaced
from matching.model.objectives.bottleneck import Bottleneck
from matching.model.objectives.lottery import OTHER
from matching.model.objectives.objective import Key, Objective
from matching.model.objectives.registered import Plan
from matching.problem import Problem
from matching.solution import BY_DUALS, METHODS, PROOFS, ComponentReport, Placed, Solution, StageResult


def assemble(
    problem: Problem,
    problem_digest: str,
    plan: Plan,
    states: list[ComponentState],
    lines: dict[int, int | None],
    seconds: float,
) -> Solution:
    """Return the solution: sums over the components for every stage, placed and unplaced, the certificate.

    O(m log m), and the size of the certificate, which is sealed.
    """
    placed = tuple(sorted((one for state in states for one in _placed(state)), key=attrgetter("learner")))
    stages = tuple(_stage_result(plan, states, lines, at) for at in range(len(plan)))
    return sealed(
        Solution(
            problem_digest=problem_digest,
            status="optimal" if all(stage.proved for stage in stages) else "stopped",
            stages=stages,
            placed=placed,
            unplaced=reasons_of_unplaced(problem, placed),
            components=tuple(map(_report, states)),
            seconds=round(seconds, 6),
            certificate={"parts": [_certificate_part(state) for state in states]},
        )
    )


def _report(state: ComponentState) -> ComponentReport:
    goals = Counter(record.method for record in state.records if record.method)
    methods = tuple((method, goals[method]) for method in METHODS if method in goals)
    component, seconds = state.component, round(state.seconds, 6)
    return ComponentReport(len(component.learners), state.path, seconds, len(component.pair_keys), methods)


def _placed(state: ComponentState) -> Iterator[Placed]:
    component = state.component
    for pair in [] if state.incumbent is None else state.incumbent.tolist():
        rank = int(component.rank[pair])
        shown = None if rank == component.unranked else rank
        yield Placed(*component.pair_keys[pair], int(component.score[pair]), shown)


def chosen_keys(state: ComponentState) -> list[Key]:
    """(learner, mentor, study) of the incumbent's pairs, none before there is one."""
    return state.incumbent_pairs().keys


def _stage_result(plan: Plan, states: list[ComponentState], lines: dict[int, int | None], at: int) -> StageResult:
    objective = plan[at]
    records = [[record for record in state.records if record.stage == at] for state in states]
    rests_on = max((r.rests_on for of_state in records for r in of_state), key=PROOFS.index, default=BY_DUALS)
    if isinstance(objective, Bottleneck):
        return _line_result(objective, states, lines[at], rests_on)
    if objective.is_open_ended:
        records = _with_all_goals(objective, states, records)
    values, bounds = _totals(objective, records)
    known = [bound for bound in bounds if bound is not None]
    if len(known) < len(bounds):
        return StageResult(objective.name, objective.told(values), None, False, rests_on)
    # The lots of a stopped solve may all be as large as can be without being shown to leave a single solution.
    proved = known == values and all(r.bound == r.value for of_state in records for r in of_state)
    return StageResult(objective.name, objective.told(values), objective.told(known), proved, rests_on)


def _line_result(objective: Bottleneck, states: list[ComponentState], line: int | None, rests_on: str) -> StageResult:
    """The line that was reached and held, or how low the choice happens to be where none was found in time."""
    if line is not None:
        return StageResult(objective.name, line, line, True, rests_on)
    lowest = min((objective.value(state.incumbent_pairs()) for state in states), default=objective.highest)
    return StageResult(objective.name, lowest, None, False, rests_on)


def _totals(objective: Objective, records: list[list[GoalRecord]]) -> tuple[list[int], list[int | None]]:
    """The stage's values and bounds, goal by goal, summed over the components."""
    values: list[int] = []
    bounds: list[int | None] = []
    for goal in range(max(map(len, records), default=objective.goal_count)):
        of_goal = [record[goal] for record in records]
        values.append(sum(record.value for record in of_goal))
        known = [record.bound for record in of_goal if record.bound is not None]
        bounds.append(sum(known) if len(known) == len(of_goal) else None)
    return values, bounds


def _with_all_goals(
    objective: Objective, states: list[ComponentState], records: list[list[GoalRecord]]
) -> list[list[GoalRecord]]:
    """Components in which fewer goals left a single solution have the later ones as their pairs happen to be."""
    reached = [[record for record in of_state if record.name != OTHER] for of_state in records]
    longest = max(map(len, reached), default=0)
    for state, of_state in zip(states, reached, strict=True):
        for number in range(len(of_state), longest):
            goal = objective.goal(state.incumbent_pairs(), number)
            value = int(goal.worth.sum())
            bound = None if state.unproved else value
            of_state.append(GoalRecord(of_state[0].stage, goal.name, value, bound, BY_DUALS, None))
    return reached


def _certificate_part(state: ComponentState) -> dict[str, Any]:
    goals = [record.certificate for record in state.records if record.certificate is not None]
    return {"learners": state.component.learners, "goals": goals}
