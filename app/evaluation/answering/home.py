"""What a home page says of surveys: one line for each, until it is answered, declined or over."""

from datetime import date

from sqlalchemy.orm import Session

from app.evaluation.answering.queries import askings_open
from app.evaluation.words import TITLES
from app.language.dates_and_times import day_in_words
from app.models.evaluation.askings import Asking, Survey
from app.models.people import Person, Role
from app.rules.home_items import ToDo


def home_items_of(session: Session, person: Person, today: date) -> list[ToDo]:
    if not person.roles & {Role.LEARNER, Role.MENTOR}:
        return []
    needed = {Survey.MENTORING: Role.MENTOR}
    open_now = askings_open(session, person, today)
    return [item_about(one) for one in open_now if needed.get(one.survey, Role.LEARNER) in person.roles]


def item_about(asking: Asking) -> ToDo:
    programme = asking.enrolment.programme
    return ToDo(
        f"Answer, or say that you would rather not: {TITLES[asking.survey]}",
        f"{programme.level.value} at {programme.provider.name}. Until {day_in_words(asking.until_on)}; your answers "
        "are kept without your name.",
        *page_of(asking),
    )


def page_of(asking: Asking) -> tuple[str, dict[str, int]]:
    """Where it is answered: mentors have pages of their own."""
    if asking.survey is Survey.MENTORING:
        return "evaluation.answering.ask_mentor", {"mentor_asking_id": asking.id}
    return "evaluation.answering.ask", {"asking_id": asking.id}
