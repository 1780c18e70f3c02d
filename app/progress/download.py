"""The list of learners as a file for a spreadsheet."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from app.models.hours import HoursCategory
from app.progress.standing import LearnerStanding

# A spreadsheet takes a text that begins with one of these for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
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


def learners_csv(standings: Iterable[LearnerStanding], today: date) -> str:
    """One line for each learner, UTF-8 with a byte order mark so that spreadsheets read the names rightly."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    writer.writerows([harmless(cell) for cell in row_of(one, today)] for one in standings)
    return "\ufeff" + text.getvalue()


def row_of(one: LearnerStanding, today: date) -> list[str | int | float]:
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


def harmless(cell: str | int | float) -> str | int | float:
    """The cell, written so that no spreadsheet runs it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
