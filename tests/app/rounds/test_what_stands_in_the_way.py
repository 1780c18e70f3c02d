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
from tests.screen import shown

FITTING = "North West"


def page_of(scene, sign_in):
    return shown(sign_in(scene.coordinator).get(f"/rounds/{scene.round.id}/obstacles"))


def help_for(request, scene, sign_in):
    """What would help a learner, as her row says."""
    learners = page_of(scene, sign_in).section("Learners without any possible opening")
    return learners.row(request.learner.name)["What would help"]


def why_nobody(opening, scene, sign_in):
    """Why nobody can take an opening, as its row says."""
    return page_of(scene, sign_in).section("Openings that nobody can take").row(opening.mentor.name)["Why"]


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
    request = scene.request()
    scene.opening(**opening)
    assert help_for(request, scene, sign_in).endswith(sentence)


def test_dates_and_networks_are_named_with_what_would_do(scene, sign_in, today):
    request = scene.request(start_until=today + timedelta(days=5))
    scene.opening(starts_on=today + timedelta(days=50))
    assert help_for(request, scene, sign_in) == "1 opening would fit if the learner could also start on 22 April 2026."


def test_another_network_of_the_round_is_named(scene, build, sign_in):
    other = build.network("East Midlands")
    scene.round.networks.append(other)
    request = build.request(networks=[other], round_id=scene.round.id)
    scene.opening()
    assert help_for(request, scene, sign_in) == f"1 opening would fit if the learner could also go to {FITTING}."


def test_a_list_that_takes_no_others_is_named(scene, sign_in):
    paused = scene.opening(state=OpeningState.PAUSED)
    scene.opening()
    scene.opening()
    request = scene.request(ranked=[paused], takes_any_other=False)
    assert help_for(request, scene, sign_in) == (
        "2 openings would fit if the learner also took openings that are not on the list."
    )


def test_nothing_is_promised_where_the_only_mentor_may_not_mentor_the_learner(scene, sign_in):
    opening, request = scene.opening(), scene.request()
    request.excluded = [ExcludedMentor(kind=ExclusionKind.LINE_MANAGER, name="My manager", mentor_id=opening.mentor_id)]
    assert help_for(request, scene, sign_in).startswith("No single change helps")


def test_the_change_that_opens_most_comes_before_one_that_opens_less(scene, sign_in):
    request = scene.request()
    scene.opening(places=0)
    for _ in range(2):
        scene.opening(levels=[Level.PGDIP])
    assert help_for(request, scene, sign_in) == "2 openings would fit if they were also for PGCert."


@pytest.mark.parametrize(
    ("opening", "sentence"),
    [
        ({"places": 0}, "All its places are taken"),
        ({"professions": [Profession.DOCTOR]}, "1 of a profession that it does not accept"),
    ],
)
def test_an_opening_that_nobody_can_take_says_why(scene, sign_in, opening, sentence):
    scene.request()
    assert sentence in why_nobody(scene.opening(**opening), scene, sign_in)


def test_an_opening_on_a_stopped_study_and_one_out_of_everybodys_reach_say_so(scene, build, sign_in):
    stopped = scene.opening(study=build.study(status=StudyStatus.SUSPENDED))
    assert why_nobody(stopped, scene, sign_in) == "Its study is suspended."
    out_of_reach = scene.opening()
    assert why_nobody(out_of_reach, scene, sign_in) == "No learner of this round can go to North West."


def test_a_round_without_hindrances_says_so(full_scene, sign_in):
    page = page_of(full_scene, sign_in)
    learners = page.section("Learners without any possible opening")
    openings = page.section("Openings that nobody can take")
    assert (learners.rows, learners.text) == ([], "Every learner has at least one possible opening.")
    assert (openings.rows, openings.text) == ([], "Every opening fits at least one learner.")


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
        ({"ends": 60}, "closes before you can start", "If you can also start on 4 April 2026, 1 more opening"),
        ({"ends": 20}, "closes before you can start", "You can ask again for the next round"),
    ],
)
def test_the_reason_said_to_an_unplaced_learner_names_what_stood_in_the_way(
    scene, sign_in, session, look_again, today, opening, reason, advice
):
    if "starts" in opening:
        opening = {"starts_on": today + timedelta(days=200), "ends_on": today + timedelta(days=400)}
    if "ends" in opening:
        opening = {"starts_on": today - timedelta(days=90), "ends_on": today + timedelta(days=opening["ends"])}
    scene.opening(**opening)
    scene.request(start_from=today + timedelta(days=40))
    answer = sign_in(scene.coordinator).post(f"/rounds/{scene.round.id}/runs/new", data={"policy": "fit"})
    assert answer.status_code == 303
    look_again()
    unplaced = session.scalar(select(UnplacedRequest))
    assert reason in unplaced.reason
    assert advice in unplaced.next_step


def test_a_learner_whose_only_opening_is_her_line_managers_is_told_so(scene, sign_in, session, look_again):
    opening, request = scene.opening(), scene.request()
    request.excluded = [ExcludedMentor(kind=ExclusionKind.LINE_MANAGER, name="My manager", mentor_id=opening.mentor_id)]
    sign_in(scene.coordinator).post(f"/rounds/{scene.round.id}/runs/new", data={"policy": "fit"})
    look_again()
    assert "is with somebody who must not mentor you" in session.scalar(select(UnplacedRequest.reason))
