"""What time does to an offer: more of it on asking, a reminder before its end, and what is so after it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.operations.outbox import Message
from app.models.placements import DeclineKind, OfferState
from app.models.runs import Pin
from app.placements.jobs import keep_to_the_days
from app.platform.lifecycle import story_of
from tests.screen import shown

WHY = "Why do you need more time?"
ASKED = {"reason": "I must ask my employer."}


@pytest.fixture
def offer(build):
    """An offer of Tuesday 3 March 2026, to be answered by Thursday 2 April."""
    offer = build.offer()
    assert offer.answer_by == date(2026, 4, 2)
    return offer


@pytest.fixture
def on(app, session, now, look_again):
    """on(day) lets the regular job look at the offers on that day."""

    def look(day):
        session.commit()
        app.config["NOW"] = lambda: now + timedelta(days=(day - date(2026, 3, 3)).days)
        with app.test_request_context():
            keep_to_the_days()
        look_again()

    return look


def recipients(session):
    return sorted(session.scalars(select(Message.recipient)))


def coordinator_of(offer):
    return offer.round.created_by_id


def test_more_time_is_had_at_once_until_the_day_that_the_page_said_and_all_are_told(
    sign_in, session, offer, look_again, mails
):
    learner, mentor = offer.request.learner, offer.opening.mentor
    browser = sign_in(learner)
    page = shown(browser.get(f"/offers/{offer.id}"))
    assert page.says("If you need more time, you can have it once: until 13 April 2026.")
    asked = shown(browser.get(page.link("Ask for more time")))
    assert asked.paragraphs[0].startswith("You then have until 13 April 2026 instead of 2 April 2026, at once.")
    answer = browser.post(f"/offers/{offer.id}/more-time", data=ASKED)
    look_again()
    assert answer.status_code == 303
    assert (offer.answer_by, offer.state) == (date(2026, 4, 13), OfferState.WAITING)
    assert offer.more_time_reason == ASKED["reason"]
    assert [change.deed for change in story_of(session, offer)] == ["asked for more time"]
    told, *others = [subject for _, subject, _ in mails()]
    assert told == "You have until 13 April 2026 to answer your offer"
    assert others == [f"{learner.name} answers by 13 April 2026"] * 2
    assert mails()[1][0] == mentor.email
    page = shown(browser.get(f"/offers/{offer.id}"))
    assert page.paragraphs[0] == "Answer by 13 April 2026. Until then the place is held for you."
    assert "Ask for more time" not in page.links


def test_more_time_can_be_had_once(sign_in, offer, look_again):
    browser = sign_in(offer.request.learner)
    assert [browser.post(f"/offers/{offer.id}/more-time", data=ASKED).status_code for _ in range(2)] == [303, 422]
    look_again()
    assert offer.answer_by == date(2026, 4, 13)


def test_where_the_round_gives_no_more_time_none_is_offered(sign_in, build, offer, look_again):
    offer.round.more_time_days = 0
    browser = sign_in(offer.request.learner)
    assert "Ask for more time" not in shown(browser.get(f"/offers/{offer.id}")).links
    assert browser.get(f"/offers/{offer.id}/more-time").status_code == 303
    answer = browser.post(f"/offers/{offer.id}/more-time", data=ASKED)
    assert answer.status_code == 422
    assert shown(answer).says("There is no more time for this offer. Please answer by 2 April 2026.")


def test_asking_without_a_reason_asks_for_one_and_a_patients_details_are_asked_about(sign_in, offer, look_again):
    browser, address = sign_in(offer.request.learner), f"/offers/{offer.id}/more-time"
    assert shown(browser.post(address)).complaint == (WHY, "Enter why you need more time, in a few words")
    reason = "I care for 943 476 5919."
    asked = browser.post(address, data={"reason": reason})
    assert (asked.status_code, shown(asked).field(WHY).value) == (422, reason)
    look_again()
    assert offer.answer_by == date(2026, 4, 2)


def test_more_time_is_for_the_learner_of_the_offer_alone(sign_in, build, offer):
    address = f"/offers/{offer.id}/more-time"
    for method in ("get", "post"):
        assert getattr(sign_in(offer.opening.mentor), method)(address).status_code == 403
        assert getattr(sign_in(build.learner()), method)(address).status_code == 404


def test_the_learner_is_reminded_two_working_days_before_the_last_day_and_never_twice(session, offer, on):
    on(date(2026, 3, 30))
    assert recipients(session) == []
    for day in (31, 31, 32):
        on(date(2026, 3, 31) + timedelta(days=day - 31))
        assert recipients(session) == [offer.request.learner.email]
    assert session.scalar(select(Message.subject)) == "Please answer your offer by 2 April 2026"


def test_over_a_weekend_and_bank_holidays_the_reminder_comes_before_them(session, build, on):
    build.offer(answer_by=date(2026, 4, 7))
    on(date(2026, 3, 31))
    assert recipients(session) == []
    on(date(2026, 4, 1))
    assert len(recipients(session)) == 1


def test_an_offer_lapses_as_a_deed_of_the_service_and_learner_and_mentor_are_told(session, build, offer, on, sign_in):
    learner, mentor = offer.request.learner, offer.opening.mentor
    offer.reminded_at = build.now
    on(date(2026, 4, 2))
    assert story_of(session, offer) == []
    on(date(2026, 4, 3))
    assert offer.state is OfferState.LAPSED
    assert not offer.request.wants_a_place
    (change,) = story_of(session, offer)
    assert (change.deed, change.actor_name, change.party) == ("let an offer lapse", "The service", "service")
    assert recipients(session) == sorted([learner.email, mentor.email])
    on(date(2026, 4, 4))
    assert len(recipients(session)) == 2
    page = shown(sign_in(learner).get(f"/offers/{offer.id}"))
    assert page.paragraphs[0].startswith("Lapsed You could answer until 2 April 2026, so the place can go to")


def test_who_declines_without_waiting_is_in_no_further_turn(sign_in, offer, look_again):
    data = {"kind": "ELSEWHERE", "waits": "no"}
    sign_in(offer.request.learner).post(f"/offers/{offer.id}/decline", data=data)
    look_again()
    assert (offer.decline_kind, offer.request.wants_a_place) == (DeclineKind.ELSEWHERE, False)


def test_a_mentor_is_told_that_it_was_declined_and_not_why(sign_in, session, offer, look_again):
    data = {"kind": "MENTOR", "waits": "yes", "reason": "We have met before."}
    sign_in(offer.request.learner).post(f"/offers/{offer.id}/decline", data=data)
    look_again()
    message = session.scalars(select(Message)).one()
    assert message.recipient == offer.opening.mentor.email
    assert "met before" not in message.body
    assert "met before" not in str(session.scalars(select(AuditLine.details)).all())


def test_declining_lifts_the_pin_of_the_pairing(sign_in, session, build, now, look_again):
    offer = build.offer()
    pin = build.add(
        Pin(
            round_id=offer.round_id,
            request=offer.request,
            opening=offer.opening,
            reason="They work together.",
            author_id=coordinator_of(offer),
            created_at=now,
        )
    )
    sign_in(offer.request.learner).post(f"/offers/{offer.id}/decline", data={"kind": "DATES", "waits": "yes"})
    look_again()
    assert pin.lifted_at == now
