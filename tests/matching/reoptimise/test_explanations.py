"""What would change, what is short and why somebody got what: exact, because it was solved."""

import dataclasses
import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from benchmarks.rounds import Round, generate
from matching import (
    STAGES,
    BadProblem,
    ClashItem,
    Infeasible,
    Learner,
    LimitKind,
    Mentor,
    MorePlaces,
    Opening,
    Pair,
    Pin,
    Problem,
    Solution,
    Study,
    WithConflict,
    WithoutMentor,
    WithoutPin,
    WithPin,
    explain,
    quality,
    shortage,
    solve,
    what_if,
)
from matching.model.validation import require_well_formed
from matching.reoptimise.changes import Change, applied
from matching.reoptimise.what_if import Difference, Move
from tests.matching.small_problems import chosen_pairs, is_permitted, problems


def solved(problem: Problem) -> Solution:
    try:
        return solve(problem)
    except Infeasible:
        assume(False)
        raise


def changes_of(problem: Problem) -> st.SearchStrategy[Change]:
    mentors, studies = [one.id for one in problem.mentors], [one.id for one in problem.studies]
    openings = list(itertools.product(mentors, studies))
    by = st.sampled_from([1, -1])
    changes: list[st.SearchStrategy[Change]] = [
        st.builds(MorePlaces, st.just("mentor"), st.sampled_from(mentors), by),
        st.builds(MorePlaces, st.just("study"), st.sampled_from(studies), by),
        st.builds(MorePlaces, st.just("opening"), st.sampled_from(openings), by),
        st.builds(WithoutMentor, st.sampled_from(mentors)),
    ]
    if problem.pairs:
        pairs = st.sampled_from(problem.pairs)
        changes += [
            pairs.map(lambda pair: WithPin(*pair.key)),
            pairs.map(lambda pair: WithConflict(*pair.key)),
            pairs.map(lambda pair: WithConflict(pair.learner, pair.mentor)),
        ]
    return st.one_of(*changes)


@st.composite
def changed_rounds(draw: st.DrawFn) -> tuple[Problem, list[Change]]:
    """A small problem whose last stage is the lottery, and up to three changes that leave it well-formed."""
    problem = draw(problems(stages=STAGES))
    problem = dataclasses.replace(problem, stages=(*(s for s in problem.stages if s != "lottery"), "lottery"))
    changes = draw(st.lists(changes_of(problem), min_size=1, max_size=3))
    try:
        require_well_formed(applied(problem, changes))
    except BadProblem:
        assume(False)
    return problem, changes


@given(changed_rounds())
def test_changes_do_exactly_what_solving_anew_shows(told: tuple[Problem, list[Change]]) -> None:
    problem, changes = told
    before = solved(problem)
    difference = what_if(problem, before, *changes)
    if difference.infeasible is not None:
        with pytest.raises(Infeasible) as clash:
            solve(applied(problem, changes))
        assert difference.infeasible.clash == clash.value.clash
        return
    after = solve(applied(problem, changes))
    assert_told(difference, before, after)


def assert_told(difference: Difference, before: Solution, after: Solution) -> None:
    """That the difference is the one between two solutions, whose last stage is the lottery."""
    assert [told.before for told in difference.stages] == [stage.value for stage in before.stages[:-1]]
    assert [told.after for told in difference.stages] == [stage.value for stage in after.stages[:-1]]
    was = {one.learner: (one.mentor, one.study) for one in before.placed}
    will = {one.learner: (one.mentor, one.study) for one in after.placed}
    moved = [
        Move(learner, was.get(learner), will.get(learner))
        for learner in sorted(was.keys() | will.keys())
        if was.get(learner) != will.get(learner)
    ]
    assert list(difference.moves) == moved


HARDER = {"mentors are short": 2.5, "studies are as short": 1.15}


@pytest.mark.parametrize("study_places", HARDER.values(), ids=HARDER)
@pytest.mark.parametrize(("learners", "pairs", "regions"), [(20, 8, 3), (60, 8, 3), (60, 25, 1)])
def test_questions_about_a_round_in_one_piece_are_exact(
    learners: int, pairs: int, regions: int, study_places: float
) -> None:
    plan = Round(learners, pairs, 1, regions, 0.15, places=1.1, study_places=study_places, stages=STAGES)
    problem = generate(plan)
    before = solve(problem)
    assert len(before.components) == 1
    kept, mentor = before.placed[0], before.placed[1].mentor
    wish = next(pair for pair in problem.pairs if pair.learner == kept.learner and pair.mentor != kept.mentor)
    questions: list[list[Change]] = [
        [MorePlaces("mentor", mentor)],
        [MorePlaces("mentor", mentor, -1)],
        [WithoutMentor(mentor)],
        [WithPin(*wish.key)],
        [WithConflict(kept.learner, kept.mentor), MorePlaces("study", kept.study)],
    ]
    for changes in questions:
        assert_told(what_if(problem, before, *changes), before, solve(applied(problem, changes)))


