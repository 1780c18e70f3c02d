"""Anybody can have a record checked without an account; who has no file learns nothing about anybody."""

from datetime import timedelta
from io import BytesIO

import pytest

from app.language.refusal import Refused
from app.models.course.signed_records import RecordState
from app.models.people import Person
from app.platform.files.plain_zip import unpacked_plainly
from app.platform.sealing.keys import new_key
from app.platform.sealing.service_key import call_compromised
from app.signed_records import forms
from app.signed_records.bundle.archive import CREDENTIAL, PARTS, PDF
from app.signed_records.checking import Verdict
from app.signed_records.said import HEADINGS
from tests.app.signed_records.test_every_byte_is_asked_for import bundle_with
from tests.conftest import NOON
from tests.records import key_of_tests
from tests.screen import shown


@pytest.fixture
def check(client):
    def give(content, name="record.zip"):
        return client.post("/check-record", data={"file": (BytesIO(content), name)})

    return give


@pytest.fixture
def verdict(check):
    return lambda content: shown(check(content)).heading


@pytest.fixture
def parts(record, file_of):
    return unpacked_plainly(file_of(record), len(PARTS))


@pytest.mark.parametrize("part", ["whole", PDF, CREDENTIAL])
def test_what_was_issued_is_valid_whole_and_in_parts(part, check, parts, record, file_of):
    answer = check(file_of(record) if part == "whole" else parts[part])
    assert answer.status_code == 200
    assert shown(answer).says("This record is valid")
    assert shown(answer).says("Robin Learner") is (part != PDF)


def test_a_changed_file_is_said_to_be_changed_and_shows_nothing_of_it(check, record, file_of):
    changed = bytearray(file_of(record))
    changed[len(changed) // 2] ^= 1
    answer = check(bytes(changed))
    assert shown(answer).says("This file is not as it was issued")
    assert not shown(answer).says("Robin Learner")


def test_one_that_was_replaced_is_said_to_be_replaced(check, record, file_of, session):
    session.get(type(record), record.id).state = RecordState.SUPERSEDED
    session.commit()
    assert shown(check(file_of(record))).says("was replaced by a newer one")


def test_a_record_of_another_service_is_not_taken_for_ours(check, record):
    forged = bundle_with(new_key("Placements", NOON, bits=2048))
    for part in (forged.file, forged.pdf):
        assert shown(check(part)).says("This file was not issued here")


def test_a_record_signed_with_our_key_that_was_never_given_out_is_not_known(check, build, placement, sign_off, session):
    build.issued_record(placement, sign_off=sign_off)
    session.commit()
    assert shown(check(bundle_with(key_of_tests()).file)).says("does not know this record")


@pytest.mark.parametrize("content", [b"hello", b"", b"PK nothing", b"%PDF-nothing"])
def test_what_is_no_record_gets_a_clear_answer(check, content):
    answer = check(content)
    assert answer.status_code in (200, 422)
    assert not shown(answer).says("This record is valid")


def test_no_file_and_one_that_is_too_large_are_said_at_the_field(client, check, monkeypatch):
    monkeypatch.setattr(forms, "BYTES_MAX", 100)
    assert shown(client.post("/check-record", data={})).says("Choose a file")
    answer = check(b"PK" + bytes(100))
    assert answer.status_code == 422
    assert shown(answer).says("larger than any record")


def test_the_address_of_a_record_names_nobody(client, record, placement, session):
    answer = client.get(f"/records/{record.address}")
    assert answer.status_code == 200
    people = [session.get(Person, id_) for id_ in (placement.learner_id, placement.mentor_id)]
    assert not [one.name for one in people if shown(answer).says(one.name)]
    assert client.get("/records/another").status_code == 404
    assert client.get("/records/another/standing.json").status_code == 404


def test_a_key_stands_at_its_address_for_ever(client, record):
    answer = client.get(f"/keys/{record.key_id}")
    assert answer.json["kid"] == f"http://localhost/keys/{record.key_id}"
    assert answer.json.keys() == {"kty", "n", "e", "alg", "use", "kid"}
    assert client.get("/keys/another").status_code == 404


def test_guessing_addresses_comes_to_an_end(app, client):
    app.config["RATELIMIT_ENABLED"] = True
    try:
        answers = {client.get(f"/records/guess-{number}").status_code for number in range(70)}
    finally:
        app.config["RATELIMIT_ENABLED"] = False
    assert answers == {404, 429}


def test_a_key_made_for_trial_says_that_it_proves_nothing(client, record):
    assert shown(client.get(f"/records/{record.address}")).says("proves nothing")


def test_a_key_that_was_called_compromised_is_believed_for_the_very_files_from_before_alone(
    verdict, parts, record, file_of, session, client, now
):
    file = file_of(record)
    call_compromised(session, record.key_id, record.issued_at + timedelta(seconds=1), now + timedelta(days=1))
    session.commit()
    assert verdict(file) == HEADINGS[Verdict.VALID]
    assert verdict(parts[PDF]) == HEADINGS[Verdict.VALID]
    assert verdict(parts[CREDENTIAL]) == HEADINGS[Verdict.COMPROMISED]
    assert client.get(f"/records/{record.address}/standing.json").json["standing"] == "valid"
    assert client.get(f"/keys/{record.key_id}").json["compromised_from"]


def test_what_was_signed_after_that_moment_is_not_believed_and_a_new_key_signs_another(
    verdict, record, file_of, session, client, learner, page, issued, now
):
    call_compromised(session, record.key_id, None, now)
    session.commit()
    assert verdict(file_of(record)) == HEADINGS[Verdict.COMPROMISED]
    assert client.get(f"/records/{record.address}/standing.json").json["standing"] == "signed with a compromised key"
    assert record.address in str(client.get("/records/no-longer-standing.json").json)
    assert learner.post(page).status_code == 303
    old, new = issued()
    assert new.key_id != old.key_id
    assert verdict(file_of(new)) == HEADINGS[Verdict.VALID]


@pytest.mark.parametrize(("key", "since"), [("no such key", None), (None, timedelta(days=1))])
def test_what_cannot_be_said_of_a_key_is_refused(record, session, now, key, since):
    with pytest.raises(Refused):
        call_compromised(session, key or record.key_id, now + since if since else None, now)


def test_it_is_said_of_a_key_once(record, session, now):
    call_compromised(session, record.key_id, None, now)
    session.flush()
    session.expire_all()
    with pytest.raises(Refused, match="called compromised before"):
        call_compromised(session, record.key_id, None, now)
    session.rollback()
