"""Rows of sign-offs and of records given out under them: each placement has one that is void, and one under way."""

import base64

from app.models.course.sign_offs import ReturnPart, SignOff, SignOffException, SignOffReturn, SignOffState, SignOffWords
from app.models.course.signed_records import IssuedFile, IssuedRecord, RecordKey, RecordState
from app.models.operations.parties import Party
from app.models.operations.signatures import Signature, SignedContent
from app.rules.signing.canonical import canonical_text, digest_of
from benchmarks.full.people import Rows
from benchmarks.full.sizes import KEY_ID, NOW, Size, days

NUMBERS = base64.urlsafe_b64encode((2**2047 + 1).to_bytes(256, "big")).rstrip(b"=").decode()  # of a key of no use
SIGNED = canonical_text({"content": {"attested": "Screening.", "facts": {}}})


def sign_offs(size: Size) -> Rows:
    """The odd ones are void, the even ones under way."""
    confirmer = {"confirmer_name": "Dr P. Investigator", "confirmer_role": "Principal investigator"}
    for n in range(1, size.placements + 1):
        row = {"placement_id": n, "asked_by_id": size.learner(n - 1), "revision": 2, "facts": {}, "attested": ""}
        row |= {**confirmer, "confirmer_email": "investigator@nowhere.example", "confirmer_id": None}
        yield {"id": 2 * n - 1, "state": SignOffState.VOID, "asked_at": NOW - days(30), **row}
        yield {"id": 2 * n, "state": SignOffState.OPEN, "asked_at": NOW - days(3), **row}


def words(size: Size) -> Rows:
    for n in range(1, size.placements + 1):
        said = {"party": Party.MENTOR.value, "author_id": size.learner(n - 1), "author_name": f"Mentor {n}"}
        row = {"id": n, "sign_off_id": 2 * n - 1, "revision": 1, "words": "Screening.", "reason": ""}
        yield {**row, **said, "said_at": NOW - days(29)}


def exceptions(size: Size) -> Rows:
    for n in range(1, size.placements + 1):
        by = {"person_id": size.learner(n - 1), "granted_by_id": 1, "granted_at": NOW - days(28)}
        yield {"id": n, "sign_off_id": 2 * n - 1, "reason": "A study of one.", **by}


def returns(size: Size) -> Rows:
    for n in range(1, size.placements + 1):
        by = {"by_id": 1, "by_name": "Supervisor", "by_party": Party.ACADEMIC_SUPERVISOR.value}
        row = {"id": n, "sign_off_id": 2 * n, "revision": 1, "part": ReturnPart.HOURS, "words": "May is missing."}
        yield {**row, **by, "at": NOW - days(2)}


def contents(size: Size) -> Rows:
    yield {"digest": digest_of(SIGNED), "content": SIGNED}


def signatures(size: Size) -> Rows:
    """What was signed before it was voided; after those of reviews."""
    for n in range(1, size.placements + 1):
        row = {"id": 2 * size.placements + n, "subject_type": SignOff.__name__, "subject_id": 2 * n - 1, "revision": 1}
        signer = {"party": Party.MENTOR.value, "signer_id": size.learner(n - 1), "signer_name": f"Mentor {n}"}
        signed = {"digest": digest_of(SIGNED), "wording": "sign-off-1", "signed_at": NOW - days(29)}
        voided = {"voided_at": NOW - days(20), "voided_by_name": "", "voided_because": "The wrong one."}
        yield {**row, **signer, **signed, **voided, "voided_by_id": size.learner(n - 1)}


def keys(size: Size) -> Rows:
    jwk = {"kty": "RSA", "n": NUMBERS, "e": "AQAB"}
    yield {"id": KEY_ID, "jwk": jwk, "certificate": "", "made_at": NOW - days(900), "is_for_trial": False}


def records(size: Size) -> Rows:
    for n in range(1, 2 * size.placements + 1):
        placement, is_newest = (n + 1) // 2, n % 2 == 0
        state = RecordState.VALID if is_newest else RecordState.SUPERSEDED
        row = {"id": n, "placement_id": placement, "number": 2 if is_newest else 1, "address": f"record-{n}"}
        by = {"issued_by_id": size.learner(placement - 1), "issued_by_name": "A Learner", "issued_at": NOW - days(5)}
        digests = {name: f"{name} {n}" for name in ("content_digest", "file_digest", "pdf_digest")}
        yield {**row, **by, **digests, "state": state, "sign_off_id": 2 * placement - 1, "key_id": KEY_ID}


def files(size: Size) -> Rows:
    for n in range(1, 2 * size.placements + 1):
        yield {"record_id": n, "content": b"PK"}


TABLES = (
    (SignOff, sign_offs),
    (SignOffWords, words),
    (SignOffException, exceptions),
    (SignOffReturn, returns),
    (SignedContent, contents),
    (Signature, signatures),
    (RecordKey, keys),
    (IssuedRecord, records),
    (IssuedFile, files),
)
