"""What clashes is named in the words of whoever can edit it, and what resolves it does."""

import dataclasses
from typing import Any

import pytest
from hypothesis import given

from matching import ClashItem, Infeasible, Learner, LimitKind, Mentor, Opening, Pair, Pin, Problem, Study, solve
from matching.files.wording import item_in_words, remedy_in_words
from tests.matching.small_problems import best_by_brute_force, problems


def clash_of(problem: Problem) -> Infeasible:
    with pytest.raises(Infeasible) as clash:
        solve(problem)
    return clash.value


def round_with(**changes: object) -> Problem:
    pairs = tuple(Pair(f"L{at}", "M1", "S1", 500, hours=30) for at in (1, 2, 3))
    problem = Problem(tuple(Learner(f"L{at}") for at in (1, 2, 3)), (Mentor("M1", 3),), (Study("S1", 3),), pairs)
    return dataclasses.replace(problem, **changes)  # type: ignore[arg-type]


def test_pins_beyond_a_capacity() -> None:
    pins = (Pin("L1", "M1", "S1", "asked first"), Pin("L2", "M1", "S1"))
    clash = clash_of(round_with(mentors=(Mentor("M1", 1),), pins=pins))
    assert [item_in_words(item) for item in clash.clash] == [
        "L1 is pinned to M1 on S1 (asked first)",
        "L2 is pinned to M1 on S1",
        "mentor M1 takes at most 1 learner",
    ]
    assert list(map(remedy_in_words, clash.remedies)) == [
        "Remove the pin of L1 to M1 on S1.",
        "Remove the pin of L2 to M1 on S1.",
        "Let mentor M1 take 2 learners instead of 1.",
    ]


def test_pins_beyond_a_budget_of_hours() -> None:
    pins = (Pin("L1", "M1", "S1"), Pin("L2", "M1", "S1"))
    clash = clash_of(round_with(mentors=(Mentor("M1", 3, hours=50),), pins=pins))
    assert {item.kind for item in clash.clash} == {"pin", "hours"}
    assert "Give mentor M1 60 hours instead of 50." in map(remedy_in_words, clash.remedies)


def test_a_minimum_that_nobody_can_fill() -> None:
    clash = clash_of(round_with(studies=(Study("S1", 3), Study("S2", 2, minimum=1))))
    assert clash.clash == (ClashItem(LimitKind.MINIMUM, ("study", "S2"), 1),)
    assert item_in_words(clash.clash[0]) == "study S2 must have at least 1 learner"
    assert list(map(remedy_in_words, clash.remedies)) == ["Let study S2 do without a minimum."]


def test_a_minimum_against_an_opening() -> None:
    clash = clash_of(round_with(studies=(Study("S1", 3, minimum=2),), openings=(Opening("M1", "S1", 1),)))
    assert [item.of for item in clash.clash] == [("opening", "M1", "S1"), ("study", "S1")]
    assert "Let mentor M1 on study S1 take 2 learners instead of 1." in map(remedy_in_words, clash.remedies)


def test_a_pin_against_none_or_several() -> None:
    problem = round_with(
        mentors=(Mentor("M1", 3, minimum_if_used=2),), studies=(Study("S1", 1),), pins=(Pin("L1", "M1", "S1"),)
    )
    clash = clash_of(problem)
    assert {item.kind for item in clash.clash} == {"pin", "capacity", "minimum_if_used"}
    assert len(clash.remedies) == 3


@given(problems())
def test_the_clash_is_the_smallest_and_each_part_of_it_is_needed(problem: Problem) -> None:
    if best_by_brute_force(problem) is not None:
        return
    clash = clash_of(problem).clash
    assert clash
    assert best_by_brute_force(only(problem, clash)) is None
    for spared in clash:
        assert best_by_brute_force(only(problem, tuple(item for item in clash if item != spared))) is not None


def only(problem: Problem, clash: tuple[ClashItem, ...]) -> Problem:
    """The problem with nothing but the limits in the clash."""
    kept = {(item.kind, item.of) for item in clash}

    def host(kind: str, one: Any) -> Any:
        of = (kind, one.id)
        changes = {
            "capacity": one.capacity if ("capacity", of) in kept else 99,
            "minimum": one.minimum if ("minimum", of) in kept else 0,
            "minimum_if_used": one.minimum_if_used if ("minimum_if_used", of) in kept else 0,
        }
        if kind == "mentor" and ("hours", of) not in kept:
            changes["hours"] = None
        return dataclasses.replace(one, **changes)

    return dataclasses.replace(
        problem,
        mentors=tuple(host("mentor", one) for one in problem.mentors),
        studies=tuple(host("study", one) for one in problem.studies),
        pins=tuple(pin for pin in problem.pins if ("pin", ("pin", *pin.key)) in kept),
        openings=tuple(
            opening for opening in problem.openings if ("capacity", ("opening", opening.mentor, opening.study)) in kept
        ),
    )
