"""The key with which this service signs: made by a command, or by itself where the service is only tried out."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.config import Settings
from app.language.refusal import Refused
from app.models.course.signed_records import KeyWarning, RecordKey
from app.models.people import Person
from app.platform.audit import record
from app.platform.sealing.keys import NoKey, PublicKey, SigningKey, keep_key, kept_key, new_key

NONE_YET = (
    "Records cannot be signed yet, because this service has no key. Tell the administrator: docs/operations.md says "
    "how one is made."
)
NOT_THERE = (
    "Records cannot be signed at the moment, because the key of this service is not where it is kept. Tell the "
    "administrator, and try again later."
)


def newest_key(session: Session) -> RecordKey | None:
    """The one that signs, of those that may be believed."""
    newest = select(RecordKey).where(~RecordKey.warning.has()).order_by(RecordKey.made_at.desc(), RecordKey.id)
    return session.scalar(newest.limit(1))


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


def call_compromised(session: Session, key_id: str, since: datetime | None, now: datetime) -> KeyWarning:
    """Say from when on a key is not to be believed: from its beginning where nobody knows. Said once, for ever."""
    row = session.get(RecordKey, key_id)
    if row is None:
        raise Refused("No key of this service has this id. It is the last part of the address of the key.")
    if row.warning:
        raise Refused("This key was called compromised before. That stands, and cannot be changed.")
    moment = since or row.made_at
    if moment > now:
        raise Refused("That moment has not come. Give one in the past, in UTC.")
    warning = KeyWarning(key_id=key_id, compromised_from=moment, said_at=now)
    session.add(warning)
    record(session, None, "called a key compromised", now=now, key=key_id, since=moment.isoformat())
    return warning


def has_to_make_one(session: Session, settings: Settings) -> bool:
    """True where a service that is tried out has no key, or no longer has the secret half of it."""
    if settings.is_production:
        return False
    try:
        return key_that_signs(session, settings) is None
    except NoKey:
        return True
