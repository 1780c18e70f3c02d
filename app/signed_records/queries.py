"""Which records were given out of which placement, who reaches them, and which key is which."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.models.course.signed_records import IssuedFile, IssuedRecord, RecordKey, RecordState
from app.models.operations.sealed_papers import SealedPaper
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.programmes import Module, Programme
from app.models.studies import Opening
from app.platform.sealing.keys import PublicKey
from app.rules.academic.reach import reaches_placement
from app.rules.agreements.parts import is_read_by
from app.rules.sign_offs.issued import stands_no_longer


def placement_read(session: Session, person: Person, placement_id: int) -> Placement | None:
    """The placement, if the person is its learner or its mentor, or at the learner's university."""
    statement = select(Placement).where(Placement.id == placement_id, is_read_by(person))
    return session.scalar(statement.options(*_of_a_placement()))


def placement_of_learner(session: Session, learner: Person, placement_id: int) -> Placement | None:
    own = select(Placement).where(Placement.id == placement_id, Placement.learner_id == learner.id)
    return session.scalar(own.options(*_of_a_placement()))


def _of_a_placement() -> tuple[_AbstractLoad, ...]:
    return (
        joinedload(Placement.learner),
        joinedload(Placement.mentor),
        joinedload(Placement.opening).options(joinedload(Opening.study), joinedload(Opening.organisation)),
        joinedload(Placement.module).joinedload(Module.programme).joinedload(Programme.provider),
        selectinload(Placement.pauses),
    )


def records_of(session: Session, placement: Placement) -> Sequence[IssuedRecord]:
    """What was given out of a placement, the newest first."""
    given = select(IssuedRecord).where(IssuedRecord.placement_id == placement.id)
    return session.scalars(given.options(*_of_a_record()).order_by(IssuedRecord.number.desc())).all()


def record_to_take(session: Session, person: Person, record_id: int) -> IssuedRecord | None:
    """The record, if she is its learner or at the learner's university: they read all of it, a mentor not always."""
    is_read = or_(
        Placement.learner_id == person.id,
        reaches_placement(person, Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD),
    )
    statement = select(IssuedRecord).join(IssuedRecord.placement).where(IssuedRecord.id == record_id, is_read)
    return session.scalar(statement.options(*_of_a_record()))


def file_of(session: Session, issued: IssuedRecord) -> bytes:
    return session.get_one(IssuedFile, issued.id).content


def record_at(session: Session, address: str) -> IssuedRecord | None:
    """What stands at a public address."""
    return session.scalar(select(IssuedRecord).where(IssuedRecord.address == address).options(*_of_a_record()))


def record_with_pdf(session: Session, digest: str) -> IssuedRecord | None:
    return session.scalar(select(IssuedRecord).where(IssuedRecord.pdf_digest == digest).options(*_of_a_record()))


def paper_with(session: Session, digest: str) -> SealedPaper | None:
    """What else was sealed here, as it was given out."""
    return session.scalar(select(SealedPaper).where(SealedPaper.digest == digest))


def valid_record_of(session: Session, placement: Placement) -> IssuedRecord | None:
    """The newest one of a placement."""
    newest = IssuedRecord.placement_id == placement.id, IssuedRecord.state == RecordState.VALID
    return session.scalar(select(IssuedRecord).where(*newest).options(*_of_a_record()))


def addresses_that_stand_no_longer(session: Session) -> Sequence[str]:
    statement = select(IssuedRecord.address).join(IssuedRecord.sign_off).where(stands_no_longer())
    return session.scalars(statement.order_by(IssuedRecord.id)).all()


def _of_a_record() -> tuple[_AbstractLoad, ...]:
    return joinedload(IssuedRecord.sign_off), joinedload(IssuedRecord.key), joinedload(IssuedRecord.placement)


def public_key(session: Session, key_id: str) -> PublicKey | None:
    """The key of ours that has this id."""
    row = session.get(RecordKey, key_id)
    return PublicKey.of(row.jwk) if row else None
