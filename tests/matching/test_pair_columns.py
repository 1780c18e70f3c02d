"""Pairs in columns are the same pairs: to who reads them, to the solver, the checker, the digest and the file."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import (
    BadProblem,
    Learner,
    Mentor,
    Pair,
    PairColumns,
    Pin,
    Problem,
    Study,
    check,
    digest,
    problem_in_pieces,
    problem_to_json,
    read_problem,
    solve,
)

IDS = st.sampled_from(["a", "b", 'ç"', "d d"])
PAIRS = st.lists(
    st.builds(Pair, IDS, IDS, IDS, st.integers(0, 1000), st.none() | st.integers(1, 4), st.integers(0, 3)),
    unique_by=lambda pair: pair.key,
    max_size=12,
).map(tuple)


def problem_of(pairs):
    ids = ["d d", 'ç"', "a", "b"]
    return Problem(
        tuple(map(Learner, ids)),
        tuple(Mentor(one, 1, hours=3) for one in ids),
        tuple(Study(one, 2) for one in ids),
        pairs,
        seed="s",
    )


@settings(max_examples=60)
@given(PAIRS)
def test_they_are_the_same_sequence(pairs):
    columns = PairColumns.of(pairs)
    assert columns == pairs
    assert tuple(columns) == pairs
    assert [columns[at] for at in range(len(columns))] == list(pairs)
    assert columns[1:3] == pairs[1:3]
    assert hash(columns) == hash(pairs)
    assert PairColumns.of(columns) is columns


@settings(max_examples=60)
@given(PAIRS)
def test_digest_file_and_solution_are_the_same(pairs):
    one, other = problem_of(pairs), problem_of(PairColumns.of(pairs))
    assert digest(one) == digest(other)
    assert problem_to_json(one) == problem_to_json(other) == "".join(problem_in_pieces(other))
    assert read_problem(problem_to_json(other)) == one == other
    solution = solve(other)
    assert replace(solution, seconds=0, components=(), certificate={}) == replace(
        solve(one), seconds=0, components=(), certificate={}
    )
    assert check(other, solution).proved


@settings(max_examples=60)
@given(PAIRS, st.data())
def test_pairs_are_left_out_and_added_as_with_a_tuple(pairs, data):
    gone = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    columns = PairColumns.of(pairs)
    kept = columns.without(columns.places_of([*(pair.key for pair in gone), ("nobody", "a", "a")]))
    left = tuple(pair for pair in pairs if pair not in gone)
    assert kept == left
    new = (Pair("new", "a", "newer", 5, 7),)
    assert kept.with_more(new) == left + new
    assert all(kept.has_rank(rank) == any(pair.rank == rank for pair in left) for rank in (None, 1, 2, 9))


def test_ids_that_no_pair_uses_need_not_be_in_the_problem():
    columns = PairColumns.of([Pair("gone", "a", "a"), Pair("a", "a", "a", 9)])
    assert [one.learner for one in solve(problem_of(columns.without([0]))).placed] == ["a"]


@pytest.mark.parametrize(
    ("pairs", "fault"),
    [
        ([Pair("x", "a", "a")], ("pairs[0].learner", "there is no learner 'x'")),
        ([Pair("a", "a", "a", 1001)], ("pairs[0].score", "must be a whole number from 0 to 1000, not 1001")),
        ([Pair("a", "a", "a")] * 2, ("pairs[1]", "the pair a / a / a is there more than once")),
    ],
)
def test_a_fault_is_told_with_its_place(pairs, fault):
    with pytest.raises(BadProblem) as refused:
        solve(problem_of(PairColumns.of(pairs)))
    assert list(refused.value.errors) == [fault]


def test_a_pin_needs_its_pair():
    pinned = replace(problem_of(PairColumns.of([Pair("a", "a", "a")])), pins=(Pin("a", "b", "a"),))
    with pytest.raises(BadProblem, match="to pin"):
        solve(pinned)


@pytest.mark.parametrize(
    "change",
    [{"learner": [1]}, {"learner": [-1]}, {"score": [1, 2]}, {"score": [0.5]}, {"hours": [2**40]}, {"rank": [[1]]}],
)
def test_columns_that_are_none_are_refused(change):
    columns = {name: np.zeros(1, dtype=int) for name in ("learner", "mentor", "study", "score", "rank", "hours")}
    with pytest.raises(ValueError, match="pair"):
        PairColumns(["a"], ["a"], ["a"], **{**columns, **change})
