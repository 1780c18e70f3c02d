"""A signed record is checked from its bytes alone: whatever is changed in it is found, and said in plain words."""

import base64
import json
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.papers import Paper
from app.platform.files.plain_zip import packed_plainly, unpacked_plainly
from app.platform.sealing.keys import NoKey, PublicKey, keep_key, kept_key, new_key
from app.rules.signing.canonical import canonical_text
from app.signed_records.bundle.archive import CREDENTIAL, KEY, PARTS, PDF, RECORD, Bundle, bundle_of
from app.signed_records.bundle.credential import Achieved, Issuing
from app.signed_records.bundle.verify import NotARecord, verify
from app.web.delivery.pdf_pages import pdf_of
from tests.conftest import NOON
from tests.records import key_of_tests

SERVICE = "https://placements.example"
ACHIEVED = Achieved("Robin Learner", "RPE module", "A placement", "Signed off by three")


@cache
def bundle() -> Bundle:
    return bundle_with(key_of_tests())


def bundle_with(key) -> Bundle:
    return bundle_of(canonical_text({"learner": "Robin Learner"}), a_pdf(), ACHIEVED, issuing(key), key)


def issuing(key) -> Issuing:
    return Issuing(
        address=f"{SERVICE}/records/one",
        key_address=f"{SERVICE}/keys/{key.public.id}",
        status_address=f"{SERVICE}/records/no-longer-standing.json",
        issuer=SERVICE,
        issuer_name="Placements",
        at=NOON,
    )


def a_pdf() -> bytes:
    return pdf_of(Paper("Robin Learner", ()), "Placements", NOON, Path("none"), "")


def known(key_id: str) -> PublicKey | None:
    key = key_of_tests().public
    return key if key.id == key_id else None


def unknown(key_id: str) -> None:
    return None


def holds(data: bytes) -> bool:
    """Whether a file would be taken for the record as it was issued, with the key or with the one beside it."""
    try:
        return verify(data, known).is_good or verify(data, unknown).is_good
    except NotARecord:
        return False


def wrong_in(data: bytes) -> str:
    return next(one.wrong for one in verify(data, known).outcomes if one.wrong)


@pytest.mark.parametrize("part", ["file", "pdf", "credential"])
def test_a_record_as_it_was_issued_is_good_whole_and_in_parts(part):
    given = getattr(bundle(), part)
    checked = verify(given.encode() if part == "credential" else given, known)
    assert checked.is_good
    assert checked.is_key_known


@given(st.data())
def test_flipping_any_bit_of_any_byte_is_found(data):
    changed = bytearray(bundle().file)
    place = data.draw(st.integers(0, len(changed) - 1))
    changed[place] ^= 1 << data.draw(st.integers(0, 7))
    assert not holds(bytes(changed))


def test_one_flip_in_every_byte_around_the_pdf_is_found():
    """Within the PDF one digest answers for all bytes alike; around it each means something of its own."""
    changed = bytearray(bundle().file)
    begins = changed.index(bundle().pdf)
    for place in (*range(begins), *range(begins + len(bundle().pdf), len(changed))):
        changed[place] ^= 1 << (place % 8)
        assert not holds(bytes(changed)), place
        changed[place] ^= 1 << (place % 8)


@given(st.data())
def test_bytes_that_are_added_or_lost_are_found(data):
    file = bundle().file
    place = data.draw(st.integers(0, len(file)))
    added = data.draw(st.binary(min_size=1, max_size=20))
    assert not holds(file[:place] + added + file[place:])
    assert place == len(file) or not holds(file[:place])


@given(st.data())
def test_a_changed_pdf_alone_is_found(data):
    changed = bytearray(bundle().pdf)
    place = data.draw(st.integers(0, len(changed) - 1))
    changed[place] ^= 1 << data.draw(st.integers(0, 7))
    assert not holds(bytes(changed))


def test_a_part_from_another_record_is_found():
    parts = unpacked_plainly(bundle().file, len(PARTS))
    for name in (RECORD, PDF, KEY):
        other = {**parts, name: parts[name] + b" "}
        assert wrong_in(packed_plainly(other)), name


