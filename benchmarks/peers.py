"""Runs one peer on one instance, in the peers' own environment: `python peers.py NAME INSTANCE.npz SECONDS`.

An instance holds `learner`, `mentor`, `study`, `score` for each pair and `mentor_places`, `study_places`. A peer prints
{"value": total score, "status": "optimal", "stopped" or "stable", "seconds": ..., "processors": ...}; the time includes
building its model. `python peers.py versions` prints what is installed. This file imports nothing of ours.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import numpy as np

Answer = tuple[int | None, str]
OPTIMAL, STOPPED, STABLE = "optimal", "stopped", "stable"
PACKAGES = ("numpy", "scipy", "ortools", "lapx", "matching", "algmatch")


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
    return (None if found.x is None else round(-found.fun)), OPTIMAL if found.status == 0 else STOPPED


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
    return round(solver.objective_value), OPTIMAL if status == cp_model.OPTIMAL else STOPPED


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
    return round(2000 * learners - matrix[found].sum()), OPTIMAL


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
    return -flow.optimal_cost(), OPTIMAL if status == flow.OPTIMAL else STOPPED


def linear_assignment(data: Any, seconds: float) -> Answer:
    """OR-Tools `linear_sum_assignment` (two-sided instances only)."""
    from ortools.graph.python import linear_sum_assignment

    row, column, cost, learners = _square(data)
    assignment = linear_sum_assignment.SimpleLinearSumAssignment()
    assignment.add_arcs_with_cost(row, column, cost)
    status = assignment.solve()
    return 2000 * learners - assignment.optimal_cost(), OPTIMAL if status == assignment.OPTIMAL else STOPPED


def lapx(data: Any, seconds: float) -> Answer:
    """lapx's sparse solver LAPMOD (two-sided instances only)."""
    import lap  # type: ignore[import-not-found]

    row, column, cost, learners = _square(data)
    order = np.lexsort((column, row))
    starts = np.searchsorted(row[order], np.arange(int(row.max()) + 2))
    found = lap.lapmod(len(starts) - 1, cost[order].astype(float), starts, column[order])
    return round(2000 * learners - found[0]), OPTIMAL


def _square(data: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Row, column and cost of an assignment in which everybody has a partner, and the number of learners.

    A learner's private column is "not placed" at cost 2000; each place has a row of its own that takes the place, or
    what the learner who has it left free, at no cost.
    """
    learner, slot, score, slots = _slots(data)
    learners = int(learner.max()) + 1
    everyone, places = np.arange(learners), np.arange(slots)
    row = np.concatenate([learner, everyone, learners + places, learners + slot])
    column = np.concatenate([slot, slots + everyone, places, slots + learner])
    cost = np.concatenate([2000 - score, np.full(learners, 2000), np.zeros(slots + len(slot), dtype=int)])
    return row, column, cost, learners


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


def matching(data: Any, seconds: float) -> Answer:
    """`matching`, student-project allocation: stable, not optimal."""
    from matching.games import StudentAllocation  # type: ignore[import-untyped]

    wishes = _Wishes(data)
    game = StudentAllocation.create_from_dictionaries(
        {student: list(map(str, projects)) for student, projects in wishes.of_student.items()},
        {f"mentor {mentor}": students for mentor, students in wishes.of_mentor.items()},
        {str(project): f"mentor {mentor}" for project, mentor in wishes.mentor_of.items()},
        {str(project): places for project, places in wishes.project_places.items()},
        {f"mentor {mentor}": places for mentor, places in wishes.mentor_places.items()},
    )
    found = game.solve()
    pairs = [(student.name, int(project.name)) for project, students in found.items() for student in students]
    return wishes.score(pairs), STABLE


def algmatch(data: Any, seconds: float) -> Answer:
    """`algmatch`, student-project allocation, best for the students: stable, not optimal."""
    from algmatch import StudentProjectAllocation  # type: ignore[import-not-found]

    wishes = _Wishes(data)
    projects = {
        project: {"capacity": wishes.project_places[project], "lecturer": mentor}
        for project, mentor in wishes.mentor_of.items()
    }
    lecturers = {
        mentor: {"capacity": wishes.mentor_places[mentor], "preferences": students}
        for mentor, students in wishes.of_mentor.items()
    }
    instance = {"students": wishes.of_student, "projects": projects, "lecturers": lecturers}
    found = StudentProjectAllocation(dictionary=instance, optimised_side="students").get_stable_matching()
    pairs = [(int(student[1:]), int(project[1:])) for student, project in found["student_sided"].items() if project]
    return wishes.score(pairs), STABLE


class _Wishes:
    """An instance in which every study has one mentor, as rankings by score on both sides; ties by number."""

    def __init__(self, data: Any) -> None:
        learner, mentor, study, score = (data[name].tolist() for name in ("learner", "mentor", "study", "score"))
        self.scores = dict(zip(zip(learner, study, strict=True), score, strict=True))
        self.mentor_of = dict(zip(study, mentor, strict=True))
        self.of_student: dict[int, list[int]] = {who: [] for who in learner}
        self.of_mentor: dict[int, list[int]] = {host: [] for host in mentor}
        for (who, project), _ in sorted(self.scores.items(), key=lambda one: (-one[1], one[0])):
            self.of_student[who].append(project)
            students = self.of_mentor[self.mentor_of[project]]
            students += [] if who in students else [who]
        # A supervisor may not have more places than her projects together, nor fewer than the largest of them.
        places = {project: int(data["study_places"][project]) for project in self.mentor_of}
        limit = {host: int(data["mentor_places"][host]) for host in self.of_mentor}
        self.project_places = {project: min(places[project], limit[self.mentor_of[project]]) for project in places}
        together = dict.fromkeys(limit, 0)
        for project, host in self.mentor_of.items():
            together[host] += self.project_places[project]
        self.mentor_places = {host: min(limit[host], together[host]) for host in limit}

    def score(self, pairs: list[tuple[int, int]]) -> int:
        return sum(self.scores[pair] for pair in pairs)


PEERS: dict[str, Callable[[Any, float], Answer]] = {
    "milp": milp,
    "CP-SAT": cp_sat,
    "SciPy sparse matching": sparse_matching,
    "OR-Tools min-cost flow": min_cost_flow,
    "OR-Tools linear assignment": linear_assignment,
    "lapx": lapx,
    "matching": matching,
    "algmatch": algmatch,
}


def main() -> None:
    if sys.argv[1:] == ["versions"]:
        print(json.dumps({package: version(package) for package in PACKAGES}))
        return
    peer, path, seconds = sys.argv[1:]
    instance = dict(np.load(path))
    gc.collect()  # as for this engine
    began, used = time.perf_counter(), time.process_time()
    value, status = PEERS[peer](instance, float(seconds))
    times = {"seconds": time.perf_counter() - began, "processors": time.process_time() - used}
    print(json.dumps({"value": value, "status": status, **times}))


if __name__ == "__main__":
    main()