def test_questions_are_exact_where_the_old_cuts_close_the_gap_again() -> None:
    problem = generate(Round(40, 12, 13, 1, places=1.1, study_places=1.5, stages=STAGES))
    before = solve(problem)
    goals = [goal for part in before.certificate["parts"] for goal in part["goals"]]
    assert any(goal.get("cuts") for goal in goals)
    mentor, kept = before.placed[1].mentor, before.placed[0]
    changes: list[Change] = [
        MorePlaces("mentor", mentor),
        MorePlaces("mentor", mentor, -1),
        WithoutMentor(mentor),
        WithConflict(kept.learner, kept.mentor),
    ]
    for change in changes:
        assert_told(what_if(problem, before, change), before, solve(change.apply(problem)))


SCORES = {(1, 0): 800, (1, 1): 500, (2, 0): 700, (2, 1): 500}


def two_regions(stages: tuple[str, ...] = ("placed", "score", "lottery")) -> Problem:
    """In each region two learners want the same mentor, who has one place; a second mentor is nobody's first choice."""
    pairs = [
        Pair(f"{region}{learner}", f"{region}M{mentor}", f"{region}S", SCORES[learner, mentor], 1 + mentor)
        for region in "NW"
        for learner, mentor in itertools.product((1, 2), (0, 1))
    ]
    return Problem(
        tuple(Learner(f"{region}{at}", (("region", region),)) for region in "NW" for at in (1, 2)),
        tuple(Mentor(f"{region}M{at}", 1) for region in "NW" for at in (0, 1)),
        (Study("NS", 2), Study("WS", 2)),
        tuple(pairs),
        stages,
    )


def test_what_a_change_cannot_touch_is_not_solved_again() -> None:
    problem = two_regions()
    difference = what_if(problem, solve(problem), MorePlaces("mentor", "NM0"))
    assert (difference.solved_again, difference.components) == (1, 2)
    assert [move.learner for move in difference.moves] == ["N2"]
    assert not difference.changes_nothing


LINES = {
    MorePlaces("mentor", "NM0"): 700,  # what stopped the line is gone: all regions have to say how high they can go
    WithConflict("W2", "WM1"): 100,  # a region falls below the line: the others go on from the lower one
    MorePlaces("mentor", "WM0"): 500,  # stopped by the other region as before
}


@pytest.mark.parametrize("change", LINES, ids=str)
@pytest.mark.parametrize("earlier", [("placed",), ("placed", "rank_sum"), ("placed", "stay")], ids=str)
def test_a_lowest_score_that_moves_wakes_the_other_region(change: Change, earlier: tuple[str, ...]) -> None:
    problem = two_regions((*earlier, "floor", "score", "lottery"))
    better = {("W1", "WM0"): 1000, ("W1", "WM1"): 100, ("W2", "WM0"): 1000, ("W2", "WM1"): 800}
    pairs = [dataclasses.replace(pair, score=better.get(pair.key[:2], pair.score)) for pair in problem.pairs]
    problem = dataclasses.replace(problem, pairs=tuple(pairs))
    difference = what_if(problem, solve(problem), change)
    lines = {told.name: (told.before, told.after) for told in difference.stages}
    assert lines["floor"] == (500, LINES[change])
    assert difference.solved_again == (1 if LINES[change] == 500 else 2)
    after = solve(change.apply(problem))
    assert [told.after for told in difference.stages] == [stage.value for stage in after.stages[:-1]]


def test_a_learner_hears_why_not_the_first_choice() -> None:
    problem = two_regions()
    explanation = explain(problem, solve(problem), "N2")
    assert explanation.pair is not None
    assert explanation.pair.mentor == "NM1"
    assert explanation.rivals == ("N1",)
    (alternative,) = explanation.alternatives
    assert alternative.pair.mentor == "NM0"
    assert {told.name: (told.before, told.after) for told in alternative.difference.stages} == {
        "placed": (4, 4),
        "score": (2600, 2500),
    }
    assert [move.learner for move in alternative.difference.moves] == ["N1", "N2"]


