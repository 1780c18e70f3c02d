"""A solve that is watched, stopped, or spread over several workers."""

import contextlib
import copy
import math
import os
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from matching import (
    Infeasible,
    Mentor,
    NothingFound,
    Pair,
    Pin,
    Problem,
    Progress,
    Study,
    check,
    problem_to_json,
    solve,
)
from matching.cli import solve_command
from matching.deadline import Deadline
from matching.lexicographic.worker_processes import Processes, executor_that_pays
from tests.matching.test_against_milp import random_round


def regions(count: int) -> Problem:
    """Rounds that have nothing to do with each other, side by side in one problem."""
    parts = [random_round(seed, 24, 3) for seed in range(count)]
    return Problem(
        tuple(type(one)(f"{at}{one.id}") for at, part in enumerate(parts) for one in part.learners),
        tuple(Mentor(f"{at}{one.id}", one.capacity) for at, part in enumerate(parts) for one in part.mentors),
        tuple(Study(f"{at}{one.id}", one.capacity) for at, part in enumerate(parts) for one in part.studies),
        tuple(
            Pair(f"{at}{one.learner}", f"{at}{one.mentor}", f"{at}{one.study}", one.score, one.rank)
            for at, part in enumerate(parts)
            for one in part.pairs
        ),
        ("placed", "floor", "score", "lottery"),
        "spring",
    )


def test_threads_and_processes_give_the_same_pairs() -> None:
    problem = regions(3)
    alone = solve(problem)
    with ThreadPoolExecutor(2) as threads:
        assert solve(problem, executor=threads).placed == alone.placed
    for processes in (ProcessPoolExecutor(2), Processes(2)):
        with processes:
            spread = solve(problem, executor=processes)
        assert spread.placed == alone.placed
        assert spread.stages == alone.stages
        assert check(problem, spread).proved


def test_its_own_workers_give_the_same_pairs_and_tell_of_every_component() -> None:
    problem = regions(3)
    seen: list[Progress] = []
    spread = solve(problem, jobs=2, progress=seen.append)
    assert spread.placed == solve(problem, jobs=1).placed
    assert check(problem, spread).proved
    assert {told.component for told in seen} == {0, 1, 2}


def test_workers_hear_that_a_stop_is_wished() -> None:
    problem = regions(2)
    with contextlib.suppress(NothingFound):
        solution = solve(problem, jobs=2, cancelled=lambda: True)
        assert solution.status == "stopped"
        assert check(problem, solution).valid


def test_a_clash_in_a_worker_is_the_same_clash() -> None:
    problem = regions(2)
    closed = replace(problem.mentors[0], capacity=0)
    pair = next(pair for pair in problem.pairs if pair.mentor == closed.id)
    clashing = replace(problem, mentors=(closed, *problem.mentors[1:]), pins=(Pin(*pair.key),))
    told = []
    for jobs in (1, 2):
        with pytest.raises(Infeasible) as clash:
            solve(clashing, jobs=jobs)
        told.append((clash.value.clash, clash.value.remedies))
    assert told[0] == told[1]


def test_a_worker_that_dies_is_an_error_and_no_endless_wait() -> None:
    with Processes(1) as workers:
        assert workers.submit(print, "stays out of the answers").result() is None
        with pytest.raises(ZeroDivisionError):
            workers.submit(divmod, 1, 0).result()
        with pytest.raises(BrokenExecutor):
            workers.submit(os._exit, 1).result()


def test_workers_are_begun_only_where_they_save_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.lexicographic.worker_processes._processors", lambda: 4)

    def kind(pairs: list[int], most: int | None) -> str:
        with executor_that_pays(pairs, most) or contextlib.nullcontext() as executor:
            return type(executor).__name__

    assert kind([40_000], None) == "NoneType"
    assert kind([1000] * 12, None) == "NoneType"
    assert kind([10_000_000, 1000], None) == "NoneType"
    assert kind([1_000_000] * 12, 1) == "NoneType"
    assert kind([1000] * 12, 4) == "ThreadPoolExecutor"
    assert kind([25_000] * 12, None) == "ThreadPoolExecutor"
    assert kind([1_000_000] * 12, 2) == "ThreadPoolExecutor"
    assert kind([1_000_000] * 12, None) == "Processes"


def test_a_clock_goes_on_in_another_process() -> None:
    """Copying takes what pickling takes."""
    assert 3000 < copy.copy(Deadline(3600.0)).seconds_left() <= 3600
    assert copy.copy(Deadline()).seconds_left() == math.inf


def test_progress_tells_every_component_and_stage() -> None:
    seen: list[Progress] = []
    solution = solve(regions(2), progress=seen.append)
    assert {told.stage for told in seen} == {"placed", "floor", "score", "lottery"}
    assert {told.component for told in seen} == set(range(len(solution.components)))
    assert all(told.components == len(solution.components) for told in seen)


def test_a_cancelled_solve_keeps_a_valid_choice_and_says_that_it_is_not_proved() -> None:
    problem = regions(2)
    told: list[Progress] = []
    solution = solve(problem, progress=told.append, cancelled=lambda: len(told) > 2)
    assert solution.status == "stopped"
    assert not all(stage.proved for stage in solution.stages)
    report = check(problem, solution)
    assert report.valid, report.errors
    assert not report.proved


def test_a_time_limit_that_leaves_no_time_still_gives_a_bound_or_says_that_nothing_was_found() -> None:
    problem = random_round(1, 300, 3)
    with contextlib.suppress(NothingFound):
        solution = solve(problem, time_limit_seconds=0)
        assert check(problem, solution).valid
        assert solution.status == "stopped"


def test_rpe_solve_stopped_by_its_time_limit_ends_with_4(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "problem.json").write_text(problem_to_json(random_round(1, 300, 3)))
    result = CliRunner().invoke(solve_command, [str(tmp_path / "problem.json"), "--time-limit", "0"])
    assert result.exit_code == 4, result.output


def test_rpe_solve_with_two_jobs_solves_the_same(tmp_path: Path) -> None:
    problem = regions(2)
    (tmp_path / "problem.json").write_text(problem_to_json(problem))
    output = tmp_path / "solution.json"
    result = CliRunner().invoke(solve_command, [str(tmp_path / "problem.json"), "-o", str(output), "--jobs", "2"])
    assert result.exit_code == 0, result.output
    assert output.exists()


def test_a_solve_without_time_still_brings_permitted_pairs_where_limits_are_only_from_above() -> None:
    problem = replace(random_round(1, 300, 3), stages=("score",))
    stopped = solve(problem, time_limit_seconds=0)
    assert stopped.status == "stopped"
    assert stopped.placed
    assert check(problem, stopped).valid
