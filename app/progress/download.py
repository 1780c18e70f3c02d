"""The list of learners as a file for a spreadsheet."""

from datetime import date

from app.models.hours import HoursCategory
from app.progress.standing import LearnerStanding
from app.web.spreadsheet import Cell

HEADINGS = (
    "Learner",
    "University",
    "Programme",
    "Cohort",
    "Credits decided",
    "Credits of the level",
    *(f"Hours: {category.value}" for category in HoursCategory),
    "Hours in all",
    "Hours of the module",
    "Last session",
    "Placement",
    "At risk because",
)


def row_of(one: LearnerStanding, today: date) -> list[Cell]:
    """The line of one learner."""
    programme = one.enrolment.programme
    return [
        one.learner.name,
        programme.provider.name,
        programme.title,
        one.enrolment.cohort,
        one.credits,
        one.level_credits,
        *(one.summary.minutes[category] / 60 for category in HoursCategory),
        one.summary.total_minutes / 60,
        one.module_hours,
        one.summary.last_session_on.isoformat() if one.summary.last_session_on else "",
        one.placement_state(today),
        " ".join(one.risks),
    ]
