"""What a mentor has given, by calendar year: hours of confirmed sessions and learners supported."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from app.models.people import Person
from app.models.placements import Placement
from app.models.supervision import SupervisionSession


@dataclass(frozen=True, slots=True)
class Year:
    """One calendar year of a mentor."""

    year: int
    learners: int
    sessions: int
    minutes: int


def contribution_of(session: Session, mentor: Person, placements: Sequence[Placement], today: date) -> list[Year]:
    """Each year with a placement or a session, the latest first."""
    met = sessions_by_year(session, mentor)
    supported = learners_by_year(placements, today)
    return [
        Year(year, len(supported.get(year, ())), *met.get(year, (0, 0)))
        for year in sorted(met.keys() | supported.keys(), reverse=True)
    ]


def sessions_by_year(session: Session, mentor: Person) -> dict[int, tuple[int, int]]:
    """Number and minutes of the confirmed sessions of each year."""
    year = extract("year", SupervisionSession.held_on)
    rows = session.execute(
        select(year, func.count(), func.sum(SupervisionSession.minutes))
        .join(SupervisionSession.placement)
        .where(
            Placement.mentor_id == mentor.id,
            SupervisionSession.confirmed_at.is_not(None),
            SupervisionSession.withdrawn_at.is_(None),
        )
        .group_by(year)
    )
    return {int(when): (number, int(minutes)) for when, number, minutes in rows}


def learners_by_year(placements: Sequence[Placement], today: date) -> dict[int, set[int]]:
    """The learners whose placement ran in a year, up to today."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for placement in placements:
        for year in range(placement.starts_on.year, min(placement.ends_on, today).year + 1):
            if placement.has_begun_on(today):
                found[year].add(placement.learner_id)
    return dict(found)
