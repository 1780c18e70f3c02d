"""What this service says of a file that somebody gives it: is it one of its records, whole, and does it still stand?"""

import enum
import hashlib
from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session

from app.models.course.signed_records import IssuedRecord, RecordKey
from app.models.operations.sealed_papers import SealedPaper
from app.rules.sign_offs.issued import Standing, standing_of
from app.signed_records.bundle.verify import Checked, Kind, verify
from app.signed_records.queries import paper_with, public_key, record_at, record_with_pdf


class Verdict(enum.Enum):
    """The answer in one word."""

    VALID = "valid"
    CHANGED = "changed"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    PAPER = "sealed here"
    COMPROMISED = "compromised"
    NOT_OURS = "not issued here"
    NOT_KNOWN = "not known here"


@dataclass(frozen=True)
class Told:
    """The verdict, what was looked at, and the record as it was given out, where it is one."""

    verdict: Verdict
    checked: Checked
    issued: IssuedRecord | None = None
    paper: SealedPaper | None = None
    is_for_trial: bool = False


def told_of(session: Session, data: bytes) -> Told:
    """Raises NotARecord where it is nothing like one. A PDF that is byte for byte ours is known by its digest.

    What was signed with a key that was called compromised is believed where the very file is known to be older: of
    anything else nobody can tell who signed it.
    """
    checked = verify(data, partial(public_key, session))
    digest = hashlib.sha256(data).hexdigest()
    paper = None
    if checked.kind is Kind.PDF:
        paper = paper_with(session, digest)
        issued = record_with_pdf(session, digest)
    else:
        issued = record_at(session, checked.address.rpartition("/")[2]) if checked.claims else None
    if checked.key_id and not checked.is_key_known:
        return Told(Verdict.NOT_OURS, checked)
    key = session.get(RecordKey, checked.key_id) if checked.key_id else None
    if key and key.warning and not is_known_from_before(key, checked.kind, digest, issued, paper):
        return Told(Verdict.COMPROMISED, checked)
    if not checked.is_good or (issued and checked.kind is Kind.BUNDLE and issued.file_digest != digest):
        return Told(Verdict.CHANGED, checked)
    if paper:
        return Told(Verdict.PAPER, checked, paper=paper, is_for_trial=bool(key and key.is_for_trial))
    if issued is None:
        return Told(Verdict.NOT_KNOWN, checked)
    return Told(VERDICTS[standing_of(issued)], checked, issued)


def is_known_from_before(
    key: RecordKey, kind: Kind, digest: str, issued: IssuedRecord | None, paper: SealedPaper | None
) -> bool:
    """True of the very bytes that were given out before the key was compromised; a credential is a part of them."""
    if paper:
        return not key.is_compromised_at(paper.sealed_at)
    if issued is None or kind is Kind.CREDENTIAL:
        return False
    is_the_file = digest == (issued.pdf_digest if kind is Kind.PDF else issued.file_digest)
    return is_the_file and not key.is_compromised_at(issued.issued_at)


VERDICTS = {
    Standing.COMPROMISED: Verdict.COMPROMISED,
    Standing.VALID: Verdict.VALID,
    Standing.SUPERSEDED: Verdict.SUPERSEDED,
    Standing.REVOKED: Verdict.REVOKED,
}
