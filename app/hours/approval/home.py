"""What the home pages of learner and mentor say about hours to submit, to verify and to answer."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.hours.approval.queries import open_lines_of, waiting_lines
from app.language.dates_and_times import day_in_words, day_of
from app.language.numbers import count
from app.models.hours import HoursState
from app.models.people import Person, Role
from app.models.placements import Placement
from app.rules.home_items import HomeItem, ToDo
from app.rules.hours.verifiers import placements_verified_by

SUBMIT_AFTER = timedelta(days=7)


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    """What a mentor has to verify, what was returned to a learner, and drafts that she has had for a week."""
    return [
        *(items_for_mentor(session, person, today) if Role.MENTOR in person.roles else ()),
        *(items_for_learner(session, person, today) if Role.LEARNER in person.roles else ()),
    ]


def items_for_mentor(session: Session, mentor: Person, today: date) -> Sequence[HomeItem]:
    names = placements_verified_by(session, mentor, today)
    waiting = waiting_lines(session, list(names)) if names else {}
    found = []
    for id_, (number, since) in sorted(waiting.items()):
        entries = count(number, "hours entry", "hours entries")
        why = f"Waiting since {day_in_words(since)}." if since else "They wait for you."
        text = f"Verify {entries} of {names[id_].learner.name}"
        found.append(ToDo(text, why, "hours.approval.ask_decision", {"placement_id": id_}))
    return found


def items_for_learner(session: Session, learner: Person, today: date) -> Sequence[HomeItem]:
    found = []
    for placement, state, number, first in open_lines_of(session, learner):
        if state is HoursState.RETURNED:
            found.append(item_to_answer(placement, number))
        elif today - day_of(first) >= SUBMIT_AFTER:
            found.append(item_to_submit(placement, number, day_of(first)))
    return found


def item_to_answer(placement: Placement, number: int) -> ToDo:
    return ToDo(
        f"Answer {count(number, 'returned hours entry', 'returned hours entries')}",
        "Your mentor says what is not right. Change it or keep it as it is, and submit it again.",
        "hours.approval.weeks",
        {"placement_id": placement.id},
    )


def item_to_submit(placement: Placement, number: int, since: date) -> ToDo:
    return ToDo(
        f"Submit {count(number, 'hours entry', 'hours entries')}",
        f"Drafts since {day_in_words(since)}. They count once you have submitted them.",
        "hours.approval.ask_submission",
        {"placement_id": placement.id},
    )
