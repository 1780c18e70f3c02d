"""The page of a run says of each aim what proves it, or why it is not proved, and names no constant of the engine."""

import pytest

from matching import PROOFS
from tests.screen.page import shown

AIMS = "Stages of the run in their order"
SAID = {
    "dual bound": "Yes, by bounds that anybody can recompute",
    "dual bounds by cases": "Yes, by bounds that anybody can recompute, in some parts case by case",
    "branch and bound": "Yes, in some parts by complete search, which rpe check does not repeat",
}


def page_of_run(scene, sign_in, session, **stage):
    told = {"name": "score", "value": 700, "bound": 700, "proved": True, "rests_on": PROOFS[0], **stage}
    outcome = {"status": "optimal", "learners": 0, "placed": 0, "pairs": 0, "places": {}, "stages": [told]}
    run = scene.build.run(scene.round, outcome=outcome, seconds=0.2)
    session.commit()
    return shown(sign_in(scene.coordinator).get(f"/runs/{run.id}"))


def aim_of(page):
    return page.table(AIMS).row("1. The best fit of interests, summed over everybody")


@pytest.mark.parametrize("proof", PROOFS)
def test_each_kind_of_proof_has_its_sentence(scene, sign_in, session, proof):
    page = page_of_run(scene, sign_in, session, rests_on=proof)
    assert aim_of(page)["Proved"] == SAID[proof]
    assert not page.says(proof)


def test_an_aim_that_a_stopped_run_did_not_prove_says_how_far_it_could_be_off(scene, sign_in, session):
    aim = aim_of(page_of_run(scene, sign_in, session, proved=False, bound=1200))
    assert aim["Proved"] == "No, the run stopped before it was proved"
    assert aim["Cannot be better than"] == "1,200"


def test_an_aim_that_a_stopped_run_did_not_come_to_says_so(scene, sign_in, session):
    aim = aim_of(page_of_run(scene, sign_in, session, proved=False, bound=None))
    assert aim["Proved"] == "No, the run stopped before it came to this aim"
    assert aim["Cannot be better than"] == "not known"
