"""What an editor's home page says of questions."""

from datetime import date

from sqlalchemy.orm import Session

from app.language.numbers import count
from app.models.people import Person
from app.questions.moves import EDITORS
from app.questions.queries import number_waiting
from app.rules.home_items import HomeItem, ToDo


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    """How many wait, for everybody who may answer: whoever comes first does."""
    number = number_waiting(session) if EDITORS.keys() & set(person.roles) else 0
    if not number:
        return []
    why = "Anybody may ask. Coordinators, programme leads and administrators answer: whoever comes first."
    return [ToDo(f"Answer {count(number, 'question')} from the public", why, "questions.waiting")]
