"""What a learner's home page says when a placement has ended: one short form, for whoever wants to."""

from datetime import date

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.models.people import Person, Role
from app.models.placements import Placement
from app.rules.home_items import ToDo
from app.supervision.feedback.queries import placements_to_ask_about


def home_items_of(session: Session, person: Person, today: date) -> list[ToDo]:
    if Role.LEARNER not in person.roles:
        return []
    return [item_about(one) for one in placements_to_ask_about(session, person, today)]


def item_about(placement: Placement) -> ToDo:
    return ToDo(
        f"Say how the supervision by {placement.mentor.name} was, or that you would rather not",
        f"The placement ended on {day_in_words(placement.ends_on)}. Four answers and a few words, without your name.",
        "supervision.feedback.ask",
        {"placement_id": placement.id},
    )
