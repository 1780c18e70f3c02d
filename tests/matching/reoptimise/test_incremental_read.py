"""A changed problem that is read only where it differs is read as if from nothing."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matching import STAGES, BadProblem, Mentor, Opening, Pair, Pin, Problem
from matching.checker.stages import LISTED, SIGNS
from matching.checker.values import Counts
from matching.model.pair_views import ProblemPairs
from matching.model.validation import faults_of
from matching.reoptimise.changes import applied
from matching.reoptimise.incremental_read import IncrementalRead, read
from matching.solution import Value
from tests.matching.reoptimise.test_explanations import changes_of
from tests.matching.small_problems import problems


def told(one: Any) -> Any:
    """What a reading says, with arrays, keys and dataclasses as lists, so that it can be compared."""
    if isinstance(one, np.ndarray):
        return one.tolist()
    if dataclasses.is_dataclass(one):
        return [told(getattr(one, field.name)) for field in dataclasses.fields(one)]
    return one if isinstance(one, str | dict) or not hasattr(one, "__iter__") else [told(part) for part in one]


def all_of(reading: IncrementalRead) -> list[Any]:
    return [told(part) for part in (reading.columns, reading.plan, reading.components)]


def other_changes(problem: Problem) -> Iterator[Problem]:
    """What no change of ours does, but somebody's may."""
    first, *rest = problem.mentors
    yield dataclasses.replace(problem, mentors=(*rest, dataclasses.replace(first, minimum=min(1, first.capacity))))
    yield dataclasses.replace(problem, mentors=(*rest, dataclasses.replace(first, hours=8)))
    yield dataclasses.replace(problem, mentors=(*problem.mentors, Mentor("A", 1)))
    yield dataclasses.replace(problem, openings=(Opening(first.id, problem.studies[0].id, 1),))
    yield dataclasses.replace(problem, stages=("even_load",))
    yield dataclasses.replace(problem, previous=(), pins=())
    yield dataclasses.replace(problem, pairs=problem.pairs[::-1])
    yield dataclasses.replace(problem, pairs=tuple(dataclasses.replace(pair, score=7) for pair in problem.pairs))
    yield dataclasses.replace(problem, learners=problem.learners[:-1])
    yield dataclasses.replace(problem, mentors=(*problem.mentors, first))
    yield dataclasses.replace(problem, mentors=(*rest, Mentor(1, 1)))  # type: ignore[arg-type]
    yield dataclasses.replace(problem, pins=(Pin("nobody", first.id, problem.studies[0].id),))
    yield dataclasses.replace(problem, pairs=(*problem.pairs, Pair("nobody", first.id, problem.studies[0].id)))


@given(problems(stages=STAGES), st.data())
def test_what_differs_is_read_as_if_all_were_read_anew(problem: Problem, data: st.DataObject) -> None:
    before = read(problem)
    changes = data.draw(st.lists(changes_of(problem), min_size=1, max_size=3))
    try:
        changed = applied(problem, changes)
    except BadProblem:  # a place more for a mentor who is gone
        assume(False)
        raise
    changed = data.draw(st.just(changed) | st.sampled_from(list(other_changes(problem))))
    faults = list(faults_of(changed))
    if faults:
        with pytest.raises(BadProblem) as refused:
            before.again(changed)
        assert list(refused.value.errors) == faults
        return
    assert all_of(before.again(changed)) == all_of(read(changed))
    assert all_of(before.again(changed).again(problem)) == all_of(before)


@given(problems(stages=STAGES), st.data())
def test_stages_count_what_check_counts(problem: Problem, data: st.DataObject) -> None:
    chosen = (
        data.draw(st.lists(st.sampled_from(problem.pairs), unique_by=lambda pair: pair.learner))
        if problem.pairs
        else []
    )
    counts = Counts(problem)
    expected: list[Value] = []
    for stage in problem.stages:
        if stage == "floor":
            expected.append(min((pair.score for pair in chosen), default=1000))
        elif stage != "lottery":
            counted = tuple(SIGNS.get(stage, 1) * count.of(chosen) for count in counts.of_stage(stage))
            expected.append(counted if stage in LISTED else counted[0])
    reading = read(problem)
    pairs = ProblemPairs(problem, reading.columns, [pair.key for pair in chosen])
    assert [stage.value(pairs) for stage in reading.plan if not stage.is_open_ended] == expected
