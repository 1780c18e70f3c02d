"""What the home page of somebody at a university says about its learners."""

from datetime import date

from sqlalchemy.orm import Session

from app.language.numbers import count
from app.models.people import Person, Role
from app.progress.at_risk import running_of
from app.progress.queries import number_enrolled
from app.rules.home_items import HomeItem, Standing, ToDo

NAMED_AT_MOST = 5


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    """Each learner at risk with the reason, a few by name; then how many learners there are."""
    if not person.roles & {Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD}:
        return []
    running = running_of(session, person, today)
    found: list[HomeItem] = [
        ToDo(
            f"See how {one.learner_name} is getting on",
            " ".join(one.reasons),
            "progress.show",
            {"enrolment_id": one.enrolment_id},
        )
        for one in running.at_risk[:NAMED_AT_MOST]
    ]
    rest = len(running.at_risk) - NAMED_AT_MOST
    if rest > 0:
        found.append(
            ToDo(
                f"See {count(rest, 'more learner')} at risk",
                "Each with the reason.",
                "progress.learners",
                {"risk": "1"},
            )
        )
    learners, at_risk = number_enrolled(session, person), len(running.at_risk)
    found.append(
        Standing(
            f"{count(learners, 'learner')}, {running.number} in a placement",
            f"{at_risk} of them at risk." if at_risk else "Nobody is at risk today.",
            "progress.learners",
        )
    )
    return found
