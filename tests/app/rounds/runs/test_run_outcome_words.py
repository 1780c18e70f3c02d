"""What a coordinator reads of a run: its headline, its numbers, and what became of the learners' own lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.runs import Proposal, Run
from app.rounds.runs.outcome import headline, number_in_words, profile_finding
from tests.screen import shown


def run_of(status, seconds, placed=142, learners=160):
    return Run(outcome={"status": status, "placed": placed, "learners": learners}, seconds=seconds)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "less than 0.1 s"),
        (0.0, "less than 0.1 s"),
        (0.099, "less than 0.1 s"),
        (0.1, "0.1 s"),
        (61.26, "61.3 s"),
    ],
)
def test_a_headline_says_how_many_have_a_place_how_sure_that_is_and_how_long_it_took(seconds, words):
    assert headline(run_of("optimal", seconds)) == f"142 of 160 placed. Proved optimal in {words}."
    assert headline(run_of("feasible", seconds)) == (
        f"142 of 160 placed. Stopped after {words}: the best found so far, not proved."
    )


@pytest.mark.parametrize(
    ("stage", "value", "words"),
    [
        ("score", None, "not known"),
        ("lottery", None, "not known"),
        ("lottery", [3, 1, 4], "drawn"),
        ("score", 1234567, "1,234,567"),
        ("placed", 0, "0"),
        ("first_choices", [1200, 3], "1,200, 3"),
        ("first_choices", list(range(12)), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11"),
        ("first_choices", list(range(13)), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …"),
    ],
)
def test_what_a_stage_reached_is_read_as_a_number_and_long_rows_are_cut(stage, value, words):
    assert number_in_words(stage, value) == words


def profile(*by_rank, off_list=0, unplaced=0):
    ranked = [(f"choice {number}", learners) for number, learners in enumerate(by_rank, 1)]
    return [*ranked, ("Not on the list", off_list), ("Not placed", unplaced)]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (profile(off_list=7, unplaced=2), "7 of 9 have a place, none of them from a list"),
        (profile(5, off_list=3, unplaced=1), "5 of 9 got their first choice"),
        (profile(5, 2, off_list=1, unplaced=1), "7 of 9 got one of their first two choices"),
        (profile(5, 2, 1, unplaced=1), "8 of 9 got one of their first three choices"),
        (profile(5, 2, 1, 4, off_list=2, unplaced=1), "8 of 15 got one of their first three choices"),
    ],
)
def test_the_finding_counts_only_the_choices_that_it_names(found, words):
    assert profile_finding(found) == words


@given(st.lists(st.integers(0, 50), max_size=6), st.integers(0, 50), st.integers(0, 50))
def test_no_finding_counts_more_learners_than_there_are(by_rank, off_list, unplaced):
    number, _, total, *_ = profile_finding(profile(*by_rank, off_list=off_list, unplaced=unplaced)).split()
    assert int(total) == sum(by_rank) + off_list + unplaced
    assert int(number) == (sum(by_rank[:3]) if by_rank else off_list)


def test_the_page_of_a_run_has_its_headline_numbers_and_finding(scene, sign_in, session):
    proved = {"proved": True, "rests_on": "dual bound"}
    stages = [
        {"name": "placed", "value": 1400, "bound": 1400, **proved},
        {"name": "first_choices", "value": [1001, 2], "bound": None, "proved": False, "rests_on": None},
        {"name": "lottery", "value": [5], "bound": [5], **proved},
    ]
    outcome = {"status": "optimal", "learners": 2, "placed": 1, "pairs": 0, "places": {}, "stages": stages}
    run = scene.build.run(scene.round, outcome=outcome, seconds=0.44)
    scene.build.add(Proposal(run=run, request=scene.request(), opening=scene.opening(), score=700, rank=1))
    session.commit()
    page = shown(sign_in(scene.coordinator).get(f"/runs/{run.id}"))
    assert "1 of 2 placed. Proved optimal in 0.4 s." in page.paragraphs
    table = page.table("Stages of the run in their order")
    assert [row.cells[0] for row in table.all_rows()] == ["1,400", "1,001, 2", "drawn"]
    assert page.says("1 of 2 got their first choice")
