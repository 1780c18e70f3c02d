"""What the home page says to whoever is asked to stand in for a mentor, or does."""

from datetime import date

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.models.course.deputies import Deputy, DeputyState
from app.models.people import Person, Role
from app.rules.course.deputies import open_deputies_by
from app.rules.home_items import HomeItem, Standing, ToDo


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    """What she has to answer, and where she stands in today."""
    if Role.MENTOR not in person.roles:
        return []
    open_ones = open_deputies_by(session, person, today)
    asked = [item_to_answer(one) for one in open_ones if one.state is DeputyState.ASKED]
    return [*asked, *(standing_of(one) for one in open_ones if one.stands_in_on(today))]


def item_to_answer(deputy: Deputy) -> ToDo:
    placement = deputy.placement
    return ToDo(
        f"Answer {placement.mentor.name}: can you stand in as mentor of {placement.learner.name}?",
        f"From {day_in_words(deputy.starts_on)} to {day_in_words(deputy.ends_on)}.",
        "supervision.deputies.show",
        {"deputy_id": deputy.id},
        due=deputy.starts_on,
    )


def standing_of(deputy: Deputy) -> Standing:
    placement = deputy.placement
    return Standing(
        f"Log a session with {placement.learner.name}",
        f"You stand in for {placement.mentor.name} until {day_in_words(deputy.last_day)}.",
        "supervision.new",
        {"placement_id": placement.id},
    )
