"""Studies and mentors that start with a group: what a round gives them is the best that rows alone would allow."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import matching
from app.rounds.inputs import Inputs
from app.rounds.snapshot import problem_of, study_key
from app.rules.capacity import Held, hours_needed
from app.rules.fit import index_of
from tests.random_rounds import DAY, open_rounds, rounds

few = st.integers(0, 2)


@st.composite
def grouped_rounds(draw):
    """Inputs in which studies and mentors need several learners, and some are there already."""
    inputs = draw(open_rounds())
    for study in {opening.study_id: opening.study for opening in inputs.openings}.values():
        most = study.learner_limit = draw(st.sampled_from([None, 2, 3, 4]))
        study.minimum_if_used = draw(st.sampled_from([0, 2, 3 if most != 2 else 2]))
        study.learner_minimum = draw(st.sampled_from([0, 0, 0, 1, 2]))
    for opening in inputs.openings:
        profile = opening.mentor.mentor_profile
        profile.learners_max, opening.places = 3, draw(st.integers(1, 3))
    for mentor in {opening.mentor_id: opening.mentor for opening in inputs.openings}.values():
        mentor.mentor_profile.minimum_if_used = draw(st.sampled_from([0, 0, 2, 3]))
        mentor.mentor_profile.learner_minimum = draw(st.sampled_from([0, 0, 0, 1, 2]))
    there: Counter[tuple[str, int]] = Counter()
    for opening in inputs.openings:
        for of in (("opening", opening.id), ("mentor", opening.mentor_id), ("study", opening.study_id)):
            there[of] += draw(st.sampled_from([0, 0, 1])) if of[0] == "opening" else there["opening", opening.id]

    def taken(of):
        return {id_: number for (kind, id_), number in there.items() if kind == of}

    held = Held(taken("opening"), taken("mentor"), taken("study"))
    holds = draw(st.booleans())
    return Inputs(inputs.requests, inputs.openings, held, DAY, holds_minimums=holds)


def is_allowed(inputs, chosen):
    """Whether these openings, one or none for each request, keep every limit that the rows have."""
    held, given_ = inputs.held, [(r, o) for r, o in zip(inputs.requests, chosen, strict=True) if o]
    openings = Counter(opening.id for _, opening in given_)
    mentors, studies = Counter(o.mentor_id for _, o in given_), Counter(o.study_id for _, o in given_)
    hours: Counter[int] = Counter()
    for request, opening in given_:
        hours[opening.mentor_id] += hours_needed(request)
    for opening in inputs.openings:
        profile, study = opening.mentor.mentor_profile, opening.study
        with_mentor, on_study = held.by_mentor.get(opening.mentor_id, 0), held.by_study.get(opening.study_id, 0)
        more, more_on_study = mentors[opening.mentor_id], studies[opening.study_id]
        if openings[opening.id] and openings[opening.id] + held.by_opening.get(opening.id, 0) > opening.places:
            return False
        if more and (more + with_mentor > profile.learners_max or hours[opening.mentor_id] > profile.hours_a_month):
            return False
        if more_on_study and study.learner_limit is not None and more_on_study + on_study > study.learner_limit:
            return False
        if more and more + with_mentor < profile.minimum_if_used:
            return False
        if more_on_study and more_on_study + on_study < study.minimum_if_used:
            return False
        if inputs.holds_minimums and more_on_study + on_study < study.learner_minimum:
            return False
        if inputs.holds_minimums and more + with_mentor < profile.learner_minimum:
            return False
    return True


def most_placed(inputs):
    """The largest number of learners that any choice allows, by trying all; None where none is allowed."""
    options = [[None, *inputs.possible_for(request)] for request in inputs.requests]
    allowed = [sum(o is not None for o in chosen) for chosen in product(*options) if is_allowed(inputs, chosen)]
    return max(allowed, default=None)


@settings(max_examples=60, deadline=None)
@given(grouped_rounds())
def test_a_round_with_groups_places_as_many_as_trying_everything_or_says_that_nothing_can_be(inputs):
    problem = problem_of(inputs, index_of(inputs.openings), [], ["placed", "lottery"], "seed")
    best = most_placed(inputs)
    if best is None:
        with pytest.raises(matching.Infeasible):
            matching.solve(problem)
        return
    solution = matching.solve(problem)
    assert len(solution.placed) == best
    assert not matching.check(problem, solution).errors


@given(rounds())
def test_whoever_is_there_already_counts_and_no_problem_is_malformed(inputs):
    problem = problem_of(inputs, index_of(inputs.openings), [], ["placed"], "seed")
    matching.solve(problem)
    by_id = {study_key(opening): opening.study for opening in inputs.openings}
    for one in problem.studies:
        study = by_id[one.id]
        assert one.minimum_if_used == max(0, study.minimum_if_used - inputs.held.by_study.get(study.id, 0))
