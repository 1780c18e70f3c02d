"""Who verifies the hours of a placement on a day: its mentor, the one with whom it has gone on since, or a deputy."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from app.models.people import Person
from app.models.placements import Placement
from app.rules.course.deputies import deputies_on, ids_stood_in, mentors_on


def verifying_placements(session: Session, learner_ids: Iterable[int], today: date) -> dict[int, Placement]:
    """For each placement of some learners the one whose mentor verifies its hours today; one query.

    It is the last that continues it and has begun: from that day on the earlier mentor is a former one (H9), and what
    she had not verified is for her successor.
    """
    statement = (
        select(Placement)
        .where(Placement.learner_id.in_(set(learner_ids)))
        .options(joinedload(Placement.mentor), joinedload(Placement.learner))
        .order_by(Placement.id)
    )
    placements = session.scalars(statement).all()
    after = {one.continues_id: one for one in placements if one.has_begun_on(today) and not one.never_began}
    return {one.id: last_of(one, after) for one in placements}


def last_of(placement: Placement, after: dict[int | None, Placement]) -> Placement:
    while placement.id in after:
        placement = after[placement.id]
    return placement


def verifier_of(session: Session, placement: Placement, today: date) -> Person:
    return verifying_placements(session, [placement.learner_id], today)[placement.id].mentor


def verifiers_of(session: Session, placement: Placement, today: date) -> list[Person]:
    """Everybody who verifies its hours today: that mentor, while she takes part, and whoever stands in for her."""
    verifying = verifying_placements(session, [placement.learner_id], today)[placement.id]
    return mentors_on(session, verifying, today)


def verifies(session: Session, placement: Placement, person: Person, today: date) -> bool:
    """Whether somebody verifies the hours of a placement today: that mentor, or whoever stands in for her."""
    verifying = verifying_placements(session, [placement.learner_id], today)[placement.id]
    return person.id == verifying.mentor_id or person in deputies_on(session, verifying, today)


def placements_verified_by(session: Session, mentor: Person, today: date) -> dict[int, Placement]:
    """The placements whose hours somebody verifies today, by their ids, those that she has taken over as well."""
    stood_in = set(session.scalars(ids_stood_in(mentor, today)))
    is_hers = or_(Placement.mentor_id == mentor.id, Placement.id.in_(stood_in))
    learners = session.scalars(select(Placement.learner_id).where(is_hers)).all()
    if not learners:
        return {}
    found = verifying_placements(session, learners, today)
    return {id_: one for id_, one in found.items() if one.mentor_id == mentor.id or one.id in stood_in}
