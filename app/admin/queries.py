"""What an administrator sees: people with their roles, outgoing mail, jobs and workers, the audit trail."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.operations.audit import AuditLine
from app.models.operations.jobs import SILENT_MAX, Job, JobOutcome, Worker
from app.models.operations.outbox import Message
from app.models.organisations import Network
from app.models.people import Person, Role, RoleGrant
from app.models.programmes import Provider
from app.rules.search import named
from app.web.paging import Page, page_of


def people(session: Session, search: str, role: Role | None, number: int) -> Page:
    """People by name, with the roles they hold."""
    statement = select(Person).order_by(Person.name, Person.id).options(with_grants())
    if search:
        with_email = Person.email.icontains(search, autoescape=True)
        statement = statement.where(or_(named(Person.folded_name, search), with_email))
    if role:
        statement = statement.where(Person.grants.any((RoleGrant.role == role) & RoleGrant.ended_at.is_(None)))
    return page_of(session, statement, number)


def person_with_grants(session: Session, person_id: int) -> Person | None:
    statement = select(Person).where(Person.id == person_id).options(with_grants())
    return session.scalar(statement.execution_options(populate_existing=True))


def with_grants() -> Any:
    return selectinload(Person.grants).options(joinedload(RoleGrant.network), joinedload(RoleGrant.provider))


def live_grant(session: Session, person_id: int, grant_id: int) -> RoleGrant | None:
    return session.scalar(
        select(RoleGrant)
        .where(RoleGrant.id == grant_id, RoleGrant.person_id == person_id, RoleGrant.ended_at.is_(None))
        .options(joinedload(RoleGrant.person), joinedload(RoleGrant.network), joinedload(RoleGrant.provider))
    )


def networks(session: Session) -> Sequence[Network]:
    return session.scalars(select(Network).order_by(Network.name)).all()


def providers(session: Session) -> Sequence[Provider]:
    return session.scalars(select(Provider).order_by(Provider.name)).all()


def messages(session: Session, number: int) -> Page:
    """Outgoing email, newest first."""
    return page_of(session, select(Message).order_by(Message.id.desc()), number)


def message_to_send(session: Session, message_id: int) -> Message | None:
    """A mail that no server took, kept from being sent meanwhile."""
    return session.scalar(select(Message).where(Message.id == message_id, Message.sent_at.is_(None)).with_for_update())


def jobs(session: Session, number: int) -> Page:
    """Those that were given up, then those that wait or are under way, then those that are done; newest first."""
    order = case((Job.outcome == JobOutcome.GIVEN_UP, 0), (Job.outcome.is_(None), 1), else_=2)
    return page_of(session, select(Job).order_by(order, Job.id.desc()), number)


def job_given_up(session: Session, job_id: int) -> Job | None:
    return session.scalar(select(Job).where(Job.id == job_id, Job.outcome == JobOutcome.GIVEN_UP).with_for_update())


def workers_at_work(session: Session, now: datetime) -> Sequence[Worker]:
    return session.scalars(select(Worker).where(Worker.beat_at > now - SILENT_MAX).order_by(Worker.id)).all()


def audit_lines(session: Session, search: str, deed: str, number: int) -> Page:
    """The audit trail, newest first."""
    statement = select(AuditLine).order_by(AuditLine.id.desc())
    if search:
        statement = statement.where(named(AuditLine.folded_names, search))
    if deed:
        statement = statement.where(AuditLine.deed == deed)
    return page_of(session, statement, number)


def deeds(session: Session) -> Sequence[str]:
    """Every kind of deed in the trail, by name."""
    return session.scalars(select(AuditLine.deed).distinct().order_by(AuditLine.deed)).all()
