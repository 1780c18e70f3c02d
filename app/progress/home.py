"""What the home page of somebody at a university says about its learners."""

from datetime import date

from sqlalchemy.orm import Session

from app.language.numbers import count
from app.models.people import Person, Role
from app.models.placements import Placement
from app.progress.at_risk import at_risk_of, late_ids, number_running, reasons_by_placement
from app.progress.queries import READERS, number_enrolled
from app.rules.academic.reach import reaches_placement
from app.rules.course.acknowledged import needing_nobody
from app.rules.home_items import HomeItem, Standing, ToDo

NAMED_AT_MOST = 5


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    """Each learner at risk with the reason, a few by name, unless all is put aside; then how many learners."""
    if not person.roles & {Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD}:
        return []
    waits = needing_nobody(session, today, reaches_placement(person, *READERS))
    at_risk = [one for one in at_risk_of(session, person, today) if one.placement_id not in waits]
    named = at_risk[:NAMED_AT_MOST]
    reasons = reasons_by_placement(session, today, Placement.id.in_([one.placement_id for one in named]))
    found: list[HomeItem] = [
        ToDo(
            f"See how {one.name} is getting on",
            " ".join(reasons.get(one.placement_id, ())),
            "progress.show",
            {"enrolment_id": one.enrolment_id},
        )
        for one in named
    ]
    rest = len(at_risk) - NAMED_AT_MOST
    if rest > 0:
        found.append(
            ToDo(
                f"See {count(rest, 'more learner')} at risk",
                "Each with the reason.",
                "progress.learners",
                {"risk": "1"},
            )
        )
    number = len({one.enrolment_id for one in at_risk} | late_ids(session, person, today))
    learners, running = number_enrolled(session, person), number_running(session, person, today)
    found.append(
        Standing(
            f"{count(learners, 'learner')}, {running} in a placement",
            f"{number} of them at risk." if number else "Nobody is at risk today.",
            "progress.learners",
        )
    )
    return found
