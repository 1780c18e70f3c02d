"""A programme lead reads a record of another service, sees what it says, and takes it once as prior learning."""

import json
from functools import cache
from io import BytesIO

import pytest
from sqlalchemy import select

from app.config import Misconfigured, Settings
from app.models.course.records_of_elsewhere import RecordOfElsewhere
from app.models.operations.audit import AuditLine
from app.models.people import Role
from app.models.programmes import CreditDecision, Enrolment
from app.platform.sealing.keys import new_key
from app.rules.signing.canonical import canonical_text
from app.signed_records.bundle.archive import Bundle, bundle_of, shown_key
from app.signed_records.issuer import Issuer, NoAnswer
from tests.app.signed_records.test_every_byte_is_asked_for import ACHIEVED, SERVICE, a_pdf, issuing
from tests.conftest import NOON
from tests.records import key_of_tests
from tests.screen import shown

SAYS = {
    "format": "rpe-record/1",
    "learner": {"name": "Robin Learner", "profession": "Nurse"},
    "module": {"title": "Practice of research", "credits": 20, "programme": "PGCert", "university": "Elsewhere"},
    "parts": [
        {
            "study": {"title": "HEART-9"},
            "organisation": "Elsewhere NHS Trust",
            "mentor": "Dr E. Mentor",
            "starts_on": "2025-01-06",
            "ends_on": "2025-06-30",
        }
    ],
    "categories": [{"submitted": 3600, "verified": 3000}, {"submitted": 600, "verified": 600}],
    "sign_off": {"signatures": [{"name": "Prof. S. Other", "party": "academic supervisor"}]},
}
RECORD_FIELD, KEY_FIELD = "The signed record (ZIP file)", "The public key of the issuer (JWK file)"


@cache
def elsewhere(text: str = canonical_text(SAYS)) -> Bundle:
    return bundle_of(text, a_pdf(), ACHIEVED, issuing(key_of_tests()), key_of_tests())


def jwk(key=None) -> bytes:
    return json.dumps(shown_key((key or key_of_tests()).public, f"{SERVICE}/keys/one")).encode()


@pytest.fixture
def enrolment(session, placement):
    session.commit()
    return session.scalars(select(Enrolment).where(Enrolment.learner_id == placement.learner_id)).one()


@pytest.fixture
def lead(build, sign_in, placement, session):
    person = build.person(name="Pat Lead")
    build.grant(person, Role.PROGRAMME_LEAD, provider=placement.module.programme.provider)
    session.commit()
    return sign_in(person)


@pytest.fixture
def read(lead, enrolment):
    def send(content=None, key=None, browser=None, **more):
        data = {"file": (BytesIO(elsewhere().file if content is None else content), "record.zip")}
        data |= {"key": (BytesIO(jwk() if key is None else key), "key.json")} if key != b"" else {}
        return (browser or lead).post(f"/progress/{enrolment.id}/record-from-elsewhere", data=data | more)

    return send


@pytest.fixture
def rows(session, look_again):
    def all_of_them():
        look_again()
        return session.scalars(select(RecordOfElsewhere).order_by(RecordOfElsewhere.id)).all()

    return all_of_them


@pytest.fixture
def asks(app, monkeypatch):
    """Lets the service ask the issuer, which tells this."""
    told = {f"/keys/{key_of_tests().public.id}": shown_key(key_of_tests().public, "")}
    told["/records/one/standing.json"] = {"standing": "valid"}
    monkeypatch.setattr(Issuer, "get", lambda self, path: told.get(path))
    settings = app.extensions["rpe_settings"]
    object.__setattr__(settings, "other_services", SERVICE)
    yield told
    object.__setattr__(settings, "other_services", "")


def test_what_it_says_and_where_it_comes_from_is_shown_before_it_is_taken(
    lead, read, rows, enrolment, mails, placement, session
):
    answer = read()
    page = shown(lead.get(answer.location))
    assert page.row("Hours").value == "70 h, 60 h of them verified"
    assert page.row("Placement").value.startswith("HEART-9, Elsewhere NHS Trust, with Dr E. Mentor, 6 January 2025")
    assert page.row("Does it stand?").value == f"Nobody has asked its issuer. Look at {SERVICE}/records/one"
    assert (rows()[0].taken_at, mails()) == (None, [])
    progress = f"/progress/{enrolment.id}"
    assert not shown(lead.get(progress)).says("signed record of Placements")
    assert lead.post(f"{answer.location}/take").location == progress
    assert shown(lead.get(progress)).says("It gives no credit by itself.")
    assert session.scalars(select(CreditDecision)).all() == []
    assert mails()[0][:2] == (placement.learner.email, "Your record from elsewhere is beside your record here")
    [row] = rows()
    assert (row.key_id, row.key_from, row.taken_by_name) == (
        key_of_tests().public.id,
        "a file that was given",
        "Pat Lead",
    )
    assert lead.get(f"{answer.location}/record.zip").data == elsewhere().file


def test_one_record_is_taken_once_for_whichever_learner(lead, read, rows):
    lead.post(f"{read().location}/take")
    again = read()
    assert again.status_code == 422
    assert shown(again).complaint == (
        RECORD_FIELD,
        "Your university has taken this record already. One record counts once.",
    )
    assert lead.post(f"/records-from-elsewhere/{rows()[0].id}/take").status_code == 409
    assert len(rows()) == 1


def test_what_was_read_is_dropped_and_can_be_read_again(lead, read, rows):
    first = read().location
    assert lead.post(f"{first}/drop").status_code == 303
    assert rows() == []
    read()
    assert read().status_code == 303
    assert len(rows()) == 1


