"""The learner behind an address: somebody who has an account already, or who is invited to make one."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enrolments import mails
from app.language.person_names import could_be_same_person
from app.language.refusal import Refused
from app.models.people import LearnerProfile, OneTimeLink, Person, Role, RoleGrant
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message

INVITATION_LIFE = timedelta(days=14)
AddressOf = Callable[[str], str]


def learner_behind(session: Session, occasion: Occasion, name: str, email: str, address_of: AddressOf) -> Person:
    """The person with this address, who is a learner from now on; a new one gets a link to choose a password.

    Raises Refused where the address belongs to somebody of another name, whom nobody is told, or was withdrawn.
    """
    email = email.strip().lower()
    person = session.scalar(select(Person).where(Person.email == email).with_for_update())
    if person is None:
        person = invite(session, occasion, name, email, address_of)
    elif not could_be_same_person(person.name, name):
        raise Refused("This address belongs to somebody of another name here. Check the name and the address.", "email")
    elif not person.is_active:
        raise Refused("The account with this address is withdrawn. Ask an administrator to restore it first.", "email")
    if Role.LEARNER not in person.roles:
        make_learner(session, occasion, person)
    return person


def invite(session: Session, occasion: Occasion, name: str, email: str, address_of: AddressOf) -> Person:
    person = Person(name=name, email=email, created_at=occasion.now)
    link, secret = OneTimeLink.issue(person, occasion.now, INVITATION_LIFE)
    session.add_all([person, link])
    record(session, occasion.actor, "invited a person", person, now=occasion.now, name=name)
    mail = mails.choose_password(person, address_of(secret), INVITATION_LIFE)
    queue_message(session, email, mail, occasion.now, secret=secret)
    return person


def make_learner(session: Session, occasion: Occasion, person: Person) -> None:
    by = occasion.actor.id if occasion.actor else None
    person.grants.append(RoleGrant(role=Role.LEARNER, granted_at=occasion.now, granted_by_id=by))
    if person.learner_profile is None:
        person.learner_profile = LearnerProfile()
    given = {"role": Role.LEARNER.value}
    record(session, occasion.actor, "gave a role", person, now=occasion.now, name=person.name, **given)
