"""Pins: a pairing fixed by a person, with a reason, kept by every run until it is lifted."""

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.people import Role
from app.models.runs import Pin, PinKind, Proposal
from tests.screen import shown

OWN_WORDS = "The reason in your own words"
SURE = "It is right as it is: save it"
REASON = {"kind": PinKind.AGREED_BEFORE.value, "reason": "They agreed in January."}


def pin(sign_in, scene, request, opening, **form):
    path = f"/rounds/{scene.round.id}/requests/{request.id}/pin"
    return sign_in(scene.coordinator).post(path, data={"opening_id": str(opening.id), **REASON, **form})


def test_a_pin_is_kept_on_every_run_until_it_is_lifted(full_scene, sign_in, session, look_again):
    wish, opening = full_scene.requests[2], full_scene.openings[1]
    assert pin(sign_in, full_scene, wish, opening).status_code == 303
    browser = sign_in(full_scene.coordinator)
    for _ in range(2):
        browser.post(f"/rounds/{full_scene.round.id}/runs/new", data={"policy": "fit"})
    look_again()
    kept = session.scalars(select(Proposal).where(Proposal.request_id == wish.id)).all()
    assert [(p.opening_id, p.is_pinned) for p in kept] == [(opening.id, True)] * 2
    fixed = session.scalar(select(Pin))
    row = shown(browser.get(f"/rounds/{full_scene.round.id}/pins")).row(wish.learner.name)
    assert row["Reason"] == "Agreed before the round: They agreed in January."
    assert row.tags == ["Holds"]
    assert row.button("Lift").action == f"/rounds/{full_scene.round.id}/pins/{fixed.id}/lift"
    assert browser.post(f"/rounds/{full_scene.round.id}/pins/{fixed.id}/lift").status_code == 303
    look_again()
    assert fixed.lifted_at is not None
    row = shown(browser.get(f"/rounds/{full_scene.round.id}/pins")).row(wish.learner.name)
    assert (row["State"], row.buttons) == ("Lifted on 3 March 2026", [])
    deeds = session.scalars(select(AuditLine.deed)).all()
    assert {"pinned a pairing", "lifted a pin"} <= set(deeds)


def test_a_learner_who_coordinates_fixes_no_pairing_for_herself(full_scene, sign_in, build, session, look_again):
    wish, opening = full_scene.requests[2], full_scene.openings[1]
    build.grant(wish.learner, Role.COORDINATOR, network=full_scene.network)
    session.commit()
    browser, path = sign_in(wish.learner), f"/rounds/{full_scene.round.id}/requests/{wish.id}"
    assert not shown(browser.get(path)).says("Fix a pairing")
    assert "Fix the pairing" not in shown(browser.get(f"{path}/pin")).buttons
    answer = browser.post(f"{path}/pin", data={"opening_id": str(opening.id), **REASON})
    assert (answer.status_code, shown(answer).says("This is your own request")) == (422, True)
    look_again()
    assert session.scalar(select(Pin)) is None


@pytest.mark.parametrize(
    ("form", "label", "sentence"),
    [
        ({"opening_id": ""}, "Opening", "Choose the opening"),
        ({"kind": ""}, "Why is this pairing fixed?", "Choose why this pairing is fixed"),
        ({"reason": "  "}, OWN_WORDS, "Enter the reason"),
        ({"reason": "As agreed for patient 943 476 5919"}, SURE, "looks like an NHS number"),
    ],
)
def test_a_pin_with_bad_input_is_refused_and_what_was_typed_is_kept(
    full_scene, sign_in, session, form, label, sentence
):
    answer = pin(sign_in, full_scene, full_scene.requests[0], full_scene.openings[0], **form)
    assert answer.status_code == 422
    page = shown(answer)
    where, message = page.complaint
    assert where == label
    assert sentence in message
    assert page.field(OWN_WORDS).value == form.get("reason", REASON["reason"]).strip()
    assert session.scalar(select(Pin)) is None


