"""A person's dates in her own calendar: at a secret address, without private words, known again when they change."""

import logging
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from sqlalchemy import select

from app.models.meetings.planned import PlanState
from app.models.operations.audit import AuditLine
from app.models.placements import OfferState
from app.models.reminding.calendar_addresses import CalendarAddress
from tests.screen import shown

DAY = timedelta(days=1)


def address_in(browser):
    """The address that her page shows, as a path."""
    return shown(browser.get("/calendar")).field("Address of your calendar").value.removeprefix("http://localhost")


@pytest.fixture
def placement(build, today):
    return build.placement(starts_on=today - 30 * DAY, ends_on=today + 60 * DAY)


@pytest.fixture
def learner(sign_in, placement):
    browser = sign_in(placement.learner)
    browser.post("/calendar/address")
    return browser


def events_at(client, address):
    """The events of the calendar at an address, by their ids."""
    answer = client.get(address)
    assert answer.status_code == 200
    return {str(one["uid"]): one for one in icalendar.Calendar.from_ical(answer.data).walk("VEVENT")}


def test_it_has_sessions_and_the_days_of_placements_in_londons_time(build, learner, client, placement):
    plan = build.planned_session(placement, starts_at=datetime(2026, 6, 1, 13, 30, tzinfo=UTC), minutes=60)
    build.session.commit()
    found = events_at(client, address_in(learner))
    meeting = found[f"planned-session-{plan.id}@localhost"]
    assert meeting["summary"] == "Supervision session"
    assert str(meeting["dtstart"].dt) == "2026-06-01 14:30:00+01:00"
    assert str(meeting["dtend"].dt) == "2026-06-01 15:30:00+01:00"
    assert meeting["url"] == f"http://localhost/planned-sessions/{plan.id}"
    ends = found[f"placement-{placement.id}-ends@localhost"]
    assert (ends["summary"], ends["dtstart"].dt) == ("A placement ends", placement.ends_on)
    assert ends["transp"] == "TRANSPARENT"
    standing = {mark for mark, one in found.items() if one["status"] == "CONFIRMED"}
    assert standing == {
        f"planned-session-{plan.id}@localhost",
        f"placement-{placement.id}-begins@localhost",
        f"placement-{placement.id}-ends@localhost",
    }


def test_a_calendar_knows_a_session_again_when_it_moves_or_is_cancelled(build, learner, client, placement):
    plan = build.planned_session(placement)
    build.session.commit()
    mark, address = f"planned-session-{plan.id}@localhost", address_in(learner)
    assert events_at(client, address)[mark]["sequence"] == 0
    moved = {
        "starts_at-day": "9", "starts_at-month": "3", "starts_at-year": "2026", "starts_at-time": "10am",
        "minutes": "60", "how": "video",
    }  # fmt: skip
    assert learner.post(f"/planned-sessions/{plan.id}/change", data=moved).status_code == 303
    after = events_at(client, address)[mark]
    assert (after["sequence"], str(after["dtstart"].dt)) == (1, "2026-03-09 10:00:00+00:00")
    learner.post(f"/planned-sessions/{plan.id}/cancel", data={"reason": ""})
    gone = events_at(client, address)[mark]
    assert (gone["sequence"], gone["status"]) == (2, "CANCELLED")


def test_an_offers_last_day_is_there_until_it_is_answered(build, sign_in, client, now):
    offer = build.offer()
    browser = sign_in(offer.request.learner)
    browser.post("/calendar/address")
    address, mark = address_in(browser), f"offer-{offer.id}@localhost"
    day = events_at(client, address)[mark]
    assert (day["dtstart"].dt, day["status"]) == (offer.answer_by, "CONFIRMED")
    assert str(day["summary"]).startswith("Last day to answer an offer of a placement")
    offer.state = OfferState.DECLINED
    build.session.commit()
    assert events_at(client, address)[mark]["status"] == "CANCELLED"


def test_a_coordinator_has_the_reviews_that_she_may_answer_and_not_her_own(build, sign_in, client):
    offer = build.offer()
    publisher = build.session.get(type(offer.request.learner), offer.round.created_by_id)
    review = build.review(offer, build.publication(offer, publisher))
    other = build.coordinator(offer.round.networks[0])
    for person, has_it in ((other, True), (publisher, False)):
        browser = sign_in(person)
        browser.post("/calendar/address")
        assert (f"review-{review.id}@localhost" in events_at(client, address_in(browser))) == has_it


def test_who_finds_the_phone_reads_no_name_no_place_and_no_agenda(build, learner, client, placement):
    build.planned_session(placement, place="Room of Dr Private", agenda="A difficult talk")
    build.session.commit()
    text = client.get(address_in(learner)).data.decode()
    private = [placement.mentor.name, placement.learner.name, placement.opening.study.title, "Room of", "difficult"]
    assert [words for words in private if words in text] == []


