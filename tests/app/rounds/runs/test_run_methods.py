"""The page of a run says how much of the round was solved by which method."""

from app.phrasebook.methods import METHOD_WORDS
from matching import METHODS
from tests.app.rounds.runs.test_round_runs import latest_run, start
from tests.screen import shown


def test_every_method_of_the_engine_has_its_words() -> None:
    assert list(METHOD_WORDS) == list(METHODS)
    assert not [words for method, words in METHOD_WORDS.items() if words == method]


def test_the_page_counts_the_steps_that_each_method_decided(full_scene, sign_in, session, look_again):
    start(sign_in, full_scene)
    run = latest_run(session, look_again)
    page = shown(sign_in(full_scene.coordinator).get(f"/runs/{run.id}"))
    table = page.table("Methods and how many steps each decided")
    steps = {METHOD_WORDS[method]: str(count) for method, count in run.outcome["methods"].items()}
    assert steps
    assert {row.name: row["Steps decided"] for row in table.all_rows()} == steps
    assert page.section("How it was solved").says("Shared mentors and studies connect the whole round.")


def test_a_run_kept_before_methods_were_told_has_no_such_section(full_scene, sign_in, session, look_again):
    start(sign_in, full_scene)
    run = latest_run(session, look_again)
    run.outcome = {name: value for name, value in run.outcome.items() if name not in ("methods", "parts")}
    session.commit()
    page = shown(sign_in(full_scene.coordinator).get(f"/runs/{run.id}"))
    assert "How it was solved" not in page.headings
