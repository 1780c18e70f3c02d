"""Deeds around signing in: checking a password, sending a one-time link, setting a new password."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.people import OneTimeLink, Person, digest_of_secret
from app.platform.audit import record
from app.platform.outbox import queue_message
from app.sign_in import mails

LINK_LIFE = timedelta(hours=24)
PASSWORD_LENGTH_MIN, PASSWORD_LENGTH_MAX = 12, 200
hasher = PasswordHasher()
# Checked when there is no such person, so that the time of an answer does not tell who has an account.
NOBODYS_HASH = hasher.hash(secrets.token_hex())


def person_with_email(session: Session, email: str) -> Person | None:
    return session.scalar(select(Person).where(Person.email == email.strip().lower()))


def check_password(session: Session, email: str, password: str, now: datetime) -> Person:
    """The person who signs in; raises Refused, in the same words whatever was wrong."""
    person = person_with_email(session, email)
    known_hash = person.password_hash if person and person.is_active else None
    try:
        hasher.verify(known_hash or NOBODYS_HASH, password)
    except VerificationError:
        person = None
    if person is None or known_hash is None:
        raise Refused("The email address or the password is not right. Check both and try again.", "email")
    if hasher.check_needs_rehash(known_hash):
        person.password_hash = hasher.hash(password)
    record(session, person, "signed in", person, now=now)
    return person


def sign_out(session: Session, person: Person, now: datetime) -> None:
    record(session, person, "signed out", person, now=now)


def sign_out_everywhere(session: Session, person: Person, now: datetime) -> None:
    """End every session that the person has anywhere."""
    person.sessions_valid_from = now
    record(session, person, "signed out everywhere", person, now=now)


def send_password_link(session: Session, email: str, address_of: Callable[[str], str], now: datetime) -> None:
    """Mail a one-time link to the person with this address, if there is one; nobody learns whether there is."""
    person = person_with_email(session, email)
    if person is None or not person.is_active:
        return
    link, secret = OneTimeLink.issue(person, now, LINK_LIFE)
    session.add(link)
    queue_message(session, person.email, mails.password_link(person, address_of(secret), LINK_LIFE), now, secret=secret)
    record(session, person, "asked for a password link", person, now=now)


def good_link(session: Session, secret: str, now: datetime) -> OneTimeLink:
    """The link that belongs to a secret; raises Refused when it was used, is too old or does not exist."""
    link = session.scalar(
        select(OneTimeLink).where(OneTimeLink.secret_digest == digest_of_secret(secret)).with_for_update()
    )
    if link is None or not link.is_good(now):
        raise Refused("This link was used already or is too old. Ask for a new one on the page to sign in.")
    return link


def kept_of_password(password: str) -> str:
    """What is kept of a password that somebody chose; raises Refused at the field `password` when it is not good."""
    if not password.strip():
        raise Refused("Enter a new password", "password")
    if not PASSWORD_LENGTH_MIN <= len(password) <= PASSWORD_LENGTH_MAX:
        raise Refused(
            f"The password must have between {PASSWORD_LENGTH_MIN} and {PASSWORD_LENGTH_MAX} characters", "password"
        )
    return hasher.hash(password)


def set_password(session: Session, link: OneTimeLink, password: str, now: datetime) -> Person:
    """Set the password, and end every session and every other link of the person; refuses one that is not good."""
    person = link.person
    person.password_hash = kept_of_password(password)
    person.sessions_valid_from = now
    session.execute(
        update(OneTimeLink).where(OneTimeLink.person_id == person.id, OneTimeLink.used_at.is_(None)).values(used_at=now)
    )
    record(session, person, "set a new password", person, now=now)
    return person
