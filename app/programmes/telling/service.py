"""Tells those who teach at a university what changed in its programmes."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.people import Person, Role, RoleGrant
from app.models.programmes import ProgrammeVersion
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.programmes.telling import mails

TEACH = (Role.PROGRAMME_LEAD, Role.ACADEMIC_SUPERVISOR)


def tell_of_version(session: Session, occasion: Occasion, version: ProgrammeVersion, address: str) -> None:
    """Learners are told nothing: whoever is on a version keeps it."""
    actor = occasion.actor
    for reader in those_who_teach(session, version.programme.provider_id):
        if actor is None or reader.id != actor.id:
            who = actor.name if actor else "The service"
            queue_message(session, reader.email, mails.version_published(reader, version, who, address), occasion.now)


def those_who_teach(session: Session, provider_id: int) -> Sequence[Person]:
    """Leads and academic supervisors of a university, each once, by name."""
    there = (RoleGrant.provider_id == provider_id, RoleGrant.role.in_(TEACH), RoleGrant.ended_at.is_(None))
    hers = select(RoleGrant.person_id).where(*there)
    people = select(Person).where(Person.id.in_(hers), Person.is_active).order_by(Person.name, Person.id)
    return session.scalars(people).all()
