"""What the other of the two reads about a planned session: subject and body of each mail."""

from collections.abc import Sequence
from typing import Any

from app.language.dates_and_times import day_in_words, hours_and_minutes, time_in_words
from app.language.mail import Mail
from app.language.numbers import listed
from app.models.meetings.planned import PlannedSession
from app.models.people import Person


def planned(plan: PlannedSession, actor: Person, reader: Person, address: str, others: Sequence[str] = ()) -> Mail:
    """To the other of the two: when and how they meet, and who else is there."""
    with_you = listed(["you", *others])
    can = "Say here that you cannot come" if others else "Add to the agenda, move it, cancel it"
    return Mail(
        f"A session is planned {when(plan)}",
        f"Hello {reader.name},\n\n{actor.name} has planned a session with {with_you} {when(plan)}: {how(plan)}.\n\n"
        f"{about(plan)}{can}, or take it into your calendar here:\n{address}\n",
    )


def changed(plan: PlannedSession, before: Any, actor: Person, reader: Person, address: str) -> Mail:
    """To the other of the two: how it is now; a move is the subject, because it must not be missed."""
    has_moved = (plan.starts_at, plan.minutes) != (before.starts_at, before.minutes)
    subject = f"Your session is moved: it is {when(plan)}" if has_moved else f"The session {when(plan)} has changed"
    was = f" It was planned {when(before)}." if has_moved else ""
    return Mail(
        subject,
        f"Hello {reader.name},\n\n{actor.name} has changed the session that you have planned. It is {when(plan)}: "
        f"{how(plan)}.{was}\n\n{about(plan)}You can change or cancel it here:\n{address}\n",
    )


def cancelled(plan: PlannedSession, actor: Person, reader: Person, reason: str, address: str) -> Mail:
    """To the other of the two: they do not meet then."""
    why = f" {actor.name} writes:\n\n{reason}\n\n" if reason else "\n\n"
    return Mail(
        f"The session {when(plan)} is cancelled",
        f"Hello {reader.name},\n\n{actor.name} has cancelled the session with you that was planned {when(plan)}.{why}"
        f"You can plan another one here:\n{address}\n",
    )


def when(plan: Any) -> str:
    """on 3 March 2026 at 2pm; of a plan as it is, or as it was."""
    return f"on {day_in_words(plan.starts_at)} at {time_in_words(plan.starts_at)}"


def how(plan: PlannedSession) -> str:
    where = f", {plan.place}" if plan.place else ""
    return f"{hours_and_minutes(plan.minutes)}, {plan.form.value}{where}"


def about(plan: PlannedSession) -> str:
    return f"On the agenda:\n{plan.agenda}\n\n" if plan.agenda else ""
