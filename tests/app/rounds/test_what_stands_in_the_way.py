"""Why a learner has no opening or an opening no learner, and the nearest change that would help."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.programmes import Level
from app.models.requests import ExcludedMentor, ExclusionKind
from app.models.runs import UnplacedRequest
from app.models.studies import OpeningState
from app.models.values.registration import Profession
from app.models.values.study_status import StudyStatus

FITTING = "North West"


def page_of(scene, sign_in):
    return " ".join(sign_in(scene.coordinator).get(f"/rounds/{scene.round.id}/obstacles").text.split())


@pytest.mark.parametrize(
    ("opening", "sentence"),
    [
        ({"state": OpeningState.PAUSED}, "1 opening would fit if the mentor published it again."),
        ({"levels": [Level.PGDIP]}, "1 opening would fit if it were also for PGCert."),
        (
            {"professions": [Profession.DOCTOR]},
            "if the mentor also accepted the profession “nurse”.",
        ),
        ({"places": 0}, "1 opening would fit if there were one more place."),
    ],
)
def test_the_nearest_change_of_a_learner_is_named(scene, sign_in, opening, sentence):
    scene.request()
    scene.opening(**opening)
    assert sentence in page_of(scene, sign_in)


def test_dates_and_networks_are_named_with_what_would_do(scene, sign_in, today):
    scene.request(start_until=today + timedelta(days=5))
    scene.opening(starts_on=today + timedelta(days=50))
    assert "1 opening would fit if the learner could also start on 22 April 2026." in page_of(scene, sign_in)


def test_another_network_of_the_round_is_named(scene, build, sign_in):
    other = build.network("East Midlands")
    scene.round.networks.append(other)
    build.request(networks=[other], round_id=scene.round.id)
    scene.opening()
    assert f"1 opening would fit if the learner could also go to {FITTING}." in page_of(scene, sign_in)


def test_a_list_that_takes_no_others_is_named(scene, sign_in):
    paused = scene.opening(state=OpeningState.PAUSED)
    scene.opening()
    scene.opening()
    scene.request(ranked=[paused], takes_any_other=False)
    page = page_of(scene, sign_in)
    assert "2 openings would fit if the learner also took openings that are not on the list." in page


def test_nothing_is_promised_where_the_only_mentor_may_not_mentor_the_learner(scene, sign_in):
    opening, request = scene.opening(), scene.request()
    request.excluded = [ExcludedMentor(kind=ExclusionKind.LINE_MANAGER, name="My manager", mentor_id=opening.mentor_id)]
    assert "No single change helps" in page_of(scene, sign_in)


def test_the_change_that_opens_most_comes_before_one_that_opens_less(scene, sign_in):
    scene.request()
    scene.opening(places=0)
    for _ in range(2):
        scene.opening(levels=[Level.PGDIP])
    assert "2 openings would fit if it were also for PGCert." in page_of(scene, sign_in)


@pytest.mark.parametrize(
    ("opening", "sentence"),
    [
        ({"places": 0}, "All its places are taken"),
        ({"professions": [Profession.DOCTOR]}, "1 of a profession that it does not accept"),
    ],
)
def test_an_opening_that_nobody_can_take_says_why(scene, sign_in, opening, sentence):
    scene.request()
    scene.opening(**opening)
    assert sentence in page_of(scene, sign_in)


def test_an_opening_on_a_stopped_study_and_one_out_of_everybodys_reach_say_so(scene, build, sign_in):
    scene.opening(study=build.study(status=StudyStatus.SUSPENDED))
    assert "Its study is suspended." in page_of(scene, sign_in)
    scene.opening()
    assert "No learner of this round can go to North West." in page_of(scene, sign_in)


def test_a_round_without_hindrances_says_so(full_scene, sign_in):
    page = page_of(full_scene, sign_in)
    assert "Every learner has at least one possible opening." in page
    assert "Every opening fits at least one learner." in page


@pytest.mark.parametrize(
    ("opening", "reason", "advice"),
    [
        (
            {"professions": [Profession.DOCTOR]},
            "The only opening in the networks that you can reach does not accept your profession.",
            "Your coordinator can ask mentors whether they would take your profession too.",
        ),
        ({"places": 0}, "had no place left", "You can ask again for the next round"),
        ({"starts": 200}, "starts later than you can", "If you can also start on 19 September 2026, 1 more opening"),
        ({"ends": 30}, "closes before you can start", "If you can start earlier, 1 more opening would fit you."),
    ],
)
def test_the_reason_said_to_an_unplaced_learner_names_what_stood_in_the_way(
    scene, sign_in, session, look_again, today, opening, reason, advice
):
    if "starts" in opening:
        opening = {"starts_on": today + timedelta(days=200), "ends_on": today + timedelta(days=400)}
    if "ends" in opening:
        opening = {"starts_on": today - timedelta(days=90), "ends_on": today + timedelta(days=20)}
    scene.opening(**opening)
    scene.request()
    answer = sign_in(scene.coordinator).post(f"/rounds/{scene.round.id}/runs/new", data={"policy": "fit", "seed": "x"})
    assert answer.status_code == 303
    look_again()
    unplaced = session.scalar(select(UnplacedRequest))
    assert reason in unplaced.reason
    assert advice in unplaced.next_step


def test_a_learner_whose_only_opening_is_her_line_managers_is_told_so(scene, sign_in, session, look_again):
    opening, request = scene.opening(), scene.request()
    request.excluded = [ExcludedMentor(kind=ExclusionKind.LINE_MANAGER, name="My manager", mentor_id=opening.mentor_id)]
    sign_in(scene.coordinator).post(f"/rounds/{scene.round.id}/runs/new", data={"policy": "fit", "seed": "x"})
    look_again()
    assert "is with somebody who may not mentor you" in session.scalar(select(UnplacedRequest.reason))
