"""Deeds around signing in: checking a password, beginning and ending sessions, sending links, setting a password."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.operations.sign_ins import SignIn, end_sign_ins
from app.models.people import LinkPurpose, OneTimeLink, Person, digest_of_secret
from app.platform.audit import record
from app.platform.outbox import queue_message
from app.platform.passwords import hasher, is_right, kept_of_password, own_words
from app.sign_in import mails
from app.sign_in.mails import AboutService

LINK_LIFE = timedelta(hours=24)
NOT_RIGHT = "The email address or the password is not right. Check both and try again."


@dataclass(frozen=True, slots=True)
class Proof:
    """That somebody knows the password of an account, as it was `kept` then; `kept_anew` where that is outdated."""

    person_id: int
    kept: str
    kept_anew: str


def person_with_email(session: Session, email: str) -> Person | None:
    return session.scalar(select(Person).where(Person.email == email.strip().lower()))


def check_password(session: Session, email: str, password: str) -> Proof:
    """What lets a session begin; raises Refused, in the same words and after the same work whatever was wrong.

    It takes a while on purpose, so nothing is locked meanwhile.
    """
    person = person_with_email(session, email)
    kept = person.password_hash if person and person.is_active else None
    if not is_right(kept, password) or person is None or kept is None:
        raise Refused(NOT_RIGHT, "email")
    return Proof(person.id, kept, hasher.hash(password) if hasher.check_needs_rehash(kept) else "")


def begin_sign_in(session: Session, proof: Proof, browser: str, now: datetime) -> tuple[SignIn, str]:
    """Begin a session and give its token; raises Refused where the account or its password has changed meanwhile."""
    person = locked(session, proof.person_id)
    if not person.is_active or person.password_hash != proof.kept:
        raise Refused(NOT_RIGHT, "email")
    if proof.kept_anew:
        person.password_hash = proof.kept_anew
    sign_in, token = SignIn.begin(person, browser, now)
    session.add(sign_in)
    record(session, person, "signed in", person, now=now)
    return sign_in, token


def locked(session: Session, person_id: int) -> Person:
    """The person as she is now, whom nobody else changes meanwhile."""
    return session.get_one(Person, person_id, with_for_update=True, populate_existing=True)


def sign_out(session: Session, sign_in: SignIn, now: datetime) -> None:
    """End one session: its token opens nothing any more, whoever has a copy."""
    session.delete(sign_in)
    record(session, sign_in.person, "signed out", sign_in.person, now=now)


def forget_old_sign_ins(session: Session, life: timedelta, now: datetime) -> None:
    """Remove the sessions that are too old to be used."""
    session.execute(delete(SignIn).where(SignIn.began_at < now - life))


def tell_of_refused(session: Session, email: str, tries: int, words: AboutService, now: datetime) -> None:
    """Tell the holder of an address that somebody tries to sign in as her; does nothing where there is nobody."""
    person = person_with_email(session, email)
    if person is None or not person.is_active:
        return
    queue_message(session, person.email, mails.tries_refused(person, tries, words), now)
    record(session, None, "told of refused sign-ins", person, now=now, name=person.name, tries=tries)


def send_password_link(session: Session, email: str, address_of: Callable[[str], str], now: datetime) -> None:
    """Mail a one-time link to the person with this address, if there is one; nobody learns whether there is."""
    person = person_with_email(session, email)
    if person is None or not person.is_active:
        return
    link, secret = OneTimeLink.issue(person, now, LINK_LIFE)
    session.add(link)
    queue_message(session, person.email, mails.password_link(person, address_of(secret), LINK_LIFE), now, secret=secret)
    record(session, person, "asked for a password link", person, now=now)


def good_link(session: Session, secret: str, purpose: LinkPurpose, now: datetime) -> OneTimeLink:
    """The link that belongs to a secret; raises Refused when it was used, is too old or does not exist."""
    link = session.scalar(
        select(OneTimeLink).where(OneTimeLink.secret_digest == digest_of_secret(secret), OneTimeLink.purpose == purpose)
    )
    if link is None or not link.is_good(now):
        raise Refused(
            "This link was used already or is too old. Ask for a new one on the page to sign in."
            if purpose is LinkPurpose.SET_PASSWORD
            else "This link was used already or is too old. Ask for a new one on the page of your account."
        )
    return link


def set_password(session: Session, link: OneTimeLink, password: str, words: AboutService, now: datetime) -> Person:
    """Set the password by a link, end every session of the person and tell her; refuses one that is not good."""
    person = locked(session, link.person_id)
    take_password(session, person, password, words, now)
    end_sign_ins(session, person)
    return person


def take_password(session: Session, person: Person, password: str, words: AboutService, now: datetime) -> None:
    """Keep a new password, end the links for choosing another, and tell its holder."""
    person.password_hash = kept_of_password(password, own_words(person, words.name))
    end_links(session, person, now)
    queue_message(session, person.email, mails.password_changed(person, words), now)
    record(session, person, "set a new password", person, now=now)


def end_links(session: Session, person: Person, now: datetime) -> None:
    """Let no link that was sent to the person before open anything any more."""
    hers = update(OneTimeLink).where(OneTimeLink.person_id == person.id, OneTimeLink.used_at.is_(None))
    session.execute(hers.values(used_at=now))
