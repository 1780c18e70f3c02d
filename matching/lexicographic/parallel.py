"""Takes components through stages, one after the other or in an executor; under a time limit each has its share."""

from __future__ import annotations

import math
import tempfile
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import replace
from pathlib import Path

from matching.deadline import Deadline
from matching.errors import NothingFound
from matching.lexicographic.component import run_stages
from matching.lexicographic.state import ComponentState
from matching.model.objectives.registered import Plan

SECONDS_BETWEEN_LOOKS = 0.2

States = dict[int, ComponentState]  # by the position of their component
Result = tuple[ComponentState | NothingFound, float]  # with the seconds that were given


def run_components(
    states: list[ComponentState],
    plan: Plan,
    positions: range,
    deadlines: list[Deadline],
    executor: Executor | None = None,
) -> list[ComponentState]:
    """Run all components through the stages at these positions, none of which is a `Bottleneck`.

    Time is shared out by the number of pairs, and what some leave of their share goes to those after them. What is
    left in the end is shared out again among those that were stopped, as long as that is at least twice what they had:
    a hard component does not take the others' time, and may use what they do not need.

    Raises `ComponentInfeasible`, `NothingFound` when the time was over before a choice was known, and whatever a worker
    of the executor ends with.
    """
    results: dict[int, Result] = {}
    waiting = list(range(len(states)))
    while waiting:
        batch = {at: _beginning(states[at], results.get(at)) for at in waiting}
        if executor is None:
            results |= _one_by_one(batch, plan, positions, deadlines)
        else:
            results |= _side_by_side(batch, plan, positions, deadlines, executor)
        stopped = {at: state for at, state in batch.items() if _is_stopped(results[at])}
        shares = _shares(stopped, deadlines[0].seconds_left())
        waiting = [at for at in stopped if 0 < shares[at] < math.inf and shares[at] >= 2 * results[at][1]]
    return [_state_of(results[at]) for at in range(len(states))]


def _beginning(state: ComponentState, before: Result | None) -> ComponentState:
    """A copy to work on, with the incumbent of the time before."""
    known = before[0] if before is not None and isinstance(before[0], ComponentState) else state
    return replace(state, records=[*state.records], incumbent=known.incumbent, seconds=known.seconds)


def _is_stopped(result: Result) -> bool:
    return isinstance(result[0], NothingFound) or result[0].unproved


def _state_of(result: Result) -> ComponentState:
    if isinstance(result[0], NothingFound):
        raise result[0]
    return result[0]


def _weight(state: ComponentState) -> int:
    return 1 + len(state.component.pair_keys)


def _shares(states: States, seconds: float) -> dict[int, float]:
    whole = sum(map(_weight, states.values()))
    return {at: seconds * _weight(state) / whole for at, state in states.items()}


def _run(state: ComponentState, plan: Plan, positions: range, deadline: Deadline) -> ComponentState | NothingFound:
    try:
        return run_stages(state, plan, positions, deadline)
    except NothingFound as nothing:
        return nothing


def _one_by_one(batch: States, plan: Plan, positions: range, deadlines: list[Deadline]) -> dict[int, Result]:
    """Small components first: they are likely to leave time to the others."""
    results: dict[int, Result] = {}
    weight_left = sum(map(_weight, batch.values()))
    for at in sorted(batch, key=lambda at: _weight(batch[at])):
        share = deadlines[at].seconds_left() * _weight(batch[at]) / weight_left
        weight_left -= _weight(batch[at])
        results[at] = _run(batch[at], plan, positions, deadlines[at].for_a_share(share)), share
    return results


def _side_by_side(
    batch: States, plan: Plan, positions: range, deadlines: list[Deadline], executor: Executor
) -> dict[int, Result]:
    """Large components first, so that no worker is left with one at the end."""
    seconds = deadlines[0].seconds_left()
    shares = {at: min(share, seconds) for at, share in _shares(batch, seconds * _workers_of(executor)).items()}
    with tempfile.TemporaryDirectory() as folder:
        sign = Path(folder) / "stop"
        if deadlines[0].is_stop_wished():  # before a quick worker could be done
            sign.touch()
        theirs = {at: deadlines[at].for_elsewhere(sign).for_a_share(share) for at, share in shares.items()}
        order = sorted(batch, key=lambda at: -_weight(batch[at]))
        futures = {at: executor.submit(_run, batch[at], plan, positions, theirs[at]) for at in order}
        try:
            _wait_for(futures, plan[positions[-1]].name, deadlines, sign)
        except BaseException:
            sign.touch()
            raise
        return {at: (future.result(), shares[at]) for at, future in futures.items()}


def _workers_of(executor: Executor) -> int:
    """Executors need not say how many workers they have; those of the standard library know it by this name."""
    return int(getattr(executor, "_max_workers", 1))


def _wait_for(
    futures: dict[int, Future[ComponentState | NothingFound]], stage: str, deadlines: list[Deadline], sign: Path
) -> None:
    """Tell of each component that is done, and put up the sign when a stop is wished."""
    told: set[int] = set()
    while len(told) < len(futures):
        if deadlines[0].is_stop_wished():
            sign.touch()
        wait([future for at, future in futures.items() if at not in told], SECONDS_BETWEEN_LOOKS, FIRST_COMPLETED)
        for at in [at for at, future in futures.items() if future.done() and at not in told]:
            told.add(at)
            deadlines[at].stage = stage
            deadlines[at].tell()