def test_whoever_signs_with_a_key_of_her_own_is_told_from_the_service():
    forged = bundle_with(new_key("Placements", NOON, bits=2048))
    checked = verify(forged.file, known)
    assert checked.is_good
    assert not checked.is_key_known


def test_a_key_beside_a_record_that_is_not_the_one_it_names_is_found():
    forger = new_key("Placements", NOON, bits=2048)
    parts = unpacked_plainly(bundle_with(forger).file, len(PARTS))
    theirs = unpacked_plainly(bundle().file, len(PARTS))
    assert wrong_in(packed_plainly({**theirs, CREDENTIAL: parts[CREDENTIAL], KEY: theirs[KEY]}))


def token(header: object, signature: str = "") -> bytes:
    _, claims, signed = bundle().credential.split(".")
    head = base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode()
    return f"{head}.{claims}.{signature or signed}".encode()


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS512", "ES256", None, 1])
def test_no_other_way_of_signing_is_taken(algorithm):
    forged = token({"alg": algorithm, "kid": f"{SERVICE}/keys/{key_of_tests().public.id}", "typ": "JWT"})
    assert wrong_in(forged) == "it is not signed with RS256, the only way in which a record is signed"


def test_a_token_that_brings_its_own_key_is_not_taken():
    head = {"alg": "RS256", "kid": "x", "typ": "JWT", "jwk": dict(key_of_tests().public.jwk)}
    assert wrong_in(token(head)) == "its header is not one of ours"


@pytest.mark.parametrize("header", [[], 1, "a", None, {"alg": "RS256"}])
def test_a_header_that_is_none_is_said_to_be_none(header):
    assert wrong_in(token(header)) == "its header is not one of ours"


def test_the_spare_bits_of_the_last_letter_cannot_be_used():
    """A signature of 256 bytes leaves four bits in its last letter that mean nothing."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    good = bundle().credential
    other = letters[letters.index(good[-1]) ^ 1]
    assert wrong_in((good[:-1] + other).encode()) == "its signature is not as it was"


def packed(names, kind=zipfile.ZIP_STORED, content=b"") -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", kind) as archive:
        for name in names:
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"<html>", bytes(100), b"a.b", b"." * 200_000, packed(["a.txt"]), packed([])],
    ids=["empty", "words", "page", "zeros", "one dot", "dots", "other zip", "empty zip"],
)
def test_what_is_no_record_is_said_to_be_none(data):
    with pytest.raises(NotARecord, match="Choose the"):
        verify(data, known)


def test_a_zip_bomb_is_not_unpacked():
    bomb = packed(PARTS, zipfile.ZIP_DEFLATED, b"\x00" * 50_000_000)
    assert "compressed" in wrong_in(bomb)
    assert "more parts" in wrong_in(packed([f"{number}" for number in range(1000)]))


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.7\n", b"e30.e30.", b"eyJ.e30."]))
def test_nothing_breaks_whatever_is_given(data, begins):
    assert not holds(begins + data)


def test_the_secret_half_of_a_key_opens_with_its_passphrase_alone(tmp_path):
    key = key_of_tests()
    file = keep_key(tmp_path / "keys", "a passphrase", key)
    assert file.stat().st_mode & 0o077 == 0
    assert b"ENCRYPTED" in file.read_bytes()
    kept = kept_key(tmp_path / "keys", "a passphrase", key.public.id, key.certificate_text)
    assert kept.public.id == key.public.id
    with pytest.raises(NoKey, match="does not open"):
        kept_key(tmp_path / "keys", "another", key.public.id, key.certificate_text)
    with pytest.raises(NoKey, match="cannot be read"):
        kept_key(tmp_path, "a passphrase", key.public.id, key.certificate_text)


@pytest.mark.parametrize("jwk", [{}, None, {"kty": "EC"}, {"kty": "RSA", "n": "AQAB", "e": "AQAB"}, {"kty": "oct"}])
def test_no_other_key_is_taken_for_one(jwk):
    with pytest.raises(ValueError, match="RSA"):
        PublicKey.of(jwk)
