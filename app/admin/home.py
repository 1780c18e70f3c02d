"""What an administrator's home page says about people, mail and jobs."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.language.numbers import count, plural
from app.models.operations.jobs import TRIES_MAX, Job, JobOutcome
from app.models.operations.outbox import Message
from app.models.people import Person, Role, RoleGrant
from app.platform.job_standing import is_anybody_at_work
from app.platform.outbox import ATTEMPTS_MAX
from app.rules.home_items import ToDo


def home_items_of(session: Session, person: Person, today: date) -> list[ToDo]:
    """What waits for an administrator: mail and jobs that failed, people without a role."""
    if Role.ADMINISTRATOR not in person.roles:
        return []
    found = [*mail_items(session), *job_items(session)]
    idle = session.scalar(
        select(func.count())
        .select_from(Person)
        .where(Person.is_active, ~Person.grants.any(RoleGrant.ended_at.is_(None)))
    )
    if idle:
        found.append(ToDo("Give people a role", f"{idle} can sign in but hold no role yet.", "admin.list_people"))
    return found


def mail_items(session: Session) -> list[ToDo]:
    """Mail that was refused for good, and mail that waits since no server took it so far."""
    is_over = Message.attempts >= ATTEMPTS_MAX
    is_unsent = (Message.sent_at.is_(None), Message.withdrawn_at.is_(None))
    failed = select(func.count()).select_from(Message).where(*is_unsent, Message.complaint != "")
    refused, waiting = session.scalar(failed.where(is_over)) or 0, session.scalar(failed.where(~is_over)) or 0
    found = []
    if refused:
        text = f"Look at {count(refused, 'mail')} that could not be sent"
        found.append(ToDo(text, f"The mail server refused each of them {ATTEMPTS_MAX} times.", "admin.waiting.mail"))
    if waiting:
        text = f"Look at {count(waiting, 'mail')} that the mail server has not taken yet"
        found.append(ToDo(text, "They are tried again by themselves.", "admin.waiting.mail"))
    return found


def job_items(session: Session) -> list[ToDo]:
    failed = session.scalar(select(func.count()).select_from(Job).where(Job.outcome == JobOutcome.GIVEN_UP))
    if not failed:
        return []
    why = f"The service tried {TRIES_MAX} times and gave up."
    return [ToDo(f"Look at {count(failed, 'job')} that failed", why, "admin.waiting.jobs")]


def waiting_jobs(session: Session, person: Person, now: datetime) -> list[ToDo]:
    """For an administrator: jobs that wait while no worker is at work."""
    if Role.ADMINISTRATOR not in person.roles:
        return []
    waiting = session.scalar(select(func.count()).select_from(Job).where(Job.outcome.is_(None)))
    if not waiting or is_anybody_at_work(session, now):
        return []
    why = f"{count(waiting, 'job')} {plural(waiting, 'waits', 'wait')} until one starts."
    return [ToDo("See that a worker is at work", why, "admin.waiting.jobs")]
