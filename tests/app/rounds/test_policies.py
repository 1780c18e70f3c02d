"""What coordinators read of an aim: words for each stage that the engine has, and never the name of one."""

import pytest

import matching
from app.models.runs import RunState
from app.phrasebook.stages import STAGE_WORDS
from app.rounds.policies import LAST_STAGE, POLICIES, keeps_to_an_earlier_run, meaning_of
from app.rounds.runs.jobs import Look, solve_run
from app.rounds.runs.service import start_run
from tests.screen import shown


@pytest.fixture
def runs(full_scene, app, session, look_again):
    """A run of the usual aims, and one of all there are that keeps to it; the round has one more that waits."""
    build, ids = full_scene.build, []
    for stages in (("placed", LAST_STAGE), matching.STAGES):
        run = start_run(session, full_scene.coordinator, build.now, full_scene.round, stages)
        session.commit()
        with app.app_context():
            solve_run(run.id)
        look_again()
        assert run.state is RunState.SOLVED, run.complaint
        ids.append(run.id)
    waiting = build.run(full_scene.round, state=RunState.WAITING, stages=list(matching.STAGES))
    session.commit()
    return [*ids, waiting.id]


def test_each_stage_of_the_engine_has_its_words_and_no_other():
    assert set(STAGE_WORDS) == set(matching.STAGES)
    assert len(set(STAGE_WORDS.values())) == len(STAGE_WORDS)


@pytest.mark.parametrize("stage", matching.STAGES)
def test_a_policy_of_one_stage_means_what_its_words_say(stage):
    assert meaning_of([stage, "lottery"]) == (STAGE_WORDS[stage] if stage != LAST_STAGE else "Lottery alone")


def test_a_policy_of_ones_own_is_one_sentence_of_its_words():
    assert meaning_of(["floor", "stay", "lottery"]) == (
        "The worst fit that anybody gets is as good as possible; then: as many as possible keep what the latest run "
        "proposed"
    )


def test_the_policies_speak_of_stages_that_there_are():
    assert {stage for policy in POLICIES for stage in policy.stages} <= set(matching.STAGES)


def test_only_an_aim_that_stays_with_what_was_needs_an_earlier_run():
    assert [stage for stage in matching.STAGES if keeps_to_an_earlier_run([stage])] == ["stay"]


def test_the_table_of_aims_has_the_words_of_each(runs, full_scene, sign_in):
    page = shown(sign_in(full_scene.coordinator).get(f"/runs/{runs[1]}"))
    expected = [f"{number}. {STAGE_WORDS[stage]}" for number, stage in enumerate(matching.STAGES, 1)]
    assert page.table("Stages of the run in their order").rows == expected


def test_no_page_of_a_round_shows_the_name_of_a_stage(runs, full_scene, sign_in):
    round_ = f"/rounds/{full_scene.round.id}"
    client = sign_in(full_scene.coordinator)
    parts = [f"/runs/{run}" for run in runs] + [f"/runs/{runs[2]}/progress", round_, f"{round_}/runs/new"]
    names = [stage for stage in matching.STAGES if "_" in stage]
    assert names
    for address in parts:
        page = shown(client.get(address, headers={"HX-Request": "true"} if address.endswith("progress") else {}))
        assert [name for name in names if page.says(name)] == [], address


@pytest.mark.parametrize("stage", matching.STAGES)
def test_a_run_under_way_tells_its_aim_in_words(engine, stage):
    look = Look(engine, run_id=1)
    look.note(matching.Progress(stage, 0, 2))
    assert look.text == f"Part 1 of 2. {STAGE_WORDS[stage]}"
