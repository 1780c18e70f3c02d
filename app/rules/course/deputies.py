"""Who does a mentor's part of a placement on a day: its mentor, and whoever stands in for her then."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from app.models.course.deputies import STOOD_IN, Deputy, DeputyState
from app.models.pairs.conflicts import Conflict
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.requests import ExcludedMentor, ExclusionAnswer
from app.models.studies import Opening


def mentors_on(session: Session, placement: Placement, day: date) -> list[Person]:
    """Everybody who may do a mentor's part on a day, the mentor first: plan, log and confirm sessions, verify (H9).

    Whoever is no mentor any more is not among them, nor a deputy who may not be with this learner by now.
    """
    mentor = [placement.mentor] if placement.mentor.takes_part_as(Role.MENTOR) else []
    return [*mentor, *deputies_on(session, placement, day)]


def deputies_on(session: Session, placement: Placement, day: date) -> Sequence[Person]:
    """Who stands in for the mentor on a day."""
    hers = (Deputy.placement_id == placement.id, Deputy.stands_in_on(day))
    statement = (
        select(Person).join(Deputy, Deputy.person_id == Person.id).where(*hers, may_be_with(placement.learner_id))
    )
    return session.scalars(statement.order_by(Deputy.id)).unique().all()


def open_deputies_of(session: Session, placement: Placement, today: date) -> Sequence[Deputy]:
    """Who has agreed to stand in today or later, for pages of the placement."""
    hers = (Deputy.placement_id == placement.id, Deputy.state == DeputyState.AGREED, Deputy.ends_on >= today)
    statement = select(Deputy).where(*hers).options(joinedload(Deputy.person)).order_by(Deputy.starts_on, Deputy.id)
    return session.scalars(statement).all()


def open_deputies_by(session: Session, person: Person, today: date) -> Sequence[Deputy]:
    """What she was asked to stand in for and has not declined, until its last day, in the order of the days."""
    return session.scalars(
        select(Deputy)
        .where(Deputy.person_id == person.id, Deputy.is_open_on(today))
        .options(
            joinedload(Deputy.placement).options(
                joinedload(Placement.learner),
                joinedload(Placement.mentor),
                joinedload(Placement.opening).joinedload(Opening.study),
            )
        )
        .order_by(Deputy.starts_on, Deputy.id)
    ).all()


def ids_of_deputies(session: Session, placement: Placement, day: date) -> set[int]:
    """Who may have held a session on a day in place of the mentor, whether or not she still stands in."""
    hers = (Deputy.placement_id == placement.id, Deputy.stood_in_on(day))
    return set(session.scalars(select(Deputy.person_id).where(*hers)))


def all_deputies(session: Session, placement: Placement, today: date) -> Sequence[Person]:
    """Everybody who stands in or has stood in up to a day."""
    hers = (Deputy.placement_id == placement.id, Deputy.state.in_(STOOD_IN), Deputy.starts_on <= today)
    statement = select(Person).where(Person.id.in_(select(Deputy.person_id).where(*hers)))
    return session.scalars(statement.order_by(Person.name, Person.id)).all()


def stands_in(person: Person, day: date) -> ColumnElement[bool]:
    """True of placements in which the person stands in for the mentor on a day."""
    return Placement.id.in_(ids_stood_in(person, day))


def ids_stood_in(person: Person, day: date) -> Select[int]:
    """The ids of those placements."""
    its, she = aliased(Placement), aliased(Person)
    hers = select(Deputy.placement_id).join(its, its.id == Deputy.placement_id).join(she, she.id == Deputy.person_id)
    return hers.where(she.id == person.id, Deputy.stands_in_on(day), may_be_with(its.learner_id, she))


def may_be_with(learner_id: Any, mentor: type[Person] = Person) -> ColumnElement[bool]:
    """True of people who take part as mentors, and whom neither a coordinator nor the learner has ruled out for her.

    The answer is one of the database, so that no page and no deed rests on what was so when somebody was named.
    """
    in_conflict = exists().where(
        Conflict.learner_id == learner_id, Conflict.mentor_id == mentor.id, Conflict.excepted_at.is_(None)
    )
    is_same = exists().where(
        ExclusionAnswer.excluded_id == ExcludedMentor.id,
        ExclusionAnswer.mentor_id == mentor.id,
        ExclusionAnswer.is_same.is_(True),
    )
    is_she = or_(ExcludedMentor.mentor_id == mentor.id, func.lower(ExcludedMentor.email) == mentor.email, is_same)
    is_excluded = exists().where(ExcludedMentor.learner_id == learner_id, is_she)
    return and_(mentor.takes_part_as(Role.MENTOR), mentor.id != learner_id, ~in_conflict, ~is_excluded)
