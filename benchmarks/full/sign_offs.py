"""Rows of the end of placements: sign-offs, records given out and taken in, what is said of mentors."""

import base64

from app.models.course.records_of_elsewhere import RecordOfElsewhere
from app.models.course.sign_offs import ReturnPart, SignOff, SignOffException, SignOffReturn, SignOffState, SignOffWords
from app.models.course.signed_records import IssuedFile, IssuedRecord, RecordKey, RecordState
from app.models.meetings.feedback import Answer, MentorAnswers, MentorWords
from app.models.operations.false_alarms import FalseAlarm
from app.models.operations.parties import Party
from app.models.operations.sealed_papers import SealedPaper
from app.models.operations.signatures import Signature, SignedContent
from app.models.people import Role
from app.rules.signing.canonical import canonical_text, digest_of
from benchmarks.full.people import Rows
from benchmarks.full.sizes import CAST, KEY_ID, NOW, Size, days

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


def papers(size: Size) -> Rows:
    """Each mentor has had her contribution sealed."""
    for n in range(1, size.mentors + 1):
        row = {"id": n, "person_id": size.mentor_of(2 * n), "title": "Supervision given, all years", "key_id": KEY_ID}
        yield {**row, "digest": f"paper {n}", "sealed_at": NOW - days(5), "content": b"%PDF-1.7"}


def records_of_elsewhere(size: Size) -> Rows:
    """Each learner has one of another service."""
    says = {"format": "rpe-record/1", "learner": {"name": "Robin Learner"}, "parts": [], "categories": []}
    says |= {"module": {"title": "RPE", "credits": 15, "programme": "PGCert", "university": "Elsewhere"}}
    says["sign_off"] = {"signatures": []}
    names = {
        "holder": "Robin Learner",
        "name": "RPE",
        "issuer": "https://elsewhere.example",
        "issuer_name": "Elsewhere",
    }
    key = {"key_id": KEY_ID, "key": {}, "key_from": "a file that was given", "standing": ""}
    for n in range(1, size.learners + 1):
        lead = CAST[Role.PROGRAMME_LEAD]
        row = {"id": n, "enrolment_id": n, "provider_id": 1, "read_by_id": lead, "read_at": NOW, "issued_at": NOW}
        file = {"address": f"https://elsewhere.example/records/{n}", "file_digest": f"file {n}", "file": b"PK"}
        taken = {"taken_at": NOW, "taken_by_name": "Lead"}
        yield {**row, **names, **key, **file, **taken, "says": says}


def false_alarms(size: Size) -> Rows:
    """Each learner has kept some words once."""
    for n in range(1, size.learners + 1):
        about = {"deed": "logged hours", "subject_type": "HoursEntry", "subject_id": n, "kinds": ["NHS_NUMBER"]}
        said = {"reason": "It is the number of a freezer.", "at": NOW - days(5)}
        yield {"id": n, "person_id": size.learner(n - 1), "person_name": f"Learner {n}", **about, **said}


def answers_about_mentors(size: Size) -> Rows:
    """Each mentor has five that are shown."""
    given = dict.fromkeys(("met_enough", "could_ask", "helped", "belonged"), Answer.YES)
    for n in range(5 * size.mentors):
        yield {"id": f"{n:032x}", "mentor_id": size.mentor_of(2 * (n // 5 + 1)), "batch": 1, **given}


def words_about_mentors(size: Size) -> Rows:
    for n in range(5 * size.mentors):
        yield {"id": f"{n:032x}", "mentor_id": size.mentor_of(2 * (n // 5 + 1)), "batch": 1, "words": "Go on so."}


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
    (SealedPaper, papers),
    (RecordOfElsewhere, records_of_elsewhere),
    (FalseAlarm, false_alarms),
    (MentorAnswers, answers_about_mentors),
    (MentorWords, words_about_mentors),
)
