"""The list of learners as a file for a spreadsheet."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session, selectinload

from app.models.hours import HoursCategory
from app.models.people import Person
from app.progress.standing import LearnerStanding, standings_with_ids
from app.rules.academic.supervisors import names_by_enrolment
from app.web.paging import in_parts
from app.web.spreadsheet import Cell

HEADINGS = (
    "Learner",
    "University",
    "Programme",
    "Cohort",
    "Stands",
    "Credits",
    "Credits of the level",
    *(f"Hours: {category.value}" for category in HoursCategory),
    "Hours in all",
    "Of these verified",
    "Hours of the module",
    "Last session",
    "Placement",
    "Academic supervisor",
    "At risk because",
)


def rows_of_learners(
    session: Session, person_id: int, ids: Sequence[int], reasons: Mapping[int, Sequence[str]], today: date
) -> Iterator[Sequence[Cell]]:
    """One line for each enrolment that this person sees, some hundred loaded at a time."""
    person = session.get_one(Person, person_id, options=[selectinload(Person.grants)])
    for some in in_parts(ids):
        supervisors = names_by_enrolment(session, some)
        for one in standings_with_ids(session, person, some, reasons):
            yield row_of(one, supervisors.get(one.enrolment.id, ""), today)
        session.expunge_all()


def row_of(one: LearnerStanding, supervisor: str, today: date) -> list[Cell]:
    """The line of one learner."""
    programme = one.enrolment.programme
    return [
        one.learner.name,
        programme.provider.name,
        programme.title,
        one.enrolment.cohort_name,
        one.way.on(today).value,
        one.credits,
        one.level_credits,
        *(one.summary.minutes[category] / 60 for category in HoursCategory),
        one.summary.total_minutes / 60,
        one.summary.verified_minutes / 60,
        one.module_hours,
        one.summary.last_session_on.isoformat() if one.summary.last_session_on else "",
        one.placement_state(today),
        supervisor,
        " ".join(one.risks),
    ]
