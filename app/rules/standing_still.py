"""Keeps people as they are, who takes part and whom a learner excludes, while a deed rests on it."""

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.models.people import Person


def lock_people(session: Session, ids: Iterable[int] | Select[int]) -> None:
    """Let others who change one of these people wait, and wait for them; to be asked before anything else is locked.

    What was read of them before may be stale afterwards. Records that refer to a person can still be added meanwhile.
    SQLite has no such locks; there the whole transaction holds the one write lock from its beginning.
    """
    wanted = ids if isinstance(ids, Select) else sorted(ids)
    statement = select(Person.id).where(Person.id.in_(wanted)).order_by(Person.id)
    session.execute(statement.with_for_update(key_share=True)).all()
