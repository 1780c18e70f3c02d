"""A publication can be taken back while nobody has answered: everything ends, everybody is told, the round goes on."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.models.operations.audit import AuditLine
from app.models.operations.outbox import Message
from app.models.placements import Offer, OfferState
from app.models.publications import Publication, TakeBackKind
from app.models.runs import Run
from app.platform.lifecycle import story_of
from app.platform.outbox import due_at, withdraw_unsent
from app.rounds.fingerprint import fingerprint_of
from app.rounds.publishing.guard_words import guard_in_words
from app.rounds.publishing.taking_back import Followed, Guard
from tests.screen import shown

WHY = {"kind": "somebody was left out", "reason": "One request was missing from the round."}


@pytest.fixture
def published(full_scene, sign_in, session, look_again):
    """A round that is published: two learners have an offer and one has none."""
    browser = sign_in(full_scene.coordinator)
    browser.post(f"/rounds/{full_scene.round.id}/runs/new", data={"policy": "fit"})
    look_again()
    full_scene.run = session.scalar(select(Run))
    browser.post(f"/runs/{full_scene.run.id}/publish", data={"has_looked": "y"})
    look_again()
    return full_scene


def take_back(sign_in, scene, **said):
    return sign_in(scene.coordinator).post(f"/rounds/{scene.round.id}/take-back", data={**WHY, **said})


def test_the_page_says_who_was_told_and_is_reached_from_the_answers(published, build, sign_in):
    build.coordinator(published.network)
    browser = sign_in(published.coordinator)
    address = shown(browser.get(f"/rounds/{published.round.id}/answers")).link("take the publication back")
    page = shown(browser.get(address))
    assert page.heading == "Spring 2026 Take the publication back"
    assert page.says("2 offers end")
    assert page.says("1 learner who had no place waits for the result again")
    assert page.says("1 other coordinator is told by email")


def test_all_offers_end_and_the_round_is_as_it_was(published, sign_in, session, look_again):
    before = published.run.inputs_fingerprint
    assert take_back(sign_in, published).location == f"/rounds/{published.round.id}"
    look_again()
    assert published.round.published_at is None
    assert published.run.published_at is None
    offers = session.scalars(select(Offer)).all()
    assert [offer.state for offer in offers] == [OfferState.TAKEN_BACK] * 2
    publication = session.scalar(select(Publication))
    assert {offer.taken_back_with_id for offer in offers} == {publication.id}
    assert publication.taken_back_kind is TakeBackKind.LEFT_OUT
    assert fingerprint_of(session, published.round, published.build.today) == before
    line = session.scalar(select(AuditLine).where(AuditLine.deed == "took a publication back"))
    assert WHY["reason"] not in str(line.details)
    page = shown(sign_in(published.coordinator).get(f"/rounds/{published.round.id}"))
    assert page.link(f"Publish run {published.run.id}")
    assert page.says("somebody was left out. One request was missing from the round.")


def test_mails_not_sent_yet_are_withdrawn_and_nobody_else_is_written_to(published, sign_in, session, look_again):
    take_back(sign_in, published)
    look_again()
    assert session.scalars(select(Message).where(due_at(published.build.now))).all() == []
    assert session.scalar(select(func.count()).where(Message.withdrawn_at.is_not(None))) == 5


def test_whoever_may_have_got_a_mail_gets_another_with_the_reason(published, sign_in, session, look_again):
    for mail in session.scalars(select(Message)):
        mail.note_sent(published.build.now)
    session.commit()
    take_back(sign_in, published)
    look_again()
    letters = session.scalars(select(Message).where(due_at(published.build.now))).all()
    learners = {request.learner.email for request in published.requests}
    mentors = {opening.mentor.email for opening in published.openings}
    assert {letter.recipient for letter in letters} == learners | mentors
    assert all(WHY["reason"] in letter.body for letter in letters)
    assert [letter.recipient in learners for letter in letters if "you get another mail" in letter.body] == [True] * 3


def test_a_mail_on_its_way_counts_as_sent(published, session):
    mails = session.scalars(select(Message).order_by(Message.id)).all()
    mails[0].try_from = published.build.now + timedelta(minutes=3)
    mails[1].tries = 1
    session.flush()
    publication = session.scalar(select(Publication))
    reached = withdraw_unsent(session, publication.mails_about, published.build.now)
    assert reached == {mails[0].recipient, mails[1].recipient}


def test_the_learner_reads_that_it_was_taken_back_and_that_she_is_still_in_the_round(
    published, sign_in, session, look_again
):
    take_back(sign_in, published)
    look_again()
    offer = session.scalars(select(Offer)).first()
    browser = sign_in(offer.request.learner)
    page = shown(browser.get(f"/offers/{offer.id}"))
    assert page.says("The result of Spring 2026 was taken back on")
    assert "Accept this place" not in page.buttons
    assert browser.post(f"/offers/{offer.id}/accept").status_code == 422
    assert shown(browser.get(f"/request/{offer.request_id}")).says("The coordinator is matching requests")


def test_the_same_run_can_be_published_again_and_the_same_offers_wait(published, sign_in, session, look_again):
    take_back(sign_in, published)
    browser = sign_in(published.coordinator)
    answer = browser.post(f"/runs/{published.run.id}/publish", data={"has_looked": "y"})
    assert answer.status_code == 303, shown(answer).paragraphs
    look_again()
    offers = session.scalars(select(Offer)).all()
    assert [(offer.state, offer.taken_back_with_id, offer.said.number) for offer in offers] == [
        (OfferState.WAITING, None, 2)
    ] * 2
    assert session.scalar(select(func.count(Publication.id))) == 2
    assert sign_in(offers[0].request.learner).post(f"/offers/{offers[0].id}/accept").status_code == 303


def test_an_offer_that_is_made_anew_can_have_more_time_and_a_reminder_again(published, sign_in, session, look_again):
    offer = session.scalars(select(Offer).order_by(Offer.id)).first()
    learner, id_ = offer.request.learner, offer.id
    sign_in(learner).post(f"/offers/{id_}/more-time", data={"reason": "I must ask at home."})
    look_again()
    offer.reminded_at = published.build.now
    session.commit()
    assert offer.more_time_at is not None
    take_back(sign_in, published)
    sign_in(published.coordinator).post(f"/runs/{published.run.id}/publish", data={"has_looked": "y"})
    look_again()
    assert (offer.state, offer.answer_by) == (OfferState.WAITING, published.round.answer_by)
    assert (offer.reminded_at, offer.more_time_at, offer.more_time_reason) == (None, None, "")
    assert shown(sign_in(learner).get(f"/offers/{id_}")).says("If you need more time")


def test_another_run_can_be_published_instead_and_the_answers_show_only_its_offers(
    published, sign_in, session, look_again
):
    take_back(sign_in, published)
    browser = sign_in(published.coordinator)
    browser.post(f"/rounds/{published.round.id}/runs/new", data={"policy": "ranking"})
    look_again()
    run_id = session.scalar(select(func.max(Run.id)))
    browser.post(f"/runs/{run_id}/publish", data={"has_looked": "y"})
    page = shown(browser.get(f"/rounds/{published.round.id}/answers"))
    assert page.nav("Answers").links[0] == "All (2)"
    assert not shown(browser.get("/")).says("Look for another place")


def accept(scene, sign_in, offer):
    sign_in(offer.request.learner).post(f"/offers/{offer.id}/accept")


def decline(scene, sign_in, offer):
    sign_in(offer.request.learner).post(f"/offers/{offer.id}/decline", data={"kind": "TRAVEL", "waits": "yes"})


def lapse(scene, sign_in, offer):
    offer.answer_by = scene.build.today - timedelta(days=1)
    scene.build.session.commit()


def ask_again(scene, sign_in, offer):
    unplaced = next(one for one in scene.requests if one.id != offer.request_id)
    unplaced.asked_again_at = scene.build.now
    scene.build.session.commit()


@pytest.mark.parametrize("follow", [accept, decline, lapse, ask_again])
def test_what_followed_keeps_it_from_being_taken_back(published, sign_in, session, look_again, follow):
    follow(published, sign_in, session.scalars(select(Offer)).first())
    look_again()
    browser = sign_in(published.coordinator)
    page = shown(browser.get(f"/rounds/{published.round.id}/take-back"))
    assert page.says("The publication can no longer be taken back")
    assert "Take the publication back" not in page.buttons
    assert "take the publication back" not in shown(browser.get(f"/rounds/{published.round.id}/answers")).links
    assert take_back(sign_in, published).status_code == 422
    look_again()
    assert published.round.published_at is not None


def test_a_wrong_form_keeps_what_was_typed_and_changes_nothing(published, sign_in, session, look_again):
    answer = take_back(sign_in, published, kind="", reason="A request was missing.")
    assert answer.status_code == 422
    page = shown(answer)
    assert page.says("Choose what was wrong")
    assert page.says("A request was missing.")
    answer = take_back(sign_in, published, reason="The patient 943 476 5919 told us.")
    assert answer.status_code == 422
    assert shown(answer).says("looks like an NHS number")
    look_again()
    assert published.round.published_at is not None


def test_strangers_and_other_roles_do_not_take_it_back(published, build, sign_in):
    address = f"/rounds/{published.round.id}/take-back"
    assert sign_in(build.coordinator(build.network())).post(address, data=WHY).status_code == 404
    assert sign_in(build.learner()).post(address, data=WHY).status_code == 403


def test_what_is_not_published_cannot_be_taken_back(full_scene, sign_in):
    page = shown(sign_in(full_scene.coordinator).get(f"/rounds/{full_scene.round.id}/take-back"))
    assert page.says("There is no publication that could be taken back.")
    assert take_back(sign_in, full_scene).status_code == 422


def test_each_guard_has_its_sentence():
    for followed in Followed:
        assert guard_in_words(Guard(followed, 1)).startswith("1 ")
        assert guard_in_words(Guard(followed, 2)).startswith("2 ")


def test_each_offer_keeps_its_own_story_and_is_reminded_of_again(published, sign_in, session, look_again, now):
    offers = session.scalars(select(Offer)).all()
    for offer in offers:
        offer.reminded_at = offer.more_time_at = now
    session.commit()
    take_back(sign_in, published)
    sign_in(published.coordinator).post(f"/runs/{published.run.id}/publish", data={"has_looked": "y"})
    look_again()
    for offer in offers:
        assert [one.deed for one in story_of(session, offer)] == ["took back an offer", "offered a place again"]
        assert (offer.state, offer.reminded_at, offer.more_time_at) == (OfferState.WAITING, None, None)
