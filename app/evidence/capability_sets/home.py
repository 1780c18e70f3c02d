"""What the home page of a programme's lead says about its capabilities."""

from datetime import date

from sqlalchemy.orm import Session

from app.evidence.capability_sets.queries import number_unconfirmed, programmes_led_by
from app.language.numbers import count
from app.models.people import Person, Role
from app.rules.home_items import HomeItem, ToDo


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    """One item however many programmes she leads: capabilities that her university has not confirmed yet."""
    if Role.PROGRAMME_LEAD not in person.roles:
        return []
    waiting = number_unconfirmed(session, person)
    titles = [one.title for one in programmes_led_by(session, person) if one.id in waiting]
    if not titles:
        return []
    named = titles[0] if len(titles) == 1 else count(len(titles), "programme")
    why = "Learners work with a starting set of this service until you confirm it or put your own in its place."
    return [ToDo(f"Confirm the capabilities of {named}", why, "evidence.programmes")]
