"""Runs one peer on one instance, in the peers' own environment: `python peers.py NAME INSTANCE.npz SECONDS`.

An instance holds `learner`, `mentor`, `study`, `score` for each pair and `mentor_places`, `study_places`; every peer
maximises the total score and prints {"value": ..., "proved": ..., "seconds": ...}. It imports nothing of ours.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

Answer = tuple[int | None, bool]


def milp(data: Any, seconds: float) -> Answer:
    """Plain `scipy.optimize.milp`."""
    from scipy.optimize import LinearConstraint, milp
    from scipy.sparse import csr_array

    count, blocks = len(data["score"]), [data["learner"], data["mentor"], data["study"]]
    limits = np.concatenate([np.ones(blocks[0].max() + 1), data["mentor_places"], data["study_places"]])
    starts = np.cumsum([0, blocks[0].max() + 1, len(data["mentor_places"])])
    rows = np.concatenate([block + start for block, start in zip(blocks, starts, strict=True)])
    matrix = csr_array((np.ones(3 * count), (rows, np.tile(np.arange(count), 3))), shape=(len(limits), count))
    found = milp(
        -data["score"].astype(float),
        integrality=np.ones(count),
        bounds=(0, 1),
        constraints=LinearConstraint(matrix, -np.inf, limits),
        options={"mip_rel_gap": 0.0, "time_limit": seconds},
    )
    return (None if found.x is None else round(-found.fun)), found.status == 0


def cp_sat(data: Any, seconds: float) -> Answer:
    """OR-Tools CP-SAT with two workers."""
    from ortools.sat.python import cp_model  # type: ignore[import-not-found]

    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in data["score"]]
    ones = np.ones(data["learner"].max() + 1, dtype=int)
    for block, limits in (("learner", ones), ("mentor", data["mentor_places"]), ("study", data["study_places"])):
        members: list[list[Any]] = [[] for _ in limits]
        for at, host in enumerate(data[block].tolist()):
            members[host].append(chosen[at])
        for host, limit in enumerate(limits.tolist()):
            model.add(sum(members[host]) <= limit)
    model.maximize(sum(int(score) * one for score, one in zip(data["score"], chosen, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = seconds, 2
    status = solver.solve(model)
    return round(solver.objective_value), status == cp_model.OPTIMAL


def sparse_matching(data: Any, seconds: float) -> Answer:
    """SciPy's `min_weight_full_bipartite_matching`, mentors' places as columns (two-sided instances only)."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    learner, slot, score, slots = _slots(data)
    learners = int(learner.max()) + 1
    rows = np.concatenate([learner, np.arange(learners)])
    columns = np.concatenate([slot, slots + np.arange(learners)])
    cost = np.concatenate([2000.0 - score, np.full(learners, 2000.0)])
    matrix = csr_array((cost, (rows, columns)), shape=(learners, slots + learners))
    found = min_weight_full_bipartite_matching(matrix)
    return round(2000 * learners - matrix[found].sum()), True


def min_cost_flow(data: Any, seconds: float) -> Answer:
    """OR-Tools minimum-cost flow (two-sided instances only)."""
    from ortools.graph.python import min_cost_flow  # type: ignore[import-not-found]

    learner, mentor, score = data["learner"], data["mentor"], data["score"]
    learners, mentors = int(learner.max()) + 1, len(data["mentor_places"])
    flow = min_cost_flow.SimpleMinCostFlow()
    sink = learners + mentors
    flow.add_arcs_with_capacity_and_unit_cost(learner, learners + mentor, np.ones_like(learner), -score)
    everyone = np.arange(learners)
    flow.add_arcs_with_capacity_and_unit_cost(everyone, np.full(learners, sink), everyone * 0 + 1, everyone * 0)
    hosts = np.arange(mentors)
    places = data["mentor_places"]
    flow.add_arcs_with_capacity_and_unit_cost(learners + hosts, np.full(mentors, sink), places, hosts * 0)
    flow.set_nodes_supplies(np.append(everyone, sink), np.append(everyone * 0 + 1, -learners))
    status = flow.solve()
    return -flow.optimal_cost(), status == flow.OPTIMAL


def lapx(data: Any, seconds: float) -> Answer:
    """lapx's sparse solver LAPMOD (two-sided instances only)."""
    import lap  # type: ignore[import-not-found]

    learner, slot, score, slots = _slots(data)
    learners = int(learner.max()) + 1
    size = learners + slots
    rows = np.concatenate([learner, np.arange(learners), np.arange(learners, size), learners + slot])
    columns = np.concatenate([slot, slots + np.arange(learners), np.arange(slots), slots + learner])
    cost = np.concatenate([2000.0 - score, np.full(learners, 2000.0), np.zeros(slots + len(slot))])
    order = np.lexsort((columns, rows))
    starts = np.searchsorted(rows[order], np.arange(size + 1))
    found = lap.lapmod(size, cost[order], starts, columns[order])
    return round(2000 * learners - found[0]), True


def _slots(data: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Pairs once for each place of their mentor, whose studies must not limit further."""
    places = data["mentor_places"]
    start = np.concatenate([[0], np.cumsum(places)])
    times = places[data["mentor"]]
    nth = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    return (
        np.repeat(data["learner"], times),
        np.repeat(start[data["mentor"]], times) + nth,
        np.repeat(data["score"], times),
        int(start[-1]),
    )


def student_allocation(data: Any, seconds: float) -> Answer:
    """`matching` 1.4.3, student-project allocation: stable, not optimal; told for its time only."""
    from matching.games import StudentAllocation  # type: ignore[import-untyped]

    chance = np.random.default_rng(1)
    students: dict[str, list[str]] = {}
    supervisor_of: dict[str, str] = {}
    wanted: dict[str, set[str]] = {}
    for learner, mentor, study in zip(data["learner"], data["mentor"], data["study"], strict=True):
        supervisor_of[f"S{study}"] = supervisor_of.get(f"S{study}", f"M{mentor}")
        students.setdefault(f"L{learner}", [])
        if f"S{study}" not in students[f"L{learner}"]:
            students[f"L{learner}"].append(f"S{study}")
    for student, projects in students.items():
        for project in projects:
            wanted.setdefault(supervisor_of[project], set()).add(student)
    order = {mentor: list(chance.permutation(sorted(ones))) for mentor, ones in wanted.items()}
    limits = {project: int(data["study_places"][int(project[1:])]) for project in supervisor_of}
    game = StudentAllocation.create_from_dictionaries(
        students, order, supervisor_of, limits, {mentor: len(ones) for mentor, ones in wanted.items()}
    )
    game.solve()
    return None, True


PEERS: dict[str, Callable[[Any, float], Answer]] = {
    "milp": milp,
    "cp_sat": cp_sat,
    "sparse_matching": sparse_matching,
    "min_cost_flow": min_cost_flow,
    "lapx": lapx,
    "student_allocation": student_allocation,
}

if __name__ == "__main__":
    instance = dict(np.load(sys.argv[2]))
    began = time.perf_counter()
    value, proved = PEERS[sys.argv[1]](instance, float(sys.argv[3]))
    print(json.dumps({"value": value, "proved": bool(proved), "seconds": time.perf_counter() - began}))
