"""What an administrator's home page says about people and mail."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.language.numbers import count
from app.models.operations.outbox import Message
from app.models.people import Person, Role, RoleGrant
from app.rules.home_items import ToDo


def home_items_of(session: Session, person: Person, today: date) -> list[ToDo]:
    """What waits for an administrator: mail that could not be sent, people without a role."""
    if Role.ADMINISTRATOR not in person.roles:
        return []
    failed = session.scalar(
        select(func.count()).select_from(Message).where(Message.sent_at.is_(None), Message.complaint != "")
    )
    idle = session.scalar(
        select(func.count())
        .select_from(Person)
        .where(Person.is_active, ~Person.grants.any(RoleGrant.ended_at.is_(None)))
    )
    found = []
    if failed:
        found.append(
            ToDo(
                f"Look at {count(failed, 'mail')} that could not be sent", "The mail server refused them.", "admin.mail"
            )
        )
    if idle:
        found.append(ToDo("Give people a role", f"{idle} can sign in but hold no role yet.", "admin.list_people"))
    return found
