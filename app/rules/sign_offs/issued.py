"""How a record that was given out stands today: the one answer for pages, programs and whoever asks."""

import enum

from sqlalchemy import ColumnElement, or_

from app.models.course.sign_offs import SignOff, SignOffState
from app.models.course.signed_records import IssuedRecord, KeyWarning, RecordKey, RecordState


class Standing(enum.Enum):
    """Whether somebody may rely on it; the value is the word for its tag."""

    VALID = "valid"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    COMPROMISED = "signed with a compromised key"


def standing_of(issued: IssuedRecord) -> Standing:
    """It stands while it is the newest, its sign-off stands, and its key was to be believed when it was signed."""
    if issued.key.is_compromised_at(issued.issued_at):
        return Standing.COMPROMISED
    if issued.state is RecordState.SUPERSEDED:
        return Standing.SUPERSEDED
    return Standing.VALID if issued.sign_off.state is SignOffState.SIGNED_OFF else Standing.REVOKED


def stands_no_longer() -> ColumnElement[bool]:
    """The same as a condition, for records joined with their sign-off."""
    warned = RecordKey.warning.has(KeyWarning.compromised_from <= IssuedRecord.issued_at)
    return or_(
        IssuedRecord.state != RecordState.VALID,
        SignOff.state != SignOffState.SIGNED_OFF,
        IssuedRecord.key.has(warned),
    )
