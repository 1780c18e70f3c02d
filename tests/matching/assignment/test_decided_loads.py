"""Learners are assigned to slots as well as can be once every opening's number of them is decided."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching import STAGES, Problem
from matching.assignment.decided_loads import choice_of_shares
from matching.model.components import components_of
from matching.model.face import Face, Goal
from matching.model.subproblem import Subproblem
from tests.matching.lp.test_column_generation import choices
from tests.matching.small_problems import problems


@given(problems(stages=STAGES), st.data())
def test_the_choice_is_the_best_with_these_numbers_of_learners(problem: Problem, data: st.DataObject) -> None:
    for component in components_of(problem):
        permitted = choices(component.face)
        if not permitted:
            continue
        subproblem = Subproblem(component.face, Goal("score", component.score))
        wanted = data.draw(st.sampled_from(permitted))
        found = choice_of_shares(subproblem, wanted.astype(float))
        alike = [one for one in permitted if loads(component.face, one) == loads(component.face, wanted)]
        if found is not None:
            assert loads(component.face, found) == loads(component.face, wanted)
            assert subproblem.value(found) == max(map(subproblem.value, alike))
        else:
            assert any(mentor.hours for mentor in problem.mentors), "only hours are nothing that slots can tell"


@given(problems(["score"], plain=True), st.floats(0.01, 0.99))
def test_shares_that_leave_a_number_open_decide_nothing(problem: Problem, part: float) -> None:
    for component in components_of(problem):
        share = np.zeros(len(component.face.pair))
        share[:1] = part
        subproblem = Subproblem(component.face, Goal("score", component.score))
        assert len(share) == 0 or choice_of_shares(subproblem, share) is None


def loads(face: Face, chosen: np.ndarray) -> list[int]:
    return np.bincount(face.opening[chosen], minlength=int(face.opening.max(initial=0)) + 1).tolist()
