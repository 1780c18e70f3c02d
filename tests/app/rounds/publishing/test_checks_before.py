"""What to look at before a run is published: each says how many, leads to its list, and is passed with one tick."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.language.mail import Mail
from app.models.people import MentorAbsence
from app.models.placements import Offer
from app.models.runs import Run
from app.platform.outbox import queue_message
from app.rounds.publishing.check_words import MEANING, TITLES, sentence_of
from app.rounds.publishing.checks import Case, Concern, Finding, findings, mark_of
from tests.screen import shown

HEART = "Heart failure nurses at home"


@pytest.fixture
def fitting(scene, sign_in, session, look_again):
    """One learner whom the only opening fits well: a run with nothing to look at."""
    heart = scene.build.specialty("Cardiovascular")
    scene.opening(study=scene.build.study(HEART, [heart]))
    scene.request(interests=f"{HEART}. Heart failure nurses who visit people at home.", specialties=[heart])
    return scene


@pytest.fixture
def run(sign_in, session, look_again):
    def start(scene):
        sign_in(scene.coordinator).post(f"/rounds/{scene.round.id}/runs/new", data={"policy": "fit"})
        look_again()
        return session.scalar(select(Run).order_by(Run.id.desc()))

    return start


def found_in(session, build, run):
    return {one.concern: one.cases for one in findings(session, run, build.today, build.now)}


def away(scene):
    mentor = scene.openings[0].mentor
    scene.build.add(
        MentorAbsence(
            mentor_id=mentor.id,
            starts_on=scene.build.today,
            ends_on=scene.build.today + timedelta(days=60),
        )
    )


def short(scene):
    scene.openings[0].ends_on = scene.openings[0].starts_on + timedelta(weeks=6)


def weak(scene):
    scene.requests[0].interests, scene.requests[0].specialty_rows = "Dentistry for children in schools.", []


def refused(scene):
    mail = queue_message(scene.build.session, scene.requests[0].learner.email, Mail("Hello", "Hello"), scene.build.now)
    mail.attempts, mail.complaint = 1, "550 no such mailbox"


def nobody(scene):
    scene.opening(mentor=scene.build.mentor(learners_max=0))


def no_address(scene):
    scene.requests[0].learner.email = "nowhere"


@pytest.mark.parametrize(
    ("make", "concern"),
    [
        (away, Concern.AWAY),
        (short, Concern.TOO_SHORT),
        (weak, Concern.WEAK_FIT),
        (refused, Concern.MAIL_REFUSED),
        (nobody, Concern.NO_CAPACITY),
        (no_address, Concern.NO_ADDRESS),
    ],
)
def test_each_concern_is_found_and_has_its_list(fitting, run, sign_in, session, make, concern):
    make(fitting)
    session.commit()
    solved = run(fitting)
    found = found_in(session, fitting.build, solved)
    assert len(found[concern]) == 1
    browser = sign_in(fitting.coordinator)
    page = shown(browser.get(f"/runs/{solved.id}/publish"))
    address = page.link(sentence_of(Finding(concern, found[concern])))
    assert address == f"/runs/{solved.id}/publish/{concern.value}"
    listed = shown(browser.get(address))
    assert listed.says(TITLES[concern])
    assert len(listed.rows) == 1
    assert ("Publish and send the mails" in page.buttons) is not concern.is_blocking


def test_where_nothing_is_to_be_looked_at_no_tick_is_asked(fitting, run, sign_in, session):
    solved = run(fitting)
    assert found_in(session, fitting.build, solved) == {}
    page = shown(sign_in(fitting.coordinator).get(f"/runs/{solved.id}/publish"))
    assert not page.says("I have looked at these")
    assert sign_in(fitting.coordinator).post(f"/runs/{solved.id}/publish").status_code == 303


def test_without_the_tick_nothing_is_published_and_with_it_it_is(fitting, run, sign_in, session):
    weak(fitting)
    session.commit()
    solved = run(fitting)
    browser = sign_in(fitting.coordinator)
    answer = browser.post(f"/runs/{solved.id}/publish")
    assert answer.status_code == 422
    assert shown(answer).says("Look at these first, then tick the box and publish")
    assert session.scalar(select(func.count(Offer.id))) == 0
    seen = mark_of(findings(session, solved, fitting.build.today, fitting.build.now))
    answer = browser.post(f"/runs/{solved.id}/publish", data={"has_looked": "y", "seen": seen})
    assert answer.status_code == 303


def test_a_tick_counts_for_what_was_seen_and_nothing_else(fitting, run, sign_in, session):
    weak(fitting)
    session.commit()
    solved = run(fitting)
    answer = sign_in(fitting.coordinator).post(
        f"/runs/{solved.id}/publish", data={"has_looked": "y", "seen": "something else"}
    )
    assert answer.status_code == 422
    assert shown(answer).says("What there is to look at has changed. Look again, then publish")


def test_nobody_waves_through_that_somebody_cannot_be_told(fitting, run, sign_in, session):
    no_address(fitting)
    session.commit()
    solved = run(fitting)
    answer = sign_in(fitting.coordinator).post(f"/runs/{solved.id}/publish", data={"has_looked": "y"})
    assert answer.status_code == 422
    assert session.scalar(select(func.count(Offer.id))) == 0


def test_every_concern_has_its_words():
    assert TITLES.keys() == MEANING.keys() == set(Concern)
    for concern in Concern:
        one, two = (sentence_of(Finding(concern, [Case()] * number)) for number in (1, 2))
        assert one.startswith("1 ")
        assert two.startswith("2 ")


def test_a_run_since_which_something_has_changed_is_not_the_next_step(fitting, run, sign_in, session):
    solved = run(fitting)
    browser = sign_in(fitting.coordinator)
    assert shown(browser.get(f"/runs/{solved.id}")).link("Publish this run")
    assert shown(browser.get(f"/rounds/{fitting.round.id}")).link(f"Publish run {solved.id}")
    fitting.openings[0].places = 2
    session.commit()
    of_run, of_round = (
        shown(browser.get(address)) for address in (f"/runs/{solved.id}", f"/rounds/{fitting.round.id}")
    )
    assert "Publish this run" not in of_run.links
    assert of_run.link("Start a new run") == f"/rounds/{fitting.round.id}/runs/new"
    assert of_run.link("See what has changed") == f"/runs/{solved.id}/publish"
    assert f"Publish run {solved.id}" not in of_round.links
    assert of_round.says(f"Something in the round has changed since run {solved.id}")
    assert shown(browser.get("/")).says("Run Spring 2026 again")
    change = shown(browser.get(f"/runs/{solved.id}/publish"))
    assert change.link(f"{fitting.openings[0].mentor.name} on “{fitting.openings[0].study.name}”")
