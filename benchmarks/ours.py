"""Measures this engine on one stored instance: `python -m benchmarks.ours SOLVER INSTANCE.pickle`.

The time includes everything from the problem's parts to the solution: validation, digest, certificate and reasons.
"""

from __future__ import annotations

import gc
import json
import pickle
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from matching import MorePlaces, Problem, solve, what_if
from matching.deadline import Deadline
from matching.files.digest import digest
from matching.files.digest_text import pair_text
from matching.lexicographic.assemble import assemble
from matching.lexicographic.component import run_stages
from matching.lexicographic.state import fresh_state
from matching.model.components import whole_component
from matching.model.objectives.registered import plan_of
from matching.model.validation import require_well_formed

WHAT_IFS = 15


def solved(problem: Problem) -> dict[str, Any]:
    clock = Clock()
    solution = solve(problem)
    value = solution.stages[0].value if len(solution.stages) == 1 else None
    return clock.read() | {"value": value, "status": solution.status}


def solved_whole(problem: Problem) -> dict[str, Any]:
    """The same method with everything as one component."""
    clock = Clock()
    columns = require_well_formed(problem)
    plan, state = plan_of(problem, columns), fresh_state(whole_component(problem))
    run_stages(state, plan, range(len(problem.stages)), Deadline())
    solution = assemble(problem, digest(problem, pair_text(columns)), plan, [state], {}, 0.0)
    return clock.read() | {"value": solution.stages[0].value, "status": solution.status}


def asked(problem: Problem) -> dict[str, Any]:
    """A place more for each of several mentors, one at a time: the median."""
    solution = solve(problem)
    mentors = problem.mentors[:: max(1, len(problem.mentors) // WHAT_IFS)]
    times = []
    for mentor in mentors:
        clock = Clock()
        what_if(problem, solution, MorePlaces("mentor", mentor.id))
        times.append(clock.read())
    return {what: statistics.median(time[what] for time in times) for what in times[0]} | {"status": "optimal"}


class Clock:
    """Seconds by the wall, and of the processors in this process and those it started and ended."""

    def __init__(self) -> None:
        self.wall, self.processors = time.perf_counter(), _processor_seconds()

    def read(self) -> dict[str, float]:
        return {"seconds": time.perf_counter() - self.wall, "processors": _processor_seconds() - self.processors}


def _processor_seconds() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


SOLVERS: dict[str, Callable[[Problem], dict[str, Any]]] = {
    "this engine": solved,
    "without components": solved_whole,
    "what-if": asked,
    "solving again": solved,
}

if __name__ == "__main__":
    instance = pickle.loads(Path(sys.argv[2]).read_bytes())  # noqa: S301  # what `engine` has just written
    gc.collect()  # what reading the instance left to do is no part of solving it
    print(json.dumps(SOLVERS[sys.argv[1]](instance)))
