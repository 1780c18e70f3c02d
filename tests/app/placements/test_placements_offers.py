"""Answering an offer: what the page says, what accepting and declining do, and what is refused."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.audit import AuditLine
from app.models.outbox import Message
from app.models.people import Person, Role
from app.models.placements import OfferState, Placement, PlacementState
from app.models.rounds import MatchRound
from app.models.studies import OpeningState, StudyIdentifier
from app.models.values.identifiers import Scheme
from app.placements.queries import proposal_behind


@pytest.fixture
def offer(build):
    return build.offer()


def placements(session):
    return session.scalars(select(Placement)).all()


def test_the_offer_page_says_with_whom_on_what_where_from_when_and_why(sign_in, build, session, now):
    opening = build.opening(mentor=build.mentor(name="Dr A. Mentor"), study=build.study("Walking after a stroke"))
    opening.study.identifiers.append(StudyIdentifier(scheme=Scheme.ISRCTN, value="ISRCTN12345678"))
    request = build.request(networks=[opening.network], ranked=[build.opening(), opening])
    offer = build.offer(request, opening)
    proposal = proposal_behind(session, offer)
    assert proposal is not None
    proposal.rank, proposal.why = 2, "Strong fit: stroke, walking."
    page = sign_in(request.learner).get(f"/offers/{offer.id}").text
    for words in ("Dr A. Mentor", "Walking after a stroke", opening.organisation.name, "2 April 2026", "Strong fit"):
        assert words in page
    assert "number 2 on your list" in page
    assert "700 out of 1,000" in page
    assert "Answer by 2 April 2026" in page
    assert "https://www.isrctn.com/ISRCTN12345678" in page


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("opening", "Its only place went to another learner."),
        ("mentor", "has as many learners as one mentor can support"),
        ("study", "The study has as many learners as it can take."),
        ("paused", "Its mentor has paused or withdrawn it."),
        ("dates", "It starts later than you can."),
        ("none", "Your coordinator can tell you more."),
    ],
)
def test_the_page_says_why_not_a_better_ranked_one_as_far_as_records_tell(sign_in, build, limit, words):
    better = build.opening(places=1 if limit == "opening" else 5, mentor=build.mentor(learners_max=5))
    if limit == "mentor":
        better.mentor.mentor_profile.learners_max = 1
    if limit == "study":
        better.study.learner_limit = 1
    if limit == "paused":
        better.state = OpeningState.PAUSED
    if limit == "dates":
        better.starts_on = better.ends_on
    if limit not in ("none", "dates"):
        build.offer(opening=better)
    opening = build.opening()
    request = build.request(networks=[opening.network, better.network], ranked=[better, opening])
    offer = build.offer(request, opening)
    page = sign_in(request.learner).get(f"/offers/{offer.id}").text
    assert "Why not one higher on your list" in page
    assert words in page


def test_accepting_makes_a_placement_and_tells_both(sign_in, session, offer, look_again, build):
    learner, mentor = offer.request.learner, offer.opening.mentor
    offer.request.start_from = offer.opening.starts_on + timedelta(days=7)
    answer = sign_in(learner).post(f"/offers/{offer.id}/accept")
    look_again()
    (placement,) = placements(session)
    assert answer.status_code == 303
    assert answer.location == f"/placements/{placement.id}"
    assert placement.state is PlacementState.ACTIVE
    assert (placement.learner_id, placement.mentor_id) == (learner.id, mentor.id)
    assert placement.starts_on == offer.opening.starts_on + timedelta(days=7)
    assert placement.ends_on == offer.opening.ends_on
    assert offer.state is OfferState.ACCEPTED
    assert {message.recipient for message in session.scalars(select(Message))} == {learner.email, mentor.email}
    assert "accepted an offer" in session.scalars(select(AuditLine.deed)).all()


def test_a_placement_begins_on_the_day_of_acceptance_where_the_opening_has_begun(
    sign_in, session, build, today, look_again
):
    offer = build.offer(opening=build.opening(starts_on=today - timedelta(days=10)))
    offer.request.start_from = today - timedelta(days=20)
    sign_in(offer.request.learner).post(f"/offers/{offer.id}/accept")
    look_again()
    assert placements(session)[0].starts_on == today


def test_accepting_twice_is_accepting_once(sign_in, session, offer, look_again):
    browser = sign_in(offer.request.learner)
    first, second = (browser.post(f"/offers/{offer.id}/accept") for _ in range(2))
    look_again()
    assert first.location == second.location
    assert len(placements(session)) == 1
    assert len(session.scalars(select(Message)).all()) == 2


@pytest.mark.parametrize("deed", ["", "/accept", "/decline"])
def test_a_mentor_may_not_answer_and_another_learner_does_not_find_the_offer(sign_in, offer, build, deed):
    mentor, stranger = sign_in(offer.opening.mentor), sign_in(build.learner())
    address = f"/offers/{offer.id}{deed}"
    methods = ("get",) if not deed else ("post",)
    for method in methods:
        assert getattr(mentor, method)(address).status_code == 403
        assert getattr(stranger, method)(address, data={"reason": "x"}).status_code == 404


def test_declining_keeps_the_reason_and_gives_the_place_back(sign_in, session, offer, look_again):
    browser = sign_in(offer.request.learner)
    assert "cannot be undone" in browser.get(f"/offers/{offer.id}/decline").text
    answer = browser.post(f"/offers/{offer.id}/decline", data={"reason": "The journey is too long."})
    look_again()
    assert answer.status_code == 303
    assert (offer.state, offer.decline_reason) == (OfferState.DECLINED, "The journey is too long.")
    assert placements(session) == []
    assert "You declined this offer" in browser.get(f"/offers/{offer.id}").text
    assert browser.get(f"/offers/{offer.id}/decline").status_code == 303


def test_declining_without_a_reason_asks_for_one(sign_in, offer, look_again):
    answer = sign_in(offer.request.learner).post(f"/offers/{offer.id}/decline", data={"reason": "x" * 1001})
    assert answer.status_code == 422
    assert "x" * 1001 in answer.text
    answer = sign_in(offer.request.learner).post(f"/offers/{offer.id}/decline", data={"reason": " "})
    assert "Enter why the offer does not suit you" in answer.text
    look_again()
    assert offer.state is OfferState.WAITING


def test_a_reason_that_looks_like_a_patients_details_is_asked_about(sign_in, offer, look_again):
    browser, reason = sign_in(offer.request.learner), "I care for 943 476 5919."
    asked = browser.post(f"/offers/{offer.id}/decline", data={"reason": reason})
    assert asked.status_code == 422
    assert "looks like an NHS number" in asked.text
    assert reason in asked.text
    look_again()
    assert offer.state is OfferState.WAITING
    browser.post(f"/offers/{offer.id}/decline", data={"reason": reason, "is_sure": "y"})
    look_again()
    assert offer.decline_reason == reason


@pytest.mark.parametrize("deed", ["accept", "decline"])
def test_an_offer_can_be_answered_on_its_last_day_and_lapses_after_it(
    sign_in, app, session, build, now, today, look_again, deed
):
    offer = build.offer(answer_by=today)
    browser = sign_in(offer.request.learner)
    app.config["NOW"] = lambda: now + timedelta(days=1)
    browser = sign_in(offer.request.learner)
    answer = browser.post(f"/offers/{offer.id}/{deed}", data={"reason": "Too far."})
    assert answer.status_code == 422
    assert "has lapsed" in answer.text
    assert "Lapsed" in browser.get(f"/offers/{offer.id}").text
    assert "Accept this place" not in browser.get(f"/offers/{offer.id}").text
    app.config["NOW"] = lambda: now
    answer = sign_in(offer.request.learner).post(f"/offers/{offer.id}/{deed}", data={"reason": "Too far."})
    assert answer.status_code == 303


def test_an_answered_offer_cannot_be_answered_otherwise(sign_in, offer, look_again):
    browser = sign_in(offer.request.learner)
    browser.post(f"/offers/{offer.id}/accept")
    answer = browser.post(f"/offers/{offer.id}/decline", data={"reason": "Too far."})
    assert answer.status_code == 422
    assert "You have accepted this offer already" in answer.text
    assert "Too far." in answer.text
    look_again()
    assert offer.state is OfferState.ACCEPTED


def reduce_opening(build, offer):
    offer.opening.places = 0


def fill_opening(build, offer):
    other = build.offer(opening=offer.opening, state=OfferState.ACCEPTED)
    place(build, other)


def fill_mentor(build, offer):
    offer.opening.mentor.mentor_profile.learners_max = 1
    place(build, build.offer(opening=build.opening(mentor=offer.opening.mentor), state=OfferState.ACCEPTED))


def fill_study(build, offer):
    offer.opening.study.learner_limit = 1
    place(build, build.offer(opening=build.opening(study=offer.opening.study), state=OfferState.ACCEPTED))


def withdraw_opening(build, offer):
    offer.opening.state = OpeningState.WITHDRAWN


def place(build, offer, **given):
    values = {"starts_on": build.today, "ends_on": build.today + timedelta(days=100), **given}
    return build.add(
        Placement(
            learner=offer.request.learner,
            mentor=offer.opening.mentor,
            opening=offer.opening,
            module=offer.request.module,
            offer=offer,
            state=PlacementState.ACTIVE,
            agreed_at=build.now,
            **values,
        )
    )


@pytest.mark.parametrize("lose", [reduce_opening, fill_opening, fill_mentor, fill_study, withdraw_opening])
def test_a_place_that_is_gone_is_refused_kindly_and_the_coordinator_is_told(
    sign_in, session, build, look_again, offer, lose
):
    coordinator = session.get(Person, session.get(MatchRound, offer.round_id).created_by_id)
    lose(build, offer)
    before = len(placements(session))
    answer = sign_in(offer.request.learner).post(f"/offers/{offer.id}/accept")
    look_again()
    assert answer.status_code == 409
    assert "We are sorry" in answer.text
    assert "Your coordinator has just been told" in answer.text
    assert len(placements(session)) == before
    assert offer.state is OfferState.WAITING
    recipients = [message.recipient for message in session.scalars(select(Message))]
    assert coordinator.email in recipients
    assert offer.request.learner.email not in recipients
    assert "found an offered place taken" in session.scalars(select(AuditLine.deed)).all()
    assert offer.found_taken_at == build.now


def test_the_coordinator_is_told_once_however_often_the_learner_tries(sign_in, session, build, look_again, offer):
    reduce_opening(build, offer)
    browser = sign_in(offer.request.learner)
    assert [browser.post(f"/offers/{offer.id}/accept").status_code for _ in range(3)] == [409] * 3
    look_again()
    assert len(session.scalars(select(Message)).all()) == 1


def test_a_placement_that_is_over_takes_no_place(sign_in, session, build, today, offer, look_again):
    over = build.offer(opening=offer.opening, state=OfferState.ACCEPTED)
    place(build, over, starts_on=today - timedelta(days=200), ends_on=today - timedelta(days=1))
    assert sign_in(offer.request.learner).post(f"/offers/{offer.id}/accept").status_code == 303


def test_home_asks_to_answer_by_the_day(sign_in, build, app, now, offer):
    assert "Answer your offer by 2 April 2026" in sign_in(offer.request.learner).get("/").text
    app.config["NOW"] = lambda: now + timedelta(days=60)
    page = sign_in(offer.request.learner).get("/").text
    assert "lapsed on 2 April 2026" in page
    assert "Answer your offer by" not in page


def test_the_offer_page_needs_as_many_queries_for_a_long_list_as_for_a_short_one(sign_in, build, queries):
    counts = []
    for number in (1, 9):
        better = [build.opening() for _ in range(number)]
        for opening in better:
            build.offer(opening=opening)
        opening = build.opening()
        request = build.request(networks=[opening.network], ranked=[*better, opening])
        offer = build.offer(request, opening)
        browser = sign_in(request.learner)
        with queries() as statements:
            assert browser.get(f"/offers/{offer.id}").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_coordinator_of_another_network_or_of_the_past_is_not_told(sign_in, session, build, offer, look_again, now):
    build.coordinator(build.network())
    former = build.person()
    build.grant(former, Role.COORDINATOR, network=offer.opening.network).ended_at = now
    reduce_opening(build, offer)
    sign_in(offer.request.learner).post(f"/offers/{offer.id}/accept")
    look_again()
    recipients = {message.recipient for message in session.scalars(select(Message))}
    assert former.email not in recipients
    assert len(recipients) == 1
