"""What an administrator sees: people with their roles, outgoing mail, jobs and workers, the audit trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, false, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from app.models.operations.audit import AuditLine
from app.models.operations.false_alarms import FalseAlarm
from app.models.operations.jobs import SILENT_MAX, Job, JobOutcome, Worker
from app.models.operations.outbox import Message
from app.models.organisations import Network
from app.models.people import Person, Role, RoleGrant
from app.models.programmes import Provider
from app.rules.search import is_too_much, named
from app.web.paging import PAGE_ROWS, Page, page_of


def people(session: Session, search: str, role: Role | None, number: int) -> Page:
    """People by name, with the roles they hold."""
    statement = select(Person).order_by(Person.name, Person.id).options(with_grants())
    if is_too_much(search):
        statement = statement.where(false())
    elif search:
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
    """A mail that no server took and nobody withdrew, kept from being sent meanwhile."""
    is_unsent = (Message.sent_at.is_(None), Message.withdrawn_at.is_(None))
    return session.scalar(select(Message).where(Message.id == message_id, *is_unsent).with_for_update())


def jobs(session: Session, number: int) -> Page:
    """Those that were given up, then those that wait or are under way, then those that are done; newest first."""
    order = case((Job.outcome == JobOutcome.GIVEN_UP, 0), (Job.outcome.is_(None), 1), else_=2)
    return page_of(session, select(Job).order_by(order, Job.id.desc()), number)


def job_given_up(session: Session, job_id: int) -> Job | None:
    return session.scalar(select(Job).where(Job.id == job_id, Job.outcome == JobOutcome.GIVEN_UP).with_for_update())


def workers_at_work(session: Session, now: datetime) -> Sequence[Worker]:
    return session.scalars(select(Worker).where(Worker.beat_at > now - SILENT_MAX).order_by(Worker.id)).all()


LINES_SEARCHED = 200_000  # at once; a name that nobody has would otherwise be looked for in the lines of years


@dataclass(frozen=True, slots=True)
class Trail:
    """Lines of the audit trail, newest first; earlier ones are found before the line `earlier`, None where none are.

    `is_full` is False where a search has looked through as many lines as it may and not found a page full.
    """

    rows: Sequence[AuditLine]
    earlier: int | None
    is_full: bool


def audit_lines(session: Session, search: str, deed: str, before: int | None) -> Trail:
    """The lines before one of them (None: from the newest on), as many as a page has."""
    top = before or (session.scalar(select(func.max(AuditLine.id))) or 0) + 1
    statement = select(AuditLine).where(AuditLine.id < top).order_by(AuditLine.id.desc()).limit(PAGE_ROWS + 1)
    floor = max(0, top - LINES_SEARCHED) if search else 0
    if search:
        statement = statement.where(AuditLine.id >= floor, named(AuditLine.folded_names, search))
    if deed:
        statement = statement.where(AuditLine.deed == deed)
    rows = session.scalars(statement).all()
    if len(rows) > PAGE_ROWS:
        return Trail(rows[:PAGE_ROWS], rows[PAGE_ROWS - 1].id, is_full=True)
    return Trail(rows, floor if floor > 1 else None, is_full=False)


def false_alarms(session: Session, number: int) -> Page:
    """What looked like a patient's details and was kept, the newest first."""
    return page_of(session, select(FalseAlarm).order_by(FalseAlarm.id.desc()), number)


def deeds(session: Session) -> Sequence[str]:
    """Every kind of deed in the trail, by name: a step in the index for each, however many lines there are."""
    first = select(func.min(AuditLine.deed).label("deed")).cte("deeds", recursive=True)
    line = aliased(AuditLine)
    after = select(func.min(line.deed)).where(line.deed > first.c.deed).scalar_subquery()
    every = first.union_all(select(after).where(first.c.deed.is_not(None)))
    return session.scalars(select(every.c.deed).where(every.c.deed.is_not(None))).all()
