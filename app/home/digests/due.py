"""Who is due a digest on a day: whose turn has come since somebody last looked for her."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Case, ColumnElement, Select, and_, case, func, literal, or_, select

from app.language.local_times import start_of_day
from app.models.base import UtcDateTime
from app.models.people import Person, RoleGrant
from app.models.reminding.digests import MONDAY, DigestSetting, Rhythm, last_turn

DAYS_OF_A_WEEK = range(7)


def people_due(today: date) -> Select[Person]:
    """Everybody with a role whose turn has come; a new account waits for the first turn after it was made."""
    turn_missed = DigestSetting.looked_on < by_choice(today, literal)
    made_before = Person.created_at < by_choice(today, lambda day: literal(start_of_day(day), UtcDateTime()))
    return (
        select(Person)
        .outerjoin(DigestSetting, DigestSetting.person_id == Person.id)
        .where(
            Person.is_active,
            Person.grants.any(RoleGrant.ended_at.is_(None)),
            or_(turn_missed, DigestSetting.looked_on.is_(None) & made_before),
        )
        .order_by(Person.id)
    )


def by_choice(today: date, of_turn: Callable[[date], ColumnElement[Any]]) -> Case[Any]:
    """Something of the last turn that each person's choice gave her; null for who wants none."""
    rhythm = func.coalesce(DigestSetting.rhythm, literal(Rhythm.WEEKLY, DigestSetting.rhythm.type))
    weekday = func.coalesce(DigestSetting.weekday, MONDAY)
    turns = [(and_(rhythm == Rhythm.WEEKLY, weekday == one), Rhythm.WEEKLY, one) for one in DAYS_OF_A_WEEK]
    turns.append((and_(rhythm == Rhythm.DAILY), Rhythm.DAILY, MONDAY))
    found = [(condition, last_turn(choice, one, today)) for condition, choice, one in turns]
    return case(*[(condition, of_turn(day)) for condition, day in found if day], else_=None)
