"""The bridge between rows and the matching package: what a problem holds, whatever the round looks like."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import matching
from app.models.organisations import Network
from app.models.people import LearnerProfile, MentorProfile, Person, Role, RoleGrant
from app.models.programmes import Level, Module, ModuleKind, Programme
from app.models.requests import ExcludedMentor, ExclusionKind, PlacementRequest, RankedOpening, RequestState
from app.models.runs import Pin, PinKind
from app.models.studies import Opening, OpeningLevel, OpeningProfession, OpeningState, Study
from app.models.values.registration import Profession
from app.models.values.study_status import StudyStatus
from app.requests.my_list.openings import Search, find_openings
from app.rounds.inputs import Inputs, rank_of, wants
from app.rounds.snapshot import learner_key, mentor_key, problem_of, snapshot_of, study_key
from app.rounds.unplaced_advice import nearest_change, reasons_and_next_steps
from app.rules.capacity import Held
from app.rules.eligibility import obstacles
from app.rules.fit import index_of
from tests.fits import fits_of

DAY = date(2026, 3, 3)
NETWORKS = [Network(id=number, name=f"Network {number}") for number in (1, 2)]
PROGRAMME = Programme(level=Level.PGCERT, title="Certificate")
MODULES = [
    Module(programme=PROGRAMME, title="RPE", credits=15, kind=ModuleKind.RPE, supervision_hours_a_month=hours)
    for hours in (0, 2, 5)
]
small = st.integers(0, 4)


@st.composite
def mentors(draw, number):
    profile = MentorProfile(
        person_id=number,
        teaches="",
        learners_max=draw(small),
        hours_a_month=draw(st.integers(0, 12)),
        minimum_if_used=0,
        learner_minimum=0,
    )
    person = Person(id=number, name=f"Mentor {number}", email=f"m{number}@x.example")
    person.grants, person.is_active = [RoleGrant(role=Role.MENTOR)], True
    person.mentor_profile = draw(st.sampled_from([profile, profile, None]))
    return person


@st.composite
def studies(draw, number):
    status = draw(st.sampled_from([StudyStatus.OPEN, StudyStatus.OPEN, StudyStatus.SUSPENDED]))
    return Study(
        id=number,
        title=f"Study {number}",
        short_title="",
        summary="",
        conditions="",
        status=status,
        learner_limit=draw(st.none() | small),
        learner_minimum=0,
        minimum_if_used=0,
    )


@st.composite
def opening_of(draw, number, mentor, study):
    network, begins = draw(st.sampled_from(NETWORKS)), DAY + timedelta(days=draw(st.integers(0, 90)))
    return Opening(
        id=number,
        mentor_id=mentor.id,
        mentor=mentor,
        study_id=study.id,
        study=study,
        network_id=network.id,
        network=network,
        state=OpeningState.PUBLISHED,
        places=draw(small),
        starts_on=begins,
        ends_on=begins + timedelta(days=draw(st.integers(20, 200))),
        learner_does="",
        level_rows=[OpeningLevel(level=Level.PGCERT)],
        profession_rows=draw(st.sampled_from([[], [OpeningProfession(profession=Profession.NURSE)]])),
    )


@st.composite
def request_of(draw, number, openings):
    learner = Person(id=1000 + number, name=f"Learner {number}", email=f"l{number}@x.example")
    learner.grants, learner.is_active = [RoleGrant(role=Role.LEARNER)], True
    learner.learner_profile = LearnerProfile(profession=draw(st.sampled_from([Profession.NURSE, Profession.DENTIST])))
    ranked = draw(st.lists(st.sampled_from(openings), unique=True, max_size=3)) if openings else []
    excluded = draw(st.lists(st.sampled_from(openings), max_size=1)) if openings else []
    return PlacementRequest(
        id=number,
        learner_id=learner.id,
        learner=learner,
        module=draw(st.sampled_from(MODULES)),
        state=RequestState.SUBMITTED,
        interests="",
        start_from=DAY,
        start_until=DAY + timedelta(days=draw(st.integers(0, 120))),
        takes_any_other=draw(st.booleans()),
        networks=draw(st.lists(st.sampled_from(NETWORKS), min_size=1, unique=True)),
        ranked=[RankedOpening(opening_id=o.id, position=at) for at, o in enumerate(ranked, 1)],
        excluded=[
            ExcludedMentor(kind=ExclusionKind.CONFLICT, name="x", email="", mentor_id=o.mentor_id) for o in excluded
        ],
        specialty_rows=[],
    )


@st.composite
def rounds(draw):
    """Inputs of a round with some capacity taken already, even more than there is."""
    people = [draw(mentors(number)) for number in range(1, 4)]
    plans = [draw(studies(number)) for number in range(1, 4)]
    where = draw(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), unique=True, max_size=6))
    openings = [draw(opening_of(at, people[m], plans[s])) for at, (m, s) in enumerate(where, 1)]
    requests = [draw(request_of(number, openings)) for number in range(1, draw(st.integers(1, 6)))]
    taken = {number: draw(small) for number in range(1, 7)}
    hours = {number: draw(st.integers(0, 15)) for number in range(1, 4)}
    return Inputs(requests, openings, Held(taken, taken, taken, hours), DAY)


def problem(inputs, pins=()):
    return problem_of(inputs, index_of(inputs.openings), pins, ("placed", "score", "lottery"), "seed")


@settings(max_examples=60, deadline=None)
@given(rounds())
def test_capacities_and_hours_are_never_negative_and_an_opening_never_exceeds_its_mentor_or_study(given_round):
    inputs = given_round
    found = problem(inputs)
    mentor = {one.id: one for one in found.mentors}
    study = {one.id: one for one in found.studies}
    assert all(one.capacity >= 0 and (one.hours is None or one.hours >= 0) for one in found.mentors)
    assert all(one.capacity >= 0 for one in found.studies)
    for opening in found.openings:
        assert 0 <= opening.capacity <= min(mentor[opening.mentor].capacity, study[opening.study].capacity)


@settings(max_examples=60, deadline=None)
@given(rounds())
def test_a_pair_is_listed_exactly_when_nothing_stands_in_its_way_and_the_learner_wants_it(given_round):
    inputs = given_round
    listed = {pair.key: pair for pair in problem(inputs).pairs}
    for request in inputs.requests:
        for opening in inputs.openings:
            is_possible = wants(request, opening) and not obstacles(request, opening, DAY, inputs.held)
            key = (learner_key(request), mentor_key(opening), study_key(opening))
            assert (key in listed) == is_possible
            if is_possible:
                assert listed[key].rank == rank_of(request, opening)
                assert listed[key].hours == request.module.supervision_hours_a_month


@settings(max_examples=60, deadline=None)
@given(rounds())
def test_every_problem_can_be_solved_and_every_unplaced_learner_told_why(given_round):
    inputs = given_round
    found = problem(inputs)
    solution = matching.solve(found)
    assert len(solution.placed) + len(solution.unplaced) == len(inputs.requests)
    requests = {learner_key(request): request for request in inputs.requests}
    unplaced = [(requests[one.learner], one) for one in solution.unplaced]
    for reason, step in reasons_and_next_steps(inputs, unplaced):
        assert reason.endswith(".")
        assert step.endswith(".")


@settings(max_examples=60, deadline=None)
@given(rounds())
def test_the_nearest_change_of_a_learner_without_an_opening_is_never_nothing(given_round):
    inputs = given_round
    for request in inputs.without_opening:
        nearest = nearest_change(inputs, request, inputs.openings)
        assert (nearest is None) == (not inputs.openings)
        assert nearest is None or nearest.hindrances


@settings(max_examples=30, deadline=None)
@given(rounds(), st.randoms(use_true_random=False))
def test_the_digest_does_not_depend_on_the_order_of_the_rows(given_round, random):
    inputs = given_round
    shuffled = Inputs(
        random.sample(inputs.requests, len(inputs.requests)),
        random.sample(inputs.openings, len(inputs.openings)),
        inputs.held,
        inputs.today,
    )
    assert matching.digest(problem(inputs)) == matching.digest(problem(shuffled))


def test_a_pinned_pair_is_listed_though_the_learner_takes_no_others(build, scene, session, today):
    listed, other = scene.opening(), scene.opening()
    request = scene.request(ranked=[listed], takes_any_other=False)
    pin = Pin(
        round_id=scene.round.id,
        request=request,
        opening=other,
        kind=PinKind.OTHER,
        reason="x",
        author_id=scene.coordinator.id,
        created_at=build.now,
    )
    session.add(pin)
    session.flush()
    found = snapshot_of(session, scene.round, ["placed"], "x", today).problem
    assert {pair.rank for pair in found.pairs} == {1, None}
    assert [placed.study for placed in matching.solve(found).placed] == [study_key(other)]


def test_what_mentors_give_already_is_taken_off_their_learners_and_hours(build, scene, session, today):
    mentor = build.mentor(learners_max=3, hours_a_month=7)
    build.placement(mentor=mentor)
    build.offer(opening=build.opening(mentor=mentor))
    scene.opening(mentor=mentor, places=5)
    session.flush()
    found = snapshot_of(session, scene.round, ["placed"], "x", today).problem
    assert [(one.capacity, one.hours) for one in found.mentors] == [(1, 3)]
    assert [one.capacity for one in found.openings] == [1]


def test_score_and_rank_are_kept_apart(build, scene, session, today):
    opening = scene.opening(study=build.study("Heart failure nurses in the community"))
    other = scene.opening(study=build.study("Dental implants"))
    scene.request(ranked=[other, opening])
    session.flush()
    pairs = {pair.rank: pair.score for pair in snapshot_of(session, scene.round, ["placed"], "x", today).problem.pairs}
    assert pairs[2] > pairs[1]


@pytest.mark.parametrize("state", [RequestState.DRAFT, RequestState.WITHDRAWN])
def test_only_submitted_requests_without_an_offer_are_in_the_problem(build, scene, session, state, today):
    opening = scene.opening(places=3)
    wanted = scene.request()
    scene.request(state=state)
    build.offer(scene.request(), opening, scene.round)
    session.flush()
    found = snapshot_of(session, scene.round, ["placed"], "x", today).problem
    assert [learner.id for learner in found.learners] == [learner_key(wanted)]


def test_a_learner_sees_the_score_that_the_round_reckons_with(scene, build, session, today, now):
    other = build.network("East Midlands")
    scene.round.networks.append(other)
    request = scene.request()
    for title in ("Heart failure nurses at home", "Walking after a stroke"):
        scene.opening(study=build.study(title))
    scene.opening(study=build.study("Heart failure at home"), ends_on=today + timedelta(days=60))
    for title in ("Heart valves", "Heart rhythm in the community", "Caring for wounds"):
        build.opening(network=other, study=build.study(title))
    session.flush()
    problem = snapshot_of(session, scene.round, ["placed"], "x", today).problem
    in_round = {(pair.mentor, pair.study): pair.score for pair in problem.pairs}
    studies = find_openings(session, request, Search(), now).studies
    on_her_page = [fit for fits in studies for fit in fits]
    assert [fit.opening.study.title for fit in on_her_page if fit.length and fit.length.is_short] == [
        "Heart failure at home"
    ]
    assert {(mentor_key(f.opening), study_key(f.opening)): f.score for f in on_her_page} == in_round
    alone = {fit.opening.id: fit.score for fit in fits_of(request, scene.openings, today)}
    assert alone != {fit.opening.id: fit.score for fit in on_her_page}
