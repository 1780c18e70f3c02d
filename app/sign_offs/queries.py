"""Whose sign-offs a person reaches, and which wait for her."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.models.course.sign_offs import LIVE, SignOff, SignOffException, SignOffState
from app.models.operations.parties import Party
from app.models.operations.signatures import Signature
from app.models.people import Person, Role
from app.models.placements import Outcome, Placement
from app.models.programmes import Module, Programme
from app.rules.academic.reach import reaches_placement
from app.rules.sign_offs.parts import ASKED_BEFORE_END, is_decided_by, is_excepted_by, is_seen_by
from app.rules.sign_offs.standing import all_of_a_sign_off

OPEN = SignOff.state == SignOffState.OPEN


def placement_seen(session: Session, person: Person, placement_id: int) -> Placement | None:
    """The placement, if the person is its learner or its mentor, or at the learner's university."""
    return one(session, placement_id, is_seen_by(person))


def placement_of_mentor(session: Session, person: Person, placement_id: int) -> Placement | None:
    return one(session, placement_id, Placement.mentor_id == person.id)


def placement_decided(session: Session, person: Person, placement_id: int) -> Placement | None:
    """The placement, if the person is an academic supervisor at its university, and neither learner nor mentor."""
    return one(session, placement_id, is_decided_by(person))


def placement_overseen(session: Session, person: Person, placement_id: int) -> Placement | None:
    """The placement, if she supervises or leads at its university, and is neither learner nor mentor."""
    return one(session, placement_id, is_excepted_by(person))


def one(session: Session, placement_id: int, may: ColumnElement[bool]) -> Placement | None:
    return session.scalar(select(Placement).where(Placement.id == placement_id, may).options(*with_people()))


def with_people() -> tuple[_AbstractLoad, ...]:
    return (
        joinedload(Placement.learner),
        joinedload(Placement.mentor),
        joinedload(Placement.module).joinedload(Module.programme).joinedload(Programme.provider),
        selectinload(Placement.pauses),
    )


def is_signed_as(party: Party) -> ColumnElement[bool]:
    """True of sign-offs under which a signature in this part was not voided."""
    return (
        exists()
        .where(
            Signature.subject_type == SignOff.__name__,
            Signature.subject_id == SignOff.id,
            Signature.party == party.value,
            Signature.voided_at.is_(None),
        )
        .correlate(SignOff)
    )


def waits_to_be_decided() -> ColumnElement[bool]:
    return and_(OPEN, is_signed_as(Party.MENTOR), is_signed_as(Party.STUDY_TEAM))


def waits_for_exception() -> ColumnElement[bool]:
    """True where the mentor says that she is the study team as well, and nobody has recorded that she may be."""
    excepted = exists().where(
        SignOffException.sign_off_id == SignOff.id, SignOffException.person_id == SignOff.confirmer_id
    )
    return and_(OPEN, is_signed_as(Party.MENTOR), SignOff.confirmer_id == Placement.mentor_id, ~excepted)


def at_university(person: Person, *, only_waiting: bool) -> Select[SignOff]:
    """The sign-offs of learners of her university, those that were asked for last first; or those that wait there."""
    statement = select(SignOff).join(SignOff.placement)
    if only_waiting:
        statement = statement.where(waiting_for(person))
    hers = reaches_placement(person, Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD)
    return statement.where(hers).options(*all_of_a_sign_off()).order_by(SignOff.asked_at.desc(), SignOff.id.desc())


def waiting_for(person: Person) -> ColumnElement[bool]:
    """True of what this person can decide or except; needs the placement joined."""
    decides = and_(waits_to_be_decided(), is_decided_by(person))
    return or_(decides, and_(waits_for_exception(), is_excepted_by(person)))


def own_placements(session: Session, person: Person, today: date) -> Sequence[Placement]:
    """Those in which she is learner or mentor and that can be signed off, or have a sign-off under way."""
    near_end = and_(
        Placement.starts_on <= today,
        Placement.ends_on >= Placement.starts_on,
        Placement.ends_on <= today + ASKED_BEFORE_END,
        Placement.ends_on >= today - 6 * ASKED_BEFORE_END,
        or_(Placement.outcome.is_(None), Placement.outcome == Outcome.COMPLETED_EARLY),
    )
    under_way = exists().where(SignOff.placement_id == Placement.id, SignOff.state.in_(LIVE))
    statement = (
        select(Placement)
        .where(or_(Placement.learner_id == person.id, Placement.mentor_id == person.id), or_(near_end, under_way))
        .options(*with_people())
        .order_by(Placement.starts_on, Placement.id)
    )
    return session.scalars(statement).all()
