"""What a mentor has given, by calendar year or from one day to another: hours, learners, studies, organisations."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Subquery, extract, func, select, union_all
from sqlalchemy.orm import Session

from app.models.organisations import Organisation
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
    studies: int = 0
    organisations: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """What she gave from one day to another, both included, with the studies and organisations by name."""

    first: date
    last: date
    learners: int
    sessions: int
    minutes: int
    studies: tuple[str, ...]
    organisations: tuple[str, ...]


def contribution_of(session: Session, mentor: Person, placements: Sequence[Placement], today: date) -> list[Year]:
    """Each year with a placement or a session, the latest first."""
    met = sessions_by_year(session, mentor)
    supported = placements_by_year(placements, today)
    return [
        Year(
            year,
            len(learners_in(supported.get(year, ()))),
            *met.get(year, (0, 0)),
            len({one.opening.study_id for one in supported.get(year, ())}),
            len({one.opening.organisation_id for one in supported.get(year, ())}),
        )
        for year in sorted(met.keys() | supported.keys(), reverse=True)
    ]


def given_between(
    session: Session, mentor: Person, placements: Sequence[Placement], first: date, last: date, today: date
) -> Period:
    """What was confirmed in a period; a learner counts whose placement ran on one of its days, up to today."""
    held = held_by(mentor)
    sums = select(func.count(), func.coalesce(func.sum(held.c.minutes), 0))
    number, minutes = session.execute(sums.where(held.c.held_on.between(first, last))).one()
    ran = [one for one in placements if one.starts_on <= min(last, today, one.ends_on) and one.ends_on >= first]
    wanted = {one.opening.organisation_id for one in ran}
    names = select(Organisation.name).where(Organisation.id.in_(wanted)).order_by(Organisation.name)
    studies = {one.opening.study_id: one.opening.study.name for one in ran}
    return Period(
        first,
        last,
        len(learners_in(ran)),
        number,
        int(minutes),
        tuple(sorted(studies.values())),
        tuple(session.scalars(names).all()),
    )


def sessions_by_year(session: Session, mentor: Person) -> dict[int, tuple[int, int]]:
    """Number and minutes of the confirmed sessions of each year."""
    held = held_by(mentor)
    year = extract("year", held.c.held_on)
    rows = session.execute(select(year, func.count(), func.sum(held.c.minutes)).group_by(year)).all()
    return {int(when): (number, int(minutes)) for when, number, minutes in rows}


def held_by(mentor: Person) -> Subquery:
    """The day and the minutes of each confirmed session that she held, as mentor or in place of another.

    One with several learners was held once: of a group each learner's row says the same, so that one stands for all.
    """
    meeting = func.coalesce(SupervisionSession.group_id, -SupervisionSession.id)  # -id is nobody's group
    counts = (SupervisionSession.confirmed_at.is_not(None), SupervisionSession.withdrawn_at.is_(None))
    columns = (meeting.label("meeting"), SupervisionSession.held_on, SupervisionSession.minutes)
    as_mentor = select(*columns).join(SupervisionSession.placement)
    as_mentor = as_mentor.where(Placement.mentor_id == mentor.id, SupervisionSession.deputy_id.is_(None), *counts)
    as_deputy = select(*columns).where(SupervisionSession.deputy_id == mentor.id, *counts)
    each = union_all(as_mentor, as_deputy).subquery()
    of_meeting = (func.max(each.c.held_on).label("held_on"), func.max(each.c.minutes).label("minutes"))
    return select(*of_meeting).group_by(each.c.meeting).subquery()


def placements_by_year(placements: Sequence[Placement], today: date) -> dict[int, list[Placement]]:
    """The placements that ran in a year, up to today."""
    found: defaultdict[int, list[Placement]] = defaultdict(list)
    for placement in placements:
        for year in range(placement.starts_on.year, min(placement.ends_on, today).year + 1):
            if placement.has_begun_on(today):
                found[year].append(placement)
    return dict(found)


def learners_in(placements: Iterable[Placement]) -> set[int]:
    return {one.learner_id for one in placements}
