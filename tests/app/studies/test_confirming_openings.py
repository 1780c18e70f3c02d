"""Mentors say again, before a round closes, that what they offer is still right."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.operations.outbox import Message
from app.models.people import Role
from app.models.studies import Opening, OpeningState
from app.studies.confirming.queries import openings_to_ask_about
from app.studies.confirming.service import ask_mentors
from tests.screen import shown

BEFORE = timedelta(days=14)
NOT_RIGHT = "Which of them are not right any more?"


@pytest.fixture
def mentor(build):
    return build.mentor(learners_max=9)


@pytest.fixture
def openings(build, mentor, now):
    """Two openings of one mentor in a network whose round closes in ten days, as they were published long ago."""
    network = build.network("North West")
    build.round(network)
    return [
        build.opening(mentor=mentor, network=network, study=build.study(title), created_at=now - timedelta(days=90))
        for title in ("Heart failure at home", "Wound dressings")
    ]


@pytest.fixture
def secret(openings, session, now):
    """The secret of the link that the mentor was mailed."""
    assert ask_mentors(session, now, BEFORE, lambda secret: f"http://localhost/confirm-openings/{secret}") == 1
    session.commit()
    [message] = session.scalars(select(Message)).all()
    found = re.search(r"/confirm-openings/(\S+)", message.body)
    assert found
    return found[1]


def test_a_mentor_is_asked_once_about_all_her_openings(openings, secret, mentor, session, now):
    message = session.scalar(select(Message))
    assert message.recipient == mentor.email
    assert message.subject == "Is what you offer still right? 2 openings"
    assert "Heart failure at home" in message.body
    assert all(opening.is_unconfirmed for opening in openings)
    assert session.scalars(select(Opening).where(Opening.is_unconfirmed).order_by(Opening.id)).all() == openings
    assert ask_mentors(session, now + timedelta(days=3), BEFORE, str) == 0


@pytest.mark.parametrize("why", ["too early", "paused", "just published", "published round", "closed", "other level"])
def test_nobody_is_asked_without_need(build, mentor, session, now, today, why):
    network = build.network()
    closes = today + timedelta(days={"too early": 20, "closed": -1}.get(why, 5))
    build.round(network, closes_on=closes, published_at=now if why == "published round" else None)
    given = {"created_at": now - timedelta(days=1 if why == "just published" else 90)}
    given |= {"state": OpeningState.PAUSED} if why == "paused" else {}
    given |= {"levels": []} if why == "other level" else {}
    build.opening(mentor=mentor, network=network, **given)
    session.flush()
    assert openings_to_ask_about(session, now, BEFORE) == []


def test_looking_at_the_link_changes_nothing_and_one_press_confirms_all_without_an_account(
    openings, secret, client, session, look_again
):
    page = shown(client.get(f"/confirm-openings/{secret}"))
    client.head(f"/confirm-openings/{secret}")
    assert page.rows == ["Heart failure at home", "Wound dressings"]
    look_again()
    assert all(opening.is_unconfirmed for opening in openings)
    answer = client.post(f"/confirm-openings/{secret}")
    assert answer.status_code == 200
    assert shown(answer).says("2 openings are confirmed.")
    look_again()
    assert not any(opening.is_unconfirmed for opening in openings)
    line = session.scalar(select(AuditLine).where(AuditLine.deed == "confirmed openings"))
    assert (line.details["openings"], line.details["by_link"]) == ([one.id for one in openings], True)
    for again in (client.get(f"/confirm-openings/{secret}"), client.post(f"/confirm-openings/{secret}")):
        assert again.status_code == 422
        assert shown(again).says("This link was used already, or is too old, or was replaced by a newer one.")


def test_what_is_ticked_is_paused_and_the_rest_confirmed(openings, secret, client, look_again):
    answer = client.post(f"/confirm-openings/{secret}", data={"paused": str(openings[1].id)})
    assert shown(answer).says("1 opening is confirmed. 1 opening is paused")
    look_again()
    assert [one.state for one in openings] == [OpeningState.PUBLISHED, OpeningState.PAUSED]


def test_a_link_pauses_no_opening_of_others(openings, secret, client, build, session, look_again):
    other = build.opening()
    session.commit()
    answer = client.post(f"/confirm-openings/{secret}", data={"paused": str(other.id)})
    assert answer.status_code == 422
    assert shown(answer).complaint[0] == NOT_RIGHT
    look_again()
    assert other.state is OpeningState.PUBLISHED
    assert openings[0].is_unconfirmed


def test_a_wrong_or_old_link_says_nothing_of_anybody(secret, client, app, now):
    assert client.get("/confirm-openings/wrong").status_code == 422
    app.config["NOW"] = lambda: now + timedelta(days=15)
    answer = client.get(f"/confirm-openings/{secret}")
    assert answer.status_code == 422
    assert not shown(answer).says("Heart failure")


def test_the_link_of_somebody_who_is_no_mentor_any_more_opens_nothing(openings, secret, mentor, client, session, now):
    mentor.grants[0].ended_at = now
    session.commit()
    assert client.get(f"/confirm-openings/{secret}").status_code == 422
    assert client.post(f"/confirm-openings/{secret}").status_code == 422
    session.expire_all()
    assert openings[0].is_unconfirmed


def test_a_mentor_who_is_signed_in_confirms_from_her_openings(openings, secret, mentor, sign_in, look_again, client):
    browser = sign_in(mentor)
    page = shown(browser.get("/openings"))
    assert page.row("Heart failure at home").tags == ["Published", "Not confirmed"]
    assert page.link("Confirm that what you offer is still right") == "/openings/confirm"
    assert browser.get("/openings/confirm").status_code == 200
    assert browser.post("/openings/confirm").location == "/openings"
    look_again()
    assert not any(opening.is_unconfirmed for opening in openings)
    assert client.get(f"/confirm-openings/{secret}").status_code == 422


def test_only_mentors_confirm(build, sign_in):
    for method in ("get", "post"):
        answer = getattr(sign_in(build.person(Role.LEARNER, Role.COORDINATOR)), method)("/openings/confirm")
        assert answer.status_code == 403


def test_coordinators_see_what_is_not_confirmed_and_learners_when_it_last_was(
    openings, secret, build, sign_in, session, now
):
    network = openings[0].network
    openings[1].confirmed_at = now
    coordinator, wish = build.coordinator(network), build.request(networks=[network])
    round_ = build.round(network, coordinator=coordinator)
    session.commit()
    browser = sign_in(coordinator)
    at = f"/rounds/{round_.id}"
    assert shown(browser.get(at)).link("See which openings are not confirmed") == f"{at}/openings?confirmed=no"
    page = shown(browser.get(f"{at}/openings?confirmed=no"))
    assert (page.rows, page.row(openings[0].mentor.name).tags) == ([openings[0].mentor.name], ["Not confirmed"])
    assert len(shown(browser.get(f"{at}/openings")).rows) == 2
    page = shown(sign_in(wish.learner).get(f"/request/{wish.id}/openings/{openings[1].id}"))
    assert page.says("Last confirmed 3 March 2026 by its mentor")