def test_a_record_of_another_name_is_asked_about(lead, read, rows):
    says = SAYS | {"learner": {"name": "Kim Other", "profession": ""}}
    page = read(elsewhere(canonical_text(says)).file).location
    assert shown(lead.post(f"{page}/take")).complaint[1].startswith("The record names Kim Other")
    assert rows()[0].taken_at is None
    assert lead.post(f"{page}/take", data={"is_sure": "y"}).status_code == 303


def changed_by_a_byte():
    content = bytearray(elsewhere().file)
    content[len(content) // 2] ^= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "field", "complaint"),
    [
        (changed_by_a_byte, RECORD_FIELD, "The file is not as it was issued"),
        (lambda: elsewhere().pdf, RECORD_FIELD, "Choose the whole ZIP file"),
        (lambda: b"nothing", RECORD_FIELD, "This is no signed record"),
        (lambda: elsewhere(canonical_text({"format": "another/1"})).file, RECORD_FIELD, "The signature holds, but"),
        (lambda: elsewhere(canonical_text(SAYS | {"parts": 3})).file, RECORD_FIELD, "The signature holds, but"),
    ],
)
def test_a_file_that_is_not_such_a_record_is_refused(read, rows, content, field, complaint):
    answer = read(content())
    assert answer.status_code == 422
    label, message = shown(answer).complaint
    assert (label, message.startswith(complaint)) == (field, True)
    assert rows() == []


@pytest.mark.parametrize(
    ("key", "complaint"),
    [
        (lambda: jwk(new_key("Other", NOON, bits=2048)), "The record was signed with another key than this one."),
        (lambda: b"no key", "The key cannot be used"),
        (lambda: b"", "Choose the file with the public key of the issuer"),
    ],
)
def test_a_key_that_is_not_its_own_is_refused(read, rows, key, complaint):
    answer = read(key=key())
    assert answer.status_code == 422
    label, message = shown(answer).complaint
    assert (label, message.startswith(complaint)) == (KEY_FIELD, True)
    assert rows() == []


def test_an_issuer_is_asked_where_the_setting_names_it(lead, read, asks, rows):
    page = read(key=b"", issuer=SERVICE).location
    assert rows()[0].key_from == SERVICE
    assert shown(lead.get(page)).row("Does it stand?").value.endswith("that it is valid")


@pytest.mark.parametrize("standing", ["revoked", "superseded", "not known"])
def test_one_that_stands_no_longer_is_refused_where_its_issuer_is_asked(read, asks, rows, standing):
    asks["/records/one/standing.json"] = {"standing": standing}
    answer = read(key=b"", issuer=SERVICE)
    assert answer.status_code == 422
    assert shown(answer).complaint[1].startswith(f"{SERVICE} says that this record is {standing}.")
    assert rows() == []


def test_a_compromised_key_and_a_silent_issuer_are_said(read, asks, rows, monkeypatch):
    asks[f"/keys/{key_of_tests().public.id}"] |= {"compromised_from": "2026-01-01T00:00:00+00:00"}
    assert "somebody else may have the key" in shown(read(key=b"", issuer=SERVICE)).complaint[1]

    def silent(self, path):
        raise NoAnswer("It does not answer.")

    monkeypatch.setattr(Issuer, "get", silent)
    assert shown(read(key=b"", issuer=SERVICE)).complaint[1].startswith("It does not answer. Try again later")
    assert rows() == []


def test_nobody_is_asked_where_no_setting_names_it(read, monkeypatch, rows):
    monkeypatch.setattr(Issuer, "get", lambda self, path: pytest.fail("was asked"))
    assert read(key=b"", issuer=SERVICE).status_code == 422
    assert rows() == []


def test_a_record_of_this_service_is_not_taken_from_elsewhere(app, read, rows):
    settings = app.extensions["rpe_settings"]
    before = settings.base_url
    object.__setattr__(settings, "base_url", SERVICE)
    try:
        assert shown(read()).complaint[1].startswith("This record was issued here")
    finally:
        object.__setattr__(settings, "base_url", before)
    assert rows() == []


def test_only_its_reader_takes_it_and_only_leads_of_that_university_read(
    build, sign_in, session, lead, read, placement, supervisor, rows
):
    colleague, stranger = build.person(), build.person()
    build.grant(colleague, Role.PROGRAMME_LEAD, provider=placement.module.programme.provider)
    build.grant(stranger, Role.PROGRAMME_LEAD, provider=build.placement().module.programme.provider)
    session.commit()
    page = read().location
    assert shown(sign_in(colleague).get(page)).says("Pat Lead has read it, and takes it or not.")
    assert sign_in(colleague).post(f"{page}/take").status_code == 404
    assert read(browser=sign_in(stranger)).status_code == 404
    assert read(browser=sign_in(supervisor)).status_code == 403
    lead.post(f"{page}/take")
    assert sign_in(supervisor).get(page).status_code == 200
    assert sign_in(stranger).get(page).status_code == 404
    assert session.scalars(select(AuditLine.details).where(AuditLine.deed == "took a record from elsewhere")).all()


@pytest.mark.parametrize("services", ["http://elsewhere.example", "elsewhere.example", "https://one.example ftp://two"])
def test_only_https_services_are_ever_asked(services):
    with pytest.raises(Misconfigured, match="RPE_OTHER_SERVICES"):
        Settings.from_environ({"RPE_OTHER_SERVICES": services})
