"""Whose lists a person reaches, and what waits there for whom."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.models.course.readiness import Cover, CoverState, Need, NeedKind
from app.models.operations.state_changes import StateChange
from app.models.organisations import Organisation
from app.models.people import LearnerProfile, Person, Role
from app.models.placements import Placement
from app.models.studies import Opening
from app.rules.readiness.parts import CHECKS


def is_reached_by(person: Person) -> ColumnElement[bool]:
    """True of placements of which the person is learner or mentor, or whose network she coordinates."""
    in_hers = select(Opening.id).where(Opening.network_id.in_(person.network_ids()))
    return or_(Placement.learner_id == person.id, is_mentored_by(person), Placement.opening_id.in_(in_hers))


def is_mentored_by(person: Person) -> ColumnElement[bool]:
    return Placement.mentor_id == person.id if Role.MENTOR in person.roles else false()


def with_people() -> tuple[_AbstractLoad, ...]:
    return (
        joinedload(Placement.learner).joinedload(Person.learner_profile).joinedload(LearnerProfile.employer),
        joinedload(Placement.mentor),
        joinedload(Placement.opening).options(joinedload(Opening.study), joinedload(Opening.organisation)),
        selectinload(Placement.pauses),
    )


def placement_reached(session: Session, person: Person, placement_id: int) -> Placement | None:
    statement = select(Placement).where(Placement.id == placement_id, is_reached_by(person))
    return session.scalar(statement.options(*with_people()))


def need_reached(session: Session, person: Person, need_id: int) -> Need | None:
    statement = select(Need).join(Need.placement).where(Need.id == need_id, is_reached_by(person))
    return session.scalar(
        statement.options(
            joinedload(Need.placement).options(*with_people()),
            selectinload(Need.covers).joinedload(Cover.entered_by),
        )
    )


def cover_reached(session: Session, person: Person, cover_id: int) -> Cover | None:
    statement = select(Cover).join(Cover.need).join(Need.placement).where(Cover.id == cover_id, is_reached_by(person))
    return session.scalar(
        statement.options(
            joinedload(Cover.need).options(
                joinedload(Need.placement).options(*with_people()), selectinload(Need.covers)
            )
        )
    )


def story_of_need(session: Session, need: Need) -> Sequence[StateChange]:
    """What became of a need and of all that covers it, the oldest first."""
    ids = [cover.id for cover in need.covers]
    statement = select(StateChange).where(
        or_(
            and_(StateChange.subject_type == "Need", StateChange.subject_id == need.id),
            and_(StateChange.subject_type == "Cover", StateChange.subject_id.in_(ids)),
        )
    )
    return session.scalars(statement.order_by(StateChange.id)).all()


def to_check_by(person: Person) -> Select[Cover]:
    """What waits for this person to look at it, what has waited longest first; her own placements are never hers."""
    coordinated = select(Opening.id).where(Opening.network_id.in_(person.network_ids()))
    by_role = {Role.MENTOR: is_mentored_by(person), Role.COORDINATOR: Placement.opening_id.in_(coordinated)}
    hers = or_(
        *(and_(Need.kind == kind, by_role[role]) for kind in NeedKind for role in by_role if role in CHECKS[kind])
    )
    return (
        select(Cover)
        .join(Cover.need)
        .join(Need.placement)
        .where(Cover.state == CoverState.TO_CHECK, Placement.outcome.is_(None), Placement.learner_id != person.id, hers)
        .order_by(Cover.entered_at, Cover.id)
    )


def with_placement() -> tuple[_AbstractLoad, ...]:
    of_need = joinedload(Cover.need).joinedload(Need.placement)
    return of_need.options(*with_people()), joinedload(Cover.entered_by)


def organisation_ruled_by(session: Session, person: Person, organisation_id: int) -> Organisation | None:
    """The organisation, if studies run there in a network that this person coordinates."""
    runs_there = select(Opening.organisation_id).where(Opening.network_id.in_(person.network_ids()))
    is_hers = or_(Organisation.id.in_(runs_there), Organisation.network_id.in_(person.network_ids()))
    return session.scalar(select(Organisation).where(Organisation.id == organisation_id, is_hers))
