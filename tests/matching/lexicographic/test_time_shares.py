"""How components share the time of a solve that is limited: by a clock that only moves when a component works."""

import math
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from matching import Infeasible, Mentor, NothingFound, Problem, solve
from matching.deadline import Deadline
from matching.lexicographic.parallel import run_components
from matching.lexicographic.state import ComponentState, fresh_state
from matching.model.components import components_of
from matching.model.objectives.registered import Plan
from matching.model.objectives.score import Score
from tests.matching.lexicographic.test_running import regions

PLAN: Plan = (Score((1,), "spring"),)


@dataclass
class World:
    """Components that take some seconds each, and what each was given, turn by turn."""

    monkeypatch: pytest.MonkeyPatch
    needs: list[float]
    now: float = 1000.0

    def __post_init__(self) -> None:
        self.given: list[tuple[int, float]] = []
        self.begun_with: list[bool] = []
        clock = SimpleNamespace(monotonic=lambda: self.now, time=lambda: self.now)
        self.monkeypatch.setattr("matching.deadline.time", clock)
        self.monkeypatch.setattr("matching.lexicographic.parallel.run_stages", self.work)
        self.states = [fresh_state(component) for component in components_of(regions(len(self.needs)))]
        self.number = {state.component.learners[0]: at for at, state in enumerate(self.states)}

    def work(self, state: ComponentState, plan: Plan, positions: range, deadline: Deadline) -> ComponentState:
        at = self.number[state.component.learners[0]]
        deadline.begin()
        left = deadline.seconds_left()
        self.given.append((at, left))
        self.begun_with.append(state.incumbent is not None)
        self.now += min(left, self.needs[at])
        if left < 0.1 * self.needs[at]:
            raise NothingFound("too early")
        state.incumbent, state.unproved = np.zeros(0, dtype=np.int64), left < self.needs[at]
        return state

    def run(self, seconds: float | None, executor: Executor | None = None) -> list[bool]:
        """Which components were proved."""
        deadlines = [Deadline(seconds) for _ in self.states]
        return [not state.unproved for state in run_components(self.states, PLAN, range(1), deadlines, executor)]


class AtOnce(Executor):
    """Does what is submitted at once, and does not say how many workers it has."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def test_a_hard_component_does_not_take_the_time_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    for executor in (None, AtOnce()):
        world = World(monkeypatch, [150.0, 1.0, 1.0, 1.0])
        assert world.run(40.0, executor) == [False, True, True, True]
        assert 1020.0 < world.now < 1040.1, "and what they do not need is used"


def test_what_others_leave_is_enough_for_a_hard_one(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(monkeypatch, [30.0, 1.0, 1.0, 1.0])
    world.states = [world.states[at] for at in (1, 2, 3, 0)]
    assert world.run(60.0) == [True] * 4


def test_another_turn_begins_with_what_the_first_has_found(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(monkeypatch, [25.0, 1.0, 1.0, 1.0])
    assert world.run(40.0, AtOnce()) == [True] * 4
    turns = [begun for (at, _), begun in zip(world.given, world.begun_with, strict=True) if at == 0]
    assert turns == [False, True]


def test_nothing_found_in_a_share_is_nothing_found_only_when_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    assert World(monkeypatch, [200.0, 1.0, 1.0, 1.0]).run(40.0, AtOnce()) == [False, True, True, True]
    with pytest.raises(NothingFound):
        World(monkeypatch, [500.0, 1.0, 1.0, 1.0]).run(40.0, AtOnce())


def test_without_a_limit_everyone_has_all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(monkeypatch, [1000.0, 1.0])
    assert world.run(None) == [True, True]
    assert {seconds for _, seconds in world.given} == {math.inf}


def test_a_stop_that_is_wished_is_no_reason_for_another_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(monkeypatch, [0.0, 0.0])
    deadlines = [Deadline(40.0, lambda: True) for _ in world.states]
    run_components(world.states, PLAN, range(1), deadlines)
    assert len(world.given) == 2


def test_a_clash_in_any_component_is_told_whatever_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = regions(2)
    mentors = tuple(Mentor(one.id, 1, 1) for one in problem.mentors)
    crowded: Problem = replace(problem, mentors=mentors, pairs=problem.pairs[:1])
    for seconds in (None, 60.0):
        with pytest.raises(Infeasible):
            solve(crowded, time_limit_seconds=seconds)
