"""What the home pages of learner and mentor say about what each of them has agreed to do."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.models.people import Person, Role
from app.models.supervision import ActionOwner, AgreedAction
from app.rules.home_items import ToDo
from app.supervision.agreed.queries import open_actions_of

MEET = frozenset({Role.LEARNER, Role.MENTOR})


def home_items_of(session: Session, person: Person, today: date) -> list[ToDo]:
    """Each action that is still to be done by this person."""
    actions = open_actions_of(session, person, today) if person.roles & MEET else ()
    return [item_of(action, today) for action in each_once(actions)]


def each_once(actions: Sequence[AgreedAction]) -> list[AgreedAction]:
    """What a mentor agreed with several learners at once is one thing to do."""
    found = {
        (one.session.group_id, one.what) if one.owner is ActionOwner.MENTOR and one.session.group_id else one.id: one
        for one in reversed(actions)
    }
    return list(reversed(found.values()))


def item_of(action: AgreedAction, today: date) -> ToDo:
    placement = action.session.placement
    other = placement.mentor if action.owner is ActionOwner.LEARNER else placement.learner
    agreed = f"Agreed with {other.name} on {day_in_words(action.session.held_on)}."
    return ToDo(
        action.what,
        f"{due(action.due_on, today)}{agreed}",
        "supervision.show",
        {"session_id": action.session_id},
        due=action.due_on,
    )


def due(day: date | None, today: date) -> str:
    if day is None:
        return ""
    return f"By {day_in_words(day)}. " if day >= today else f"Was due on {day_in_words(day)}. "