def test_a_reason_that_only_looks_like_a_patients_details_is_saved_with_a_tick(
    full_scene, sign_in, session, look_again
):
    wish, opening, given = full_scene.requests[0], full_scene.openings[0], {"reason": "Call 943 476 5919"}
    asked = pin(sign_in, full_scene, wish, opening, **given)
    assert shown(asked).field(SURE).name == "is_sure"
    pin(sign_in, full_scene, wish, opening, **given, is_sure="y", why_sure="It is a telephone number.")
    look_again()
    assert session.scalar(select(Pin.reason)) == "Call 943 476 5919"


def test_an_opening_with_an_obstacle_is_not_among_the_choices(full_scene, sign_in, session):
    elsewhere = full_scene.build.opening(network=full_scene.build.network("Far away"))
    answer = pin(sign_in, full_scene, full_scene.requests[0], elsewhere)
    assert answer.status_code == 422
    assert session.scalar(select(Pin)) is None


def test_a_learner_is_pinned_once_and_an_opening_as_often_as_it_has_places(full_scene, sign_in):
    first, second, _ = full_scene.requests
    opening, other = full_scene.openings
    pin(sign_in, full_scene, first, opening)
    for wish, wanted, words, where in (
        (first, other, "This learner is pinned already.", ""),
        (second, opening, "All places of this opening are pinned", "Opening"),
    ):
        [(message, label)] = shown(pin(sign_in, full_scene, wish, wanted)).errors.items()
        assert (message.startswith(words), label) == (True, where)


def test_an_opening_off_the_list_can_be_pinned_where_the_learner_takes_no_others(scene, sign_in, session, look_again):
    listed, other = scene.opening(), scene.opening()
    wish = scene.request(ranked=[listed], takes_any_other=False)
    page = shown(sign_in(scene.coordinator).get(f"/rounds/{scene.round.id}/requests/{wish.id}/pin"))
    [warning] = page.insets
    assert warning.endswith("only if you have agreed it with the learner.")
    pin(sign_in, scene, wish, other)
    sign_in(scene.coordinator).post(f"/rounds/{scene.round.id}/runs/new", data={"policy": "fit"})
    look_again()
    assert session.scalar(select(Proposal.opening_id)) == other.id


def test_nobody_else_pins_or_lifts(build, full_scene, sign_in, session, look_again):
    wish, opening = full_scene.requests[0], full_scene.openings[0]
    pin(sign_in, full_scene, wish, opening)
    look_again()
    path = f"/rounds/{full_scene.round.id}"
    fixed = session.scalar(select(Pin))
    for person, status in ((build.coordinator(build.network()), 404), (build.person(Role.LEARNER), 403)):
        browser = sign_in(person)
        data = {"opening_id": str(opening.id), **REASON}
        assert browser.post(f"{path}/requests/{wish.id}/pin", data=data).status_code == status
        assert browser.get(f"{path}/requests/{wish.id}/pin").status_code == status
        assert browser.post(f"{path}/pins/{fixed.id}/lift").status_code == status
    other = build.round(full_scene.network)
    browser = sign_in(full_scene.coordinator)
    assert browser.post(f"/rounds/{other.id}/pins/{fixed.id}/lift").status_code == 404


def test_a_pin_that_cannot_be_kept_any_more_says_so(full_scene, sign_in, look_again):
    wish, opening = full_scene.requests[0], full_scene.openings[0]
    pin(sign_in, full_scene, wish, opening)
    look_again()
    opening.places = 0
    page = shown(sign_in(full_scene.coordinator).get(f"/rounds/{full_scene.round.id}/pins"))
    row = page.row(wish.learner.name)
    assert row.tags == ["Cannot be kept"]
    assert "has no room for another learner" in row["State"]


def test_pins_of_a_published_round_stay(full_scene, sign_in, session, look_again):
    wish, opening = full_scene.requests[0], full_scene.openings[0]
    pin(sign_in, full_scene, wish, opening)
    look_again()
    full_scene.round.published_at = full_scene.build.now
    fixed = session.scalar(select(Pin))
    answer = sign_in(full_scene.coordinator).post(f"/rounds/{full_scene.round.id}/pins/{fixed.id}/lift")
    assert answer.status_code == 422
