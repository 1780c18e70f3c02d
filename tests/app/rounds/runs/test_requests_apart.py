"""A learner with two requests in a round: never the same opening for both, and still the best that there is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

import matching
from app.language.refusal import Refused
from app.models.placements import Offer
from app.models.programmes import Module, ModuleKind
from app.models.runs import Pin, PinKind, Proposal, Run, RunState, UnplacedRequest
from app.rounds.runs.apart import merit, same_opening_twice, solve_apart, with_left_out
from matching import Learner, Mentor, Pair, Problem, Study
from tests.matching.small_problems import permitted_choices, problems, worth
from tests.screen import shown

RANKED = ("first_choices", "fewest_last", "rank_sum", "lottery", "placed", "score", "even_load", "floor", "stay")


def is_apart(chosen, persons):
    taken = [(persons[pair.learner], pair.mentor, pair.study) for pair in chosen]
    return len(taken) == len(set(taken))


def test_a_case_that_is_divided_further_gives_each_pair_a_mentor_of_its_own():
    pairs = [Pair("R1", "M1", "S1", score=500, rank=1), Pair("R2", "M1", "S1", score=400, rank=2)]
    problem = Problem(
        (Learner("R1"), Learner("R2")),
        (Mentor("M1", 2),),
        (Study("S1", 2),),
        tuple(pairs),
        ("placed", "rank_sum"),
        seed="s",
    )
    once = with_left_out(problem, [pairs[0].key])
    twice = with_left_out(once, [pairs[1].key])
    assert len({mentor.id for mentor in twice.mentors}) == len(twice.mentors) == 3
    assert matching.solve(twice).placed == ()


@settings(max_examples=150, deadline=None)
@given(problems(RANKED), st.lists(st.integers(0, 2), min_size=5, max_size=5))
def test_the_best_of_the_cases_is_the_best_of_all_that_is_permitted(problem, whose):
    persons = {learner.id: person for learner, person in zip(problem.learners, whose, strict=False)}
    permitted = [worth(problem, one) for one in permitted_choices(problem) if is_apart(one, persons)]
    try:
        settled = solve_apart(problem, persons, matching.solve)
    except (matching.Infeasible, Refused):
        assert permitted == []
        return
    assert same_opening_twice(settled.solution, persons) is None
    digits = [len(numbers) for numbers in merit(settled.solution)]
    best = [numbers[:most] for numbers, most in zip(max(permitted), digits, strict=True)]
    assert merit(settled.solution) == best
    assert settled.status == "optimal"
    assert matching.check(settled.problem, settled.solution).proved
    assert settled.problem == with_left_out(problem, settled.left_out)


def test_nothing_changes_where_nobody_has_two_requests():
    problem = Problem((Learner("L1"),), (Mentor("M1", 1),), (Study("S1", 1),), (Pair("L1", "M1", "S1", 5, 1),))
    settled = solve_apart(problem, {"L1": 7}, matching.solve)
    assert (settled.left_out, settled.problem, settled.cases) == ((), problem, 1)


def test_a_case_that_was_stopped_leaves_the_result_unproved():
    problem = Problem(
        (Learner("L1"), Learner("L2")),
        (Mentor("M1", 2),),
        (Study("S1", 2),),
        (Pair("L1", "M1", "S1", 5, 1), Pair("L2", "M1", "S1", 5, 1)),
    )
    solved = []

    def only_two(case):
        solved.append(case)
        if len(solved) > 2:
            raise matching.NothingFound("over")
        return matching.solve(case)

    settled = solve_apart(problem, {"L1": 7, "L2": 7}, only_two)
    assert (settled.status, settled.solution.status, len(settled.solution.placed)) == ("stopped", "optimal", 1)


@pytest.fixture
def twice(scene, session):
    """A learner with a request for each of two modules; the opening that both rank first has two places."""
    opening = scene.opening(places=2)
    first = scene.request(ranked=[opening])
    programme = first.module.programme
    programme.modules.append(Module(title="RPE two", credits=15, kind=ModuleKind.RPE))
    session.flush()
    second = scene.request(learner=first.learner, module=programme.modules[-1], ranked=[opening])
    return scene, opening, first, second


def run_it(scene, sign_in, session, look_again):
    browser = sign_in(scene.coordinator)
    browser.post(f"/rounds/{scene.round.id}/runs/new", data={"policy": "fit"})
    look_again()
    return browser, session.scalars(select(Run).order_by(Run.id.desc())).first()


def test_two_requests_of_a_learner_never_get_the_same_opening(twice, sign_in, session, look_again):
    scene, opening, _, _ = twice
    browser, run = run_it(scene, sign_in, session, look_again)
    assert [(p.opening_id, p.run_id) for p in session.scalars(select(Proposal))] == [(opening.id, run.id)]
    [unplaced] = session.scalars(select(UnplacedRequest)).all()
    assert unplaced.reason == (
        "The only opening that fits this request was given to your other request. Two modules need two openings."
    )
    page = shown(browser.get(f"/runs/{run.id}"))
    assert any(
        line.startswith("A learner with two requests is never given the same opening") for line in page.paragraphs
    )
    problem = matching.read_problem(browser.get(f"/runs/{run.id}/problem.json").text)
    solution = matching.read_solution(browser.get(f"/runs/{run.id}/solution.json").text)
    assert matching.check(problem, solution).proved
    assert browser.post(f"/runs/{run.id}/publish", data={"has_looked": "y"}).status_code == 303
    look_again()
    assert len(session.scalars(select(Offer)).all()) == 1


def test_the_second_request_gets_another_opening_where_there_is_one(twice, sign_in, session, look_again):
    scene, opening, first, second = twice
    other = scene.opening()
    run_it(scene, sign_in, session, look_again)
    got = {p.request_id: p.opening_id for p in session.scalars(select(Proposal))}
    assert sorted(got.values()) == sorted([opening.id, other.id])
    assert got.keys() == {first.id, second.id}


def test_a_change_of_the_round_is_still_found(twice, sign_in, session, look_again):
    scene, opening, _, _ = twice
    browser, run = run_it(scene, sign_in, session, look_again)
    opening.places = 1
    session.commit()
    refused = browser.post(f"/runs/{run.id}/publish", data={"has_looked": "y"})
    assert refused.status_code == 422
    assert "The round has changed since this run" in shown(refused).paragraphs[0]


def test_two_pins_of_one_learner_on_one_opening_are_refused_in_words(twice, sign_in, session, look_again):
    scene, opening, first, second = twice
    for request in (first, second):
        session.add(
            Pin(
                round_id=scene.round.id,
                request=request,
                opening=opening,
                kind=PinKind.OTHER,
                reason="Agreed.",
                author_id=scene.coordinator.id,
                created_at=scene.build.now,
            )
        )
    _, run = run_it(scene, sign_in, session, look_again)
    assert (run.state, run.complaint) == (
        RunState.CLASH,
        "Two requests of the same learner are pinned to the same opening. Lift one of the two pins.",
    )


def test_the_second_request_of_a_learner_is_not_pinned_to_the_opening_of_the_first(twice, sign_in):
    scene, opening, first, second = twice
    browser = sign_in(scene.coordinator)
    form = {"opening_id": str(opening.id), "kind": "another reason", "reason": "Agreed."}
    answers = [browser.post(f"/rounds/{scene.round.id}/requests/{wish.id}/pin", data=form) for wish in (first, second)]
    assert [answer.status_code for answer in answers] == [303, 422]
    assert shown(answers[1]).complaint == (
        "Opening",
        "Another request of this learner is pinned to this opening. Two modules need two openings.",
    )
