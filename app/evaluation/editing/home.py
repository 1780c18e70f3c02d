"""What an editor's home page says: how much free text waits."""

from datetime import date

from sqlalchemy.orm import Session

from app.evaluation.editing.queries import number_waiting
from app.language.numbers import count
from app.models.people import Person, Role
from app.rules.home_items import ToDo


def home_items_of(session: Session, person: Person, today: date) -> list[ToDo]:
    number = number_waiting(session) if Role.ADMINISTRATOR in person.roles else 0
    if not number:
        return []
    text = f"Decide what readers see of {count(number, 'answer')} in people’s own words"
    return [ToDo(text, "Nobody else reads them before an administrator has.", "evaluation.editing.waiting")]
