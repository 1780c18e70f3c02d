"""How a record that was given out stands today: the one answer for pages, programs and whoever asks."""

import enum

from sqlalchemy import ColumnElement, or_

from app.models.course.sign_offs import SignOff, SignOffState
from app.models.course.signed_records import IssuedRecord, RecordState


class Standing(enum.Enum):
    """Whether somebody may rely on it; the value is the word for its tag."""

    VALID = "valid"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"


def standing_of(issued: IssuedRecord) -> Standing:
    """It stands while it is the newest and its sign-off stands: nobody has to think of ending it."""
    if issued.state is RecordState.SUPERSEDED:
        return Standing.SUPERSEDED
    return Standing.VALID if issued.sign_off.state is SignOffState.SIGNED_OFF else Standing.REVOKED


def stands_no_longer() -> ColumnElement[bool]:
    """The same as a condition, for records joined with their sign-off."""
    return or_(IssuedRecord.state != RecordState.VALID, SignOff.state != SignOffState.SIGNED_OFF)
