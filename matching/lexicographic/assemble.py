"""Puts what the components reached together into one solution."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from matching.files.seal import sealed
from matching.lexicographic.component import ComponentState, GoalRecord, Plan
from matching.lexicographic.unplaced import reasons_of_unplaced
from matching.model.objectives import lot
from matching.problem import Problem
from matching.solution import BY_DUALS, PROOFS, ComponentReport, Placed, Solution, StageResult, Value

SIGNS = {"rank_sum": -1, "fewest_last": -1, "even_load": -1}
LISTED = ("first_choices", "fewest_last", "lottery")


def assemble(
    problem: Problem,
    problem_digest: str,
    plan: Plan,
    states: list[ComponentState],
    lines: dict[int, int | None],
    seconds: float,
) -> Solution:
    """Return the solution: sums over the components for every stage, placed and unplaced, the certificate."""
    placed = tuple(sorted((one for state in states for one in _placed(state)), key=attrgetter("learner")))
    stages = tuple(_stage_result(plan, states, lines, placed, at) for at in range(len(plan.stages)))
    return sealed(
        Solution(
            problem_digest=problem_digest,
            status="optimal" if all(stage.proved for stage in stages) else "stopped",
            stages=stages,
            placed=placed,
            unplaced=reasons_of_unplaced(problem, placed),
            components=tuple(
                ComponentReport(len(s.component.learners), s.path, round(s.seconds, 6), len(s.component.pair_keys))
                for s in states
            ),
            seconds=round(seconds, 6),
            certificate={"parts": [_certificate_part(state) for state in states]},
        )
    )


def _placed(state: ComponentState) -> Iterator[Placed]:
    component = state.component
    for pair in [] if state.chosen is None else state.chosen.tolist():
        rank = int(component.rank[pair])
        shown = None if rank == component.unranked else rank
        yield Placed(*component.pair_keys[pair], int(component.score[pair]), shown)


def chosen_keys(state: ComponentState) -> list[tuple[str, str, str]]:
    return [] if state.chosen is None else state.component.pair_keys.at(state.chosen)


def _stage_result(
    plan: Plan, states: list[ComponentState], lines: dict[int, int | None], placed: tuple[Placed, ...], at: int
) -> StageResult:
    name = plan.stages[at]
    records = [[record for record in state.records if record.stage == at] for state in states]
    rests_on = max((r.rests_on for of_state in records for r in of_state), key=PROOFS.index, default=BY_DUALS)
    if name == "floor":
        line = lines[at]
        reached = min((one.score for one in placed), default=1000)
        return StageResult(name, reached if line is None else line, line, line is not None, rests_on)
    values, bounds = _totals(plan, states, records, name)
    if any(bound is None for bound in bounds):
        return StageResult(name, _shown(name, values), None, False, rests_on)
    known = [bound for bound in bounds if bound is not None]
    # The lots of a stopped solve may all be as large as can be without being shown to leave a single solution.
    proved = known == values and all(r.bound == r.value for of_state in records for r in of_state)
    return StageResult(name, _shown(name, values), _shown(name, known), proved, rests_on)


def _totals(
    plan: Plan, states: list[ComponentState], records: list[list[GoalRecord]], name: str
) -> tuple[list[int], list[int | None]]:
    """The stage's values and bounds, goal by goal, summed over the components."""
    if name == "lottery":
        records = _with_all_digits(plan, states, records)
    values: list[int] = []
    bounds: list[int | None] = []
    for goal in range(max(map(len, records), default=_goals_of_nothing(plan, name))):
        of_goal = [record[goal] for record in records]
        values.append(sum(record.value for record in of_goal))
        known = [record.bound for record in of_goal if record.bound is not None]
        bounds.append(sum(known) if len(known) == len(of_goal) else None)
    return values, bounds


def _goals_of_nothing(plan: Plan, name: str) -> int:
    if name in ("first_choices", "fewest_last"):
        return len(plan.ranks if name == "first_choices" else plan.lower_ranks)
    return 1


def _with_all_digits(
    plan: Plan, states: list[ComponentState], records: list[list[GoalRecord]]
) -> list[list[GoalRecord]]:
    """Components whose lots were decided by fewer digits have the later ones as their pairs happen to be."""
    digits = [[record for record in of_state if record.name != "other"] for of_state in records]
    longest = max(map(len, digits), default=0)
    for state, of_state in zip(states, digits, strict=True):
        for digit in range(len(of_state), longest):
            value = sum(lot(plan.seed, key, digit) for key in chosen_keys(state))
            bound = None if state.unproved else value
            of_state.append(GoalRecord(of_state[0].stage, f"lot {digit}", value, bound, BY_DUALS, None))
    return digits


def _shown(name: str, values: list[int]) -> Value:
    signed = [SIGNS.get(name, 1) * value for value in values]
    return tuple(signed) if name in LISTED else signed[0]


def _certificate_part(state: ComponentState) -> dict[str, Any]:
    goals = [record.certificate for record in state.records if record.certificate is not None]
    return {"learners": state.component.learners, "goals": goals}
