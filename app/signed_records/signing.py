"""The key with which this service signs: made by a command, or by itself where the service is only tried out."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.config import Settings
from app.language.refusal import Refused
from app.models.course.signed_records import RecordKey
from app.models.people import Person
from app.platform.audit import record
from app.signed_records.bundle.keys import NoKey, PublicKey, SigningKey, keep_key, kept_key, new_key
from app.signed_records.queries import newest_key

NONE_YET = (
    "Records cannot be signed yet, because this service has no key. Tell the administrator: docs/operations.md says "
    "how one is made."
)
NOT_THERE = (
    "Records cannot be signed at the moment, because the key of this service is not where it is kept. Tell the "
    "administrator, and try again later."
)


def key_that_signs(session: Session, settings: Settings) -> SigningKey | None:
    """The newest key, whole; None where there is none. Raises NoKey where its secret half cannot be had."""
    row = newest_key(session)
    return kept_key(settings.keys, settings.keys_passphrase, row.id, row.certificate) if row else None


def key_to_issue_with(session: Session, settings: Settings) -> SigningKey:
    """The key for a record; raises Refused, in words for a learner, where it cannot be signed."""
    try:
        key = key_that_signs(session, settings)
    except NoKey as fault:
        raise Refused(NOT_THERE) from fault
    if key is None:
        raise Refused(NONE_YET)
    return key


def make_key(session: Session, actor: Person | None, settings: Settings, now: datetime) -> PublicKey:
    """Make a key that signs from now on; those before stay, so that what they signed can be checked.

    The secret half is on the disk before its row is written: a row never names a key that is lost.
    """
    key = new_key(settings.service_name, now)
    keep_key(settings.keys, settings.keys_passphrase, key)
    row = RecordKey(
        id=key.public.id,
        jwk=key.public.jwk,
        certificate=key.certificate_text,
        made_at=now,
        is_for_trial=not settings.is_production,
    )
    session.add(row)
    record(session, actor, "made a key for records", now=now, key=row.id)
    return key.public


def has_to_make_one(session: Session, settings: Settings) -> bool:
    """True where a service that is tried out has no key, or no longer has the secret half of it."""
    if settings.is_production:
        return False
    try:
        return key_that_signs(session, settings) is None
    except NoKey:
        return True
