"""Learner and mentor say how far she has come; both stand side by side with their days."""

from datetime import timedelta

from sqlalchemy import select

from app.models.course.capabilities import CapabilityRating
from app.models.placements import Outcome
from tests.screen import shown


def rated(session, look_again):
    look_again()
    wanted = select(CapabilityRating).order_by(CapabilityRating.id)
    return [(one.rater.value, one.level.value) for one in session.scalars(wanted)]


def test_both_ratings_stand_side_by_side(learner, mentor, consent, screening, address, session, look_again):
    answer = learner.post(f"{address}/rate", data={f"capability_{consent.id}": "core"})
    assert answer.location == address
    assert shown(learner.get(address)).banner == "1 rating saved. Earlier ones stay as history."
    mentor.post(f"{address}/rate", data={f"capability_{consent.id}": "awareness"})
    row = shown(learner.get(address)).row("Consent Does it well.")
    assert row["Learner’s rating"].startswith("Core 3 March 2026")
    assert row["Mentor’s rating"].startswith("Awareness 3 March 2026")
    assert shown(mentor.get(address)).row("Screening Does it well.")["Learner’s rating"] == "Not yet"
    assert rated(session, look_again) == [("learner", "core"), ("mentor", "awareness")]


def test_sent_twice_a_rating_counts_once_and_a_new_one_keeps_the_old(learner, consent, address, session, look_again):
    for level in ("core", "core", "intermediate"):
        learner.post(f"{address}/rate", data={f"capability_{consent.id}": level})
    assert rated(session, look_again) == [("learner", "core"), ("learner", "intermediate")]
    assert shown(learner.get(f"{address}/rate")).field("Consent").value == "Intermediate"


def test_what_is_no_level_is_refused(learner, consent, address, session, look_again):
    answer = learner.post(f"{address}/rate", data={f"capability_{consent.id}": "perfect"})
    assert (answer.status_code, rated(session, look_again)) == (422, [])


def test_nobody_rates_before_the_placement_has_begun_nor_where_it_goes_on_elsewhere(
    build, sign_in, today, session, look_again
):
    early = build.placement(starts_on=today + timedelta(days=3))
    gone = build.placement(outcome=Outcome.MOVED, ends_on=today - timedelta(days=1))
    for placement in (early, gone):
        asked = build.capability(placement.module.programme)
        browser, place = sign_in(placement.learner), f"/placements/{placement.id}/capabilities"
        assert "Rate yourself" not in shown(browser.get(place)).links
        assert browser.get(f"{place}/rate").location == place
        answer = browser.post(f"{place}/rate", data={f"capability_{asked.id}": "core"})
        assert answer.status_code == 422
    assert rated(session, look_again) == []


def test_a_mentor_is_asked_to_rate_once_her_learner_has(learner, mentor, consent, address, placement):
    asking = f"Rate the capabilities of {placement.learner.name}"
    assert asking not in shown(mentor.get("/")).links
    learner.post(f"{address}/rate", data={f"capability_{consent.id}": "core"})
    assert shown(mentor.get("/")).link(asking) == address


def test_a_new_mentor_sees_what_was_rated_before_and_rates_for_herself(
    build, sign_in, learner, mentor, placement, consent, address, today, session, look_again
):
    mentor.post(f"{address}/rate", data={f"capability_{consent.id}": "core"})
    look_again()
    placement.outcome, placement.ends_on = Outcome.MOVED, today - timedelta(days=1)
    later = build.placement(placement.learner, starts_on=today, continues_id=placement.id)
    later.module = placement.module
    session.commit()
    place, browser = f"/placements/{later.id}/capabilities", sign_in(later.mentor)
    assert shown(browser.get(place)).row("Consent Does it well.")["Mentor’s rating"].endswith(placement.mentor.name)
    browser.post(f"{place}/rate", data={f"capability_{consent.id}": "core"})
    assert rated(session, look_again) == [("mentor", "core"), ("mentor", "core")]
    assert mentor.get(place).status_code == 404


def test_strangers_and_the_university_do_not_rate(build, sign_in, lead, consent, address):
    place = f"{address}/rate"
    assert (sign_in(build.learner()).get(place).status_code, sign_in(build.mentor()).get(place).status_code) == (
        404,
        404,
    )
    assert (lead.get(place).status_code, lead.get(address).status_code) == (403, 200)
