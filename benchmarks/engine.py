"""Measures the engine beside its peers and writes the table: `python -m benchmarks.engine [--out FILE] [WORK ...]`.

Every measurement runs in a process of its own, one after the other. The peers get an environment of their own, made
on the first run from `benchmarks/peers.txt` in `build/peers`. All maximise the total score (stage `score`), so that
one objective is compared with the same one; the time of ours includes reading the problem's parts into arrays,
its digest, the certificate and the reasons.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.rounds import Round, generate
from matching import STAGES, MorePlaces, Problem, solve, what_if
from matching.component import whole_component
from matching.component_solve import fresh_state, run_stages
from matching.solving import plan_of
from matching.watch import Watch

HERE = Path(__file__).resolve().parent
PEER_ENVIRONMENT = HERE.parent / "build" / "peers"


@dataclass(frozen=True, slots=True)
class Work:
    """A row of the table: what to generate, who takes part, and how long a peer may take."""

    title: str
    plan: Round
    peers: tuple[str, ...]
    seconds: float = 300.0
    seeds: tuple[int, ...] = (1,)
    ours: str = "solve"


SCORE = ("score",)
WORKS = {
    "1k": Work("three-way, 1,000 learners by region", Round(1000, 25, stages=SCORE), ("milp", "cp_sat")),
    "5k": Work("three-way, 5,000 learners by region", Round(5000, 30, stages=SCORE), ("milp", "cp_sat"), 400.0),
    "5kx": Work(
        "three-way, 5,000 learners, 15 % across regions",
        Round(5000, 25, across=0.15, stages=SCORE),
        ("milp",),
        300.0,
        (1, 2, 3, 4, 5),
    ),
    "20k": Work("three-way, 20,000 learners by region", Round(20_000, 38, stages=SCORE), ()),
    "20k-whole": Work("the same, as one component", Round(20_000, 38, stages=SCORE), (), ours="whole"),
    "100k": Work(
        "two-sided, 100,000 learners with 20 pairs",
        Round(100_000, 20, regions=1, studies_of_a_mentor=1, studies_bind=False, stages=SCORE),
        ("sparse_matching", "min_cost_flow", "lapx"),
        600.0,
    ),
    "300": Work("typical round, 300 learners, all stages", Round(300, 15, stages=STAGES), ()),
    "300-what-if": Work("one what-if in it", Round(300, 15, stages=STAGES), (), ours="what_if"),
    "200-peer": Work("student allocation, 200 learners", Round(200, 15, stages=SCORE), ("student_allocation",)),
}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("work", nargs="*", choices=[*WORKS, []], help="rows to measure; all when none is named")
    asked.add_argument("--out", type=Path, help="write the table here as well")
    asked.add_argument("--without-peers", action="store_true")
    asked.add_argument("--one", nargs=2, metavar=("WORK", "SEED"), help=argparse.SUPPRESS)
    told = asked.parse_args()
    if told.one:
        print(json.dumps(_measure_ours(WORKS[told.one[0]], int(told.one[1]))))
        return
    lines = [f"{os.cpu_count()} cores.", "", "| work | solver | seconds | value | proved | memory |", "|---" * 6 + "|"]
    print("\n".join(lines))
    for name in told.work or WORKS:
        for seed in WORKS[name].seeds:
            for line in _rows(name, seed, with_peers=not told.without_peers):
                print(line, flush=True)
                lines.append(line)
    if told.out:
        told.out.write_text("\n".join(lines) + "\n")


def _rows(name: str, seed: int, *, with_peers: bool) -> list[str]:
    work = WORKS[name]
    title = work.title + (f", seed {seed}" if len(work.seeds) > 1 else "")
    ours = _run([sys.executable, "-m", "benchmarks.engine", "--one", name, str(seed)], 3600)
    rows = [_row(title, "this engine", ours)]
    if with_peers and work.peers:
        with tempfile.TemporaryDirectory() as folder:
            instance = Path(folder) / "instance.npz"
            _save(generate(replace(work.plan, seed=seed)), instance)
            for peer in work.peers:
                command = [str(_peer_python()), str(HERE / "peers.py"), peer, str(instance), str(work.seconds)]
                rows.append(_row(title, peer, _run(command, work.seconds * 1.5)))
    return rows


def _row(title: str, solver: str, result: dict[str, Any]) -> str:
    memory = f"{result['megabytes']} MB" if result.get("megabytes") else ""
    cells = [title, solver, result.get("seconds"), result.get("value"), result.get("proved"), memory]
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(cell: object) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.2f}"
    return "" if cell is None else f"{cell:,}" if isinstance(cell, int) else str(cell)


def _run(command: list[str], seconds: float) -> dict[str, Any]:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, cwd=HERE.parent, check=True)
    except subprocess.TimeoutExpired:
        return {"seconds": f"over {seconds:.0f}", "proved": False}
    except subprocess.CalledProcessError as failed:
        return {"seconds": "failed: " + failed.stderr.strip().splitlines()[-1][:80]}
    result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def _measure_ours(work: Work, seed: int) -> dict[str, Any]:
    import resource

    problem = generate(replace(work.plan, seed=seed))
    before = solve(problem) if work.ours == "what_if" else None
    began = time.perf_counter()
    proved = True
    value: object = None
    if work.ours == "what_if" and before is not None:
        what_if(problem, before, MorePlaces("mentor", before.placed[0].mentor))
    elif work.ours == "whole":
        state = fresh_state(whole_component(problem))
        run_stages(state, plan_of(problem), range(len(problem.stages)), Watch())
        proved, value = not state.unproved, state.records[0].value
    else:
        solution = solve(problem)
        proved = solution.status == "optimal"
        value = solution.stages[0].value if len(solution.stages) == 1 else None
    seconds = time.perf_counter() - began
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"seconds": seconds, "value": value, "proved": proved, "megabytes": megabytes}


def _save(problem: Problem, path: Path) -> None:
    mentors = {one.id: at for at, one in enumerate(problem.mentors)}
    studies = {one.id: at for at, one in enumerate(problem.studies)}
    learners = {one.id: at for at, one in enumerate(problem.learners)}
    np.savez(
        path,
        learner=np.array([learners[pair.learner] for pair in problem.pairs]),
        mentor=np.array([mentors[pair.mentor] for pair in problem.pairs]),
        study=np.array([studies[pair.study] for pair in problem.pairs]),
        score=np.array([pair.score for pair in problem.pairs]),
        mentor_places=np.array([one.capacity for one in problem.mentors]),
        study_places=np.array([one.capacity for one in problem.studies]),
    )


def _peer_python() -> Path:
    python = PEER_ENVIRONMENT / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEER_ENVIRONMENT)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "-r", str(HERE / "peers.txt")], check=True)
    return python


if __name__ == "__main__":
    main()
