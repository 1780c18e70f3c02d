"""A learner takes a signed record of a placement that is signed off; a corrected one takes its place."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.models.course.sign_offs import SignOffState
from app.models.course.signed_records import RecordKey, RecordState
from app.models.operations.audit import AuditLine
from app.models.people import Person, Role
from app.platform.files.plain_zip import unpacked_plainly
from app.platform.sealing.keys import PublicKey
from app.signed_records.bundle.archive import CREDENTIAL, PARTS, RECORD
from app.signed_records.bundle.credential import claims_in
from tests.screen import shown


@pytest.fixture
def settings(app):
    given = app.extensions["rpe_settings"]

    def change(**changes):
        app.extensions["rpe_settings"] = replace(given, **changes)

    yield change
    app.extensions["rpe_settings"] = given


def test_a_learner_makes_her_record_and_downloads_it(learner, page, record, file_of, session):
    assert shown(learner.get(page)).says("Record 1")
    answer = learner.get(f"/signed-records/{record.id}/record.zip")
    assert answer.status_code == 200
    assert (
        answer.headers["Content-Disposition"] == f'attachment; filename="placement-{record.placement_id}-record-1.zip"'
    )
    assert answer.get_data() == file_of(record)
    deeds = session.scalars(select(AuditLine.deed).order_by(AuditLine.id)).all()
    assert deeds[-2:] == ["took a signed record", "downloaded a file"]


def test_the_record_says_who_signed_it_off_and_what_they_signed(record, file_of, sign_off, session):
    parts = unpacked_plainly(file_of(record), len(PARTS))
    said = json.loads(parts[RECORD])
    assert said["learner"]["name"] == "Robin Learner"
    assert [one["party"] for one in said["sign_off"]["signatures"]] == ["mentor", "study team", "academic supervisor"]
    key = PublicKey.of(session.scalars(select(RecordKey)).one().jwk)
    claims = claims_in(parts[CREDENTIAL].decode(), key)
    assert claims["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert claims["id"] == f"http://localhost/records/{record.address}"
    assert claims["credentialSubject"]["identifier"][0]["identityHash"] == "Robin Learner"


def test_made_again_without_a_change_it_is_the_same_record(learner, page, record, issued):
    assert learner.post(page).status_code == 303
    assert [one.id for one in issued()] == [record.id]


def test_a_correction_makes_a_new_record_that_takes_the_place_of_the_old_one(
    learner, page, record, issued, session, client
):
    session.get(Person, record.issued_by_id).name = "Robin Married"
    session.commit()
    assert learner.post(page).status_code == 303
    before, now = issued()
    assert (before.state, now.state, now.number) == (RecordState.SUPERSEDED, RecordState.VALID, 2)
    assert shown(client.get(f"/records/{before.address}")).says("was corrected since")
    assert shown(client.get(f"/records/{now.address}")).says("is the newest record")


def test_a_sign_off_that_ended_takes_the_record_with_it(learner, page, record, sign_off, session, client):
    session.get(type(sign_off), sign_off.id).state = SignOffState.VOID
    session.commit()
    assert shown(client.get(f"/records/{record.address}")).says("has ended")
    assert client.get(f"/records/{record.address}/standing.json").json["standing"] == "revoked"
    listed = client.get("/records/no-longer-standing.json").json["revokedCredential"]
    assert [one["id"] for one in listed] == [f"http://localhost/records/{record.address}"]
    assert shown(learner.get(page)).says("not signed off any more")
    answer = learner.post(page)
    assert answer.status_code == 422
    assert shown(answer).says("This placement is not signed off")


def test_before_it_is_signed_off_there_is_nothing_to_take(sign_in, placement, page, issued):
    learner = sign_in(placement.learner)
    assert shown(learner.get(page)).says("is not signed off")
    assert learner.post(page).status_code == 422
    assert issued() == []


def test_the_mentor_sees_that_it_was_made_and_cannot_take_it(sign_in, placement, page, record, session):
    mentor = sign_in(session.get(Person, placement.mentor_id))
    assert shown(mentor.get(page)).says("Record 1")
    assert mentor.get(f"/signed-records/{record.id}/record.zip").status_code == 403
    assert mentor.post(page).status_code == 403


def test_the_university_can_take_it_and_a_stranger_cannot(sign_in, supervisor, record, page, build, session):
    stranger = build.learner()
    other = build.person()
    build.grant(other, Role.ACADEMIC_SUPERVISOR, provider=build.provider())
    session.commit()
    assert sign_in(supervisor).get(f"/signed-records/{record.id}/record.zip").status_code == 200
    for person in (stranger, other):
        browser = sign_in(person)
        assert browser.get(page).status_code == 404
        assert browser.get(f"/signed-records/{record.id}/record.zip").status_code == 404


def test_a_service_in_production_without_a_key_says_whom_to_tell(learner, page, settings, issued):
    settings(is_production=True)
    answer = learner.post(page)
    assert answer.status_code == 422
    assert shown(answer).says("this service has no key")
    assert issued() == []


def test_a_key_that_is_lost_is_not_replaced_in_silence(learner, page, record, settings, session, issued, tmp_path):
    session.get(Person, record.issued_by_id).name = "Robin Married"
    session.commit()
    settings(is_production=True, keys_folder=str(tmp_path))
    answer = learner.post(page)
    assert answer.status_code == 422
    assert shown(answer).says("is not where it is kept")
    assert len(issued()) == 1


def test_its_page_asks_as_many_questions_however_many_records_there_are(
    learner, page, record, queries, build, placement, sign_off, session
):
    learner.get(page)
    with queries() as few:
        learner.get(page)
    for _ in range(5):
        build.issued_record(placement, sign_off=sign_off, state=RecordState.SUPERSEDED)
    session.commit()
    with queries() as many:
        learner.get(page)
    assert len(many) == len(few)
