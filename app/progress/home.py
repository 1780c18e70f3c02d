"""What the home page of somebody at a university says about its learners."""

from datetime import date

from sqlalchemy.orm import Session

from app.language.dates_and_times import hours_and_minutes
from app.language.numbers import count
from app.models.people import Person, Role
from app.progress.standing import standings_seen_by
from app.rules.home_items import HomeItem, Standing, ToDo

NAMED_AT_MOST = 5


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    """Each learner at risk with the reason, a few by name; then how many learners there are."""
    if not person.roles & {Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD}:
        return []
    standings = standings_seen_by(session, person, today)
    at_risk = [one for one in standings if one.risks]
    found: list[HomeItem] = [
        ToDo(
            f"See how {one.learner.name} is getting on",
            " ".join(one.risks),
            "progress.show",
            {"enrolment_id": one.enrolment.id},
        )
        for one in at_risk[:NAMED_AT_MOST]
    ]
    if len(at_risk) > NAMED_AT_MOST:
        rest = len(at_risk) - NAMED_AT_MOST
        found.append(
            ToDo(
                f"See {count(rest, 'more learner')} at risk",
                "Each with the reason.",
                "progress.learners",
                {"risk": "1"},
            )
        )
    placed = sum(one.placement_state(today) == "active" for one in standings)
    minutes = sum(one.summary.total_minutes for one in standings)
    found.append(
        Standing(
            f"{count(len(standings), 'learner')}, {placed} in a placement",
            f"{hours_and_minutes(minutes)} on their records.",
            "progress.learners",
        )
    )
    return found