def test_what_a_pin_makes_impossible_is_said_with_its_clash() -> None:
    problem = dataclasses.replace(two_regions(), pins=(Pin("N1", "NM0", "NS", "agreed"),))
    (alternative,) = explain(problem, solve(problem), "N2").alternatives
    assert alternative.difference.infeasible is not None
    assert ClashItem(LimitKind.PIN, ("pin", "N1", "NM0", "NS"), 1, "agreed") in alternative.difference.infeasible.clash


@given(problems(stages=STAGES))
def test_a_shortage_is_what_one_more_place_really_brings(problem: Problem) -> None:
    solution = solved(dataclasses.replace(problem, stages=("placed", "rank_sum", "lottery")))
    problem = dataclasses.replace(problem, stages=("placed", "rank_sum", "lottery"))
    found = shortage(problem, solution)
    for one in found:
        after = solve(one.place.apply(problem))
        assert len(after.placed) - len(solution.placed) == one.placed_more
    if any(stage.rests_on == "dual bound" for stage in solution.stages):
        gains = [
            len(solve(MorePlaces("mentor", mentor.id).apply(problem)).placed) - len(solution.placed)
            for mentor in problem.mentors
        ]
        assert max(gains) <= max((one.placed_more for one in found), default=0)


def test_a_place_is_found_where_three_limits_bind_at_once() -> None:
    """Only one of them has a dual, and more of that one alone would help nobody."""
    pairs = tuple(Pair(learner, "M", "S", 5, 1) for learner in ("A", "B"))
    problem = Problem((Learner("A"), Learner("B")), (Mentor("M", 1),), (Study("S", 1),), pairs)
    problem = dataclasses.replace(problem, openings=(Opening("M", "S", 1),))
    (found,) = shortage(problem, solve(problem))
    assert (found.place, found.placed_more) == (MorePlaces("opening", ("M", "S")), 1)


def test_without_a_pin_the_aims_decide() -> None:
    free = two_regions()
    problem = dataclasses.replace(free, pins=(Pin("N2", "NM0", "NS", "agreed"),))
    difference = what_if(problem, solve(problem), WithoutPin("N2"))
    assert [told.after for told in difference.stages] == [stage.value for stage in solve(free).stages[:-1]]
    assert [move.learner for move in difference.moves] == ["N1", "N2"]
    with pytest.raises(BadProblem, match="no pin of learner 'N1'"):
        what_if(problem, solve(problem), WithoutPin("N1"))


def test_an_unknown_learner_or_mentor_is_refused() -> None:
    problem = two_regions()
    solution = solve(problem)
    with pytest.raises(BadProblem, match="no learner 'X'"):
        explain(problem, solution, "X")
    with pytest.raises(BadProblem, match="no mentor 'X'"):
        what_if(problem, solution, WithoutMentor("X"))
    with pytest.raises(BadProblem, match="no pair"):
        what_if(problem, solution, WithPin("N1", "WM0", "WS"))


def test_quality_counts_ranks_loads_places_and_groups() -> None:
    problem = two_regions()
    told = quality(problem, solve(problem))
    assert told.profile == {1: 2, 2: 2}
    assert told.unplaced == 0
    assert told.loads == {1: 4}
    assert (told.mentor_places_left, told.study_places_left) == (0, 0)
    assert [(rate.label, rate.learners, rate.placed) for rate in told.groups] == [("N", 2, 2), ("W", 2, 2)]
    assert len(told.envious) == 2


@given(problems(stages=STAGES, plain=True))
def test_a_blocking_pair_could_be_formed_with_at_most_one_learner_less(problem: Problem) -> None:
    solution = solve(problem)
    chosen = chosen_pairs(problem, solution)
    blocking = set(quality(problem, solution).blocking_pairs)
    for pair in problem.pairs:
        own = next((one for one in chosen if one.learner == pair.learner), None)
        if own is None or (pair.rank or 10**9) < (own.rank or 10**9):
            rest = [one for one in chosen if one.learner != pair.learner]
            exchanges = [rest] + [[o for o in rest if o is not lower] for lower in rest if lower.score < pair.score]
            assert (pair.key in blocking) == any(is_permitted(problem, [*some, pair]) for some in exchanges)
        else:
            assert pair.key not in blocking
