"""What the home page of a programme lead says about supervisors: who has none, and which notes wait for an answer."""

from datetime import date

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words, day_of
from app.language.numbers import count
from app.models.people import Person, Role
from app.rules.home_items import HomeItem, ToDo
from app.supervisors.queries import NONE, number_without, unanswered_notes

LISTED_MAX = 20


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    if Role.PROGRAMME_LEAD not in person.roles:
        return []
    found: list[HomeItem] = [
        ToDo(
            f"Answer {note.author.name} about {learner.name}",
            f"The note waits since {day_in_words(day_of(note.written_at))}.",
            "supervisors.ask_answer",
            {"note_id": note.id},
        )
        for note, learner in unanswered_notes(session, person, LISTED_MAX)
    ]
    without = number_without(session, person, today)
    if without:
        found.append(
            ToDo(
                f"Name an academic supervisor for {count(without, 'learner')}",
                "Until then any academic supervisor of your university can sign for them.",
                "supervisors.index",
                {"now": NONE},
                lasting="Name academic supervisors",
            )
        )
    return found
