"""Conflicts: a learner and a mentor whom no run pairs, until an exception is recorded."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.pairs.conflicts import Conflict, ConflictKind
from app.models.people import Role
from app.models.placements import Offer, OfferState
from app.models.runs import Pin, Proposal
from app.rounds.fingerprint import fingerprint_of
from tests.app.studies.filling_in import day
from tests.screen import shown

SAYS = {"kind": ConflictKind.LINE_MANAGER.value, "reason": "They work in one team."}


def rule_out(sign_in, scene, wish, mentor, **form):
    path = f"/rounds/{scene.round.id}/requests/{wish.id}/conflict"
    return sign_in(scene.coordinator).post(path, data={"mentor_id": str(mentor.id), **SAYS, **form})


def test_no_run_forms_the_pair_until_an_exception_lifts_it(scene, sign_in, session, look_again, today):
    opening = scene.opening()
    wish = scene.request()
    before = fingerprint_of(session, scene.round, today)
    assert rule_out(sign_in, scene, wish, opening.mentor).status_code == 303
    look_again()
    assert fingerprint_of(session, scene.round, today) != before
    browser = sign_in(scene.coordinator)
    path = f"/rounds/{scene.round.id}"
    browser.post(f"{path}/runs/new", data={"policy": "fit"})
    look_again()
    assert session.scalar(select(Proposal)) is None
    row = shown(browser.get(f"{path}/conflicts")).row(wish.learner.name)
    assert (row["Reason"], row.tags) == ("Line manager: They work in one team.", ["Keeps apart"])
    conflict_id = session.scalar(select(Conflict.id))
    excepted = browser.post(
        f"{path}/conflicts/{conflict_id}/exception",
        data={**day("agreed_on", today), "reason": "The only one in reach."},
    )
    assert excepted.status_code == 303
    look_again()
    row = shown(browser.get(f"{path}/conflicts")).row(wish.learner.name)
    assert row.tags == ["Exception"]
    assert "Agreed on 3 March 2026" in row["State"]
    browser.post(f"{path}/runs/new", data={"policy": "fit"})
    look_again()
    assert session.scalar(select(Proposal.opening_id)) == opening.id
    assert {"recorded a conflict", "made an exception from a conflict"} <= set(session.scalars(select(AuditLine.deed)))
    again = browser.post(
        f"{path}/conflicts/{conflict_id}/exception", data={**day("agreed_on", today), "reason": "The same."}
    )
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("form", "label", "sentence"),
    [
        ({"mentor_id": ""}, "Mentor", "Choose the mentor"),
        ({"kind": ""}, "What is the mentor to the learner?", "Choose what the mentor is"),
        ({"reason": " "}, "The reason in your own words", "Enter the reason"),
        ({"reason": "Patient 943 476 5919"}, "It is right as it is: save it", "looks like an NHS number"),
    ],
)
def test_a_conflict_with_bad_input_is_refused_and_what_was_typed_is_kept(
    full_scene, sign_in, session, form, label, sentence
):
    answer = rule_out(sign_in, full_scene, full_scene.requests[0], full_scene.openings[0].mentor, **form)
    assert answer.status_code == 422
    page = shown(answer)
    assert (page.complaint[0], sentence in page.complaint[1]) == (label, True)
    assert page.field("The reason in your own words").value == form.get("reason", SAYS["reason"]).strip()
    assert session.scalar(select(Conflict)) is None


def test_an_offer_that_waits_is_taken_back_after_asking(scene, sign_in, session, look_again, mails):
    opening, wish = scene.opening(), scene.request()
    scene.round.published_at = scene.build.now
    offer = scene.build.offer(wish, opening, scene.round)
    offer_id, learner, mentor = offer.id, wish.learner.email, opening.mentor.email
    asked = rule_out(sign_in, scene, wish, opening.mentor)
    assert (asked.status_code, shown(asked).says("This takes back the offer to")) == (422, True)
    look_again()
    assert rule_out(sign_in, scene, wish, opening.mentor, is_sure="y").status_code == 303
    look_again()
    assert session.get(Offer, offer_id).state is OfferState.TAKEN_BACK
    told = {one[0] for one in mails()}
    assert {learner, mentor} <= told


def test_a_pin_and_a_placement_of_the_two_are_asked_about(scene, sign_in, session):
    opening, wish = scene.opening(), scene.request()
    placement = scene.build.placement(learner=wish.learner, mentor=opening.mentor)
    scene.build.add(
        Pin(
            round_id=scene.round.id,
            request=wish,
            opening=opening,
            reason="Agreed.",
            author=scene.coordinator,
            created_at=scene.build.now,
        )
    )
    assert placement.is_current_on(scene.build.today)
    asked = rule_out(sign_in, scene, wish, opening.mentor)
    assert asked.status_code == 422
    assert shown(asked).says("which goes on: speak with both")
    assert shown(asked).says("pinned to each other in Spring 2026")
    assert session.scalar(select(Conflict)) is None


def test_a_pair_is_ruled_out_once_and_an_exception_needs_a_day_and_a_reason(scene, sign_in, build, today):
    opening, wish = scene.opening(), scene.request()
    conflict = build.conflict(wish.learner, opening.mentor)
    id_, path = conflict.id, f"/rounds/{scene.round.id}"
    assert shown(rule_out(sign_in, scene, wish, opening.mentor)).says("is recorded already")
    browser = sign_in(scene.coordinator)
    for says, words in (
        ({**day("agreed_on", today + timedelta(days=1)), "reason": "Early."}, "must be today or within the last year"),
        ({**day("agreed_on", today), "reason": ""}, "Enter the reason"),
    ):
        answer = browser.post(f"{path}/conflicts/{id_}/exception", data=says)
        assert (answer.status_code, shown(answer).says(words)) == (422, True)


def test_a_learner_who_coordinates_makes_no_exception_for_herself(scene, sign_in, build, session, look_again, today):
    wish, mentor = scene.request(), scene.opening().mentor
    build.grant(wish.learner, Role.COORDINATOR, network=scene.network)
    session.commit()
    rule_out(sign_in, scene, wish, mentor)
    path, browser = f"/rounds/{scene.round.id}/conflicts", sign_in(wish.learner)
    assert not shown(browser.get(path)).says("Make an exception")
    conflict_id = session.scalar(select(Conflict.id))
    said = {**day("agreed_on", today), "reason": "I say so."}
    answer = browser.post(f"{path}/{conflict_id}/exception", data=said)
    assert (answer.status_code, shown(answer).says("This conflict concerns you")) == (422, True)
    look_again()
    assert session.scalar(select(Conflict.excepted_at)) is None


def test_the_mentor_who_coordinates_does_not_read_of_it_and_nobody_else_rules_out(scene, sign_in, build):
    opening, wish = scene.opening(mentor=build.mentor()), scene.request()
    mentor, path = opening.mentor, f"/rounds/{scene.round.id}"
    build.grant(mentor, Role.COORDINATOR, network=scene.network)
    conflict = build.conflict(wish.learner, mentor)
    id_, name = conflict.id, wish.learner.name
    elsewhere, learner = build.coordinator(build.network()), build.person(Role.LEARNER)
    assert not shown(sign_in(mentor).get(f"{path}/conflicts")).says(name)
    assert sign_in(mentor).get(f"{path}/conflicts/{id_}/exception").status_code == 404
    for person, status in ((elsewhere, 404), (learner, 403)):
        browser = sign_in(person)
        assert browser.get(f"{path}/conflicts").status_code == status
        assert browser.post(f"{path}/conflicts/{id_}/exception").status_code == status
        assert browser.post(f"{path}/requests/{wish.id}/conflict").status_code == status
