"""A question that is stopped has no answer; one that is answered in time has the exact one."""

from itertools import count
from unittest.mock import patch

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matching import BadProblem, Difference, OutOfTime, Problem, WithConflict, solve
from matching import deadline as clocks
from matching.errors import Infeasible
from matching.reoptimise.what_if import Solved
from tests.matching.small_problems import problems

STAGES = ("placed", "score", "floor", "first_choices", "lottery")


def asked(solved: Solved, change: WithConflict, looks: int) -> Difference | None:
    """The answer where the time is over after so many looks at the clock; None where there is none then."""
    ticks = count()
    with patch("matching.deadline.time.monotonic", lambda: float(next(ticks))):
        try:
            return solved.what_if(change, time_limit_seconds=looks + 0.5)
        except OutOfTime:
            return None


@settings(max_examples=30)
@given(problems(STAGES), st.data())
def test_wherever_a_question_is_stopped_it_says_nothing_but_what_is_exact(
    problem: Problem, data: st.DataObject
) -> None:
    try:
        solution = solve(problem)
    except (Infeasible, BadProblem):
        assume(False)
        raise
    assume(solution.placed)
    one = data.draw(st.sampled_from(solution.placed))
    change, solved = WithConflict(one.learner, one.mentor, one.study), Solved(problem, solution)
    try:
        exact = solved.what_if(change)
    except BadProblem:
        assume(False)
        raise
    answers = [asked(solved, change, looks) for looks in range(40)]
    known = [answer for answer in answers if answer is not None]
    assert answers[0] is None, "there is no time for a single look"
    assert len(known) < len(answers)
    for answer in known:
        assert (answer.stages, answer.moves, answer.infeasible is None) == (
            exact.stages,
            exact.moves,
            exact.infeasible is None,
        )


def test_without_a_limit_nothing_is_stopped() -> None:
    assert clocks.AllOrNothing().seconds_left() > 0
    with pytest.raises(OutOfTime):
        clocks.AllOrNothing(0.0).is_over()
