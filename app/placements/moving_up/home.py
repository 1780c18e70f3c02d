"""What home says of a better place: to the learner who can move up to it."""

from datetime import date

from sqlalchemy.orm import Session

from app.language.local_times import until_in_words
from app.models.people import Person, Role
from app.placements.moving_up.queries import better_places_to_answer
from app.placements.moving_up.service import until
from app.placements.swaps.queries import hold_by
from app.rules.home_items import HomeItem, ToDo


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    """A line for each that she can still answer."""
    if Role.LEARNER not in person.roles:
        return []
    return [
        ToDo(
            f"Say whether you move up, by {until_in_words(until(hold_by(session, place.offer), place))}",
            f"The place with {place.opening.mentor.name} on “{place.opening.study.title}”, which you ranked higher, is "
            "kept for you. What you have stays yours until you say yes.",
            "placements.moving_up.show",
            {"better_place_id": place.id},
            due=place.answer_by,
        )
        for place in better_places_to_answer(session, person)
        if place.is_open_on(today)
    ]
