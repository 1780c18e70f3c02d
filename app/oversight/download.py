"""The list of placements as a file for a spreadsheet."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.models.hours import HoursCategory
from app.models.people import Person
from app.models.placements import Placement
from app.oversight.queries import placements_with_ids
from app.phrasebook.risks import risks_in_words
from app.rules.course.risks import AtRisk
from app.rules.record_totals import Summary, summaries
from app.web.paging import in_parts
from app.web.spreadsheet import Cell

HEADINGS = (
    "Learner",
    "Mentor",
    "Study",
    "Organisation",
    "Network",
    "University",
    "Level",
    "First day",
    "Last day",
    "State",
    *(f"Hours: {category.value}" for category in HoursCategory),
    "Last session",
    "At risk because",
)


def rows_of_placements(
    session: Session, person_id: int, ids: Sequence[int], risks: Mapping[int, Sequence[AtRisk]], today: date
) -> Iterator[Sequence[Cell]]:
    """One line for each placement, some hundred loaded at a time."""
    for some in in_parts(ids):
        person = session.get_one(Person, person_id)
        sums = summaries(session, some)
        for one in placements_with_ids(session, person, some):
            yield row_of(one, sums[one.id], risks.get(one.id, ()), today)
        session.expunge_all()


def row_of(placement: Placement, summary: Summary, risks: Sequence[AtRisk], today: date) -> list[Cell]:
    opening, programme = placement.opening, placement.module.programme
    return [
        placement.learner.name,
        placement.mentor.name,
        opening.study.title,
        opening.organisation.name,
        opening.network.name,
        programme.provider.name,
        programme.level.value,
        placement.starts_on.isoformat(),
        placement.ends_on.isoformat(),
        placement.standing_on(today),
        *(summary.minutes[category] / 60 for category in HoursCategory),
        summary.last_session_on.isoformat() if summary.last_session_on else "",
        " ".join(risks_in_words(risks, today)),
    ]
