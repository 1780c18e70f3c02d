"""What this service says of a file that somebody gives it: is it one of its records, whole, and does it still stand?"""

import enum
import hashlib
from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session

from app.models.course.signed_records import IssuedRecord
from app.rules.sign_offs.issued import Standing, standing_of
from app.signed_records.bundle.verify import Checked, Kind, verify
from app.signed_records.queries import public_key, record_at, record_with_pdf


class Verdict(enum.Enum):
    """The answer in one word."""

    VALID = "valid"
    CHANGED = "changed"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    NOT_OURS = "not issued here"
    NOT_KNOWN = "not known here"


@dataclass(frozen=True)
class Told:
    """The verdict, what was looked at, and the record as it was given out, where it is one."""

    verdict: Verdict
    checked: Checked
    issued: IssuedRecord | None = None


def told_of(session: Session, data: bytes) -> Told:
    """Raises NotARecord where it is nothing like one. A PDF that is byte for byte ours is known by its digest."""
    checked = verify(data, partial(public_key, session))
    digest = hashlib.sha256(data).hexdigest()
    if checked.kind is Kind.PDF:
        issued = record_with_pdf(session, digest)
    else:
        issued = record_at(session, checked.address.rpartition("/")[2]) if checked.claims else None
    if checked.key_id and not checked.is_key_known:
        return Told(Verdict.NOT_OURS, checked)
    if not checked.is_good or (issued and checked.kind is Kind.BUNDLE and issued.file_digest != digest):
        return Told(Verdict.CHANGED, checked)
    if issued is None:
        return Told(Verdict.NOT_KNOWN, checked)
    return Told(VERDICTS[standing_of(issued)], checked, issued)


VERDICTS = {
    Standing.VALID: Verdict.VALID,
    Standing.SUPERSEDED: Verdict.SUPERSEDED,
    Standing.REVOKED: Verdict.REVOKED,
}
