"""Whose record a person reaches, and the words of which parts she reads there."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.models.people import Person
from app.models.placements import Placement
from app.models.studies import Opening
from app.rules.agreements.parts import is_read_by
from app.rules.enrolments.sharing import is_shared_with
from app.rules.record.content import RecordContent
from app.rules.record.reach import with_words_of
from app.rules.record.reading import record_of
from app.rules.record_totals import part_ids_of
from app.rules.sign_offs.section import section_of, without_words
from app.rules.sign_offs.standing import sign_off_of


@dataclass(frozen=True)
class RecordRead:
    """A record as somebody reads it; `words_of` has the ids of the parts whose words she reads."""

    placement: Placement
    part_ids: tuple[int, ...]
    words_of: frozenset[int]
    content: RecordContent

    @property
    def is_whole(self) -> bool:
        return self.words_of.issuperset(self.part_ids)


def placement_reached(session: Session, person: Person, placement_id: int) -> Placement | None:
    """The placement, if the person is its learner or its mentor, is at the learner's university or at one that she lets
    read it, or oversees it."""
    overseen = Placement.opening_id.in_(select(Opening.id).where(Opening.network_id.in_(person.network_ids())))
    reaches = or_(is_read_by(person), overseen, is_shared_with(person))
    return session.scalar(select(Placement).where(Placement.id == placement_id, reaches))


def parts_read(session: Session, person: Person, placement: Placement) -> tuple[tuple[int, ...], frozenset[int]]:
    """The ids of the parts of a placement, and of those whose words the person reads: a coordinator reads none."""
    parts = part_ids_of(session, placement)
    hers = select(Placement.id).where(Placement.id.in_(parts), or_(is_read_by(person), is_shared_with(person)))
    return tuple(parts), frozenset(session.scalars(hers))


def record_read(session: Session, person: Person, placement: Placement, today: date) -> RecordRead:
    """The record of a placement that the person reaches, with what she may read of it."""
    parts, words_of = parts_read(session, person, placement)
    content = with_words_of(record_of(session, placement, today), words_of)
    sign_off = sign_off_of(session, placement)
    if sign_off and sign_off.is_signed_off:
        section = section_of(sign_off)
        content = replace(content, sign_off=section if words_of.issuperset(parts) else without_words(section))
    return RecordRead(placement, parts, words_of, content)
