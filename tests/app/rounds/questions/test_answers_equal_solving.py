"""Every answer equals solving again: with a pair forced, kept apart, a pin lifted, a place more, a mentor gone."""

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import matching
from app.models.runs import Pin, PinKind
from app.rounds.names_in_problem import LEARNERS
from app.rounds.policies import POLICIES
from app.rounds.questions.answers import BETTER_MOST, costs_of_pins, explanation_of, facts_of_difference, shortages_in
from app.rounds.questions.supposed import Supposed, What, change_of
from app.rounds.snapshot import learner_key
from tests.app.rounds.questions.solving_anew import as_told, solved_anew, solved_run, whole_problem
from tests.random_rounds import open_rounds

MANY = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])


policies = st.sampled_from([policy.key for policy in POLICIES])


@MANY
@given(open_rounds(), policies)
def test_each_explanation_equals_solving_again_with_the_pair_forced(inputs, policy):
    run = solved_run(inputs, policy)
    for request in inputs.requests:
        learner = learner_key(request)
        facts = explanation_of(run, request.id)
        own = run.pairs_of([learner])[learner]
        got = next((pair for pair in own if (pair.mentor, pair.study) == run.got.get(learner)), None)
        assert [one["opening"] for one in facts["alternatives"]] == [
            run.opening_ids[pair.mentor, pair.study] for pair in matching.better_liked(own, got)[:BETTER_MOST]
        ]
        for one in facts["alternatives"]:
            forced = matching.WithPin(learner, *run.openings[one["opening"]])
            assert as_told(run, one) == solved_anew(run, forced)
        if got:
            assert as_told(run, facts["without"]) == solved_anew(run, matching.WithConflict(*got.key))


@MANY
@given(open_rounds(), policies, st.data())
def test_what_a_pin_costs_equals_solving_again_without_it(inputs, policy, data):
    run = solved_run(inputs, policy)
    openings = {one.id: one for one in inputs.openings}
    pins = []
    for request in inputs.requests:
        own = run.pairs_of([learner_key(request)])[learner_key(request)]
        if own and data.draw(st.booleans()):
            pair = data.draw(st.sampled_from(own))
            opening = openings[run.opening_ids[pair.mentor, pair.study]]
            pins.append(
                Pin(request=request, request_id=request.id, opening=opening, opening_id=opening.id, kind=PinKind.OTHER)
            )
    assume(pins)
    pinned = solved_run(inputs, policy, pins)
    keeps_to_a_case = matching.digest(pinned.problem) != matching.digest(whole_problem(inputs, policy, pins))
    free = {pin.request_id: pin for pin in pins}
    for facts in costs_of_pins(pinned):
        others = [pin for pin in pins if pin is not free[facts["request"]]]
        anew = solved_run(inputs, policy, others)
        placed = {LEARNERS.decode(learner): anew.opening_ids[opening] for learner, opening in anew.got.items()}
        expected = [stage.value for stage in anew.solution.stages[:-1]], placed
        if keeps_to_a_case:
            expected = solved_anew(pinned, matching.WithoutPin(LEARNERS.encode(facts["request"])))
        assert as_told(pinned, facts) == expected


@MANY
@given(open_rounds(), policies, st.data())
def test_a_what_if_equals_solving_the_changed_round(inputs, policy, data):
    run = solved_run(inputs, policy)
    mentors, studies = ({one.mentor_id for one in inputs.openings}, {one.study_id for one in inputs.openings})
    chosen = data.draw(
        st.lists(
            st.one_of(
                st.sampled_from(sorted(run.openings)).map(lambda one: Supposed(What.PLACE_AT_OPENING, (one,))),
                st.sampled_from(sorted(mentors)).map(lambda one: Supposed(What.PLACE_OF_MENTOR, (one,))),
                st.sampled_from(sorted(studies)).map(lambda one: Supposed(What.PLACE_IN_STUDY, (one,))),
            ),
            min_size=1,
            max_size=3,
        )
    )
    changes = [change_of(one, run.openings) for one in chosen]
    assert as_told(run, facts_of_difference(run, run.difference(*changes))) == solved_anew(run, *changes)


@MANY
@given(open_rounds(), policies)
def test_a_shortage_places_just_so_many_more_when_it_is_solved_with(inputs, policy):
    run = solved_run(inputs, policy)
    for place in shortages_in(run)["places"]:
        what = {"opening": What.PLACE_AT_OPENING, "mentor": What.PLACE_OF_MENTOR, "study": What.PLACE_IN_STUDY}[
            place["of"]
        ]
        _, placed = solved_anew(run, change_of(Supposed(what, (place["id"],)), run.openings))
        assert len(placed) - len(run.got) == place["placed"]
