"""`solve`: a problem in, a proved solution out."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext

from matching.deadline import Deadline, Listener
from matching.files.digest import digest
from matching.files.digest_text import pair_text
from matching.infeasibility.smallest_conflict import infeasible
from matching.lexicographic.assemble import assemble
from matching.lexicographic.bottleneck import raise_line
from matching.lexicographic.parallel import run_components
from matching.lexicographic.state import ComponentInfeasible, ComponentState, fresh_state
from matching.lexicographic.worker_processes import executor_that_pays
from matching.model.component import Component
from matching.model.components import components_of
from matching.model.objectives.bottleneck import Bottleneck
from matching.model.objectives.registered import Plan, plan_of
from matching.model.validation import require_well_formed
from matching.problem import Problem
from matching.solution import Solution


def solve(
    problem: Problem,
    *,
    time_limit_seconds: float | None = None,
    progress: Listener | None = None,
    cancelled: Callable[[], bool] | None = None,
    executor: Executor | None = None,
    jobs: int | None = None,
) -> Solution:
    """Pair learners with openings, optimal for each stage given the stages before it.

    Parameters
    ----------
    problem : the learners, mentors, studies, pairs, pins and the order of the stages.
    time_limit_seconds : stop after about this long with the best found and its bound (`status` "stopped").
    progress : called with a `Progress` whenever there is something new to show.
    cancelled : asked now and then; when it returns True the solve stops as at the time limit.
    executor : solves components side by side, on this machine or on others; progress then tells of the components
        that are done, and only workers that share this machine's file system hear of `cancelled`.
    jobs : without an executor, how many components to solve side by side at most, in threads or, where many are large,
        in processes; None for as many as there are processors, where the problem is large enough for that to pay.

    Returns a Solution with `status` "optimal", or "stopped" when the time limit or `cancelled` ended the search.

    Raises `BadProblem` with every fault of a malformed problem, `Infeasible` with a smallest clash of pins, minimums,
    capacities and budgets of hours, `NothingFound` when it was stopped before any permitted set of pairs was known,
    and `concurrent.futures.BrokenExecutor` when a worker process died. What `progress` and `cancelled` raise comes out.

    Each connected component is solved by itself: as an assignment where its limits nest, O(n³) for n learners and
    places, otherwise by linear programming and branch and bound over the pairs that their reduced costs cannot rule
    out. That is NP-hard in general (three-dimensional matching; Garey and Johnson 1979, SP1), so exponential at worst,
    and quick in practice. The result does not depend on the order of the problem's parts. With the stage `lottery` the
    pairs are unique.
    """
    began = time.perf_counter()
    columns = require_well_formed(problem)
    plan, digest_of_problem = plan_of(problem, columns), digest(problem, pair_text(columns))
    components = components_of(problem, columns)
    del columns  # as much memory as all that a stage needs at once
    places = [(at, len(components)) for at in range(len(components))]
    deadlines = [Deadline(time_limit_seconds, cancelled, progress, place) for place in places]
    try:
        with _workers(executor, components, jobs) as workers:
            states, lines = run_plan(list(map(fresh_state, components)), plan, deadlines, workers)
    except ComponentInfeasible as clash:
        raise infeasible(problem, clash.learners, clash.rows) from clash
    return assemble(problem, digest_of_problem, plan, states, lines, time.perf_counter() - began)


def _workers(
    executor: Executor | None, components: list[Component], jobs: int | None
) -> AbstractContextManager[Executor | None]:
    """The caller's executor, which stays the caller's; else one of ours where it pays."""
    if executor is not None:
        return nullcontext(executor)
    return executor_that_pays([len(component.pair_keys) for component in components], jobs) or nullcontext()


def run_plan(
    states: list[ComponentState],
    plan: Plan,
    deadlines: list[Deadline],
    executor: Executor | None = None,
) -> tuple[list[ComponentState], dict[int, int | None]]:
    """Run all stages; a `Bottleneck` waits for every component, the others run through by themselves.

    Returns the states and the line that each `Bottleneck` reached, by position. Raises as `run_components` and
    `raise_line` do.
    """
    lines: dict[int, int | None] = {}
    for positions in segments(plan):
        objective = plan[positions.start]
        if isinstance(objective, Bottleneck):
            lines[positions.start] = raise_line(states, objective, positions.start, deadlines)
        else:
            states = run_components(states, plan, positions, deadlines, executor)
    return states, lines


def segments(plan: Plan) -> list[range]:
    """Cut the positions of the stages so that each `Bottleneck` stands alone."""
    alone = [at for at, objective in enumerate(plan) if isinstance(objective, Bottleneck)]
    cuts = sorted({0, len(plan), *alone, *(at + 1 for at in alone)})
    return [range(start, end) for start, end in itertools.pairwise(cuts)]
