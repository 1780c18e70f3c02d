"""Deeds of a person about her own account: a new password, another address, ending sessions elsewhere."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.operations.sign_ins import SignIn, end_sign_ins
from app.models.people import LinkPurpose, OneTimeLink, Person
from app.platform.audit import record
from app.platform.outbox import queue_message
from app.platform.passwords import is_right
from app.sign_in import mails
from app.sign_in.mails import AboutService
from app.sign_in.service import end_links, good_link, locked, person_with_email, take_password

ADDRESS_LINK_LIFE = timedelta(hours=24)


def ask_for_password_again(person: Person, password: str, field: str = "password") -> None:
    """Raise Refused when it is not hers: whoever finds a computer signed in must not be able to take the account."""
    if not is_right(person.password_hash, password):
        raise Refused("This is not your current password. Check it and try again", field)


def change_password(
    session: Session, sign_in: SignIn, current: str, new: str, words: AboutService, now: datetime
) -> None:
    """Take a new password from who knows the current one, and end her other sessions."""
    person = locked(session, sign_in.person_id)
    ask_for_password_again(person, current, "current_password")
    take_password(session, person, new, words, now)
    end_sign_ins(session, person, but=sign_in)


def ask_for_address(
    session: Session, person: Person, password: str, email: str, address_of: Callable[[str], str], now: datetime
) -> None:
    """Mail a link to another address of hers; nobody learns here whether somebody else has it already."""
    ask_for_password_again(person, password)
    email = email.strip().lower()
    if email == person.email:
        raise Refused("This is the address that we use already", "email")
    record(session, person, "asked for another address", person, now=now)
    if person_with_email(session, email) is None:
        link, secret = OneTimeLink.issue(person, now, ADDRESS_LINK_LIFE, new_email=email)
        session.add(link)
        mail = mails.new_address(person, address_of(secret), ADDRESS_LINK_LIFE)
        queue_message(session, email, mail, now, secret=secret)


def take_address(session: Session, secret: str, words: AboutService, now: datetime) -> Person:
    """Use the address to which a link was sent, and tell the old one; raises Refused where it is no longer free."""
    link = good_link(session, secret, LinkPurpose.CHANGE_ADDRESS, now)
    person = locked(session, link.person_id)
    if person_with_email(session, link.new_email) is not None:
        raise Refused("This address belongs to an account already. Use another, or ask the administrator.")
    queue_message(session, person.email, mails.address_changed(person, words), now)
    record(session, person, "changed an address", person, now=now, email_before=person.email)
    person.email = link.new_email
    end_links(session, person, now)
    return person


def sign_ins_of(session: Session, person: Person, since: datetime) -> Sequence[SignIn]:
    """Her sessions that are not too old, the one used last first."""
    hers = select(SignIn).where(SignIn.person_id == person.id, SignIn.began_at >= since)
    return session.scalars(hers.order_by(SignIn.seen_at.desc(), SignIn.id.desc())).all()


def sign_in_of(session: Session, person: Person, sign_in_id: int) -> SignIn | None:
    return session.scalar(select(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id == person.id))


def end_elsewhere(session: Session, sign_in: SignIn, now: datetime) -> None:
    """End one session of hers from another."""
    session.delete(sign_in)
    record(session, sign_in.person, "ended a session", sign_in.person, now=now, browser=sign_in.browser)


def end_all_others(session: Session, sign_in: SignIn, now: datetime) -> None:
    """End every session of hers but this one."""
    end_sign_ins(session, sign_in.person, but=sign_in)
    record(session, sign_in.person, "ended all other sessions", sign_in.person, now=now)
