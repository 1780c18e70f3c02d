"""Deeds of people who want updates: they register, confirm it, choose anew, stop, and are forgotten."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.people import digest_of_secret
from app.models.public.updates import SilencedAddress, Subscriber, UpdateRegistration, UpdateTopic
from app.platform.audit import record
from app.platform.outbox import forget_recipient, queue_message
from app.updates import mails

LIFE = timedelta(days=7)
NO_LONGER_GOOD = "This link was used already, or is too old. What was confirmed by it counts."


@dataclass(frozen=True)
class Wish:
    """What somebody wants to hear of, and where; `digest` is what would be kept if the address were silenced."""

    email: str
    topics: frozenset[UpdateTopic]
    digest: str


def register(session: Session, wish: Wish, service: str, address_of: Callable[[str], str], now: datetime) -> None:
    """Mail a link that confirms it; nothing else counts before that.

    Whoever sends the form learns nothing about the address: the same mail goes there whether updates do already or
    not, and none to an address that wants none.
    """
    if session.get(SilencedAddress, wish.digest):
        return
    registration, secret = UpdateRegistration.issue(wish.email, wish.topics, now, LIFE)
    session.add(registration)
    mail = mails.to_confirm(service, wish.topics, address_of(secret), LIFE)
    queue_message(session, wish.email, mail, now, secret=secret, about=mails.ABOUT)
    record(session, None, "asked for updates", registration, now=now)


def registration_behind(session: Session, secret: str, now: datetime) -> UpdateRegistration:
    """What a link confirms; raises Refused, in the same words, for one that was used, is too old or never was."""
    wanted = select(UpdateRegistration).where(UpdateRegistration.secret_digest == digest_of_secret(secret))
    registration = session.scalar(wanted)
    if registration is None or now > registration.expires_at:
        raise Refused(NO_LONGER_GOOD)
    return registration


def confirm(session: Session, registration: UpdateRegistration, now: datetime) -> Subscriber:
    """Let updates go to the address, about what was chosen; other links that went there end."""
    email, topics = registration.email, registration.chosen
    subscriber = session.scalar(select(Subscriber).where(Subscriber.email == email))
    if subscriber is None:
        subscriber = Subscriber(email=email, confirmed_at=now)
        session.add(subscriber)
    subscriber.choose(topics)
    end_registrations(session, email)
    record(session, None, "confirmed updates", subscriber, now=now)
    return subscriber


def silence(session: Session, registration: UpdateRegistration, digest: str, now: datetime) -> None:
    """Write nothing about updates to the address any more, whoever enters it, and keep only a digest of it."""
    email = registration.email
    subscriber = session.scalar(select(Subscriber).where(Subscriber.email == email))
    if subscriber is not None:
        session.delete(subscriber)
    forget(session, email, now)
    if session.get(SilencedAddress, digest) is None:
        session.add(SilencedAddress(digest=digest, silenced_at=now))
    record(session, None, "wanted no mail about updates", now=now)


def choose(session: Session, subscriber: Subscriber, topics: frozenset[UpdateTopic], now: datetime) -> None:
    """Hear of other topics from now on."""
    if topics != subscriber.topics:
        subscriber.choose(topics)
        record(session, None, "chose other updates", subscriber, now=now)


def stop(session: Session, subscriber: Subscriber, now: datetime) -> None:
    """Send her nothing more, also of what waits to be sent, and forget the address."""
    record(session, None, "stopped updates", subscriber, now=now)
    session.delete(subscriber)
    forget(session, subscriber.email, now)


def forget(session: Session, email: str, now: datetime) -> None:
    end_registrations(session, email)
    forget_recipient(session, email, mails.ABOUT, now)


def end_registrations(session: Session, email: str) -> None:
    session.flush()
    session.execute(delete(UpdateRegistration).where(UpdateRegistration.email == email))


def forget_unconfirmed(session: Session, now: datetime) -> None:
    """Forget who has not confirmed in time; the mails to an address to which updates go for another reason stay."""
    late = session.scalars(select(UpdateRegistration).where(UpdateRegistration.expires_at < now)).all()
    for registration in late:
        session.delete(registration)
    session.flush()
    for email in {registration.email for registration in late}:
        if not is_known(session, email):
            forget_recipient(session, email, mails.ABOUT, now)


def is_known(session: Session, email: str) -> bool:
    """Whether the address is still needed: updates go there, or a link that went there is good."""
    has_it = (
        select(Subscriber.id).where(Subscriber.email == email),
        select(UpdateRegistration.id).where(UpdateRegistration.email == email),
    )
    return any(session.scalar(one.limit(1)) is not None for one in has_it)
