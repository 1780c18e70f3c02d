"""What learners would get if they chose in a random order: within every limit, and nobody left something better."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from matching import Learner, Mentor, Opening, Pair, PairColumns, Pin, Placed, Problem, Study, random_order
from matching.checker.limits import limit_faults, pair_faults, pairs_of
from matching.solution import Solution, Unplaced, UnplacedKind
from tests.matching.small_problems import is_permitted, problems


def solution_of(problem: Problem, placed: tuple[Placed, ...]) -> Solution:
    have = {one.learner for one in placed}
    others = [Unplaced(one.id, "", UnplacedKind.FULL) for one in problem.learners if one.id not in have]
    return Solution("", "stopped", (), placed, tuple(others))


@given(problems())
def test_the_checker_finds_no_limit_broken_and_every_pin_kept(problem):
    placed = random_order(problem)
    if placed is not None:
        solution = solution_of(problem, placed)
        found = pairs_of(problem, solution)
        assert list(pair_faults(problem, solution, found)) == []
        assert list(limit_faults(problem, list(found.values()))) == []
        assert {pin.key for pin in problem.pins} <= set(found)


@given(problems(plain=True))
def test_without_pins_and_minimums_there_always_is_an_answer(problem):
    assert random_order(problem) is not None


def liking(pair: Pair | None) -> tuple[int, int, int]:
    """Smaller is better: a place on the list, then any other by its score, then nothing."""
    if pair is None:
        return (2, 0, 0)
    return (0, pair.rank, -pair.score) if pair.rank else (1, 0, -pair.score)


@given(problems(plain=True))
def test_nobody_likes_better_what_is_still_free(problem):
    placed = random_order(problem)
    assert placed is not None
    keys = {(one.learner, one.mentor, one.study) for one in placed}
    got = {pair.learner: pair for pair in problem.pairs if pair.key in keys}
    for pair in problem.pairs:
        others = [one for learner, one in got.items() if learner != pair.learner]
        if is_permitted(problem, [*others, pair]):
            assert liking(got.get(pair.learner)) <= liking(pair)


@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(problem, random):
    def mixed(rows):
        return tuple(random.sample(rows, len(rows)))

    parts = ("learners", "mentors", "studies", "pairs", "openings")
    other = replace(problem, **{part: mixed(getattr(problem, part)) for part in parts})
    assert random_order(other) == random_order(problem)
    assert random_order(replace(problem, pairs=PairColumns.of(problem.pairs))) == random_order(problem)


TWO = tuple(Learner(name) for name in ("L1", "L2"))
ONE_PLACE = Problem(
    TWO, (Mentor("M", 1),), (Study("S", 1),), (Pair("L1", "M", "S", 900, 1), Pair("L2", "M", "S", 100, 1))
)


def winners(problem: Problem) -> set[str]:
    found = (random_order(replace(problem, seed=str(seed))) for seed in range(20))
    return {one.learner for placed in found for one in placed or ()}


def test_the_seed_decides_who_chooses_first_and_the_score_does_not():
    assert winners(ONE_PLACE) == {"L1", "L2"}
    assert random_order(ONE_PLACE) == random_order(ONE_PLACE)


def test_a_pin_comes_before_every_choice():
    assert winners(replace(ONE_PLACE, pins=(Pin("L2", "M", "S"),))) == {"L2"}


def test_pins_that_do_not_fit_together_have_no_answer():
    assert random_order(replace(ONE_PLACE, pins=(Pin("L1", "M", "S"), Pin("L2", "M", "S")))) is None


def test_a_minimum_that_the_choices_leave_unmet_has_no_answer():
    assert random_order(replace(ONE_PLACE, studies=(Study("S", 2, minimum=2),))) is None
    assert random_order(replace(ONE_PLACE, mentors=(Mentor("M", 1, minimum_if_used=1),))) is not None


def test_a_rank_counts_before_any_score_and_the_score_where_nothing_is_ranked():
    studies = tuple(Study(name, 1) for name in "ABC")
    pairs = (Pair("L1", "M", "A", 10, 2), Pair("L1", "M", "B", 990), Pair("L1", "M", "C", 20))
    problem = Problem((Learner("L1"),), (Mentor("M", 3),), studies, pairs)
    assert random_order(problem) == (Placed("L1", "M", "A", 10, 2),)
    assert random_order(replace(problem, pairs=pairs[1:])) == (Placed("L1", "M", "B", 990),)


def test_a_full_opening_and_a_spent_budget_of_hours_are_passed_over():
    mentors = (Mentor("M", 3, hours=5), Mentor("N", 3))
    pairs = (Pair("L1", "M", "S", rank=1, hours=6), Pair("L1", "N", "S", rank=2, hours=6))
    problem = Problem((Learner("L1"),), mentors, (Study("S", 3),), pairs)
    assert random_order(problem) == (Placed("L1", "N", "S", rank=2),)
    assert random_order(replace(problem, openings=(Opening("N", "S", 0),))) == ()


def test_two_requests_of_one_person_never_get_the_same_mentor_and_study():
    problem = replace(ONE_PLACE, mentors=(Mentor("M", 2),), studies=(Study("S", 2),))
    assert len(random_order(problem) or ()) == 2
    assert len(random_order(problem, {"L1": 7, "L2": 7}) or ()) == 1
    assert len(random_order(problem, {"L1": 7, "L2": 8}) or ()) == 2