def test_each_has_her_own_dates_and_nobody_elses(build, learner, client, placement, sign_in):
    elsewhere = build.placement()
    other = build.planned_session(elsewhere)
    mark = f"planned-session-{other.id}@localhost"
    mentor = sign_in(elsewhere.mentor)
    mentor.post("/calendar/address")
    assert mark not in events_at(client, address_in(learner))
    assert mark in events_at(client, address_in(mentor))


def test_nothing_is_sent_again_while_nothing_has_changed(build, app, learner, client, placement, now):
    address = address_in(learner)
    first = client.get(address)
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert first.mimetype == "text/calendar"
    app.config["NOW"] = lambda: now + timedelta(hours=3)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    build.planned_session(placement)
    build.session.commit()
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_new_address_ends_the_one_before_and_switching_off_ends_both(learner, client, session, look_again):
    old = address_in(learner)
    page = shown(learner.post("/calendar/address", follow_redirects=True))
    assert page.banner.endswith("Your calendar has a new address. One that you had before leads nowhere now.")
    new = address_in(learner)
    assert [client.get(one).status_code for one in (old, new)] == [410, 200]
    for _ in range(2):
        assert shown(learner.post("/calendar/end", follow_redirects=True)).says("secret address, which you make here")
    assert [client.get(one).status_code for one in (old, new)] == [410, 410]
    learner.post("/calendar/address")
    assert [client.get(one).status_code for one in (old, new, address_in(learner))] == [410, 410, 200]
    look_again()
    deeds = session.scalars(select(AuditLine.deed).where(AuditLine.deed.like("%calendar%")).order_by(AuditLine.id))
    made, ended = "made a calendar address", "ended a calendar address"
    assert deeds.all() == [made, made, ended, made]


def test_the_form_sent_twice_makes_one_address(sign_in, placement, session, look_again):
    browser = sign_in(placement.learner)
    for _ in range(2):
        browser.post("/calendar/address", data={"form_key": "0123456789abcdef"})
    look_again()
    assert session.scalars(select(CalendarAddress.number)).all() == [1]


def test_whoever_can_no_longer_sign_in_has_no_calendar(learner, client, placement, session):
    address = address_in(learner)
    placement.learner.is_active = False
    session.commit()
    assert client.get(address).status_code == 410


def test_what_was_not_made_here_is_not_found_and_guessing_is_slowed_down(app, learner, client):
    address = address_in(learner)
    secret = address.split("/")[2]
    app.config["RATELIMIT_ENABLED"] = True
    try:
        guesses = [f"{secret[:-1]}", f"x{secret}", "WzEsMV0.x", *("guess" for _ in range(27))]
        assert {client.get(f"/calendar/{one}/dates.ics").status_code for one in guesses} == {404}
        assert client.get(address).status_code == 429
    finally:
        app.config["RATELIMIT_ENABLED"] = False
    assert client.get(address).status_code == 200


def test_the_address_is_in_no_log_and_no_row_of_the_database(learner, client, session, caplog, app, monkeypatch):
    caplog.set_level(logging.DEBUG)
    address = address_in(learner)
    secret = address.split("/")[2]
    client.get(address)

    def fails(*given):
        raise ValueError("what nobody thought of")

    monkeypatch.setitem(app.extensions, "rpe_calendar_sources", [fails])
    app.config["PROPAGATE_EXCEPTIONS"] = False
    try:
        assert client.get(address).status_code == 500
    finally:
        app.config["PROPAGATE_EXCEPTIONS"] = None
    assert "GET /calendar/<calendar>/dates.ics failed" in caplog.text
    assert secret not in caplog.text
    for table in reversed(CalendarAddress.metadata.sorted_tables):
        assert secret not in str(session.execute(select(table)).all())


def test_what_is_long_past_is_left_out_and_a_place_that_never_began_is_cancelled(
    build, learner, client, placement, today
):
    old = build.planned_session(placement, starts_at=build.now - 366 * DAY, state=PlanState.RECORDED)
    placement.starts_on, placement.ends_on = today + DAY, today
    build.session.commit()
    found = events_at(client, address_in(learner))
    assert f"planned-session-{old.id}@localhost" not in found
    assert {one["status"] for one in found.values()} == {"CANCELLED"}


def test_a_full_calendar_needs_as_many_queries_as_an_empty_one(build, learner, client, placement, queries):
    address = address_in(learner)

    def cost():
        build.session.commit()
        with queries() as statements:
            assert client.get(address).status_code == 200
        return len(statements)

    build.planned_session(placement)
    few = cost()
    for number in range(5):
        build.planned_session(placement, starts_at=build.now + number * DAY)
        build.placement(learner=placement.learner, starts_on=date(2026, 1, 1))
    assert cost() == few
