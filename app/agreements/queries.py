"""Whose learning agreements a person reaches, and which wait for her signature."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.agreements.moves import ASKED, TOOK_BACK
from app.models.course.agreements import AgreementState, LearningAgreement
from app.models.operations.parties import Party
from app.models.operations.signatures import Signature
from app.models.operations.state_changes import StateChange
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.programmes import Module, Programme
from app.models.studies import Opening
from app.platform.lifecycle import of_subject
from app.rules.academic.reach import reaches_placement
from app.rules.agreements.kind import all_of_an_agreement
from app.rules.agreements.parts import is_read_by
from app.rules.course.risk_conditions import is_watched


def placement_read(session: Session, person: Person, placement_id: int) -> Placement | None:
    """The placement, if the person is its learner or its mentor, or at the learner's university."""
    statement = select(Placement).where(Placement.id == placement_id, is_read_by(person))
    return session.scalar(
        statement.options(
            joinedload(Placement.learner),
            joinedload(Placement.mentor),
            joinedload(Placement.opening).options(joinedload(Opening.study), joinedload(Opening.organisation)),
            joinedload(Placement.module).joinedload(Module.programme).joinedload(Programme.provider),
            selectinload(Placement.pauses),
        )
    )


def waiting_for(person: Person, today: date) -> Select[LearningAgreement]:
    """Agreements that wait for a signature that this person can give, what was begun first before the rest."""
    return (
        select(LearningAgreement)
        .join(LearningAgreement.placement)
        .where(
            LearningAgreement.state == AgreementState.TO_SIGN,
            is_watched(today),
            or_(*(and_(is_hers, ~is_signed_as(party)) for party, is_hers in parts_of(person).items())),
        )
        .options(*all_of_an_agreement())
        .order_by(LearningAgreement.begun_at, LearningAgreement.id)
    )


def parts_of(person: Person) -> dict[Party, ColumnElement[bool]]:
    """True of the placements in which a person stands in each part."""
    is_neither = and_(Placement.learner_id != person.id, Placement.mentor_id != person.id)
    is_mentor = Placement.mentor_id == person.id if Role.MENTOR in person.roles else false()
    at_hers = and_(is_neither, reaches_placement(person, Role.ACADEMIC_SUPERVISOR))
    return {
        Party.LEARNER: Placement.learner_id == person.id,
        Party.MENTOR: is_mentor,
        Party.ACADEMIC_SUPERVISOR: at_hers,
    }


def is_signed_as(party: Party) -> ColumnElement[bool]:
    return exists().where(
        Signature.subject_type == LearningAgreement.__name__,
        Signature.subject_id == LearningAgreement.id,
        Signature.party == party.value,
        Signature.voided_at.is_(None),
    )


def running_placements(session: Session, learner: Person, today: date) -> Sequence[Placement]:
    """The learner's own that run or are to begin, and go on as they are."""
    statement = (
        select(Placement)
        .where(Placement.learner_id == learner.id, is_watched(today))
        .options(joinedload(Placement.mentor))
        .order_by(Placement.starts_on, Placement.id)
    )
    return session.scalars(statement).all()


def programme_led(session: Session, person: Person, programme_id: int) -> Programme | None:
    """The programme, if the person leads programmes of its university."""
    is_hers = Programme.provider_id.in_(person.provider_ids(Role.PROGRAMME_LEAD))
    return session.scalar(
        select(Programme).where(Programme.id == programme_id, is_hers).options(joinedload(Programme.provider))
    )


def last_reopening(session: Session, agreement: LearningAgreement) -> StateChange | None:
    """When and why it was last given back to be changed."""
    statement = (
        select(StateChange)
        .where(*of_subject(agreement), StateChange.deed.in_([TOOK_BACK, ASKED]))
        .order_by(StateChange.number.desc())
        .limit(1)
    )
    return session.scalar(statement)
