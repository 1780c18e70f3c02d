"""Deeds of the administrator: inviting people, giving and ending roles, withdrawing and restoring accounts."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.admin import mails
from app.language.refusal import Refused
from app.models.operations.jobs import Job
from app.models.operations.outbox import Message
from app.models.operations.sign_ins import end_sign_ins
from app.models.organisations import Network
from app.models.people import LearnerProfile, MentorProfile, OneTimeLink, Person, Role, RoleGrant
from app.models.programmes import Provider
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message, try_message_again
from app.platform.passwords import is_right
from app.promises.leaving import leave

INVITATION_LIFE = timedelta(days=14)


def invite_person(
    session: Session, actor: Person, name: str, email: str, address_of: Callable[[str], str], now: datetime
) -> Person:
    """Add a person and mail her a link to choose a password. `address_of` turns the link's secret into its address."""
    email = free_email(session, email)
    person = Person(name=name, email=email, created_at=now)
    session.add(person)
    record(session, actor, "invited a person", person, now=now, name=name)
    mail_invitation(session, person, address_of, now)
    return person


def free_email(session: Session, email: str, person: Person | None = None) -> str:
    """The address as it is kept; raises Refused when it belongs to somebody else."""
    email = email.strip().lower()
    holder_id = session.scalar(select(Person.id).where(Person.email == email))
    if holder_id is not None and (person is None or holder_id != person.id):
        raise Refused("Somebody with this email address has an account already. Look for it in the list.", "email")
    return email


def correct_person(
    session: Session, actor: Person, person: Person, name: str, email: str, password: str, contact: str, now: datetime
) -> None:
    """Change a name or an address that was wrong; links that went to the old address end, and it is told.

    Whoever changes where links go could take the account, so `password` must be the one of `actor`.
    """
    email = free_email(session, email, person)
    before = person.name, person.email
    if before == (name, email):
        return
    if person.email != email:
        if not is_right(actor.password_hash, password):
            raise Refused("To change an address, enter your own password", "password")
        queue_message(session, person.email, mails.address_corrected(person, email, contact), now)
        session.execute(
            update(OneTimeLink)
            .where(OneTimeLink.person_id == person.id, OneTimeLink.used_at.is_(None))
            .values(used_at=now)
        )
    person.name, person.email = name, email
    record(
        session, actor, "corrected a person", person, now=now, name=name, name_before=before[0], email_before=before[1]
    )


def invite_again(
    session: Session, actor: Person, person: Person, address_of: Callable[[str], str], now: datetime
) -> None:
    """Mail a new link to choose a password; raises Refused when the account is withdrawn."""
    if not person.is_active:
        raise Refused("This account is withdrawn, so a link would not work. Restore the account first.")
    record(session, actor, "sent a link to choose a password", person, now=now, name=person.name)
    mail_invitation(session, person, address_of, now)


def mail_invitation(session: Session, person: Person, address_of: Callable[[str], str], now: datetime) -> None:
    link, secret = OneTimeLink.issue(person, now, INVITATION_LIFE)
    session.add(link)
    queue_message(
        session, person.email, mails.invitation(person, address_of(secret), INVITATION_LIFE), now, secret=secret
    )


def grant_role(
    session: Session,
    actor: Person,
    person: Person,
    role: Role,
    network: Network | None,
    provider: Provider | None,
    now: datetime,
) -> RoleGrant:
    """Give a role; a coordinator's reaches a network, a supervisor's or lead's a university."""
    network, provider = network if role.is_of_a_network else None, provider if role.is_of_a_university else None
    if role.is_of_a_network and network is None:
        raise Refused("Choose the network that this coordinator works for", "network")
    if role.is_of_a_university and provider is None:
        raise Refused("Choose the university where this person holds the role", "provider")
    if any(
        (grant.role, grant.network, grant.provider) == (role, network, provider)
        for grant in person.grants
        if grant.ended_at is None
    ):
        raise Refused(f"{person.name} holds this role already", "role")
    grant = RoleGrant(role=role, network=network, provider=provider, granted_at=now, granted_by_id=actor.id)
    person.grants.append(grant)
    if role is Role.LEARNER and person.learner_profile is None:
        person.learner_profile = LearnerProfile()
    if role is Role.MENTOR and person.mentor_profile is None:
        person.mentor_profile = MentorProfile()
    record(session, actor, "gave a role", person, now=now, name=person.name, role=role.value)
    return grant


def end_role(session: Session, actor: Person, grant: RoleGrant, occasion: Occasion) -> None:
    """End a role, and with it what rested on it; the last administrator keeps hers, or nobody could give it back."""
    if grant.role is Role.ADMINISTRATOR and administrators(session) == 1:
        raise Refused("This is the only administrator. Give the role to somebody else first.")
    grant.ended_at = occasion.now
    record(
        session, actor, "ended a role", grant.person, now=occasion.now, name=grant.person.name, role=grant.role.value
    )
    leave(session, occasion, grant.person, frozenset({grant.role}))


def administrators(session: Session) -> int:
    """How many people who can sign in are administrators."""
    return (
        session.scalar(
            select(func.count())
            .select_from(RoleGrant)
            .join(RoleGrant.person)
            .where(RoleGrant.role == Role.ADMINISTRATOR, RoleGrant.ended_at.is_(None), Person.is_active)
        )
        or 0
    )


def withdraw_account(session: Session, actor: Person, person: Person, occasion: Occasion) -> None:
    """Keep a person from signing in, end her sessions and what rested on her taking part; her record stays."""
    if person.id == actor.id:
        raise Refused("You cannot withdraw your own account. Ask another administrator.")
    if not person.is_active:
        return
    person.is_active = False
    end_sign_ins(session, person)
    record(session, actor, "withdrew an account", person, now=occasion.now, name=person.name)
    leave(session, occasion, person, person.roles)


def restore_account(session: Session, actor: Person, person: Person, now: datetime) -> None:
    """Let a person sign in again."""
    if person.is_active:
        return
    person.is_active = True
    record(session, actor, "restored an account", person, now=now, name=person.name)


def send_again(session: Session, actor: Person, message: Message, now: datetime) -> None:
    """Let a mail that no server took be tried from the start."""
    try_message_again(session, message, now)
    record(session, actor, "let a mail be sent again", message, now=now)


def note_job_asked_again(session: Session, actor: Person, job: Job, now: datetime) -> None:
    record(session, actor, "let a job be tried again", job, now=now, name=job.deed)
