"""A place that was kept for a placement to go on breaks: it is taken back, and everybody concerned hears it."""

import pytest

from app.models.course.next_places import NextPlaceState
from app.models.people import Role
from app.models.values.study_status import StudyStatus
from app.platform.occasion import Occasion
from app.promises.consequences import take_back_broken
from app.promises.leaving import leave
from app.rules.capacity import Held
from tests.screen import shown

GONE = "Find another place for Robin Learner: the one with Dr O. Other is gone"


@pytest.fixture
def kept(build, session, placement, other_study):
    """The mentor of a placement has left, and a place on another study is kept for its learner."""
    placement.mentor.is_active = False
    place = build.next_place(placement, other_study)
    session.flush()
    return place


def test_a_withdrawn_opening_takes_the_place_back_and_all_are_told(
    sign_in, session, look_again, mails, kept, coordinator
):
    opening, placement, mentor = kept.opening, kept.placement, kept.opening.mentor
    emails = {placement.learner.email, coordinator.email}
    browser = sign_in(mentor)
    page = shown(browser.get(f"/openings/{opening.id}/withdraw"))
    assert page.says("1 learner from elsewhere has a place on it to go on with, which is taken back.")
    assert shown(browser.get(f"/openings/{opening.id}")).says("1 place is kept for a learner whose placement elsewhere")
    assert browser.post(f"/openings/{opening.id}/withdraw").status_code == 303
    look_again()
    assert (kept.state, kept.broken_by) == (NextPlaceState.TAKEN_BACK, "withdrawn")
    assert {to for to, subject, _ in mails() if "Dr O. Other" in subject or "to go on is gone" in subject} >= emails
    browser = sign_in(coordinator)
    item = shown(browser.get("/")).item(GONE)
    assert item.says("The mentor has withdrawn the opening.")
    assert shown(browser.get(item.link(GONE))).says("The mentor has withdrawn the opening.")
    assert shown(browser.get("/our-placements/rescue")).says("The place with Dr O. Other is gone.")
    page = shown(sign_in(placement.learner).get(f"/next-places/{kept.id}"))
    assert page.tags[0] == "Taken back"
    assert page.says("Its mentor has withdrawn it.")


def left(session, place, occasion):
    mentor = place.opening.mentor
    mentor.is_active = False
    leave(session, occasion, mentor, frozenset({Role.MENTOR}))


def stopped(session, place, occasion):
    place.opening.study.status = StudyStatus.STOPPED
    take_back_broken(session, occasion)


def learner_left(session, place, occasion):
    learner = place.placement.learner
    learner.is_active = False
    leave(session, occasion, learner, frozenset({Role.LEARNER}))


@pytest.mark.parametrize(
    ("deed", "because"), [(left, "mentor gone"), (stopped, "study closed"), (learner_left, "learner gone")]
)
def test_whatever_makes_it_impossible_gives_the_place_free(session, build, kept, deed, because):
    deed(session, kept, Occasion(None, build.today, build.now, "home"))
    session.flush()
    assert (kept.state, kept.broken_by) == (NextPlaceState.TAKEN_BACK, because)
    assert kept.opening_id not in Held.on(session, build.today).by_opening


def test_what_may_pass_leaves_it_as_it_is(session, build, kept):
    kept.opening.pause()
    kept.opening.mentor.mentor_profile.learners_max = 0
    take_back_broken(session, Occasion(None, build.today, build.now, "home"))
    assert kept.state is NextPlaceState.WAITING


def test_a_coordinator_who_is_its_mentor_does_not_read_what_she_must_not_hear(sign_in, session, build, kept):
    mentor = kept.opening.mentor
    build.grant(mentor, Role.COORDINATOR, network=kept.placement.opening.network)
    build.conflict(kept.placement.learner, mentor)
    session.flush()
    take_back_broken(session, Occasion(None, build.today, build.now, "home"))
    assert kept.broken_by == "conflict"
    page = shown(sign_in(mentor).get("/"))
    assert page.item(GONE).says("It was taken back.")
    assert not page.says("conflict")


def test_home_forgets_it_once_another_place_is_kept(sign_in, session, build, kept, coordinator, network):
    stopped(session, kept, Occasion(None, build.today, build.now, "home"))
    assert shown(sign_in(coordinator).get("/")).item(GONE)
    build.next_place(kept.placement, build.opening(network=network))
    session.flush()
    assert not shown(sign_in(coordinator).get("/")).says(GONE)
