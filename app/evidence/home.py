"""What the home pages of learners and mentors say about capabilities."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from app.language.dates_and_times import day_in_words, day_of
from app.language.numbers import count
from app.models.course.capabilities import CapabilityRating, Rater
from app.models.people import Person, Role
from app.models.placements import Placement
from app.rules.course.evidenced import Evidenced, evidenced
from app.rules.home_items import HomeItem, Standing, ToDo

BEFORE_THE_END = timedelta(days=60)


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    """What a learner's capabilities still lack, and what a mentor has not rated since her learner has."""
    found: list[HomeItem] = []
    if Role.LEARNER in person.roles:
        placements = running(session, Placement.learner_id == person.id, today)
        standing = evidenced(session, placements) if placements else {}
        found += [item_for_learner(one, standing[one.id], today) for one in placements if standing[one.id].total]
    if Role.MENTOR in person.roles:
        found += items_for_mentor(session, running(session, Placement.mentor_id == person.id, today))
    return found


def item_for_learner(placement: Placement, standing: Evidenced, today: date) -> HomeItem:
    """Something to do when the end comes near; until then how it stands."""
    to = "evidence.show", {"placement_id": placement.id}
    if standing.missing and placement.ends_on - today <= BEFORE_THE_END:
        missing = count(len(standing.missing), "capability", "capabilities")
        why = f"Your placement with {placement.mentor.name} ends on {day_in_words(placement.ends_on)}."
        return ToDo(f"Add evidence for {missing}", why, *to, due=placement.ends_on)
    return Standing(standing.in_words, f"With {placement.mentor.name}.", *to)


def items_for_mentor(session: Session, placements: Sequence[Placement]) -> list[HomeItem]:
    said = newest_ratings(session, placements) if placements else {}
    return [
        ToDo(
            f"Rate the capabilities of {one.learner.name}",
            f"{one.learner.name} rated them last on {day_in_words(day_of(learner))}.",
            "evidence.show",
            {"placement_id": one.id},
        )
        for one in placements
        if (learner := said.get((one.id, Rater.LEARNER)))
        and learner > said.get((one.id, Rater.MENTOR), datetime.min.replace(tzinfo=learner.tzinfo))
    ]


def newest_ratings(session: Session, placements: Sequence[Placement]) -> dict[tuple[int, Rater], datetime]:
    """When the learner and the mentor of each placement have rated last."""
    rows = session.execute(
        select(CapabilityRating.placement_id, CapabilityRating.rater, func.max(CapabilityRating.rated_at))
        .where(CapabilityRating.placement_id.in_([one.id for one in placements]))
        .group_by(CapabilityRating.placement_id, CapabilityRating.rater)
    )
    return {(placement_id, rater): moment for placement_id, rater, moment in rows}


def running(session: Session, whose: ColumnElement[bool], today: date) -> Sequence[Placement]:
    return session.scalars(
        select(Placement)
        .where(whose, Placement.is_current_on(today), Placement.starts_on <= today, Placement.outcome.is_(None))
        .options(joinedload(Placement.learner), joinedload(Placement.mentor))
        .order_by(Placement.id)
    ).all()
