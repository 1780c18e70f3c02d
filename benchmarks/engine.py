"""Measures the engine beside its rivals and writes the table: `python -m benchmarks.engine [--out FILE] [WORK ...]`.

Every measurement runs in a process of its own, one after the other, this engine before each of its rivals. The peers
get an environment of their own, made on the first run from `benchmarks/peers.txt` in `build/peers`. All maximise the
total score (stage `score`), so that the same objective is compared. Where two proved optima differ, or this engine
leaves something unproved, the exit status is 1.
"""

from __future__ import annotations

import argparse
import json
import pickle
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import table
from benchmarks.memory import megabytes_of
from benchmarks.ours import SOLVERS
from benchmarks.rounds import generate
from benchmarks.works import WORKS, Work
from matching import Problem

HERE = Path(__file__).resolve().parent
PEERS = str(HERE / "peers.py")
PEER_ENVIRONMENT = HERE.parent / "build" / "peers"
OURS_SECONDS = 1800.0
GRACE_SECONDS = 30.0

Measured = dict[str, Any]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("work", nargs="*", choices=[*WORKS, []], help="rows to measure; all when none is named")
    asked.add_argument("--out", type=Path, help="put the table between the marks in this file")
    asked.add_argument("--without-peers", action="store_true")
    asked.add_argument("--prepare", nargs=3, metavar=("WORK", "SEED", "FOLDER"), help=argparse.SUPPRESS)
    told = asked.parse_args()
    if told.prepare:
        prepare(told.prepare[0], int(told.prepare[1]), Path(told.prepare[2]))
        return
    works = [WORKS[name] for name in told.work or WORKS]
    versions = {} if told.without_peers else json.loads(_output([str(_peer_python()), PEERS, "versions"]))
    lines = list(table.head(versions))
    print("\n".join(lines), flush=True)
    wrong: list[str] = []
    for work in works:
        found = measure(work, with_peers=not told.without_peers)
        rows = table.rows(work, found)
        print("\n".join(rows), flush=True)
        lines += rows
        wrong += table.complaints(work, found)
    if told.out:
        table.put_between_marks(told.out, lines)
    if wrong:
        sys.exit("\n".join(wrong))


def measure(work: Work, *, with_peers: bool) -> dict[str, dict[int, list[Measured]]]:
    """What came of every measurement: solver -> seed -> one after the other."""
    found: dict[str, dict[int, list[Measured]]] = defaultdict(lambda: defaultdict(list))
    for at, seed in enumerate(work.seeds):
        with tempfile.TemporaryDirectory() as folder:
            _output([sys.executable, "-m", "benchmarks.engine", "--prepare", _name(work), str(seed), folder])
            rivals = [rival for rival in work.rivals if with_peers or rival in SOLVERS] if at < work.rival_seeds else []
            turns = [solver for rival in rivals for solver in (work.ours, rival)] or [work.ours]
            for solver in turns:
                found[solver][seed].append(_run(*_command(work, solver, Path(folder))))
    return found


def _name(work: Work) -> str:
    return next(name for name, one in WORKS.items() if one is work)


def _command(work: Work, solver: str, folder: Path) -> tuple[list[str], float]:
    """What to run, and the seconds after which it is ended."""
    if solver in SOLVERS:
        return [sys.executable, "-m", "benchmarks.ours", solver, str(folder / "problem.pickle")], OURS_SECONDS
    command = [str(_peer_python()), PEERS, solver, str(folder / "pairs.npz"), str(work.seconds)]
    return command, work.seconds + GRACE_SECONDS


def _run(command: list[str], seconds: float) -> Measured:
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=HERE.parent
    ) as running:
        megabytes = megabytes_of(running, seconds)
        if megabytes is None:
            running.kill()
            return {"status": "stopped", "value": None}
        output, complaint = running.communicate()
    if running.returncode:
        return {"status": "failed: " + (complaint.strip().splitlines() or ["no reason given"])[-1][:80], "value": None}
    result: Measured = json.loads(output.strip().splitlines()[-1])
    return {"value": None, "megabytes": megabytes, **result}


def _output(command: list[str]) -> str:
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=HERE.parent, check=True).stdout


def prepare(name: str, seed: int, folder: Path) -> None:
    """Write an instance for both environments; in a process of its own, so that the measuring one stays small."""
    problem = generate(replace(WORKS[name].plan, seed=seed))
    (folder / "problem.pickle").write_bytes(pickle.dumps(problem))
    arrays: dict[str, Any] = as_arrays(problem)
    np.savez(folder / "pairs.npz", **arrays)


def as_arrays(problem: Problem) -> dict[str, np.ndarray]:
    """The instance as the peers read it."""
    learners = {one.id: at for at, one in enumerate(problem.learners)}
    mentors = {one.id: at for at, one in enumerate(problem.mentors)}
    studies = {one.id: at for at, one in enumerate(problem.studies)}
    return {
        "learner": np.array([learners[pair.learner] for pair in problem.pairs]),
        "mentor": np.array([mentors[pair.mentor] for pair in problem.pairs]),
        "study": np.array([studies[pair.study] for pair in problem.pairs]),
        "score": np.array([pair.score for pair in problem.pairs]),
        "mentor_places": np.array([one.capacity for one in problem.mentors]),
        "study_places": np.array([one.capacity for one in problem.studies]),
    }


def _peer_python() -> Path:
    """The peers' interpreter; their environment is made again when what it holds has changed."""
    python, wanted = PEER_ENVIRONMENT / "bin" / "python", (HERE / "peers.txt").read_text()
    installed = PEER_ENVIRONMENT / "installed.txt"
    if not (installed.exists() and installed.read_text() == wanted):
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(PEER_ENVIRONMENT)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "-r", str(HERE / "peers.txt")], check=True)
        installed.write_text(wanted)
    return python


if __name__ == "__main__":
    main()
