"""Evidence for pins: a second person sees what a pin rests on, and until then no run begins."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.config import REASONS_OF_PINS
from app.models.people import Person, Role
from app.models.runs import Circumstance, EvidenceKind, Pin, PinEvidence, PinKind, Run, RunState
from tests.app.studies.filling_in import day
from tests.screen import shown

CARING = {
    "kind": PinKind.CIRCUMSTANCES.value,
    "circumstance": Circumstance.CARING.value,
    "reason": "Needs to be near home, as agreed with the university.",
}


def pin(sign_in, scene, **form):
    wish, opening = scene.requests[0], scene.openings[0]
    path = f"/rounds/{scene.round.id}/requests/{wish.id}/pin"
    return sign_in(scene.coordinator).post(path, data={"opening_id": str(opening.id), **CARING, **form})


def test_the_settings_name_the_reasons_that_there_are():
    assert {kind.name.lower() for kind in PinKind} == set(REASONS_OF_PINS)


def test_a_pin_for_circumstances_holds_runs_back_until_another_coordinator_has_seen_the_evidence(
    full_scene, sign_in, session, look_again, mails, build
):
    other = build.coordinator(full_scene.network)
    other_id, email, path = other.id, other.email, f"/rounds/{full_scene.round.id}"
    assert pin(sign_in, full_scene).status_code == 303
    assert [one[0] for one in mails()] == [email]
    browser = sign_in(full_scene.coordinator)
    row = shown(browser.get(f"{path}/pins")).row(full_scene.requests[0].learner.name)
    assert row.tags == ["Needs evidence"]
    browser.post(f"{path}/runs/new", data={"policy": "fit"})
    look_again()
    run = session.scalar(select(Run))
    assert (run.state is RunState.SOLVED, "has not been seen by a second person" in run.complaint) == (False, True)
    pin_id = session.scalar(select(Pin.id))
    seen = {"kind": EvidenceKind.UNIVERSITY.value, **day("seen_on", build.today)}
    own = sign_in(full_scene.coordinator).post(f"{path}/pins/{pin_id}/evidence", data=seen)
    assert (own.status_code, shown(own).says("You made this pin.")) == (422, True)
    browser = sign_in(session.get(Person, other_id))
    assert shown(browser.get("/")).says("Look at the evidence for 1 pin of Spring 2026")
    assert browser.get(f"{path}/pins/{pin_id}/evidence").status_code == 200
    assert browser.post(f"{path}/pins/{pin_id}/evidence", data=seen).status_code == 303
    assert browser.post(f"{path}/pins/{pin_id}/evidence", data=seen).status_code == 409
    look_again()
    evidence = session.scalar(select(PinEvidence))
    assert (evidence.seen_by_id, evidence.kind) == (other_id, EvidenceKind.UNIVERSITY)
    row = shown(browser.get(f"{path}/pins")).row(full_scene.requests[0].learner.name)
    assert row.tags == ["Holds"]
    assert "has seen a statement of the university on 3 March 2026" in row["Reason"]
    browser.post(f"{path}/runs/new", data={"policy": "fit"})
    look_again()
    assert session.scalars(select(Run.state).order_by(Run.id)).all()[-1] is RunState.SOLVED


def test_circumstances_are_named_and_other_reasons_need_no_evidence(full_scene, sign_in, session, look_again):
    answer = pin(sign_in, full_scene, circumstance="")
    assert (answer.status_code, shown(answer).complaint[1]) == (422, "Choose which circumstances")
    assert pin(sign_in, full_scene, kind=PinKind.NOMINATED.value).status_code == 303
    look_again()
    held = session.scalar(select(Pin))
    assert (held.needs_evidence, held.circumstance) == (False, None)


@pytest.mark.parametrize("says", [{"kind": ""}, {"seen_on-year": "2030"}])
def test_evidence_with_bad_input_is_refused(full_scene, sign_in, session, look_again, build, says):
    other = build.coordinator(full_scene.network)
    pin(sign_in, full_scene)
    look_again()
    pin_id = session.scalar(select(Pin.id))
    seen = {"kind": EvidenceKind.OTHER.value, **day("seen_on", build.today - timedelta(days=1)), **says}
    answer = sign_in(other).post(f"/rounds/{full_scene.round.id}/pins/{pin_id}/evidence", data=seen)
    assert answer.status_code == 422
    assert session.scalar(select(PinEvidence)) is None


def test_nobody_else_says_that_she_has_seen_it(full_scene, sign_in, session, look_again, build):
    stranger, learner = build.coordinator(build.network()), build.person(Role.LEARNER)
    pin(sign_in, full_scene)
    look_again()
    pin_id = session.scalar(select(Pin.id))
    for person, status in ((stranger, 404), (learner, 403)):
        answer = sign_in(person).post(f"/rounds/{full_scene.round.id}/pins/{pin_id}/evidence")
        assert answer.status_code == status
