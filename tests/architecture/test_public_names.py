"""What matching offers says what it is, and a call that can fail names the errors to expect."""

import inspect
from typing import Any

import pytest

import matching

ERRORS = {
    "Solved": {"BadProblem"},
    "explain": {"BadProblem", "KeyError"},
    "quality": {"KeyError"},
    "read_problem": {"BadProblem"},
    "read_solution": {"BadProblem"},
    "shortage": {"BadProblem"},
    "solve": {"BadProblem", "BrokenExecutor", "Infeasible", "NothingFound"},
    "what_if": {"BadProblem", "KeyError"},
}
TOLD_INSTEAD = {"check"}  # whose report lists what is wrong with a solution
OFFERED = sorted(name for name in matching.__all__ if callable(getattr(matching, name)))


@pytest.mark.parametrize("name", OFFERED)
def test_each_name_says_what_it_is(name: str) -> None:
    offered = getattr(matching, name)
    said = offered.__doc__ or ""
    assert said
    assert not said.startswith(f"{name}(")  # what a dataclass says where nobody wrote anything


@pytest.mark.parametrize("name", sorted(ERRORS))
def test_a_call_that_can_fail_names_its_errors(name: str) -> None:
    said = said_of_calls(getattr(matching, name))
    raises = said.partition("Raises ")[2]
    assert {error for error in ERRORS[name] if f"{error}`" in raises} == ERRORS[name]


@pytest.mark.parametrize("name", sorted(TOLD_INSTEAD))
def test_a_call_that_never_fails_says_where_faults_are(name: str) -> None:
    assert "`errors`, not raised" in said_of_calls(getattr(matching, name))


@pytest.mark.parametrize("name", sorted({*ERRORS, *TOLD_INSTEAD}))
def test_a_call_that_takes_time_says_how_much(name: str) -> None:
    said = said_of_calls(getattr(matching, name))
    assert "O(" in said or "costs" in said or "time grows" in said


def said_of_calls(offered: Any) -> str:
    """The docstring of a function, of the constructor for a class, in one line."""
    called = offered.__init__ if inspect.isclass(offered) else offered
    return " ".join((called.__doc__ or "").split())
