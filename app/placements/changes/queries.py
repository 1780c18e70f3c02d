"""Whose placements, wishes and next places learner and mentor reach."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.models.course.changes_asked import AskedState, ChangeAsked
from app.models.course.next_places import NextPlace, NextPlaceState
from app.models.people import Person
from app.models.placements import Placement
from app.models.programmes import Module, Programme
from app.models.studies import Opening
from app.rules.fit import all_of_an_opening


def own_placement(session: Session, person: Person, placement_id: int) -> Placement | None:
    """The placement, if the person is its learner or its mentor."""
    is_hers = or_(Placement.learner_id == person.id, Placement.mentor_id == person.id)
    return session.scalar(select(Placement).where(Placement.id == placement_id, is_hers).options(*with_people()))


def with_people() -> tuple[_AbstractLoad, ...]:
    return (
        joinedload(Placement.learner).selectinload(Person.grants),
        joinedload(Placement.mentor),
        joinedload(Placement.opening).joinedload(Opening.study),
        joinedload(Placement.module).joinedload(Module.programme).joinedload(Programme.provider),
        selectinload(Placement.pauses),
    )


def waiting_wish(session: Session, person: Person, placement: Placement) -> ChangeAsked | None:
    """What the person has asked about the placement, while nobody has answered."""
    return session.scalar(
        select(ChangeAsked).where(
            ChangeAsked.placement_id == placement.id,
            ChangeAsked.asked_by_id == person.id,
            ChangeAsked.state == AskedState.WAITING,
        )
    )


def wishes_about(session: Session, placement: Placement) -> Sequence[ChangeAsked]:
    """What both have asked about a placement, the latest first."""
    statement = select(ChangeAsked).where(ChangeAsked.placement_id == placement.id).order_by(ChangeAsked.id.desc())
    return session.scalars(statement.options(joinedload(ChangeAsked.asked_by))).all()


def next_place_of_learner(session: Session, learner: Person, place_id: int) -> NextPlace | None:
    """The place to go on with, if it was offered to this learner."""
    return session.scalar(
        select(NextPlace)
        .join(NextPlace.placement)
        .where(NextPlace.id == place_id, Placement.learner_id == learner.id)
        .options(
            joinedload(NextPlace.placement).options(*with_people()),
            joinedload(NextPlace.opening).options(*all_of_an_opening()),
        )
    )


def waiting_next_places(session: Session, learner: Person) -> Sequence[NextPlace]:
    """The places offered to her that nobody has answered or taken back."""
    statement = (
        select(NextPlace)
        .join(NextPlace.placement)
        .where(Placement.learner_id == learner.id, NextPlace.state == NextPlaceState.WAITING)
        .options(joinedload(NextPlace.opening).options(joinedload(Opening.mentor), joinedload(Opening.study)))
        .order_by(NextPlace.answer_by, NextPlace.id)
    )
    return session.scalars(statement).all()
