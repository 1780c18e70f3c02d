"""What the home pages of learner and mentor say about sessions that they have planned."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words, day_of, time_in_words
from app.language.numbers import listed
from app.models.meetings.planned import PlannedSession
from app.models.people import Person, Role
from app.rules.home_items import HomeItem, Standing, ToDo
from app.supervision.planning.mails import how
from app.supervision.planning.queries import plans_of
from app.supervision.planning.service import may_change

MEET = frozenset({Role.LEARNER, Role.MENTOR})


def home_items_of(session: Session, person: Person, now: datetime) -> list[HomeItem]:
    """Each session that is planned, with its date; one whose time has come asks to be recorded or cancelled."""
    plans = plans_of(session, person, day_of(now)) if person.roles & MEET else ()
    met = together(plans, person)
    return [to_record(plan, names) if waits_for(plan, person, now) else to_come(plan, names) for plan, names in met]


def together(plans: Sequence[PlannedSession], person: Person) -> list[tuple[PlannedSession, str]]:
    """Each meeting once, with whom she meets: who planned one with several has it once, with all of them."""
    names: dict[tuple[bool, int], list[str]] = {}
    first: dict[tuple[bool, int], PlannedSession] = {}
    for plan in plans:
        is_for_all = plan.group_id is not None and plan.planned_by_id == person.id
        key = (is_for_all, plan.group_id if is_for_all and plan.group_id else plan.id)
        first.setdefault(key, plan)
        names.setdefault(key, []).append(plan.other_than(person).name)
    return [(plan, listed(names[key])) for key, plan in first.items()]


def waits_for(plan: PlannedSession, person: Person, now: datetime) -> bool:
    """True when its time has come and she can record it; a session with several learners is not theirs to record."""
    return plan.waits_to_be_recorded(now) and may_change(plan, person)


def to_record(plan: PlannedSession, names: str) -> ToDo:
    return ToDo(
        f"Record or cancel the session of {day_in_words(plan.day)} with {names}",
        f"It was planned for {time_in_words(plan.starts_at)}. It counts once it is recorded and confirmed.",
        "supervision.planning.show",
        {"plan_id": plan.id},
    )


def to_come(plan: PlannedSession, names: str) -> Standing:
    return Standing(
        f"Session with {names} on {day_in_words(plan.day)} at {time_in_words(plan.starts_at)}",
        f"{how(plan)}.",
        "supervision.planning.show",
        {"plan_id": plan.id},
    )
